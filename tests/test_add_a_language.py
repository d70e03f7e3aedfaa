"""The language of docs/add-a-language.md, made of nothing but the blocks of that page.

They are applied to a copy of the package and of this repository's catalog. One process, in which
the copy is imported, takes all the steps; what it says of each is looked at here.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest

from errorbook.catalog import Catalog
from errorbook.outputs import OUTPUTS
from errorbook.outputs.languages import LANGUAGES
from tests.language_copy import ROOT, Copy, blocks, copy_to

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no /bin/sh")

EDITED: Final = {"src/errorbook/outputs/languages.py", "errors.yaml", "errorbook.yaml"}
"""What may be changed for a language, beside the files that are its own."""
MODULE: Final = "sdk/bash/artifacta/errors.sh"
HOSTILE: Final = """
apis:
  shop:
    title: "x\\n$(touch pwned)"
    envelopes: [{body: {code: "{code}"}}]
    sdk: {python: {base: none}, bash: {}}
    errors:
"""
"""Errors follow."""
CODES: Final = (
    "esac",
    "*",
    "a'b",
    "$(touch pwned)",
    "`touch pwned`",
    "x\\n;;y",
    "4) touch pwned;;",
)


def _run(*words: str) -> dict[str, Any]:
    return {"run": words}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy that the blocks of the page have been applied to, and nothing else."""
    return copy_to(tmp_path_factory.mktemp("language"))


@pytest.fixture(scope="module")
def said(copy: Copy) -> dict[str, Any]:
    """What the copy says, step after step, by the name of the step."""
    steps = dict(_steps(copy.text("errors.yaml")))
    return dict(zip(steps, copy.take(*steps.values()), strict=True))


