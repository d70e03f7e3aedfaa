"""The pytest plugin: fixtures for the errors of a project, and what compares it with its docs.

pytest imports this at the start of every run, wherever errorbook is installed, so it imports
nothing but pytest until a test asks for something.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import pytest

if TYPE_CHECKING:
    from errorbook.testing import ErrorbookProject, ErrorCase, ExitCodes, MockServer

_MARKER: Final = "errorbook_api"
_FILES: Final = ("errorbook.yaml", "errors.yaml")
"""The files of a project, as `errorbook.project` looks for them; importing that takes long."""


class _Opened:
    """The project of a run, opened when it is first asked for; or what is wrong with it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._project: ErrorbookProject | None = None
        self._cases: dict[str, ErrorCase] | None = None
        self._named: dict[str, list[ErrorCase]] | None = None
        self._registered: set[str] = set()
        self.refusal = ""
        """Why there is no project that could be used."""
        self.problems: list[str] = []
        """What is wrong with it, a line each."""

    @property
    def is_there(self) -> bool:
        """Whether there is something like a project, valid or not."""
        place = self._place()
        folders = (place, *place.parents)
        return place.is_file() or any((one / file).is_file() for one in folders for file in _FILES)

    def project(self) -> ErrorbookProject | None:
        """Return the project; None, with a ``refusal``, if there is none that is valid."""
        if self._project is None and not self.refusal:
            self._open()
        return self._project

    def cases(self) -> Mapping[str, ErrorCase]:
        """Return all errors of the project by ``api/code``."""
        if self._cases is None:
            from errorbook.testing.cases import error_cases

            project = self.project()
            every = error_cases(project, project.catalog.apis) if project else ()
            self._cases = {case.name: case for case in every}
        return self._cases

    def named(self) -> Mapping[str, list[ErrorCase]]:
        """Return all errors by the name of their fixture."""
        if self._named is None:
            from errorbook.testing.cases import fixture_names

            self._named = fixture_names(self.cases().values())
        return self._named

    def register(self, names: Iterable[str]) -> None:
        """Register the fixtures of the errors that have one of these names."""
        wanted = {
            name: _error_fixture(name, self.named()[name])
            for name in names
            if name in self.named() and name not in self._registered
        }
        if wanted:
            holder = types.ModuleType(f"errorbook_errors_{len(self._registered)}")
            vars(holder).update(wanted)
            self._registered.update(wanted)
            self._config.pluginmanager.register(holder, holder.__name__)

    def _open(self) -> None:
        from errorbook.problems import ErrorbookError
        from errorbook.testing.project import NoProjectError, open_project

        try:
            self._project = open_project(self._place(), self._config.invocation_params.dir)
        except NoProjectError as error:
            self.refusal = f"{error}: set errorbook_project in pytest's configuration"
        except ErrorbookError as error:
            from errorbook.checks.printing import summary

            self.refusal = f"errorbook: {summary(error.problems)}, listed at the end"
            self.problems = [str(problem) for problem in error.problems]

    def _place(self) -> Path:
        return self._config.rootpath / str(self._config.getini("errorbook_project"))


