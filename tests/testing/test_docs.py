"""Docs, SDK and catalog of somebody's repository, in order and broken in each way."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import Final

import pytest

from errorbook.testing import assert_docs_match_sdk, docs_differences, open_project
from errorbook.testing.project import NoProjectError
from tests.testing.repository import CATALOG, write

PAGE: Final = "site/index.html"
CAFE: Final = "site/cafe/index.html"
MODULE: Final = "sdk/shop/errors.py"


def differences(folder: Path) -> list[str]:
    return docs_differences(open_project(folder), site="site")


def edit(file: Path, pattern: str, new: str, count: int = 0) -> None:
    """Put ``new`` for whatever fits ``pattern``, which something has to."""
    text, found = re.subn(pattern, lambda _: new, file.read_text("utf-8"), count=count)
    assert found
    file.write_text(text, "utf-8")


def test_a_repository_in_order_has_no_differences(original: Path) -> None:
    assert differences(original) == []


def test_the_docs_are_built_where_no_folder_is_named(repository: Path) -> None:
    (repository / "site").rename(repository / "elsewhere")
    edit(repository / "docs/cafe.md", r"\| 410 \|", "| 404 |")
    with pytest.raises(AssertionError) as caught:
        assert_docs_match_sdk(open_project(repository))
    assert str(caught.value).splitlines() == [
        "1 difference between docs, SDK and errors.yaml:",
        "cafe/sold_out: status: 410 in errors.yaml and sdk/cafe/errors.py; 404 in cafe/index.html",
    ]
    assert not (repository / "site").exists()


WRONG: Final = {
    "a code renamed in the table of codes": (
        *(PAGE, r'(?<=href="#too_fast"><code>)too_<wbr>fast', "slow", 1),
        r"shop: index.html shows 'slow', which errors.yaml lacks: one of: .*",
    ),
    "a code renamed in a heading": (
        *(
            PAGE,
            r'(?<=id="too_fast_1"><code>)too_<wbr>fast',
            "too_fats",
            1,
        ),
        r"shop: index.html shows 'too_fats', which errors.yaml lacks: did you mean 'too_fast'\?",
    ),
    "a status in the table of codes": (
        *(PAGE, r'eb-status-4xx">429', 'eb-status-4xx">420', 1),
        r"shop/too_fast: status: 429 in errors.yaml, .* and index.html; 420 in index.html",
    ),
    "an action of another kind": (
        *(PAGE, r"eb-do-wait", "eb-do-retry", 1),
        r"shop/too_fast: actions: wait in .*; retry in index.html",
    ),
    "another retry policy": (
        *(PAGE, r"eb-retry-as_is", "eb-retry-never", 1),
        r"shop/too_fast: retry: as_is in .*; never in index.html",
    ),
    "an exception renamed in the page": (
        *(PAGE, r"(?<=data-label=\"Exception\"><code>)TooFastError", "SlowError", 1),
        r"shop/too_fast: exception: TooFastError in .*; SlowError in index.html",
    ),
    "an exception renamed in the table of exceptions": (
        *(PAGE, r"(?<=eb-cell-code\"><code>)TooFastError", "SlowError", 1),
        r"shop/too_fast: exception: TooFastError in .*; SlowError in index.html",
    ),
    "another exit code of an error": (
        *(
            PAGE,
            r"<code>2</code> <span class=\"eb-name\">",
            '<code>7</code><span class="eb-name">',
            1,
        ),
        r"shop/crashed: exit code: 2 in .*; 7 in index.html",
    ),
    "another name of an exit code": (
        *(PAGE, r"<code>NETWORK_<wbr>ERROR", "<code>NET_ERROR", 1),
        r"shop: exit code 3: NETWORK_ERROR in .*; NET_ERROR in index.html",
    ),
    "another number of an exit code": (
        *(PAGE, r'scope="row"><code>3</code>', 'scope="row"><code>4</code>', 1),
        r"shop: index.html shows the exit code 4, which errors.yaml lacks",
    ),
    "an exit code dropped": (
        *(PAGE, r'<tr><th scope="row"><code>3</code>.*?</tr>', "", 1),
        r"shop: index.html lacks the exit code 3",
    ),
    "an example with the code of another error": (
        *(PAGE, r'"too_fast"(?=</span>)', '"crashed"', 1),
        r"shop/too_fast: code: too_fast in .*; crashed in the example in index.html",
    ),
    "a link to another error": (
        *(CAFE, r"#sold_out", "#too_fast", 1),
        r"cafe/index.html: the link 'sold_out' leads to \.\./#too_fast, which is about another.*",
    ),
    "a link to nowhere": (
        *(CAFE, r"#sold_out", "#sold-out", 1),
        r"cafe/index.html: the link 'sold_out' leads to \.\./#sold-out, which is not there",
    ),
    "a page that an example imports too much on": (
        *(PAGE, r"SoldOutError\n</code>", "GoneError\n</code>", 1),
        r"shop: index.html imports GoneError, which sdk/shop/errors.py lacks",
    ),
    "a status in a table written by hand": (
        *(CAFE, r"<td>503", "<td>500", 1),
        r"cafe/0x-1.5: status: 503 in .*; 500 in cafe/index.html",
    ),
    "an exception in a table written by hand": (
        *(CAFE, r"<code>SoldOutError", "<code>GoneError", 1),
        r"cafe/sold_out: exception: SoldOutError in .*; GoneError in cafe/index.html",
    ),
    "a class renamed in the SDK": (
        *(MODULE, r"TooFastError", "SlowError", 0),
        r"shop/too_fast: exception: TooFastError in errors.yaml.*; SlowError in sdk/shop/errors.py"
        r".*",
    ),
    "a status changed in the SDK": (
        *(MODULE, r'"status": \(429,\)', '"status": (420,)', 1),
        r"shop/too_fast: status: 429 in errors.yaml and index.html; 420 in sdk/shop/errors.py",
    ),
    "an exit code changed in the SDK": (
        *(MODULE, r"SERVER_ERROR = 2", "SERVER_ERROR = 5", 1),
        r"shop/crashed: sdk/shop/errors.py fails on the documented response: ValueError: .*",
    ),
    "another class raised by the SDK": (
        *(MODULE, r'"too_fast": TooFastError', '"too_fast": CrashedError', 1),
        r"shop/too_fast: exception: .*; CrashedError in from_response of sdk/shop/errors.py.*",
    ),
    "an SDK that does not read how long to wait": (
        *(MODULE, r'"detail",\n +"wait"', '"detail", "pause"', 1),
        r"shop/too_fast: retry_after: none in from_response of sdk/shop/errors.py; 7.0 in .*",
    ),
    "an SDK that cannot be imported": (
        *(MODULE, r"from enum import IntEnum", "from nowhere import IntEnum", 1),
        r"shop: sdk/shop/errors.py cannot be imported: No module named 'nowhere'",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named(repository: Path, case: str) -> None:
    file, pattern, new, count, line = WRONG[case]
    edit(repository / file, pattern, new, count)
    found = differences(repository)
    assert any(re.fullmatch(line, one) for one in found), found


def test_each_difference_is_one_line(repository: Path) -> None:
    edit(repository / CAFE, r"<td>503", "<td>500")
    edit(repository / PAGE, r'eb-status-4xx">429', 'eb-status-4xx">420', 1)
    found = differences(repository)
    assert len(found) == 2
    assert not any("\n" in one for one in found)


def test_an_error_that_no_page_shows_is_named(repository: Path) -> None:
    write(
        repository,
        {
            "errors.yaml": CATALOG.replace(
                "      crashed:", "      new:\n        status: 500\n      crashed:"
            )
        },
    )
    assert differences(repository) == [
        "shop/new: sdk/shop/errors.py does not have it",
        "shop/new: no page shows it",
    ]


def test_an_error_that_the_catalog_has_lost_is_named(repository: Path) -> None:
    text = re.sub(r" {6}crashed:\n(?: {8}.*\n)+", "", CATALOG)
    write(repository, {"errors.yaml": text})
    found = differences(repository)
    assert "shop/crashed: only sdk/shop/errors.py has it" in found
    assert any(one.startswith("shop: index.html shows 'crashed', which") for one in found)


def test_a_dead_docs_url_is_named(repository: Path) -> None:
    docs = "{url: 'https://shop.example/docs', error: '{api}/{code}/'}"
    text = CATALOG.replace("    title: Bookshop\n", f"    title: Bookshop\n    docs: {docs}\n")
    write(repository, {"errors.yaml": text})
    module = (repository / MODULE).read_text("utf-8")
    url = "https://shop.example/docs/shop/too_fast/"
    at = module.index('"too_fast": {\n')
    module = module[:at] + module[at:].replace('"docs_url": None', f'"docs_url": "{url}"', 1)
    write(repository, {MODULE: module})
    found = differences(repository)
    assert f"shop/too_fast: its docs_url {url} is no place of the site" in found
    write(repository, {"site/shop/too_fast/index.html": "<p>Here.</p>"})
    assert not any("no place of the site" in one for one in differences(repository))


def test_only_the_apis_that_are_named_are_compared(repository: Path) -> None:
    edit(repository / CAFE, r"<td>503", "<td>500")
    project = open_project(repository)
    assert docs_differences(project, site="site", apis=["shop"]) == []
    assert len(docs_differences(project, site="site", apis=["cafe"])) == 1


def test_pages_that_show_no_error_are_a_difference(repository: Path) -> None:
    write(repository, {CAFE: "<p>Nothing.</p>"})
    assert differences(repository) == ["cafe: nothing to compare: no page shows any of its errors"]


def test_a_module_that_is_not_there_is_named(repository: Path) -> None:
    (repository / MODULE).unlink()
    assert differences(repository) == [
        "shop: sdk/shop/errors.py cannot be imported: errors.py is not there: "
        "run errorbook generate"
    ]


@pytest.mark.parametrize(
    ("files", "site", "message"),
    [
        ({}, "nowhere", r"nothing to compare: there is no page in .*nowhere"),
        ({"errorbook.yaml": "generate: []\n"}, "site", r"nothing to compare: errorbook.yaml gen"),
        (
            {"errors.yaml": "apis: {shop: {errors: {a: {}}, sdk: {python: {base: none}}}}"},
            "site",
            r"nothing to compare: errorbook.yaml generates no Python module of any API",
        ),
    ],
)
def test_nothing_to_compare_is_a_failure(
    repository: Path, files: dict[str, str], site: str, message: str
) -> None:
    write(repository, files)
    with pytest.raises(NoProjectError, match=message):
        docs_differences(open_project(repository), site=site)


def test_docs_that_are_not_there_are_a_failure(repository: Path) -> None:
    (repository / "mkdocs.yml").unlink()
    with pytest.raises(NoProjectError, match=r"nothing to compare: there is no mkdocs\.yml in"):
        docs_differences(open_project(repository))


def test_docs_that_cannot_be_built_are_a_failure(repository: Path) -> None:
    write(repository, {"mkdocs.yml": "site_name: [\n"})
    with pytest.raises(NoProjectError, match=r"mkdocs could not build mkdocs\.yml:\n"):
        docs_differences(open_project(repository))


def test_a_missing_extra_is_a_failure(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "mkdocs" else find(name)
    )
    with pytest.raises(NoProjectError, match=r"pip install 'errorbook\[site\]'"):
        docs_differences(open_project(repository))


def test_an_import_leaves_no_trace(repository: Path) -> None:
    write(repository, {"sdk/shop/__init__.py": "raise RuntimeError('a heavy package')\n"})
    files = sorted(repository.rglob("*"))
    before = (list(sys.path), dict(sys.modules))
    assert differences(repository) == []
    assert (list(sys.path), dict(sys.modules)) == before
    assert sorted(repository.rglob("*")) == files


def test_what_a_page_holds_does_not_act_on_a_terminal(repository: Path) -> None:
    edit(repository / CAFE, r"<td>503", "<td>500")
    edit(repository / CAFE, r"<code>Error0x15", "<code>\x1b[31mGoneError")
    assert not any("\x1b" in one for one in differences(repository))
