"""The command ``artifacta``, which ends with the exit codes that ``errors.yaml`` documents."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, NoReturn

from artifacta.errors import EXIT_CODES, ArtifactaError, ExitCode


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _get(_parser().parse_args(arguments))
    except KeyboardInterrupt:
        return _interrupted()


def _get(asked: argparse.Namespace) -> int:
    # Help and wrong flags need no httpx, and Ctrl-C may come while it loads.
    from artifacta.client import Client  # noqa: PLC0415  # brings httpx

    try:
        with Client(asked.base_url, timeout=asked.timeout) as client:
            artifact = client.get(asked.id)
        _say(sys.stdout, json.dumps(artifact) if asked.json else "\n".join(_fields(artifact)))
    except ArtifactaError as error:
        text = json.dumps(error.to_dict()) if asked.json else "\n".join(_report(error))
        _say(sys.stderr, text)
        # An answer that is neither a success nor a failure of this API is the server's fault.
        return ExitCode.SERVER_ERROR if error.exit_code is None else error.exit_code
    except (ValueError, OSError) as error:  # of the key, the address or the id; a full disk
        _say(sys.stderr, f"artifacta: {_printable(str(error))}")
        return EXIT_CODES["usage"]
    return EXIT_CODES["success"]


def _fields(artifact: Mapping[str, object]) -> Iterator[str]:
    for name, value in artifact.items():
        text = value if isinstance(value, str) else json.dumps(value)
        yield f"{_printable(name)}: {_printable(text)}"


def _report(error: ArtifactaError) -> Iterator[str]:
    """Yield what happened, what to do about it, and where more is written."""
    yield f"artifacta: {error}"
    ways = [f"{one.how} ({one.when})" if one.when else one.how for one in error.actions]
    for line in (*(ways or [error.how]), error.docs_url):
        if line:
            yield f"  {_printable(line)}"


def _printable(text: str) -> str:
    """Spell out what would move the cursor, colour the terminal or begin another line."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _say(stream: IO[str], text: str) -> None:
    """Print, and take no offence at a reader that has seen enough, as ``head`` does."""
    try:
        print(text, file=stream, flush=True)
    except OSError as error:
        # What is still in the buffer would fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if stream is sys.stdout and not isinstance(error, BrokenPipeError):
            raise


def _interrupted() -> int:
    """End by the signal, so that a shell stops its script as well; it shows the same number."""
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    return EXIT_CODES["interrupt"]


class _Parser(argparse.ArgumentParser):
    """Ends wrong use with the documented exit code; argparse alone would choose 2."""

    def error(self, message: str) -> NoReturn:
        _say(sys.stderr, f"{self.format_usage()}{self.prog}: {_printable(message)}")
        sys.exit(EXIT_CODES["usage"])

    def print_help(self, file: object = None) -> None:
        _say(sys.stdout, self.format_help().rstrip())


def _parser() -> _Parser:
    about = "Read artifacts of the Artifacta API."
    parser = _Parser(prog="artifacta", description=about, allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    get = commands.add_parser(
        "get",
        help="print an artifact",
        description="Print an artifact. The API key is read from ARTIFACTA_API_KEY.",
        epilog="Exit codes: " + ", ".join(f"{one.value} {one.name}" for one in ExitCode),
        allow_abbrev=False,
    )
    get.add_argument("id", metavar="ID", help="the id of the artifact")
    get.add_argument("--json", action="store_true", help="print JSON, also of an error")
    get.add_argument("--base-url", metavar="URL", help="the address (default: ARTIFACTA_URL)")
    get.add_argument(
        "--timeout", metavar="SECONDS", type=_seconds, default=10.0, help="default: %(default)s"
    )
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 3600:  # also refuses `nan`
        raise ValueError(text)
    return seconds
