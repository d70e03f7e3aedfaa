"""The mock server as a test uses it: in a process that ends with the tests."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from errorbook.testing import MockServer, open_project
from errorbook.testing.cases import error_cases
from errorbook.testing.mock_server import MockServerError, running_mock
from errorbook.testing.project import NoProjectError


@pytest.fixture(scope="module")
def mock(original: Path) -> Iterator[MockServer]:
    with running_mock(open_project(original)) as server:
        yield server


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310  # the mock server
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_every_error_is_answered_as_its_case_says(original: Path, mock: MockServer) -> None:
    project = open_project(original)
    for case in error_cases(project, project.catalog.apis):
        url = mock.error_url(case.api, case.code)
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{url}/any/path", timeout=10)  # noqa: S310  # the mock server
        with caught.value as answer:
            assert answer.code == case.response.status
            assert json.loads(answer.read()) == json.loads(case.response.body)
            for name, value in case.response.headers.items():
                assert answer.headers[name] == value


def test_an_error_may_be_answered_a_few_times_only(mock: MockServer) -> None:
    for _ in range(2):  # each address counts for itself
        url = mock.error_url("shop", "too_fast", fail=2)
        assert [status_of(url) for _ in range(3)] == [429, 429, 200]


def test_requests_are_told_by_address(mock: MockServer) -> None:
    one, other = mock.error_url("shop", "crashed"), mock.success_url()
    assert mock.requests(one) == []
    assert (status_of(f"{one}/a"), status_of(f"{other}/b")) == (500, 200)
    path = one.removeprefix(mock.url)
    assert mock.requests(one, patience=5) == [f"GET {path}/a -> 500 shop/crashed"]
    assert len(mock.requests(other, patience=5)) == 1


@pytest.mark.parametrize(
    ("api", "code", "message"),
    [
        ("shopp", "crashed", "there is no API 'shopp': did you mean 'shop'"),
        ("shop", "crash", "the API 'shop' has no error 'crash': did you mean 'crashed'"),
    ],
)
def test_what_is_not_there_is_refused(mock: MockServer, api: str, code: str, message: str) -> None:
    with pytest.raises(NoProjectError, match=message):
        mock.error_url(api, code)


def test_a_missing_extra_is_said(original: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "uvicorn" else find(name)
    )
    with (
        pytest.raises(MockServerError, match=r"pip install 'errorbook\[mock\]'"),
        running_mock(open_project(original)),
    ):
        pass


def test_a_server_that_does_not_begin_says_why(repository: Path) -> None:
    project = open_project(repository)
    (repository / "errors.yaml").write_text("apis: 7\n", "utf-8")
    with pytest.raises(MockServerError, match="did not begin: "), running_mock(project):
        pass


def test_it_ends_with_the_process_that_began_it(original: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path\n"
        "from errorbook.testing import open_project\n"
        "from errorbook.testing.mock_server import running_mock\n"
        "with running_mock(open_project(Path(sys.argv[1]))) as mock:\n"
        "    print(mock.url, flush=True)\n"
        "    os._exit(7)\n"
    )
    command = [sys.executable, "-c", script, str(original)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 7, done.stderr
    until = time.monotonic() + 20
    while is_there(done.stdout.strip()):
        assert time.monotonic() < until
        time.sleep(0.1)


def is_there(url: str) -> bool:
    try:
        return status_of(url) > 0
    except OSError:
        return False
