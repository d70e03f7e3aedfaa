"""Names and files change: old names still work, and nobody's file is lost or in the way."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from errorbook import generate as generating
from errorbook import outputs
from errorbook.catalog import CatalogError, load
from errorbook.checks.drift import drift
from errorbook.generate import ForeignFileError
from errorbook.outputs.python import files
from errorbook.outputs.python.module import MOST_STATEMENTS
from tests.checks.projects import SmallProject, small_project
from tests.outputs.modules import catalog_of, module_of
from tests.sdk import awkward

ERRORS: dict[str, Any] = {
    "gone": {
        "status": 404,
        "renamed_from": ["lost", "timeout", "shop", "client", "FRESH", "größe"],
        "sdk": {"python": {"aliases": ["VanishedError", "Missing"]}},
    },
    "fresh": {"status": 409, "since": "1.1"},
    "old": {
        "status": 410,
        "since": "1.0",
        "deprecated": "1.2",
        "sunset": "2026-12-31",
        "replaced_by": "fresh",
    },
    "classless": {"renamed_from": "stale", "sdk": {"python": {"exception": "none"}}},
    "taker": {"renamed_from": "held", "sdk": {"python": {"aliases": ["HolderError"]}}},
    "a_holder": {"renamed_from": "holder"},
}
RETIRED = ["lost", "timeout", "shop", "client", "FRESH", "größe", "stale", "held", "holder"]
ALIASES = {
    "VanishedError": "GoneError",
    "Missing": "GoneError",
    "LostError": "GoneError",
    "HeldError": "TakerError",
    "HolderError": "TakerError",
}
"""What the catalog lists comes before what follows from a code."""


def _text(errors: dict[str, Any], retired: list[str]) -> str:
    """Return a catalog as JSON, which is YAML; of ``errors`` each stands on a line of its own."""
    lines = ",\n".join(f"{json.dumps(code)}: {json.dumps(one)}" for code, one in errors.items())
    gone = json.dumps({code: {"removed": "1.1"} for code in retired})
    body = '{"code": "{code}"}'
    sdk = '{"python": {"parents": {"4xx": "ClientError"}}}'
    return (
        '{"apis": {"shop": {\n'
        f'"sdk": {sdk}, "envelopes": [{{"body": {body}}}], "retired": {gone}, "errors": {{\n'
        f"{lines}\n}}}}}}}}\n"
    )


@pytest.fixture(params=["few", "many"], name="shop")
def _shop(request: pytest.FixtureRequest, tmp_path: Path) -> ModuleType:
    """Return the module: with class statements, and with classes that are made on access."""
    more = MOST_STATEMENTS if request.param == "many" else 0
    errors = {**ERRORS, **{f"filler_{number}": {} for number in range(more)}}
    text = _text(errors, RETIRED)
    return module_of(catalog_of(text, tmp_path), tmp_path)


# Names that classes had before.


@pytest.mark.parametrize(("old", "new"), ALIASES.items())
def test_an_old_name_is_the_new_class_and_says_so(shop: ModuleType, old: str, new: str) -> None:
    with pytest.warns(DeprecationWarning, match=f"{old} is now called {new}$") as caught:
        found = getattr(shop, old)
    assert found is getattr(shop, new)
    assert [one.filename for one in caught] == [__file__]


def test_it_is_said_once_and_of_the_line_that_asks(shop: ModuleType, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(f"\n\nfrom {shop.__name__} import LostError\n", encoding="utf-8")
    for line, run in ((3, "from"), (2, "dot")):
        if run == "dot":
            program.write_text(f"import {shop.__name__} as m\nm.LostError\n", encoding="utf-8")
        names: dict[str, Any] = {}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            exec(compile(program.read_text("utf-8"), program, "exec"), names)  # noqa: S102
        assert [(one.filename, one.lineno) for one in caught] == [(str(program), line)]


@pytest.mark.filterwarnings("ignore:.*is now called:DeprecationWarning")
def test_what_is_raised_is_caught_by_its_old_name(shop: ModuleType) -> None:
    for old, new in ALIASES.items():
        raised = getattr(shop, new).example()
        with pytest.raises(getattr(shop, old)) as caught:
            raise shop.from_response(400, {}, {"code": raised.code})
        assert isinstance(caught.value, getattr(shop, old))
        assert type(caught.value).__name__ == new
        assert getattr(shop, old).__name__ == new


def test_a_pickle_with_the_old_name_is_read(shop: ModuleType) -> None:
    data = pickle.dumps(shop.GoneError(message="m"), 2)
    assert b"GoneError" in data
    with pytest.warns(DeprecationWarning, match="LostError is now called GoneError"):
        error = pickle.loads(data.replace(b"GoneError", b"LostError"))  # noqa: S301  # our own
    assert type(error) is shop.GoneError
    assert b"GoneError" in pickle.dumps(error, 2)


def test_no_name_that_is_taken_becomes_an_old_one(shop: ModuleType) -> None:
    """Not a class of Python's, not the base class, no parent, and nobody's who has one today."""
    assert issubclass(shop.GoneError, shop.ShopError)
    assert shop.GoneError.__mro__[1:3] == (shop.ClientError, shop.ShopError)
    for name in ("TimeoutError", "GrößeError", "StaleError"):
        with pytest.raises(AttributeError, match="has no attribute"):
            getattr(shop, name)
    assert shop.FreshError.example().code == "fresh"


def test_old_names_are_not_offered_to_whoever_imports_everything(shop: ModuleType) -> None:
    assert not set(ALIASES) & {*shop.__all__, *dir(shop)}


# Codes that come and go.


def test_a_deprecated_code_says_so_in_its_documentation(shop: ModuleType) -> None:
    told = " ".join((shop.OldError.__doc__ or "").split())
    assert (
        "Since 1.0. Deprecated since 1.2. It goes away in 2026-12-31. fresh takes its place."
        in told
    )
    assert "Since 1.1." in (shop.FreshError.__doc__ or "")
    assert "eprecated" not in (shop.FreshError.__doc__ or "")


def _said(text: str, folder: Path) -> list[str]:
    file = folder / "errors.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        loaded = load(file, name="errors.yaml")
    except CatalogError as error:
        return [f"{one.place.path}:{one.place.line} {one.rule}" for one in error.problems]
    problems = loaded.place(outputs.problems(loaded.catalog))
    return [f"{one.place.path}:{one.place.line} {one.rule}" for one in problems]


def test_a_retired_code_is_never_used_again(tmp_path: Path) -> None:
    said = _said(_text({"fine": {}, "lost": {}}, ["lost"]), tmp_path)
    assert said == ["errors.yaml:4 retired-code-reused"]


def test_a_code_that_was_renamed_must_be_retired(tmp_path: Path) -> None:
    text = _text({"fine": {}, "gone": {"renamed_from": "lost"}}, [])
    assert _said(text, tmp_path) == ["errors.yaml:4 unknown-code"]


@pytest.mark.parametrize(
    ("alias", "rule"),
    [
        ("FineError", "class-name-clash"),
        ("ShopError", "class-name-clash"),
        ("ClientError", "class-name-clash"),
        ("GoneError", "class-name-clash"),
        ("KeyError", "builtin-class-name"),
    ],
)
def test_an_alias_that_is_another_class_is_refused(tmp_path: Path, alias: str, rule: str) -> None:
    gone = {"sdk": {"python": {"aliases": [alias]}}}
    said = _said(_text({"fine": {}, "gone": gone}, []), tmp_path)
    assert said == [f"errors.yaml:4 {rule}"]


def test_two_codes_must_not_have_one_alias(tmp_path: Path) -> None:
    alias = {"sdk": {"python": {"aliases": ["WasError"]}}}
    said = _said(_text({"fine": alias, "gone": alias}, []), tmp_path)
    assert said == ["errors.yaml:4 class-name-clash"]


SOLD_OUT = '"sold_out": {"renamed_from": "out_of_stock"}'
TAKERS = {
    "a code": (f'{SOLD_OUT},\n"out-of-stock": {{}}', "{}", 4),
    "a class that was chosen": (
        f'{SOLD_OUT},\n"x": {{"sdk": {{"python": {{"exception": "OutOfStockError"}}}}}}',
        "{}",
        4,
    ),
    "a parent": (SOLD_OUT, '{"parents": {"4xx": "OutOfStockError"}}', 2),
    "the base class": (SOLD_OUT, '{"base": "OutOfStockError"}', 2),
}


@pytest.mark.parametrize(("errors", "sdk", "line"), TAKERS.values(), ids=TAKERS)
def test_nothing_takes_the_name_of_a_class_that_was_renamed(
    tmp_path: Path, errors: str, sdk: str, line: int
) -> None:
    """``except OutOfStockError`` would go on working, and catch another error."""
    text = (
        '{"apis": {"shop": {"retired": {"out_of_stock": {}},\n'
        f'"sdk": {{"python": {sdk}}},\n"errors": {{{errors}}}}}}}}}'
    )
    assert _said(text, tmp_path) == [f"errors.yaml:{line} class-name-taken-over"]


def test_a_class_may_keep_its_name_when_its_code_changes(tmp_path: Path) -> None:
    chosen = {"python": {"exception": "OutOfStockError"}}
    errors = {"sold_out": {"renamed_from": "out_of_stock", "sdk": chosen}}
    assert _said(_text(errors, ["out_of_stock"]), tmp_path) == []


# Names that the base class and parents had before.


def _with_aliases(aliases: dict[str, str], more: int = 0) -> str:
    sdk = {"parents": {"4xx": "ClientError"}, "aliases": aliases}
    errors = {"gone": {"status": 404}, **{f"filler_{number}": {} for number in range(more)}}
    api = {"sdk": {"python": sdk}, "envelopes": [{"body": {"code": "{code}"}}], "errors": errors}
    return json.dumps({"apis": {"shop": api}})


@pytest.mark.parametrize("more", [0, MOST_STATEMENTS])
def test_the_base_class_and_parents_keep_their_old_names(tmp_path: Path, more: int) -> None:
    aliases = {"StoreError": "ShopError", "RequestError": "ClientError"}
    text = _with_aliases(aliases, more)
    assert _said(text, tmp_path) == []
    shop = module_of(catalog_of(text, tmp_path), tmp_path)
    raised = shop.from_response(404, {}, {"code": "gone"})
    for old, new in aliases.items():
        with pytest.warns(DeprecationWarning, match=f"{old} is now called {new}$"):
            found = getattr(shop, old)
        assert found is getattr(shop, new)
        assert isinstance(raised, found)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("StoreError", "GoneError", "alias-without-class"),
        ("StoreError", "ShopEror", "alias-without-class"),
        ("GoneError", "ShopError", "class-name-clash"),
        ("ClientError", "ShopError", "class-name-clash"),
        ("KeyError", "ShopError", "builtin-class-name"),
        ("Facts", "ShopError", "reserved-class-name"),
        ("a b", "ShopError", "bad-class-name"),
    ],
)
def test_an_old_name_of_the_base_class_must_work(
    tmp_path: Path, old: str, new: str, rule: str
) -> None:
    assert _said(_with_aliases({old: new}), tmp_path) == [f"errors.yaml:1 {rule}"]


def test_an_alias_needs_a_class(tmp_path: Path) -> None:
    gone = {"sdk": {"python": {"exception": "none", "aliases": ["WasError"]}}}
    said = _said(_text({"fine": {}, "gone": gone}, []), tmp_path)
    assert said == ["errors.yaml:4 alias-without-class"]


# Files of one package.

PACKAGE = ("sdk/shop/errors.py", "sdk/shop/errors.json", "sdk/shop/py.typed")


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> SmallProject:
    project = small_project(tmp_path)
    project.write_project("generate:\n  - {output: python, to: sdk}\n")
    return project


def _generate(project: SmallProject) -> generating.Generated:
    return generating.generate(project.workspace().project, project.files())


def _is_fresh(project: SmallProject) -> bool:
    return not drift(project.workspace().project, project.files(), "errorbook generate")


def test_all_files_of_a_package_are_written_once(project: SmallProject) -> None:
    assert set(_generate(project).written) == set(PACKAGE)
    assert set(_generate(project).unchanged) == set(PACKAGE)
    assert _is_fresh(project)


@pytest.mark.parametrize("name", PACKAGE[:2])
def test_marks_of_a_merge_are_overwritten(project: SmallProject, name: str) -> None:
    _generate(project)
    file = project.folder / name
    before = file.read_text("utf-8")
    lines = before.split("\n")
    for at in (0, 1, len(lines) // 2):
        ours, theirs = lines[at : at + 1], [f"{lines[at]} of theirs"]
        marked = ["<<<<<<< HEAD", *ours, "=======", *theirs, ">>>>>>> branch"]
        file.write_text("\n".join([*lines[:at], *marked, *lines[at + 1 :]]), encoding="utf-8")
        assert not _is_fresh(project)
        assert _generate(project).written == (name,)
        assert file.read_text("utf-8") == before


@pytest.mark.parametrize("name", PACKAGE[:2])
def test_what_hands_did_is_kept_beside(project: SmallProject, name: str) -> None:
    _generate(project)
    file = project.folder / name
    before = file.read_text("utf-8")
    edited = before.replace("sold_out", "sold_0ut", 1)
    assert edited != before
    file.write_text(edited, encoding="utf-8")
    assert not _is_fresh(project)
    assert _generate(project).kept == (f"{name}.orig",)
    assert file.with_name(f"{file.name}.orig").read_text("utf-8") == edited
    assert file.read_text("utf-8") == before


@pytest.mark.parametrize("name", PACKAGE[:2])
@pytest.mark.parametrize("text", ["", "import this\n", "{}\n"])
def test_a_file_of_somebody_else_is_refused(project: SmallProject, name: str, text: str) -> None:
    file = project.folder / name
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    before = project.on_disk()
    with pytest.raises(ForeignFileError) as caught:
        _generate(project)
    assert [one.place.path for one in caught.value.problems] == [name]
    assert project.on_disk() == before


@pytest.mark.parametrize("text", ["", "\n", "# mine\n"])
def test_a_marker_of_somebody_else_is_as_good(project: SmallProject, text: str) -> None:
    """Type checkers look for ``py.typed``: who made it is the SDK's affair."""
    marker = project.folder / PACKAGE[2]
    marker.parent.mkdir(parents=True)
    marker.write_text(text, encoding="utf-8")
    assert set(_generate(project).written) == set(PACKAGE[:2])
    assert marker.read_text("utf-8") == text
    assert _is_fresh(project)


