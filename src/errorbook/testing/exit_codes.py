"""Compare how a command ends with the documented exit codes, against a running mock server."""

from __future__ import annotations

import os
import shlex
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

from errorbook.catalog import Api
from errorbook.catalog.facts import exit_code, exit_codes_by_selector
from errorbook.catalog.models import ExitCode
from errorbook.checks.printing import one_line
from errorbook.testing.commands import Ended, Runner, found_command
from errorbook.testing.mock_server import MockServer
from errorbook.testing.project import ErrorbookProject, NoProjectError

URL_HOLE: Final = "{url}"
"""What stands in a word of the command for the base address."""
_LOCAL: Final = "127.0.0.1,localhost"
_PATIENCE: Final = 1.0
"""Seconds until the server has told of every request that was answered."""


class ExitCodes(Protocol):
    """What the fixture ``errorbook_exit_codes`` is: `check_exit_codes` of the project."""

    def __call__(  # noqa: PLR0913  # all but the first have names
        self,
        argv: Sequence[str],
        *,
        base_url: str | None = None,
        api: str | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float = 60.0,
        success: bool = True,
        jobs: int = 4,
    ) -> None:
        """Fail unless the command ends as documented, whatever it meets."""


@dataclass(frozen=True)
class _Run:
    """What the command meets, at which base address, and how it has to end."""

    meets: str
    url: str
    expected: int
    asks: bool
    """Whether the mock server has to be asked in it."""


@dataclass(frozen=True)
class _Command:
    """A command, and where its base address goes."""

    argv: tuple[str, ...]
    variable: str | None

    def words(self, url: str) -> list[str]:
        return [word.replace(URL_HOLE, url) for word in self.argv]

    def variables(self, url: str) -> dict[str, str]:
        return {self.variable: url} if self.variable else {}

    def shown(self, url: str) -> str:
        given = [f"{name}={shlex.quote(value)}" for name, value in self.variables(url).items()]
        return " ".join([*given, shlex.join(self.words(url))])


def check_exit_codes(  # noqa: PLR0913  # all but the first three have names
    project: ErrorbookProject,
    mock: MockServer,
    argv: Sequence[str],
    *,
    base_url: str | None = None,
    api: str | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 60.0,
    success: bool = True,
    jobs: int = 4,
) -> None:
    """Fail unless the command ``argv`` ends as documented, whatever it meets.

    It runs once for each error that has an exit code, with a base address whose every path answers
    that error; with an address where nothing listens; and, for ``success``, with one that answers
    200 to everything. ``base_url`` names the variable that holds the base address; a ``{url}`` in a
    word of ``argv`` is replaced by it too. ``timeout`` is in seconds, for one run; ``jobs`` is how
    many run at once. ``env`` comes on top of this process's own variables.

    Raises:
        AssertionError: with every run that ended otherwise; or, where none has sent a request to
            the mock server, with that alone, as its exit codes say nothing then.
        NoCommandError: if there is no such command.
        NoProjectError: if there is no such API, or nothing to compare.
    """
    __tracebackhide__ = True
    command = _Command(tuple(argv), base_url)
    if base_url is None and not any(URL_HOLE in word for word in argv):
        message = "the command has no base address: name its variable, base_url='ACME_URL', or "
        raise NoProjectError(f"{message}write {URL_HOLE} in a word of it")
    name = _chosen(project, api)
    environment = {**os.environ, **_unproxied(), **(env or {})}
    runner = Runner(environment, timeout)
    command = _Command(tuple(found_command(argv, environment)), base_url)
    with _nobody_listens() as nowhere:
        runs = list(_runs(name, project.catalog.apis[name], mock, nowhere, success=success))
        ended = _ended(runner, command, runs, jobs)
    asked = _asked(mock, runs)
    shown = one_line(shlex.join(argv))
    if not any(asked):
        raise AssertionError(_nothing_asked(shown, base_url, runs, ended))
    exit_codes = project.catalog.apis[name].exit_codes
    differences = [
        text
        for run, one, lines in zip(runs, ended, asked, strict=True)
        if (text := _difference(exit_codes, command, run, one, lines))
    ]
    if differences:
        total = f"{len(differences)} of {len(runs)} runs of `{shown}` do not end as documented"
        raise AssertionError("\n\n".join([f"{total}:", *differences]))