_OPENED = pytest.StashKey[_Opened]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the plugin."""
    parser.getgroup("errorbook").addoption(
        "--errorbook-api",
        action="append",
        default=[],
        metavar="API",
        help="run tests that use `error_case` for the errors of this API alone; may be repeated",
    )
    parser.addini(
        "errorbook_project",
        "errorbook.yaml or errors.yaml, or a folder to look for them from; relative to the root",
        default="",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Prepare to open the project, and say which marker there is."""
    config.stash[_OPENED] = _Opened(config)
    marker = "use `error_case` for the errors of these APIs alone"
    config.addinivalue_line("markers", f"{_MARKER}(api, ...): {marker}")


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Register the fixtures of all errors where somebody wants to see what fixtures there are."""
    opened = session.config.stash[_OPENED]
    if session.config.getoption("showfixtures", default=False) and opened.is_there:
        opened.register(opened.named())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that uses ``error_case`` the errors, and one that names an error its fixture."""
    opened = metafunc.config.stash[_OPENED]
    given = _parametrized(metafunc)
    # Where pytest does not say which names it knows, the catalog is asked about each of them.
    known: Mapping[str, object] = getattr(metafunc, "_arg2fixturedefs", {})
    unknown = [name for name in metafunc.fixturenames if name not in given and name not in known]
    if unknown and opened.is_there:
        opened.register(unknown)
    if "error_case" in metafunc.fixturenames and "error_case" not in given:
        _parametrize(metafunc, opened)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Tell what is missing for a test in a sentence: where in our code it was missed helps nobody.

    Raises:
        pytest.fail.Exception: in place of the exception that says so.
    """
    del item
    try:
        return (yield)
    except LookupError as error:
        module = sys.modules.get("errorbook.testing.project")
        if module is None or not isinstance(error, module.NoProjectError):
            raise
        why = str(error)
    _refuse(why)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take over what a worker of pytest-xdist has found wrong."""
    config, told = getattr(node, "config", None), getattr(node, "workeroutput", {})
    if isinstance(config, pytest.Config) and "errorbook_problems" in told:
        config.stash[_OPENED].problems = told["errorbook_problems"]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the run that this is a worker of, if it is one, what is wrong."""
    output = getattr(session.config, "workeroutput", None)
    problems = session.config.stash[_OPENED].problems
    if output is not None and problems:
        output["errorbook_problems"] = problems


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """List what is wrong with the project, once."""
    problems = config.stash[_OPENED].problems
    if problems:
        terminalreporter.section("errorbook")
        for problem in problems:
            terminalreporter.write_line(problem)


@pytest.fixture(scope="session")
def errorbook_project(pytestconfig: pytest.Config) -> ErrorbookProject:
    """The project of this repository: its catalog, and the modules generated from it."""
    opened = pytestconfig.stash[_OPENED]
    return opened.project() or _refuse(opened.refusal)


@pytest.fixture(scope="session")
def error_cases(
    pytestconfig: pytest.Config, errorbook_project: ErrorbookProject
) -> Mapping[str, ErrorCase]:
    """All errors of the project, by ``api/code``."""
    del errorbook_project  # it fails where there is none
    return pytestconfig.stash[_OPENED].cases()


@pytest.fixture
def error_case(request: pytest.FixtureRequest) -> ErrorCase:
    """Each error of the project in turn: a test that uses it runs once for each."""
    from errorbook.testing.cases import ErrorCase

    case: object = getattr(request, "param", "error_case takes a test that pytest collects")
    return case if isinstance(case, ErrorCase) else _refuse(str(case))


@pytest.fixture(scope="session")
def errorbook_mock(errorbook_project: ErrorbookProject) -> Iterator[MockServer]:
    """A running mock server of the project, with ``url`` and ``error_url(api, code)``."""
    from errorbook.testing.mock_server import MockServerError, running_mock

    try:
        with running_mock(errorbook_project) as server:
            yield server
    except MockServerError as error:
        _refuse(str(error))


@pytest.fixture(scope="session")
def errorbook_exit_codes(
    errorbook_project: ErrorbookProject, errorbook_mock: MockServer
) -> ExitCodes:
    """A function that fails unless a command ends with the documented exit codes."""
    from functools import partial

    from errorbook.testing.exit_codes import check_exit_codes

    return partial(check_exit_codes, errorbook_project, errorbook_mock)


def _parametrize(metafunc: pytest.Metafunc, opened: _Opened) -> None:
    from errorbook.testing.project import NoProjectError

    project = opened.project()
    cases: list[ErrorCase] = []
    refusal = opened.refusal
    if project:
        marked = [name for one in metafunc.definition.iter_markers(_MARKER) for name in one.args]
        asked = metafunc.config.getoption("--errorbook-api")
        try:
            apis = project.chosen(tuple(marked)).keys() & project.chosen(tuple(asked)).keys()
        except NoProjectError as error:
            refusal = str(error)
        else:
            cases = [case for case in opened.cases().values() if case.api in apis]
            refusal = "" if marked and asked else "the catalog has no errors"
    params: list[object] = [*cases] or ([refusal] if refusal else [])
    ids = [case.name for case in cases] or (["errors"] if refusal else [])
    metafunc.parametrize("error_case", params, ids=ids, indirect=True)


def _parametrized(metafunc: pytest.Metafunc) -> set[str]:
    """Return the names that marks of the test itself give values to."""
    names: set[str] = set()
    for mark in metafunc.definition.iter_markers("parametrize"):
        given = mark.args[0] if mark.args else mark.kwargs.get("argnames", ())
        names.update(given.replace(",", " ").split() if isinstance(given, str) else given)
    return names


def _error_fixture(name: str, cases: list[ErrorCase]) -> Callable[..., object]:
    """Return the fixture of an error; one that says so where several have the same name."""

    @pytest.fixture(name=name)
    def fixture() -> ErrorCase:
        if len(cases) > 1:
            listed = " and ".join(case.name for case in cases)
            _refuse(f"{name} may be {listed}: use error_cases[{cases[0].name!r}]")
        return cases[0]

    return fixture


def _refuse(why: str) -> NoReturn:
    pytest.fail(why, pytrace=False)
