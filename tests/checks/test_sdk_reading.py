"""What is read of an SDK and what is not; sources are never run, whatever stands in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from errorbook.checks import sdk
from errorbook.problems import ErrorbookError
from tests.checks.sdk_example import CATALOG, ERRORS, ExampleSdk, example_sdk

LAST = "acme/last.py"


@pytest.fixture
def example(tmp_path: Path) -> ExampleSdk:
    return example_sdk(tmp_path)


def _settings(example: ExampleSdk, keys: str) -> None:
    example.write("errorbook.yaml", f"check: {{sdk: [{{package: acme{keys}}}]}}\n")


def _refused(example: ExampleSdk) -> list[tuple[str, int]]:
    with pytest.raises(ErrorbookError) as error:
        example.checked()
    return [(one.rule, one.place.line) for one in error.value.problems]


def test_nothing_of_the_package_is_run(example: ExampleSdk) -> None:
    trap = f"open({str(example.folder / 'trap')!r}, 'w').close()\n"
    for path in ("acme/__init__.py", "acme/errors.py", "acme/sitecustomize.py"):
        example.write(path, trap + example.files.get(path, "class TrapError(Exception): ..."))
    example.edit("acme/errors.py", '__all__ += ["Rate', f'__all__ += [{trap[:-1]} or "Rate')
    assert not example.checked().not_checked
    assert not (example.folder / "trap").exists()
    assert "acme" not in sys.modules


def test_griffe_is_only_imported_where_an_sdk_is_named() -> None:
    lines = "import errorbook.checks.sdk, sys; sys.exit('griffe' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", lines], check=False).returncode == 0


def test_without_griffe_a_line_says_what_to_install(
    example: ExampleSdk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sdk, "find_spec", lambda _: None)
    checked = example.checked()
    assert checked.found == ()
    (reason,) = checked.not_checked
    assert 'pip install "errorbook[check]"' in reason


def test_a_package_that_is_not_there_is_not_checked(example: ExampleSdk) -> None:
    example.write("errorbook.yaml", "check: {sdk: [{package: acne}]}\n")
    assert example.checked().not_checked == ("acne: there is no such package or module",)


def test_what_cannot_be_parsed_is_told_with_its_line_and_nothing_is_missing(
    example: ExampleSdk,
) -> None:
    example.edit("acme/errors.py", "class SoldOutError(ClientError):", "class SoldOutError(:")
    checked = example.checked()
    line = ERRORS.split("\n").index("class SoldOutError(ClientError):") + 1
    assert [one.partition(": ")[0] for one in checked.not_checked] == [f"acme/errors.py:{line}"]
    assert "sdk-missing-exception" not in {one.problem.rule for one in checked.found}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = " + "(" * 3000 + "AcmeError", id="brackets"),
        pytest.param("x = AcmeError" + ".a" * 50_000, id="attributes"),
        pytest.param("AcmeError = " + "not " * 100_000 + "1", id="operators"),
        pytest.param("AcmeError = 1\0", id="null"),
        pytest.param("# coding: punycode\nAcmeError = 1", id="encoding"),
        pytest.param("# coding: nothing\nAcmeError = 1", id="no encoding"),
    ],
)
def test_a_file_that_python_would_refuse_too_is_left_out(example: ExampleSdk, text: str) -> None:
    example.write(LAST, text)
    checked = example.checked()
    assert checked.found == ()
    assert [one.partition(":")[0] for one in checked.not_checked] == [LAST]


@pytest.mark.parametrize(
    "text",
    [
        "class AError(BError): ...\nclass BError(AError): ...\nclass CError(CError): ...",
        "from .last import *\nfrom . import *\nfrom acme.last import AcmeError as XError",
        "XError = YError\nYError = XError\nclass ZError(XError, YError): ...",
        "from . import errors\n__all__ = errors.__all__ + last.__all__\n__all__ += __all__",
        "class AError(AcmeError[0], *AcmeError, **AcmeError, metaclass=AcmeError): ...",
        "def AcmeError(): return AcmeError\nclass BError(AcmeError()): code = code",
        'import re\nCODE = re.compile("\\d AcmeError")  # a warning of the parser',
        "BY_CODE = {**BY_CODE, AcmeError: AcmeError, 'a': AcmeError, **{'b': AcmeError}}",
        "\ufeffclass TheirError(Exception): ...\r\nclass TheirsError(TheirError): ...\r\n",
        "A0 = ()\n"
        + "".join(f"A{one} = ({f'A{one - 1}, ' * 99})\n" for one in range(1, 15))
        + "class FullError(Exception): code = A14",
        "class FarError(Exception): ...\n"
        + "".join(f"class F{one}Error(F{one - 1}Error): ...\n" for one in range(1, 3000)),
    ],
)
def test_sources_that_lead_in_circles_or_nowhere_are_no_problem(
    example: ExampleSdk, text: str
) -> None:
    example.write(LAST, text)
    assert example.found() == []


def test_a_type_that_is_nested_too_deeply_is_told(example: ExampleSdk) -> None:
    deep = " | ".join(["int"] * 1500)
    example.edit("acme/errors.py", "wait_seconds: int | None = None", f"wait_seconds: {deep} = 1")
    checked = example.checked()
    assert checked.found == ()
    assert len(checked.not_checked) == 1


def test_links_are_not_followed(
    example: ExampleSdk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.py"
    outside.write_text("class SecretError(Exception): code = 'secret'", "utf-8")
    (example.folder / LAST).symlink_to(outside)
    checked = example.checked()
    assert checked.not_checked == (f"{LAST}: is a symbolic link, which is never followed",)
    assert checked.found == ()
    (example.folder / "linked").symlink_to(example.folder / "acme")
    example.write("errorbook.yaml", "check: {sdk: [{package: linked}]}\n")
    assert _refused(example) == [("target-behind-link", 1)]


@pytest.mark.parametrize("package", ["../acme", "/etc", "~/acme", "''"])
def test_a_package_outside_the_project_is_refused(example: ExampleSdk, package: str) -> None:
    example.write("errorbook.yaml", f"check: {{sdk: [{{package: {package}}}]}}\n")
    assert _refused(example) == [("bad-target", 1)]


def test_nothing_of_a_source_acts_on_the_terminal(example: ExampleSdk) -> None:
    example.edit("acme/client.py", '"sold_out")', '"\\x1b[31m\\u202e")')
    (found,) = example.checked().found
    assert str(found.problem).isprintable()


def test_a_module_of_one_file_can_be_named(example: ExampleSdk) -> None:
    example.write("single.py", example.files["acme/_base.py"])
    example.write("errors.yaml", "apis: {acme: {errors: {gone: {meaning: Gone.}}}}\n")
    example.write("errorbook.yaml", "check: {sdk: [{package: single.py}]}\n")
    assert example.found() == [
        ("sdk-missing-exception", "acme/gone"),
        ("sdk-undocumented-exception", "acme/NetworkError"),
    ]
    assert example.checked().found[1].problem.place.path == "single.py"


def test_the_api_has_to_be_one_of_the_catalog(example: ExampleSdk) -> None:
    _settings(example, ", api: acne")
    assert _refused(example) == [("unknown-api", 1)]
    example.write("errors.yaml", CATALOG + "  other: {errors: {a: {meaning: A.}}}\n")
    _settings(example, "")
    assert _refused(example) == [("unknown-api", 1)]
    _settings(example, ", api: acme")
    assert example.found() == []


def test_a_mapping_finds_a_class_that_nothing_tells(example: ExampleSdk) -> None:
    example.write(
        LAST, "from .errors import ClientError\nclass Slow(ClientError): wait_seconds = 1"
    )
    example.edit("acme/errors.py", "class RateLimitedError(ClientError)", "class _Old(ClientError)")
    example.edit("acme/errors.py", '"RateLimitedError", ', "")
    example.edit("acme/client.py", "Code.RATE_LIMITED: errors.RateLimitedError,\n", "")
    _settings(example, ", classes: {rate_limited: last.Slow}")
    rules = {rule for rule, subject in example.found() if subject == "acme/rate_limited"}
    assert rules == {"sdk-wrong-code", "sdk-wrong-status", "sdk-wrong-retry"}
    _settings(example, ", classes: {rate_limited: last.Fast}")
    (found,) = [one for one in example.checked().found if one.subject == "acme/rate_limited"]
    assert "no class last.Fast" in found.problem.message
    _settings(example, ", classes: {rate_limit: last.Slow}")
    assert _refused(example) == [("unknown-code", 1)]


def test_attributes_may_be_called_anything(example: ExampleSdk) -> None:
    text = example.files["acme/errors.py"].replace("status", "http").replace("retryable", "again")
    example.write("acme/errors.py", text.replace("return 503", "return 500"))
    base = example.files["acme/_base.py"].replace("status", "http").replace("retryable", "again")
    example.write("acme/_base.py", base)
    assert example.found() == []
    assert example.checked().notes == (
        "acme: no class states its status or retry flag; not compared",
    )
    _settings(example, ", attributes: {status: [http], retryable: [again]}")
    assert example.found() == [("sdk-wrong-status", "acme/overloaded")]
    assert example.checked().notes == ()


def test_the_project_may_name_the_base(example: ExampleSdk) -> None:
    example.edit("errors.yaml", "base: AcmeError, ", "")
    _settings(example, ", base: _base.RootError")
    assert ("sdk-missing-exception", "acme/_base.RootError") in example.found()
    _settings(example, ", base: _base.AcmeError")
    assert example.found() == []


def test_what_is_internal_is_for_those_who_may_read_it(example: ExampleSdk) -> None:
    entry = "      drained: {meaning: x., visibility: internal}\n    retired:"
    example.edit("errors.yaml", "    retired:", entry)
    assert example.found() == []
    _settings(example, ", audience: internal")
    assert example.checked().looked_at == "0 hand-written SDKs"


def test_a_registry_by_status_is_compared_with_the_statuses(example: ExampleSdk) -> None:
    rows = "BY_STATUS = {429: errors.RateLimitedError, 404: errors.SoldOutError}"
    example.write("acme/client.py", example.files["acme/client.py"] + rows)
    assert example.found() == [("sdk-wrong-status", "acme/BY_STATUS/404")]


def test_details_in_one_attribute_need_none_of_their_own(example: ExampleSdk) -> None:
    example.edit("acme/errors.py", "    wait_seconds: int | None = None\n", "")
    example.edit("acme/errors.py", "        self.book_id = book_id\n", "")
    example.edit("acme/errors.py", ', *, book_id: str = ""', "")
    assert {rule for rule, _ in example.found()} == {"sdk-missing-attribute"}
    example.edit(
        "acme/_base.py", "    retryable = False\n", "    retryable = False\n    details = {}\n"
    )
    assert example.found() == []


def test_a_number_is_no_code_where_no_code_is_a_number(example: ExampleSdk) -> None:
    example.edit("acme/client.py", 'code="sold_out")', "code=404)")
    example.write(
        LAST, "from .errors import SoldOutError\nclass GoneError(SoldOutError): code = 410"
    )
    assert example.found() == [("sdk-undocumented-exception", "acme/GoneError")]
    example.edit(
        "errors.yaml",
        "    retired:",
        "      '7': {meaning: x., sdk: {python: {exception: none}}}\n    retired:",
    )
    assert ("sdk-unknown-code", "acme/AcmeError(404)") in example.found()
    assert ("sdk-unknown-code", "acme/GoneError/410") in example.found()


@pytest.mark.parametrize("row", ["", "BY_CODE = {'gone': Gone, 'off': Odd}"])
def test_a_class_is_found_by_likeness_or_registry(example: ExampleSdk, row: str) -> None:
    example.write(
        "errors.yaml", "apis: {acme: {errors: {gone: {meaning: x.}, off: {meaning: x.}}}}"
    )
    example.write("single.py", f"class Gone(Exception): ...\nclass Odd(Exception): ...\n{row}")
    example.write("errorbook.yaml", "check: {sdk: [{package: single.py}]}\n")
    off = ("sdk-wrong-name" if row else "sdk-missing-exception", "acme/off")
    assert sorted(example.found()) == sorted([("sdk-wrong-name", "acme/gone"), off])


def test_classes_swapped_are_told_of_the_classes(example: ExampleSdk) -> None:
    example.edit("acme/errors.py", 'code="sold_out"', 'code="rate_limited"')
    example.edit("acme/errors.py", "Code.RATE_LIMITED", "Code.SOLD_OUT")
    assert example.found() == [
        ("sdk-wrong-code", "acme/rate_limited"),
        ("sdk-wrong-code", "acme/sold_out"),
    ]