def _steps(catalog: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "generate", _run("generate")
    yield "check", _run("check")
    yield "explain", _run("explain", "artifacta/rate_limited", "--json")
    yield "exceptions", {"markdown": "/// errors | exceptions\n    api: artifacta\n///\n"}
    page = "/// errors | page\n    api: artifacta\n    code: rate_limited\n///\n"
    yield "page", {"markdown": page}
    yield from _between("stale", "errors.yaml", "than the burst limit", "than any limit")
    yield from _between("orphaned", "errors.yaml", "bash: {}", "bash: {package: other}")
    yield from _between("edited", MODULE, "was soft-deleted", "was removed")
    yield "former catalog", {"write": "before.yaml", "text": catalog}
    chosen, at = "sdk: {bash: {exception: TOO_FAST}}", "meaning: Requests came faster"
    against = ("diff", "--against", "before.yaml")
    yield from _between("renamed", "errors.yaml", at, f"{chosen}\n        {at}", *against)
    yield "hostile names", {"write": "names/errors.yaml", "text": _hostile_names()}
    yield "refused", _run("validate", "names/errors.yaml")
    yield "hostile texts", {"write": "texts/errors.yaml", "text": _hostile_texts()}
    settings = "generate: [{output: bash, to: .}]\n"
    yield "settings", {"write": "texts/errorbook.yaml", "text": settings}
    yield "escaped", _run("generate", "-p", "texts")


def _between(
    name: str, path: str, old: str, new: str, *words: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a command, a check if none is named, with an edit before it that is undone behind."""
    yield f"{name}: edit", {"edit": path, "old": old, "new": new}
    yield name, _run(*(words or ("check",)))
    yield f"{name}: undone", {"edit": path, "old": new, "new": old}


def _hostile_names() -> str:
    """Return a catalog whose names are no words of a shell, one a line."""
    errors = [
        '      "a-b": {meaning: A.}',
        '      "a_b": {meaning: A.}',
        '      "***": {meaning: A.}',
        '      named: {meaning: A., sdk: {bash: {exception: "$(touch pwned)", constant: A}}}',
        "      former: {meaning: A., sdk: {bash: {aliases: [OLD]}}}",
    ]
    sdk = "bash: {base: exit, package: ../x, parents: {4xx: A}, aliases: {OLD: NEW}}"
    return HOSTILE.replace("bash: {}", sdk) + "\n".join(errors) + "\n"


def _hostile_texts() -> str:
    """Return a catalog whose codes and texts are those of CODES, under names that will do."""
    errors = [
        f"      {json.dumps(code)}: {{meaning: {json.dumps(f'It is {code}')}, "
        f"sdk: {{bash: {{exception: NUMBER_{number}}}}}}}"
        for number, code in enumerate(CODES)
    ]
    return HOSTILE + "\n".join(errors) + "\n"


def _problems(said: Any) -> list[tuple[str, str]]:
    """Return place and rule of each error that a command told."""
    return re.findall(r"^([^ ].*?): error\[([a-z-]+)\]", said[1], re.M)


def test_what_is_added_is_the_language_and_one_line_that_names_it(copy: Copy) -> None:
    paths = {block.path for block in blocks()}
    own = {path for path in paths if path.startswith(("src/errorbook/outputs/bash/", "tests/sdk/"))}
    assert own
    assert paths - own == EDITED
    names = {path.relative_to(copy.root).as_posix() for path in (copy.root / "src").rglob("*")}
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "src/errorbook").rglob("*")}
    added = {name for name in names - there - {"src/errorbook"} if "__pycache__" not in name}
    folders = {Path(path).parent.as_posix() for path in own if path.startswith("src/")}
    assert added == {path for path in own if path.startswith("src/")} | folders


def test_the_module_is_written_and_is_what_the_catalog_says(
    copy: Copy, said: dict[str, Any]
) -> None:
    code, text = said["generate"]
    assert (code, f"wrote {MODULE}\n" in text) == (0, True)
    assert copy.text(MODULE).startswith("# Code generated by errorbook from errors.yaml")
    code, text = said["check"]
    assert (code, _problems(said["check"])) == (0, [])
    assert "16 generated files" in text


@pytest.mark.usefixtures("said")
def test_the_test_of_the_page_passes(copy: Copy) -> None:
    """The vectors are answered, by what the page says to prove it with."""
    spec = importlib.util.spec_from_file_location("test_bash", copy.root / "tests/sdk/test_bash.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.test_every_vector()
    vectors = json.loads(copy.text("sdk/vectors/artifacta.json"))
    assert vectors["base"]["bash"] == "ARTIFACTA_ERROR"
    assert {one["expected"]["class"]["bash"] for one in vectors["vectors"]} > {"RATE_LIMITED"}


@pytest.mark.parametrize(
    ("name", "rule"),
    [("stale", "stale-file"), ("edited", "edited-file"), ("orphaned", "orphaned-file")],
)
def test_a_module_that_is_not_what_it_should_be_is_found(
    said: dict[str, Any], name: str, rule: str
) -> None:
    assert (said[f"{name}: edit"], said[f"{name}: undone"]) == (1, 1)
    assert said[name][0] == 1
    found = [told for place, told in _problems(said[name]) if place.partition(":")[0] == MODULE]
    assert found == [rule]


def test_pages_show_a_third_tab(said: dict[str, Any]) -> None:
    for name in ("exceptions", "page"):
        assert re.findall(r"<label[^>]*>(\w+)</label>", said[name]) == [
            *(language.TITLE for language in LANGUAGES.values()),
            "Shell",
        ]
    assert "ARTIFACTA_" in said["exceptions"]
    assert "artifacta/errors.sh" in said["page"]


@pytest.mark.usefixtures("said")
def test_the_formats_for_programs_carry_it_and_fit_what_is_published(copy: Copy) -> None:
    document = json.loads(copy.text("examples/artifacta/src/artifacta/errors.json"))
    api = document["apis"]["artifacta"]
    assert api["derived"]["bash"] == {"package": "artifacta/errors.sh", "base": "ARTIFACTA_ERROR"}
    error = api["errors"]["rate_limited"]["derived"]
    assert error["exception"]["bash"] == "RATE_LIMITED"
    assert "Shell" in [title for title, *_ in error["snippets"]]
    # The schema is the one of today, which has never heard of the language.
    published = OUTPUTS["catalog-schema"].render(Catalog(apis={}))
    jsonschema.Draft202012Validator(json.loads(*published.values())).validate(document)


def test_explain_names_it(said: dict[str, Any]) -> None:
    code, text = said["explain"]
    assert code == 0
    error = json.loads(text)["errors"][0]
    assert "Shell" in [one["title"] for one in error["snippets"]]
    named = {one["language"]: one for one in error["exceptions"]}["bash"]
    assert (named["title"], named["name"]) == ("Shell", "RATE_LIMITED")
    assert named["module"] == "artifacta/errors.sh"


def test_diff_tells_its_users_what_breaks(said: dict[str, Any]) -> None:
    assert (said["renamed: edit"], said["renamed: undone"], said["renamed"][0]) == (1, 1, 1)
    assert "RATE_LIMITED -> TOO_FAST\n" in said["renamed"][1]
    assert "breaks: Shell\n" in said["renamed"][1]


def test_names_that_it_will_not_have_are_refused_with_their_place(said: dict[str, Any]) -> None:
    assert said["refused"][0] == 2
    assert [(place.rpartition(":")[0], rule) for place, rule in _problems(said["refused"])] == [
        ("names/errors.yaml:6", "bad-class-name"),
        ("names/errors.yaml:6", "bad-package-name"),
        ("names/errors.yaml:6", "unknown-parent"),
        ("names/errors.yaml:6", "alias-without-class"),
        ("names/errors.yaml:9", "class-name-clash"),
        ("names/errors.yaml:10", "bad-class-name"),
        ("names/errors.yaml:11", "bad-class-name"),
        ("names/errors.yaml:11", "bad-constant-name"),
        ("names/errors.yaml:12", "alias-without-class"),
    ]


def test_texts_stand_in_it_as_they_are(copy: Copy, said: dict[str, Any]) -> None:
    assert said["escaped"][0] == 0
    script = ["set -eu", ". shop/errors.sh"]
    for code in CODES:
        script.append(f"shop_error {shlex.quote(code)} ''")
        script.append('printf "%s %s\\n" "$ERROR" "$ERROR_MEANING"')
    folder = copy.root / "texts"
    done = subprocess.run(
        ["/bin/sh"], input="\n".join(script), cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        f"NUMBER_{number} It is {' '.join(code.replace('`', '').split())}"
        for number, code in enumerate(CODES)
    ]
    assert sorted(path.name for path in folder.iterdir()) == [
        "errorbook.yaml",
        "errors.yaml",
        "shop",
    ]
