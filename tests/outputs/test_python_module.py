"""What the generated module of exceptions does."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from errorbook.catalog import load
from errorbook.outputs.python import own_class
from errorbook.outputs.python.module import render
from tests.outputs.modules import FOLDERS, MODULES, catalog_of, import_text, module_of

ROOT = Path(__file__).parents[2]
CATALOG = load(ROOT / "errors.yaml").catalog
ARTIFACTA = CATALOG.apis["artifacta"]
RATE_LIMITED = {
    "error": {
        "code": "rate_limited",
        "message": "Slow down.",
        "status": 429,
        "retry_after_seconds": 5,
    }
}
HOSTILE_BODIES: list[object] = [
    None,
    True,
    0,
    1.5,
    float("nan"),
    "",
    "error",
    b"\xff",
    [],
    {},
    [[]],
    {"error": None},
    {"error": "rate_limited"},
    {"error": []},
    {"error": {}},
    {"error": {"code": None, "message": None, "status": None}},
    {"error": {"code": [], "message": {}, "status": "x"}},
    {"error": {"code": {}, "message": [], "status": []}},
    {"error": {"code": True, "message": "m", "status": 400}},
    {"error": {"code": 1.0, "message": "m", "status": 400}},
    {"error": {"code": 10**5000, "message": "m", "status": 10**5000}},
    {"error": {"code": "x" * 100_000, "message": "y" * 100_000, "status": -1}},
    {"error": {"code": "\ud800", "message": "\x1b[31m\x00", "status": 429}},
    {"error": {"code": "rate_limited", "message": "m", "status": 429, 5: None}},
    {"error": {"code": "rate_limited", "message": 1, "status": True, "retry_after_seconds": "5"}},
]


@pytest.fixture(scope="module", name="artifacta")
def _artifacta(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    text = render(CATALOG)["artifacta/errors.py"]
    return import_text(text, tmp_path_factory.mktemp("artifacta"))


def test_the_committed_modules_are_what_the_catalog_gives() -> None:
    for path, text in render(CATALOG).items():
        assert (FOLDERS[path.partition("/")[0]] / path).read_text(encoding="utf-8") == text


def test_a_body_becomes_the_exception_of_its_code(artifacta: ModuleType) -> None:
    error = artifacta.from_response(429, None, RATE_LIMITED)
    assert type(error) is artifacta.RateLimitedError
    assert (error.code, error.message, error.status) == ("rate_limited", "Slow down.", 429)
    assert error.details == {"retry_after_seconds": 5}
    assert error.retry_after_seconds == 5


@pytest.mark.parametrize("code", ARTIFACTA.errors)
def test_every_code_is_raised_as_its_own_class_or_else_the_base_class(
    artifacta: ModuleType, code: str
) -> None:
    error = artifacta.from_response(
        None, None, {"error": {"code": code, "message": "", "status": 400}}
    )
    expected = own_class(code, ARTIFACTA.errors[code]) or "ArtifactaError"
    assert type(error).__name__ == expected
    assert error.code == code


@pytest.mark.parametrize("code", ARTIFACTA.errors)
def test_every_code_has_facts_with_and_without_a_class(artifacta: ModuleType, code: str) -> None:
    known = ARTIFACTA.errors[code]
    error = artifacta.ArtifactaError(code=code)
    assert error.meaning
    assert error.status == known.status[0]
    assert [action.do for action in error.actions] == [action.do for action in known.actions]
    assert error.retryable is (known.retry.when == "as_is")
    assert error.exit_code == 1


def test_four_codes_have_no_class_of_their_own(artifacta: ModuleType) -> None:
    bare = [code for code, one in artifacta.FACTS.items() if one.exception == "ArtifactaError"]
    assert len(bare) == 4


def test_every_exception_is_caught_as_the_base_class(artifacta: ModuleType) -> None:
    for facts in artifacta.FACTS.values():
        assert issubclass(getattr(artifacta, facts.exception), artifacta.ArtifactaError)


def test_an_unknown_code_is_kept_and_raised_as_the_base_class(artifacta: ModuleType) -> None:
    error = artifacta.from_response(
        None, None, {"error": {"code": "brand_new", "message": "m", "status": 418}}
    )
    assert type(error) is artifacta.ArtifactaError
    assert (error.code, error.status, error.retryable) == ("brand_new", 418, None)


def test_a_body_of_another_shape_gives_the_base_class_without_a_code(artifacta: ModuleType) -> None:
    error = artifacta.from_response(502, None, "<html>Bad gateway</html>")
    assert type(error) is artifacta.ArtifactaError
    assert (error.code, error.status, str(error)) == (None, 502, "HTTP 502")


@pytest.mark.parametrize("body", HOSTILE_BODIES, ids=lambda body: repr(type(body).__name__))
def test_no_body_whatever_makes_it_raise(artifacta: ModuleType, body: object) -> None:
    error = artifacta.from_response(None, None, body)
    assert isinstance(error, artifacta.ArtifactaError)
    assert len(str(error)) <= 300
    assert error.facts is not None


def test_the_status_of_the_response_comes_before_that_of_the_body(artifacta: ModuleType) -> None:
    assert artifacta.from_response(503, None, RATE_LIMITED).status == 503
    assert artifacta.from_response(None, None, RATE_LIMITED).status == 429


def test_a_detail_of_another_type_than_promised_is_none(artifacta: ModuleType) -> None:
    assert (
        artifacta.RateLimitedError(details={"retry_after_seconds": "5"}).retry_after_seconds is None
    )
    assert (
        artifacta.RateLimitedError(details={"retry_after_seconds": True}).retry_after_seconds
        is None
    )
    assert artifacta.RateLimitedError(details={"retry_after_seconds": 5.0}).retry_after_seconds == 5


def test_an_exception_is_made_for_a_test_without_any_argument(artifacta: ModuleType) -> None:
    error = artifacta.QuotaExceededError()
    assert (error.code, error.status, str(error)) == ("quota_exceeded", 403, "quota_exceeded")


def test_the_text_is_code_and_message_and_nothing_else(artifacta: ModuleType) -> None:
    assert str(artifacta.from_response(None, None, RATE_LIMITED)) == "rate_limited: Slow down."


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickling_keeps_type_and_attributes(artifacta: ModuleType, protocol: int) -> None:
    error = artifacta.from_response(429, None, RATE_LIMITED)
    error.add_note("a note")
    _assert_alike(pickle.loads(pickle.dumps(error, protocol)), error)  # noqa: S301  # our own


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_copying_keeps_type_and_attributes(artifacta: ModuleType, duplicate: Any) -> None:
    _assert_alike(
        duplicate(artifacta.from_response(None, None, RATE_LIMITED)),
        artifacta.from_response(None, None, RATE_LIMITED),
    )
    bare = artifacta.ArtifactaError(
        message="m", code="session_not_found", status=404, details={"a": 1}
    )
    _assert_alike(duplicate(bare), bare)


def _assert_alike(one: Any, other: Any) -> None:
    assert type(one) is type(other)
    assert one.args == other.args
    assert vars(one) == vars(other)
    assert (one.code, one.facts, str(one)) == (other.code, other.facts, str(other))


def test_the_module_begins_with_the_tree_of_its_classes(artifacta: ModuleType) -> None:
    document = artifacta.__doc__ or ""
    assert document.startswith("Errors of the Artifacta API, v1.\n")
    for name in artifacta.__all__:
        if name.endswith("Error"):
            assert name in document


def test_exit_codes_are_constants(artifacta: ModuleType) -> None:
    assert artifacta.ExitCode.NETWORK_ERROR == 3
    assert [code.value for code in artifacta.ExitCode] == [0, 1, 2, 3, 130]
    assert artifacta.EXIT_CODES["interrupt"] is artifacta.ExitCode.INTERRUPTED


def test_everything_public_is_exported(artifacta: ModuleType) -> None:
    public = {
        name
        for name, value in vars(artifacta).items()
        if getattr(value, "__module__", None) == artifacta.__name__ and not name.startswith("_")
    }
    assert set(artifacta.__all__) == public | {"FACTS", "EXIT_CODES", "ActionWord", "KnownCode"}


def test_numeric_codes_are_looked_up_as_text(tmp_path: Path) -> None:
    text = 'apis: {a: {envelopes: [{body: {"no": "{code:integer}"}}], errors: {20003: {}}}}'
    module = module_of(catalog_of(text, tmp_path), tmp_path)
    assert type(module.from_response(None, None, {"no": 20003})) is module.Error20003
    assert module.from_response(None, None, {"no": "20003"}).code is None


def test_envelopes_are_tried_in_order(tmp_path: Path) -> None:
    text = """
        apis:
          a:
            envelopes:
              - body: {error: {code: "{code}", "hint?": "{hint}"}}
              - body: {type: "urn:a:{code}", "*": "{details}"}
              - body: {errors: [{code: "{code}", "detail?": "{message}"}]}
            errors: {gone: {}, full: {details: {left: {type: number}}}}
    """
    module = module_of(catalog_of(text, tmp_path), tmp_path)
    assert module.from_response(None, None, {"error": {"code": "gone", "hint": 1}}).details == {
        "hint": 1
    }
    assert module.from_response(None, None, {"type": "urn:a:full", "left": 1.5}).left == 1.5
    several = module.from_response(
        None, None, {"errors": [{"code": None}, {"code": "gone", "detail": "m"}]}
    )
    assert (several.code, several.message) == ("gone", "m")


def test_a_detail_that_python_will_not_have_gets_an_underscore(tmp_path: Path) -> None:
    text = """
        apis:
          a:
            errors:
              clash:
                details:
                  from: {type: string}
                  status: {type: string}
                  property: {type: boolean}
                  int: {type: integer}
                  retry-after: {type: number}
                  _links: {type: object}
    """
    module = module_of(catalog_of(text, tmp_path), tmp_path)
    details = {"from": "a", "status": "b", "property": True, "int": 1, "retry-after": 2}
    error = module.ClashError(details=details)
    assert (error.from_, error.status_, error.property_, error.int_) == ("a", "b", True, 1)
    assert error.retry_after_ == 2
    assert not hasattr(error, "_links")


def test_an_api_without_errors_gives_a_module_with_a_base_class(tmp_path: Path) -> None:
    empty = catalog_of("apis: {a: {title: A}}", tmp_path)
    module = module_of(empty, tmp_path)
    assert module.FACTS == {}
    assert module.from_response(None, None, {"code": "x"}).code is None


def test_the_order_of_errors_makes_no_difference(tmp_path: Path) -> None:
    one = catalog_of("apis: {a: {errors: {x: {status: 400}, y: {}}}}", tmp_path)
    other = catalog_of("apis: {a: {errors: {y: {}, x: {status: 400}}}}", tmp_path)
    assert _without_header(render(one)) == _without_header(render(other))


def _without_header(files: Any) -> list[str]:
    return [text.split("\n", 2)[2] for text in files.values()]


def test_what_the_module_does_not_say_does_not_change_it(tmp_path: Path) -> None:
    one = catalog_of("apis: {a: {errors: {x: {}}}}", tmp_path)
    other = catalog_of("apis: {a: {errors: {x: {}}, groups: {g: {meaning: new}}}}", tmp_path)
    assert render(one) == render(other)


@pytest.fixture(scope="module", name="copies")
def _copies(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    """Copies of the modules in one folder, so that each tool begins once; and what they hold."""
    folder = tmp_path_factory.mktemp("copies")
    texts = {f"{file.parent.name}.py": file.read_text("utf-8") for file in MODULES}
    (texts["hard.py"],) = render(load(Path(__file__).with_name("hard.yaml")).catalog).values()
    return {_written(folder / name, text): text for name, text in texts.items()}


def _written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def test_modules_pass_the_strictest_type_check(copies: dict[Path, str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.10"]
    command += ["--config-file", "", *map(str, copies)]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 0, run.stdout


def test_formatters_and_linters_leave_modules_alone(copies: dict[Path, str]) -> None:
    for tool in _tools(copies):
        subprocess.run(tool, check=True, capture_output=True)
        assert {file: file.read_bytes().decode() for file in copies} == copies


def test_modules_are_laid_out_as_formatters_would(copies: dict[Path, str], tmp_path: Path) -> None:
    bare = {}
    for file, text in copies.items():
        if file.name != "hard.py":
            without = text.replace("# ruff: noqa\n# fmt: off\n", "")
            assert without != text
            bare[_written(tmp_path / file.name, without)] = without
    for tool in _tools(bare):
        subprocess.run(tool, check=True, capture_output=True)
        assert {file: file.read_bytes().decode() for file in bare} == bare


def _tools(files: Iterable[Path]) -> list[list[str]]:
    """Return the commands of everything that could rewrite ``files``."""
    ruff = [sys.executable, "-m", "ruff"]
    # What is rarely needed is imported where it is needed: the import of a module has to be quick.
    lint = [
        *ruff,
        "check",
        "--fix",
        "--ignore=E501,PLC0415,PLR0913,SIM108",
        "--target-version=py310",
    ]
    lint += [f"--config={ROOT / 'pyproject.toml'}"]
    lengths = ("--line-length=88", "--line-length=100")
    formats = [[*ruff, "format", "--isolated", length] for length in lengths]
    black = [[sys.executable, "-m", "black", length] for length in lengths]
    return [[*tool, *map(str, files)] for tool in (lint, *formats, *black)]
