"""Every documented error: from the mock, over HTTP and ``fetch``, into the class it names."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any, Final

import pytest

from errorbook.catalog.audience import public
from errorbook.catalog.facts import exit_code, retryable
from errorbook.mock.wishes import error_path
from errorbook.outputs.typescript import raised_class
from tests.mock.test_round_trip import catalog, served
from tests.sdk.typescript.modules import HERE, apis, scripts

pytestmark = pytest.mark.browser  # Node comes where the browser does
ODD: Final = 7
"""Responses behind those of the mock that are none, or cannot be read."""


@pytest.mark.parametrize("name", ["artifacta", "artworks"])
def test_every_error_of_the_mock_is_the_one_it_names(name: str) -> None:
    loaded = catalog("errors.yaml")
    codes = list(public(loaded).apis[name].errors)
    with served(loaded) as client:
        addresses = [f"{client.base_url}{error_path(name, code)}/v1/things" for code in codes]
        run = subprocess.run(
            [shutil.which("node") or "node", HERE / "fetched.mjs", scripts()[name], *addresses],
            check=False,
            capture_output=True,
            timeout=120,
        )
    assert run.returncode == 0, run.stderr.decode()
    found: list[dict[str, Any]] = json.loads(run.stdout)
    api = apis()[name]
    for code, answer in zip(codes, found[:-ODD], strict=True):
        error = api.errors[code]
        assert (answer["code"], answer["error"]) == (code, raised_class(name, api, code))
        assert answer["status"] in error.status
        assert answer["retryable"] == retryable(error)
        assert answer["exit_code"] == exit_code(api, code)
        assert answer["message"]
    statuses = [answer["status"] for answer in found[-ODD:]]
    assert statuses == [418, 503, None, None, None, None, None]
    assert found[-ODD]["request_id"] == "r"