@pytest.mark.parametrize("text", ["partial\n", "x\n"])
def test_a_marker_that_says_something_is_edited_and_kept_aside(
    project: SmallProject, text: str
) -> None:
    """To type checkers, ``partial`` means that the package is not whole."""
    _generate(project)
    marker = project.folder / PACKAGE[2]
    marker.write_text(text, encoding="utf-8")
    workspace = project.workspace()
    (told,) = drift(workspace.project, project.files(), "errorbook generate")
    assert (told.problem.rule, told.problem.place.path) == ("edited-file", PACKAGE[2])
    done = _generate(project)
    assert (done.written, done.kept) == ((PACKAGE[2],), (f"{PACKAGE[2]}.orig",))
    assert marker.read_bytes() == b""
    assert marker.with_name("py.typed.orig").read_text("utf-8") == text


def test_a_marker_that_went_away_is_written_again(project: SmallProject) -> None:
    _generate(project)
    (project.folder / PACKAGE[2]).unlink()
    assert not _is_fresh(project)
    assert _generate(project).written == (PACKAGE[2],)


def test_a_link_in_the_place_of_the_marker_is_refused(project: SmallProject) -> None:
    expected = project.files()
    marker = project.folder / PACKAGE[2]
    marker.parent.mkdir(parents=True)
    marker.symlink_to(project.folder / "errors.yaml")
    with pytest.raises(ForeignFileError):
        generating.generate(project.workspace().project, expected)


