"""What classes say of their attributes, be it by way of their base."""

from __future__ import annotations

import pytest

from tests.importing.python.read import module


@pytest.mark.parametrize("passed", ["code=code, status=status", "code, status"])
def test_a_parameter_that_is_passed_on_is_its_default(passed: str) -> None:
    said = module(
        f"""
code = "of_the_module"
class ApiError(Exception):
    def __init__(self, message, code=None, status=None):
        self.code = code
        self.status = status
class Unpaid(ApiError):
    def __init__(self, message="m", code="unpaid", status=402):
        super().__init__(message, {passed})
class Other(ApiError):
    def __init__(self, message, code, status=409):
        super().__init__(message, {passed})
class Changed(ApiError):
    def __init__(self, message, code="changed", status=None):
        code = code or message
        super().__init__(message, {passed})
"""
    )
    assert said.of("unpaid") == {"status": 402, "sdk.python.exception": "Unpaid"}
    assert {path for path in said.facts if path.startswith("errors.")} == {
        *("errors.unpaid", "errors.unpaid.status", "errors.unpaid.sdk.python.exception"),
    }
