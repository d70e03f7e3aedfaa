"""Commands of any language against a running mock server."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from errorbook.testing import ErrorbookProject, MockServer, check_exit_codes, open_project
from errorbook.testing.commands import NoCommandError
from errorbook.testing.mock_server import running_mock
from errorbook.testing.project import NoProjectError
from tests.testing.repository import COMMAND, write

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the commands are shell scripts")

HEAD: Final = "#!/bin/sh\n"


@pytest.fixture(scope="module")
def project(original: Path) -> ErrorbookProject:
    return open_project(original)


@pytest.fixture(scope="module")
def mock(project: ErrorbookProject) -> Iterator[MockServer]:
    with running_mock(project) as server:
        yield server


def script(folder: Path, text: str) -> str:
    path = folder / "shop.sh"
    path.write_text(text, "utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_command_that_ends_as_documented(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path
) -> None:
    check_exit_codes(project, mock, [script(tmp_path, COMMAND)], base_url="SHOP_URL")


def test_the_base_address_may_be_a_word_of_the_command(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path
) -> None:
    text = COMMAND.replace("$SHOP_URL", "${1#--url=}")
    check_exit_codes(project, mock, [script(tmp_path, text), "--url={url}"])


def test_each_run_that_ends_otherwise_is_described(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path
) -> None:
    text = COMMAND.replace("4??) exit 1", "4??) printf 'bad \\033[31m%s\\n' \"$status\"; exit 4")
    command = script(tmp_path, text.replace("exit 3", "exit 2"))
    with pytest.raises(AssertionError) as caught:
        check_exit_codes(project, mock, [command, "a b"], base_url="SHOP_URL")
    said = str(caught.value)
    assert said.startswith(f"3 of 5 runs of `{command} 'a b'` do not end as documented:\n")
    first, second, third = said.split("\n\n")[1:]
    lines = first.split("\n")
    assert lines[0] == "shop/sold_out: exit code 4, documented is 1 (CLIENT_ERROR)"
    assert lines[1].startswith(f"  command: SHOP_URL={mock.url}/errors/shop/sold_out/")
    assert lines[1].endswith(f" {command} 'a b'")
    assert lines[2].startswith("  served: GET /errors/shop/sold_out/")
    assert lines[2].endswith("/books/1 -> 409 shop/sold_out")
    assert lines[3] == "  stdout: bad \\x1b[31m409"
    assert second.startswith("shop/too_fast: exit code 4, documented is 1 (CLIENT_ERROR)\n")
    assert third.startswith("nothing that listens: exit code 2, documented is 3 (NETWORK_ERROR)\n")
    assert third.endswith("\n  stderr: no answer")


def test_a_command_that_asks_nobody_is_a_failure(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path
) -> None:
    # It would pass for two errors of three.
    command = script(tmp_path, f"{HEAD}exit 1\n")
    with pytest.raises(AssertionError) as caught:
        check_exit_codes(project, mock, [command], base_url="SHOP_URI")
    assert str(caught.value) == (
        f"`{command}` sent no request to the mock server in any of 4 runs (exit code 1): "
        "does it take its base address from the variable SHOP_URI?"
    )


def test_what_it_prints_instead_is_shown_once(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path
) -> None:
    command = script(tmp_path, f"{HEAD}printf 'bad \\033[31mkey' >&2\nexit 7\n")
    with pytest.raises(AssertionError) as caught:
        check_exit_codes(project, mock, [command, "{url}"])
    line, *printed = str(caught.value).split("\n")
    assert line.startswith(f"`{command} '{{url}}'` sent no request to the mock server in any of 4")
    assert line.endswith("(exit code 7): does it take its base address from the word with {url}?")
    assert printed == ["  stderr: bad \\x1b[31mkey"]


def test_a_run_that_asks_nobody_is_a_failure_though_others_ask(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path
) -> None:
    lazy = f"{HEAD}case $SHOP_URL in *sold_out*) exit 1 ;; esac\n"
    command = script(tmp_path, COMMAND.replace(HEAD, lazy))
    with pytest.raises(AssertionError, match="1 of 5 runs") as caught:
        check_exit_codes(project, mock, [command], base_url="SHOP_URL")
    assert str(caught.value).count("served: nothing, for the command sent no request") == 1


def test_success_may_be_left_out(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path
) -> None:
    command = script(tmp_path, COMMAND.replace("exit 0", "exit 9"))
    check_exit_codes(project, mock, [command], base_url="SHOP_URL", success=False)
    with pytest.raises(AssertionError, match="success: exit code 9, documented is 0"):
        check_exit_codes(project, mock, [command], base_url="SHOP_URL")


def test_a_command_that_does_not_end_is_ended_with_its_children(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    command = script(tmp_path, f"{HEAD}sleep 600 & echo $! >> {pids}; echo waiting; wait\n")
    begun = time.monotonic()
    with pytest.raises(AssertionError, match=r"any of 4 runs \(no end in time\)") as caught:
        check_exit_codes(project, mock, [command], base_url="SHOP_URL", timeout=1.0, jobs=8)
    assert time.monotonic() - begun < 30
    assert str(caught.value).count("stdout: waiting") == 1
    numbers = [int(one) for one in pids.read_text().split()]
    assert len(numbers) == 5
    assert [one for one in numbers if is_running(one)] == []


def is_running(pid: int) -> bool:
    """Tell whether a process is alive, and not only waiting to be taken note of."""
    for _ in range(50):
        state = Path(f"/proc/{pid}/stat")
        if Path("/proc/self").exists():
            if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        else:
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return False
        time.sleep(0.1)
    return True


def test_a_command_that_is_killed_is_described(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path
) -> None:
    command = script(tmp_path, COMMAND.replace("case $status", "kill -9 $$\ncase $status"))
    with pytest.raises(AssertionError, match="shop/sold_out: killed by SIGKILL, documented is 1"):
        check_exit_codes(project, mock, [command], base_url="SHOP_URL")


def test_a_long_output_is_cut(project: ErrorbookProject, mock: MockServer, tmp_path: Path) -> None:
    text = COMMAND.replace(HEAD, f"{HEAD}yes x | head -c 1000000\n").replace("exit ", "exit 7")
    command = script(tmp_path, text)
    with pytest.raises(AssertionError, match="5 of 5 runs") as caught:
        check_exit_codes(project, mock, [command], base_url="SHOP_URL")
    assert len(str(caught.value)) < 100_000


def test_a_proxy_is_not_asked(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    check_exit_codes(project, mock, [script(tmp_path, COMMAND)], base_url="SHOP_URL")


def test_variables_of_the_caller_count(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path
) -> None:
    command = script(tmp_path, COMMAND.replace(HEAD, f'{HEAD}[ "$TOKEN" = t ] || exit 77\n'))
    check_exit_codes(project, mock, [command], base_url="SHOP_URL", env={"TOKEN": "t"})
    with pytest.raises(AssertionError, match="exit code 77"):
        check_exit_codes(project, mock, [command], base_url="SHOP_URL")


def test_a_command_beside_this_python_is_found(
    project: ErrorbookProject, mock: MockServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    name = Path(sys.executable).name
    with pytest.raises(AssertionError, match=r"any of 4 runs \(exit code 9\)"):
        check_exit_codes(project, mock, [name, "-S", "-c", "raise SystemExit(9)"], base_url="X")


@pytest.mark.parametrize(
    ("argv", "options", "message"),
    [
        (["no-such-command"], {"base_url": "X"}, "there is no command 'no-such-command'"),
        ([], {"base_url": "X"}, "no command to run"),
        (["sh"], {}, "the command has no base address"),
        (["sh"], {"base_url": "X", "api": "shopp"}, "no API 'shopp': did you mean 'shop'"),
        (["sh"], {"base_url": "X", "api": "cafe"}, "nothing to compare: the API cafe has no exit"),
    ],
)
def test_nothing_to_run_or_compare_is_a_failure(
    project: ErrorbookProject,
    mock: MockServer,
    argv: list[str],
    options: dict[str, str],
    message: str,
) -> None:
    with pytest.raises((NoCommandError, NoProjectError), match=message):
        check_exit_codes(
            project, mock, argv, base_url=options.get("base_url"), api=options.get("api")
        )


def test_a_file_that_cannot_be_run_is_a_failure(
    project: ErrorbookProject, mock: MockServer, tmp_path: Path
) -> None:
    write(tmp_path, {"bad": "#!/no/such/interpreter\n"})
    (tmp_path / "bad").chmod(0o755)
    with pytest.raises(NoCommandError, match="cannot be run: No such file"):
        check_exit_codes(project, mock, [str(tmp_path / "bad")], base_url="X")