# Formatters and linters.


def _tools(file: Path) -> list[list[str]]:
    """Return the commands of everything that could rewrite ``file``."""
    ruff = [sys.executable, "-m", "ruff"]
    lint = [*ruff, "check", "--fix", "--unsafe-fixes", "--select=ALL", "--isolated", str(file)]
    formats = [[*ruff, "format", "--isolated", f"--line-length={n}", str(file)] for n in (79, 100)]
    return [lint, *formats, [sys.executable, "-m", "black", "--quiet", str(file)]]


def _every_shape(shop: ModuleType) -> dict[str, str]:
    """Return modules with aliases, parents and classes on access, and one of awkward names."""
    shapes = {"shop.py": Path(shop.__file__ or "").read_text("utf-8")}
    some = awkward.document()
    errors = some["apis"][awkward.API]["errors"]
    some["apis"][awkward.API]["errors"] = dict(list(errors.items())[: MOST_STATEMENTS + 1])
    return {**shapes, "awkward.py": json.dumps(some, ensure_ascii=False)}


def test_formatters_and_linters_leave_modules_alone(shop: ModuleType, tmp_path: Path) -> None:
    shapes = _every_shape(shop)
    (module,) = (
        text
        for path, text in files.render(catalog_of(shapes["awkward.py"], tmp_path)).items()
        if path.endswith(".py")
    )
    for name, text in {**shapes, "awkward.py": module}.items():
        file = tmp_path / name
        file.write_text(text, encoding="utf-8", newline="\n")
        for command in _tools(file):
            subprocess.run(command, check=False, capture_output=True)
            assert file.read_text("utf-8") == text, command
