"""What a reader sees of the errors, what the generated classes know, and what errors.yaml says.

The three have to say the same. MkDocs builds the site, which is read as its reader reads it; the
modules are generated and imported; `compare` names every difference. The tests at the end break
each side in turn, to see that it does.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Final

import pytest

from errorbook.catalog import Catalog, load
from errorbook.outputs import python, reference
from errorbook.outputs.python.naming import has_exceptions
from tests.docs_comparison import (
    CODES,
    EXCEPTIONS,
    EXIT_CODES,
    FIELDS,
    STATUSES,
    SYMPTOMS,
    Modules,
    Site,
    compare,
    imports_and_handlers,
)
from tests.docs_reader import read, read_site, visible_text

ROOT: Final = Path(__file__).parent.parent
SOURCES: Final = ("docs", "overrides", "hooks", "mkdocs.yml", "errors.yaml", "rules")
Edit = Callable[[str], str]


@dataclass(frozen=True)
class Project:
    """A copy of this project with its site built."""

    folder: Path
    site: Site
    catalog: Catalog

    def text(self, path: str) -> str:
        """Return a file of the built site."""
        return (self.folder / "site" / path).read_text("utf-8")


def build(folder: Path, edit: Edit = str) -> Project:
    """Copy this project into ``folder``, edit its catalog, and build its site strictly."""
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    path = folder / "errors.yaml"
    path.write_text(edit(path.read_text("utf-8")), "utf-8")
    catalog = load(path).catalog
    raised = {name: api for name, api in catalog.apis.items() if has_exceptions(api)}
    for name, text in reference.render(catalog).items():
        (folder / "docs" / name).write_text(text, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", "site"]
    path_of_imports = os.pathsep.join(filter(None, sys.path))
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": path_of_imports}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return Project(folder, read_site(folder / "site"), Catalog(apis=raised))


def generate(
    catalog: Catalog, folder: Path, edits: Mapping[str, Edit] = MappingProxyType({})
) -> Modules:
    """Write the module of each API below ``folder``, edited, and import it from there."""
    for path, text in python.render(catalog).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (target.parent / "__init__.py").touch()
        target.write_text(edits.get(path, str)(text), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        return {name: _imported(python.package(name, api)) for name, api in catalog.apis.items()}


def _imported(package: str) -> ModuleType:
    """Import the module, and leave ``sys.modules`` as it was: others may be of the same name."""
    theirs = [name for name in sys.modules if name.partition(".")[0] == package]
    kept = {name: sys.modules.pop(name) for name in theirs}
    try:
        return importlib.import_module(f"{package}.errors")
    finally:
        for name in (package, f"{package}.errors"):
            sys.modules.pop(name, None)
        sys.modules.update(kept)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return build(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def modules(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Modules:
    return generate(project.catalog, tmp_path_factory.mktemp("generated"))


def test_pages_modules_and_catalog_say_the_same(project: Project, modules: Modules) -> None:
    assert compare(project.site, modules, project.catalog) == []


@pytest.mark.parametrize(
    ("address", "headers", "count"),
    [
        ("artifacta/", CODES, 12),
        ("artifacta/", EXCEPTIONS, 9),
        ("artifacta/", EXIT_CODES, 4),
        ("artifacta/", FIELDS, 4),
        ("artworks/", STATUSES, 9),
        ("artworks/", EXCEPTIONS, 7),
        ("artworks/", SYMPTOMS, 5),
    ],
)
def test_a_table_has_at_least_the_rows_it_was_published_with(
    project: Project, address: str, headers: tuple[str, ...], count: int
) -> None:
    assert len(list(project.site[address].rows(*headers))) >= count


def test_the_errors_of_artworks_have_sections(project: Project) -> None:
    sections = [one.code for one in project.site["artworks/"].error_sections()]
    assert sections == list(project.catalog.apis["artworks"].errors)


@pytest.mark.parametrize("limit", ["90 days", "365 days", "500 MB", "5 GB", "100 per second"])
def test_a_limit_can_be_read_on_the_page(project: Project, limit: str) -> None:
    assert limit in project.site["artifacta/"].text


@pytest.mark.parametrize("address", ["artifacta/", "artworks/"])
def test_a_code_in_a_table_is_a_link(project: Project, address: str) -> None:
    page = project.site[address]
    cells = [row["Raised for"] for row in page.rows(*EXCEPTIONS)]
    cells += [row["Code"] for row in page.rows(*CODES)]
    cells += [row["Codes"] for table in (STATUSES, SYMPTOMS) for row in page.rows(*table)]
    assert all(cell.codes == tuple(link.text for link in cell.links) for cell in cells)


@pytest.mark.parametrize(
    ("name", "attribute", "seconds"),
    [("artifacta", "retry_after_seconds", 5), ("artworks", "retry_after", 45)],
)
def test_the_exception_of_an_example_knows_how_long_to_wait(
    project: Project, modules: Modules, name: str, attribute: str, seconds: int
) -> None:
    examples = project.site[f"{name}/"].examples()
    body = next(one.body for one in examples if one.code == "rate_limited")
    error = modules[name].from_response(None, None, body)
    assert (type(error).__name__, getattr(error, attribute)) == ("RateLimitedError", seconds)


def test_the_except_example_catches_two_exceptions(project: Project) -> None:
    (source,) = (one for one in project.site["artifacta/"].sources() if "except " in one)
    _, caught = imports_and_handlers(source, "artifacta.errors")
    assert caught == ["ArtifactNotFoundError", "ArtifactExpiredError"]


def test_an_import_leaves_no_trace(project: Project, tmp_path: Path) -> None:
    before = (list(sys.path), set(sys.modules))
    generate(project.catalog, tmp_path)
    assert (list(sys.path), set(sys.modules)) == before


def replace(old: str, new: str) -> Edit:
    """Return an edit of every place where ``old`` stands; there has to be one."""
    return cut(re.escape(old), new)


def cut(pattern: str, new: str = "") -> Edit:
    """Return an edit that puts ``new`` for whatever fits ``pattern``; something has to."""

    def edit(text: str) -> str:
        changed, count = re.subn(pattern, lambda _: new, text, flags=re.DOTALL)
        assert count
        return changed

    return edit


def within(tag: str, begins: str, edit: Edit) -> Edit:
    """Return an edit of the first element of that tag whose visible text begins so.

    A table of exceptions in another language has the same rows further down.
    """

    def edit_page(html: str) -> str:
        elements = re.finditer(rf"<{tag}[ >].*?</{tag}>", html, re.DOTALL)
        found = next(one for one in elements if visible_text(one[0]).startswith(begins))
        return html[: found.start()] + edit(found[0]) + html[found.end() :]

    return edit_page


def change(tag: str, begins: str, old: str, new: str) -> Edit:
    """Return an edit of a text within an element."""
    return within(tag, begins, replace(old, new))


def drop(tag: str, begins: str) -> Edit:
    """Return an edit that takes an element away."""
    return within(tag, begins, lambda _: "")


def add_row(begins: str, *cells: str) -> Edit:
    """Return an edit that adds a row after another."""
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    return within("tr", begins, lambda found: f"{found}<tr>{row}</tr>")


WRONG_PAGES: Final = {
    "a code removed": (
        "artifacta/",
        drop("tr", "rate_limited 429"),
        "the code rate_limited is missing from the page",
    ),
    "a code added": (
        "artifacta/",
        add_row("rate_limited 429", "flux_low", "418", "There is too little flux.", "Abort"),
        "the code flux_low stands only in the page",
    ),
    "a status changed in a table": (
        "artifacta/",
        change("tr", "session_sealed 409", ">409<", ">423<"),
        "status of the code session_sealed: 423 in the page, 409 in the module and the catalog",
    ),
    "a status changed in a section": (
        "artworks/",
        change("p", "404 There is no such resource", ">404<", ">410<"),
        "status of the code not_found: 410 in the page, 404 in the module and the catalog",
    ),
    "a word of a meaning changed": (
        "artifacta/",
        change("tr", "session_sealed 409", "no further", "further"),
        "meaning of the code session_sealed: "
        "The session is sealed and takes further uploads. in the page, "
        "The session is sealed and takes no further uploads. in the module and the catalog",
    ),
    "an action dropped": (
        "artworks/",
        drop("li", "Escalate if it keeps failing"),
        "actions of the code internal_error: Retry if it has not failed repeatedly: "
        "Send the request again with an idempotency key, so that it cannot take effect twice. "
        "in the page, Retry if it has not failed repeatedly: "
        "Send the request again with an idempotency key, so that it cannot take effect twice. "
        "Escalate if it keeps failing: Contact support. in the module and the catalog",
    ),
    "a fix dropped": (
        "artworks/",
        drop("p", "Fix Check the id"),
        "fix of the code not_found: none in the page, "
        "Check the id, then check that your entity owns the resource. in the catalog",
    ),
    "an exception renamed": (
        "artifacta/",
        change("tr", "RateLimitedError rate_limited", "RateLimitedError", "SlowDownError"),
        "exception of the code rate_limited: SlowDownError in the page's exceptions, "
        "RateLimitedError in the module, the raised exception and the catalog",
    ),
    "an exception of TypeScript renamed": (
        "artifacta/",
        change("tr", "RateLimitedError rate_limited .retryAfter", "RateLimited", "SlowDown"),
        "exception of the code rate_limited: SlowDownError in the page's TypeScript, "
        "RateLimitedError in the catalog's TypeScript",
    ),
    "a member of TypeScript renamed": (
        "artifacta/",
        change("tr", "RateLimitedError rate_limited .retryAfter", "retryAfter", "waitFor"),
        "attributes of the code rate_limited: .waitForSeconds integer, seconds in the page's "
        "TypeScript, .retryAfterSeconds integer, seconds in the catalog's TypeScript",
    ),
    "an exception listed twice": (
        "artifacta/",
        add_row(
            "UnauthorizedError",
            "UnauthorizedError",
            '<a href="#unauthorized">unauthorized</a>',
            "none",
        ),
        "the code unauthorized stands 2 times in the page's exceptions",
    ),
    "an attribute of another type": (
        "artifacta/",
        change("tr", "RateLimitedError rate_limited", "integer", "string"),
        "attributes of the code rate_limited: retry_after_seconds string in the page's exceptions, "
        "retry_after_seconds integer in the raised exception and the catalog",
    ),
    "an exit code dropped": (
        "artifacta/",
        drop("tr", "3 NETWORK_ERROR"),
        "the exit code NETWORK_ERROR is missing from the page",
    ),
    "a status dropped": (
        "artworks/",
        drop("tr", "409 Conflict"),
        "the status 409 is missing from the page",
    ),
    "a symptom dropped": (
        "artworks/",
        drop("tr", "A new artwork does not show up."),
        "the symptom A new artwork does not show up. is missing from the page",
    ),
    "a message that is called stable": (
        "artifacta/",
        change("tr", "error.message", "No: may change", "Yes: build on it"),
        "stability of the field error.message: "
        "Yes: build on it in the page, No: may change in the catalog",
    ),
    "a promise dropped": (
        "artifacta/",
        drop("li", "Messages are for people"),
        "the page lacks the promise: Messages are for people and may change; never match on them.",
    ),
    "a link to nowhere": (
        "artworks/",
        change("p", "The Artworks API", "#from-symptom-to-solution", "#symptoms"),
        "the link 'the symptoms' leads to #symptoms, which is not there",
    ),
    "a link to another code": (
        "artifacta/",
        change("tr", "RateLimitedError", "errors/rate_limited/", "errors/session_sealed/"),
        "the link 'rate_limited' leads to errors/session_sealed/, which is about another",
    ),
    "an exception renamed in prose": (
        "artifacta/",
        change("p", "RateLimitedError carries", "RateLimitedError", "SlowDownError"),
        "the page speaks of SlowDownError, which neither module nor catalog knows",
    ),
    "an exception renamed in the example": (
        "artifacta/",
        change("pre", "from artifacta", "ArtifactExpiredError", "ExpiredError"),
        "the example imports ExpiredError, which the module lacks",
    ),
}


@pytest.mark.parametrize("case", WRONG_PAGES)
def test_what_is_wrong_in_a_page_is_named(project: Project, modules: Modules, case: str) -> None:
    address, edit, difference = WRONG_PAGES[case]
    site = {**project.site, address: read(edit(project.text(f"{address}index.html")))}
    name = address.removesuffix("/")
    assert compare(site, modules, project.catalog) == [f"{name}: {difference}"]


WRONG_MODULES: Final = {
    "a class renamed": (
        replace("SessionSealedError", "SealedError"),
        "exception of the code session_sealed: SessionSealedError in the page's exceptions and "
        "the catalog, SealedError in the module and the raised exception",
    ),
    "another class raised": (
        replace('"session_sealed": SessionSealedError', '"session_sealed": UnauthorizedError'),
        "exception of the code session_sealed: SessionSealedError in the page's exceptions, "
        "the module and the catalog, UnauthorizedError in the raised exception",
    ),
    "a class added": (
        replace("\nFACTS: ", "\nclass FluxError(ArtifactaError):\n    _code = 'flux'\n\nFACTS: "),
        "the module has the class FluxError for flux, which is never raised",
    ),
    "a status changed": (
        replace('"status": (409,)', '"status": (423,)'),
        "status of the code session_sealed: 409 in the page and the catalog, 423 in the module",
    ),
    "a word of a meaning changed": (
        replace("takes no further", "takes further"),
        "meaning of the code session_sealed: "
        "The session is sealed and takes no further uploads. in the page and the catalog, "
        "The session is sealed and takes further uploads. in the module",
    ),
    "an entry removed": (
        cut(r' {4}"session_sealed": \{.*?\n {4}\},\n'),
        "the code session_sealed is missing from the module",
    ),
    "an attribute renamed": (
        replace("def retry_after_seconds", "def retry_seconds"),
        "attributes of the code rate_limited: retry_after_seconds integer in the page's exceptions "
        "and the catalog, retry_seconds integer in the raised exception",
    ),
    "an attribute that reads another field": (
        replace('get("retry_after_seconds")', 'get("retry_after")'),
        "value of retry_after_seconds of the code rate_limited: "
        "5 in the page's examples and the catalog, None in the raised exception",
    ),
    "an exit code changed": (
        replace("NETWORK_ERROR = 3", "NETWORK_ERROR = 4"),
        "number of the exit code NETWORK_ERROR: 3 in the page and the catalog, 4 in the module",
    ),
}


@pytest.mark.parametrize("case", WRONG_MODULES)
def test_what_is_wrong_in_a_module_is_named(project: Project, tmp_path: Path, case: str) -> None:
    edit, difference = WRONG_MODULES[case]
    modules = generate(project.catalog, tmp_path, {"artifacta/errors.py": edit})
    assert compare(project.site, modules, project.catalog) == [f"artifacta: {difference}"]


def test_an_error_that_only_the_catalog_has_is_named(
    project: Project, modules: Modules, tmp_path: Path
) -> None:
    path = tmp_path / "errors.yaml"
    text = (project.folder / "errors.yaml").read_text("utf-8").partition("\ninclude:")[0]
    path.write_text(add_error(text), "utf-8")
    differences = compare(project.site, modules, load(path).catalog)
    assert differences == ["artifacta: the code flux_low stands only in the catalog"]


add_error: Final = replace(
    "    errors:\n      invalid_request:\n",
    """\
    errors:
      flux_low:
        status: 422
        meaning: There is too little flux.
        message: Flux is at {level} percent.
        actions: [{do: redo_step, how: Charge the capacitor again.}]
        retry: {when: after_change}
        group: limits
        details:
          level: {type: integer, unit: percent, required: true, example: 12}
      invalid_request:
""",
)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return build(tmp_path_factory.mktemp("grown"), add_error)


@pytest.fixture(scope="module")
def grown_modules(grown: Project, tmp_path_factory: pytest.TempPathFactory) -> Modules:
    return generate(grown.catalog, tmp_path_factory.mktemp("generated"))


def test_a_new_error_is_in_the_table_of_codes(grown: Project) -> None:
    rows = grown.site["artifacta/"].rows(*CODES)
    assert "There is too little flux." in [row["Meaning"].text for row in rows]


def test_a_new_error_is_in_the_table_of_exceptions(grown: Project) -> None:
    rows = grown.site["artifacta/"].rows(*EXCEPTIONS)
    assert ("FluxLowError", "flux_low") in [
        (row["Exception"].text, row["Raised for"].text) for row in rows
    ]


def test_a_new_error_is_in_the_index_of_the_explorer(grown: Project) -> None:
    assert '"flux_low"' in grown.text("assets/errorbook/explorer-index.js")


def test_a_new_error_is_raised_as_a_class_of_its_own(grown_modules: Modules) -> None:
    body = {"error": {"code": "flux_low", "message": "", "status": 422, "level": 12}}
    error = grown_modules["artifacta"].from_response(None, None, body)
    assert (type(error).__name__, error.level) == ("FluxLowError", 12)


def test_a_new_error_needs_no_other_edit(grown: Project, grown_modules: Modules) -> None:
    assert compare(grown.site, grown_modules, grown.catalog) == []