def _chosen(project: ErrorbookProject, api: str | None) -> str:
    """Return the API of the command: the one that is named, else the only one with exit codes."""
    documented = [
        name
        for name in project.chosen(() if api is None else (api,))
        if any(
            exit_code(project.catalog.apis[name], one) is not None for one in _codes(project, name)
        )
    ]
    if len(documented) == 1:
        return documented[0]
    if not documented:
        whose = f"the API {api}" if api else "no API of the catalog"
        raise NoProjectError(f"nothing to compare: {whose} has {'no ' if api else ''}exit codes")
    listed = ", ".join(documented)
    raise NoProjectError(
        f"several APIs have exit codes ({listed}): name one, api='{documented[0]}'"
    )


def _codes(project: ErrorbookProject, name: str) -> list[str]:
    return list(project.catalog.apis[name].errors)


def _runs(name: str, api: Api, mock: MockServer, nowhere: str, *, success: bool) -> Iterator[_Run]:
    for code in api.errors:
        expected = exit_code(api, code)
        if expected is not None:
            yield _Run(f"{name}/{code}", mock.error_url(name, code), expected, asks=True)
    by_selector = exit_codes_by_selector(api)
    if "network" in by_selector:
        yield _Run("nothing that listens", nowhere, by_selector["network"], asks=False)
    if success:
        # The code of success is 0 wherever a catalog does not say otherwise.
        yield _Run("success", mock.success_url(), by_selector.get("success", 0), asks=True)


def _ended(runner: Runner, command: _Command, runs: Sequence[_Run], jobs: int) -> list[Ended]:
    __tracebackhide__ = True
    with ThreadPoolExecutor(max(1, jobs)) as pool:
        futures = [
            pool.submit(runner.run, command.words(run.url), command.variables(run.url))
            for run in runs
        ]
        try:
            return [future.result() for future in futures]
        except BaseException:  # of the user, too, who has pressed Ctrl+C
            runner.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _asked(mock: MockServer, runs: Sequence[_Run]) -> list[list[str]]:
    """Return the requests of each run, in lines."""
    until = time.monotonic() + _PATIENCE
    return [
        mock.requests(run.url, patience=until - time.monotonic()) if run.asks else []
        for run in runs
    ]


def _nothing_asked(
    shown: str, variable: str | None, runs: Sequence[_Run], ended: Sequence[Ended]
) -> str:
    """Return in a line that no run has sent a request, and below it what the first one printed."""
    tried = [one for run, one in zip(runs, ended, strict=True) if run.asks]
    ways = ", ".join(dict.fromkeys(one.in_words for one in tried))
    where = f"the variable {variable}" if variable else f"the word with {URL_HOLE}"
    problem = f"`{shown}` sent no request to the mock server in any of {len(tried)} runs ({ways})"
    question = f"does it take its base address from {where}?"
    return "\n".join([one_line(f"{problem}: {question}"), *_printed(tried[0])])


def _difference(
    exit_codes: Mapping[int, ExitCode],
    command: _Command,
    run: _Run,
    ended: Ended,
    asked: Sequence[str],
) -> str:
    """Return what is wrong with a run, in lines; nothing if it ended as documented."""
    if ended.exit_code == run.expected and (asked or not run.asks):
        return ""
    entry = exit_codes.get(run.expected)
    expected = f"{run.expected} ({entry.name})" if entry and entry.name else str(run.expected)
    lines = [f"{run.meets}: {ended.in_words}, documented is {expected}"]
    lines.append(f"  command: {command.shown(run.url)}")
    if run.asks:
        lines += [f"  served: {one}" for one in asked[:3]]
        if not asked:
            lines.append("  served: nothing, for the command sent no request to its base address")
        elif len(asked) > 3:
            lines.append(f"  served: {len(asked) - 3} more")
    return "\n".join([*map(one_line, lines), *_printed(ended)])


def _printed(ended: Ended) -> Iterator[str]:
    for stream, text in (("stdout", ended.stdout), ("stderr", ended.stderr)):
        yield from (one_line(f"  {stream}: {line}") for line in text.split("\n") if line)


@contextmanager
def _nobody_listens() -> Iterator[str]:
    """Give an address whose port is taken, so that nobody else can, and where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def _unproxied() -> dict[str, str]:
    """Return what keeps a command from asking a proxy for addresses of this machine."""
    return {
        name: ",".join(filter(None, [os.environ.get(name), _LOCAL]))
        for name in ("NO_PROXY", "no_proxy")
    }
