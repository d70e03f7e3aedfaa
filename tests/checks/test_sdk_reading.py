"""What is read of an SDK and what is not; sources are never run, whatever stands in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from errorbook import cli
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


def test_without_griffe_the_command_ends_with_3_and_one_line(
    example: ExampleSdk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sdk, "find_spec", lambda _: None)
    monkeypatch.chdir(example.folder)
    assert cli.run(["check"]) == 3
    said = capsys.readouterr()
    lines = [one for one in said.out.splitlines() if sdk.MISSING in one]
    assert lines == [f"not checked: {sdk.MISSING}"]
    assert "Traceback" not in said.out + said.err


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


BRANCHES = {
    "if": "if 1:\n    {0}\nelif 2:\n    {1}",
    "try": "try:\n    import x\nexcept ImportError:\n    {0}\nelse:\n    {1}",
    "finally": "try:\n    {0}\nfinally:\n    {1}",
    "try*": "try:\n    {0}\nexcept* OSError:\n    {1}",
    "match": "match 1:\n    case 1:\n        {0}\n    case _:\n        {1}",
    "while": "while 1:\n    {0}\nelse:\n    {1}",
    "for": "for _ in ():\n    {0}\nelse:\n    {1}",
}
GONE = "class GoneError(Exception): status = {}"


@pytest.fixture
def shop(example: ExampleSdk) -> ExampleSdk:
    """An SDK of one file and an API of two errors."""
    example.write(
        "errors.yaml",
        "apis: {shop: {errors: {gone: {status: 410, meaning: x.}, shut: {meaning: x.}}}}",
    )
    example.write("errorbook.yaml", "check: {sdk: [{package: shop.py}]}\n")
    return example


@pytest.mark.parametrize("branches", BRANCHES.values(), ids=BRANCHES)
def test_every_branch_that_defines_a_class_is_compared(shop: ExampleSdk, branches: str) -> None:
    rest = "\nclass ShutError(Exception): ..."
    for statuses, found in (
        ((410, 410), []),
        ((410, 500), ["shop/gone"]),
        ((500, 410), ["shop/gone~2"]),
    ):
        shop.write("shop.py", branches.format(*map(GONE.format, statuses)) + rest)
        assert shop.found() == [("sdk-wrong-status", one) for one in found]


def test_what_never_counts_is_not_compared(shop: ExampleSdk) -> None:
    wrong, right = GONE.format(500), GONE.format(410)
    rest = "\nclass ShutError(Exception): ..."
    for text in (
        f"{wrong}\n{right}",
        f"if 1:\n    {wrong}\n    {right}",
        f"if 1:\n    {wrong}\n{right}",
        f"if typing.TYPE_CHECKING:\n    {wrong}\nelse:\n    {right}",
    ):
        shop.write("shop.py", text + rest)
        assert shop.found() == []
    shop.write("shop.py", f"if TYPE_CHECKING:\n    {wrong}{rest}")
    assert shop.found() == [("sdk-wrong-status", "shop/gone")]


@pytest.mark.parametrize(
    ("said", "is_wrong"),
    [
        ("self.bookId = bookId", True),
        ("self.bookId: str = str(bookId)", False),
        ("self.bookId = str(bookId)", False),
        ("bookId = str(bookId); self.bookId = bookId", False),
        ("self.bookId, self.x = bookId, 1", False),
    ],
)
def test_a_parameter_is_the_type_of_what_it_is_assigned_to(
    example: ExampleSdk, said: str, is_wrong: bool
) -> None:
    example.edit("acme/errors.py", 'book_id: str = ""', "bookId: int = 0")
    example.edit("acme/errors.py", "self.book_id = book_id", said)
    wrong = [("sdk-wrong-type", "acme/sold_out.bookId")]
    assert example.found() == (wrong if is_wrong else [])


@pytest.mark.parametrize(
    ("annotation", "is_wrong"),
    [
        ("Union[str, None]", True),
        ("ClassVar['str']", True),
        ("Union[str, int]", False),
        ("Union[str, Wait]", False),
        ("'Wait | None'", False),
        ("'str |'", False),
        ("Final[float]", True),
    ],
)
def test_types_are_read_from_what_is_around_them(
    example: ExampleSdk, annotation: str, is_wrong: bool
) -> None:
    example.edit("acme/errors.py", "wait_seconds: int | None", f"wait_seconds: {annotation}")
    wrong = [("sdk-wrong-type", "acme/rate_limited.wait_seconds")]
    assert example.found() == (wrong if is_wrong else [])


def test_a_class_is_only_meant_if_it_is_alike_and_stands_for_nothing_else(
    shop: ExampleSdk,
) -> None:
    text = "class OtherError(Exception): ...\nclass {}(Exception): code = {!r}\n" + GONE.format(410)
    hints = {}
    for name, code in (("ShutsError", None), ("ShutsError", "gone"), ("CutError", None)):
        shop.write("shop.py", text.format(name, code))
        found = [one for one in shop.checked().found if one.subject == "shop/shut"]
        hints[name, code] = [one.problem.hint.partition("?")[0] for one in found]
    plain = ["add the class ShutError with the code 'shut'"]
    assert hints == {
        ("ShutsError", None): ["did you mean 'ShutsError'"],
        ("ShutsError", "gone"): plain,
        ("CutError", None): plain,
    }


def test_a_base_of_another_name_is_named_where_nobody_chose_one(shop: ExampleSdk) -> None:
    shop.write(
        "shop.py",
        "class StoreError(Exception): ...\nclass ShutError(StoreError): ...\n"
        "class GoneError(StoreError): status = 410\nclass LostError(StoreError): ...",
    )
    assert shop.found() == []
    assert shop.checked().notes == (
        "shop.py: no class ShopError, so what else comes below it is not compared; "
        "say `base: StoreError` in errorbook.yaml",
    )
    shop.write("errorbook.yaml", "check: {sdk: [{package: shop.py, base: StoreError}]}\n")
    assert shop.found() == [("sdk-undocumented-exception", "shop/LostError")]
    assert shop.checked().notes == ()


def test_a_member_that_means_another_code_is_told_once(example: ExampleSdk) -> None:
    example.edit("acme/codes.py", 'RATE_LIMITED = "rate', 'RATE_LIMITED = "sold_out"  # "rate')
    example.edit("acme/client.py", "    Code.RATE_LIMITED: errors.RateLimitedError,\n", "")
    example.edit("acme/client.py", '"busy"', '"rate_limited": errors.RateLimitedError, "busy"')
    assert example.found() == [("sdk-wrong-code", "acme/rate_limited")]


@pytest.mark.parametrize(
    ("old", "first", "second"),
    [
        ("return 503", "return 500", "return 501"),
        ("    exit_code = 2", "    exit_code = 4", "    exit_code = 5"),
        ("Code.RATE_LIMITED", '"rate_limit"', '"limit"'),
        ("wait_seconds: int | None", "wait_seconds: str | None", "wait_seconds: bool | None"),
        ("SERVER_ERROR = 2", "SERVER_ERROR = 4", "SERVER_ERROR = 5"),
    ],
)
def test_what_was_accepted_is_told_again_when_it_becomes_something_else(
    example: ExampleSdk, old: str, first: str, second: str
) -> None:
    example.edit("acme/errors.py", old, first)
    (before,) = example.checked().found
    example.edit("acme/errors.py", first, second)
    (after,) = example.checked().found
    assert before.subject == after.subject
    assert before.fingerprint != after.fingerprint


@pytest.mark.parametrize(
    "text",
    [
        "EXITS = {'sold_out': 7, 'a': 1, 'b': 1}",
        "SOLD = {'sold_out': 7, 'overloaded': 3}",
        "STATUS_SEEN = {'sold_out': 7, 'overloaded': 3}",
        "EXITS = {'sold_out': 1, 'overloaded': 2, 'default': 9}",
        "EXITS = {'sold_out': True, 'overloaded': False}",
        "EXITS = {**OTHER, 'sold_out': 1}",
        "HTTP_STATUS = {'lost': 404, 'sold_out': (409, 410)}",
        "MADE = {each.code: each for each in (errors.SoldOutError,)}",
        "MADE = {each.code: each for each in errors.AcmeError.__subclasses__()}",
        "MADE = {each.code: each for each in (errors.SoldOutError, errors.OverloadedError) if 1}",
        "def f(err): err.code = 'gone'",
        "def f():\n    err = errors.AcmeError('')\n    err = Other('')\n    err.code = 'gone'",
        "def f():\n    err = errors.AcmeError('')\n    err.text = 'gone'",
        "def f():\n    for err in map(errors.AcmeError, '?'):\n        err.code = 'gone'",
    ],
)
def test_what_may_be_right_is_not_told(example: ExampleSdk, text: str) -> None:
    example.write("acme/client.py", f"{example.files['acme/client.py']}\n\n{text}\n")
    assert example.found() == []


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    try: ...\n    except errors.AcmeError as err:\n        err.code = 'gone'",
        "def f():\n    def g():\n        err = errors.AcmeError('')\n        err.code = 'gone'",
        "class Client:\n    async def f(self):\n        e = errors.AcmeError('')\n"
        "        e.code = 'gone'\n        raise e",
    ],
)
def test_a_code_that_is_given_later_is_told_once(example: ExampleSdk, text: str) -> None:
    example.write("acme/client.py", f"{example.files['acme/client.py']}\n\n{text}\n")
    assert example.found() == [("sdk-unknown-code", "acme/AcmeError(gone)")]


def test_a_table_in_a_module_that_names_no_exception_is_read(example: ExampleSdk) -> None:
    example.write("acme/exits.py", "EXIT_BY_CODE: dict[str, int] = {'sold_out': 2}\n")
    assert example.found() == [("sdk-wrong-exit-code", "acme/EXIT_BY_CODE/sold_out")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("acme/public.py", "from ._shut import *\n"),
        ("acme/public.py", "from acme._shut import ShutError\n"),
        ("acme/public.py", "from . import _shut\nShutError = _shut.ShutError\n"),
        ("acme/__init__.py", "from . import _shut as shut\n"),
        ("acme/__init__.py", "def __getattr__(name): ...\n"),
        ("acme/__init__.py", "globals().update(vars(_shut))\n"),
        ("__init__.py", ""),
    ],
)
def test_an_exception_that_can_be_imported_is_not_hidden(
    example: ExampleSdk, path: str, text: str
) -> None:
    example.write("errors.yaml", "apis: {acme: {errors: {shut: {meaning: x.}}}}")
    for file in ("client", "codes", "errors", "_base"):
        example.write(f"acme/{file}.py", "")
    example.write("acme/__init__.py", "")
    example.write("acme/_shut.py", "class ShutError(Exception): ...")
    assert example.found() == [("sdk-missing-exception", "acme/shut")]
    example.write(path, text)
    assert example.found() == []
