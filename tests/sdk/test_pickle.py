"""Exceptions survive pickles, copies and pools, and nothing of the request gets into them."""

from __future__ import annotations

import gc
import importlib
import json
import multiprocessing
import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sdk import awkward
from tests.sdk.modules import module_of
from tests.sdk.packages import ROOT, Package

OLD = (
    "8002636172746966616374612e6572726f72730a5f626c616e6b0a7100636172746966616374612e6572726f7273"
    "0a526174654c696d697465644572726f720a71018571025271037d710428580600000073746174757371054dad01"
    "58070000006d6573736167657106580a000000536c6f7720646f776e2e7107580a000000726571756573745f6964"
    "71085803000000722d317109580b00000072657472795f6166746572710a47401400000000000058070000006465"
    "7461696c73710b7d710c581300000072657472795f61667465725f7365636f6e6473710d4b057358070000006865"
    "6164657273710e7d710f580c000000782d726571756573742d696471106809735804000000626f647971117d7112"
    "58050000006572726f7271137d7114285804000000636f64657115580c000000726174655f6c696d697465647116"
    "6806680768054dad01680d4b05757358090000005f5f6e6f7465735f5f71175d7118580600000061206e6f746571"
    "1961580400000061726773711a680785711b75622e"
)
"""What format 2 of the module made, in protocol 2."""


def _assert_alike(one: Any, other: Any) -> None:
    assert type(one) is type(other)
    assert one is not other
    assert one.args == other.args
    assert vars(one) == vars(other)
    assert one.to_dict() == other.to_dict()
    assert (str(one), repr(one), one.facts) == (str(other), repr(other), other.facts)


def test_type_and_attributes_survive(package: Package, duplicate: Callable[[Any], Any]) -> None:
    for error in package.examples():
        error.add_note("a note")
        _assert_alike(duplicate(error), error)


def test_so_they_do_when_made_by_hand(package: Package, duplicate: Callable[[Any], Any]) -> None:
    for cls in package.classes():
        error = cls(
            message="m",
            status=418,
            request_id="r",
            retry_after=1.5,
            details={"a": [1, {"b": None}]},
            headers={"X-One": "1"},
            body={"c": True},
        )
        _assert_alike(duplicate(error), error)


def test_an_unknown_code_survives(package: Package, duplicate: Callable[[Any], Any]) -> None:
    error = package.base(code="brand_new", message="m")
    assert duplicate(error).code == "brand_new"
    _assert_alike(duplicate(error), error)


def test_a_pickle_is_read_in_a_process_that_has_imported_nothing(package: Package) -> None:
    first, *_, last = package.examples()
    for error in (first, last):
        program = (
            "import pickle, sys; error = pickle.loads(bytes.fromhex(sys.argv[2]));"
            "print(type(error).__module__, type(error).__name__, error.status)"
        )
        printed = package.run(program, pickle.dumps(error).hex())
        assert printed.split() == [package.name, type(error).__name__, str(error.status)]


def test_what_is_read_is_of_the_class_that_is_caught(package: Package) -> None:
    for error in package.examples():
        with pytest.raises(type(error)):
            raise pickle.loads(pickle.dumps(error, 2))  # noqa: S301  # our own


@pytest.mark.parametrize("name", ["foreign", "secrets", "families", "renamed", "many"])
def test_modules_of_other_shapes_do_as_well(name: str, duplicate: Callable[[Any], Any]) -> None:
    """Those with a base class of the SDK, with details that are not kept, and with parents."""
    module = module_of(name)
    for code, facts in module.FACTS.items():
        error = getattr(module, facts.exception).example(code)
        _assert_alike(duplicate(error), error)


# Hashes, groups, notes and weak references.


def test_an_exception_is_hashed_and_compared_by_identity(package: Package) -> None:
    one, other = package.base(message="m"), package.base(message="m")
    assert len({one, other, one}) == 2
    assert one != other
    assert {one: 1}[one] == 1
    assert len(weakref.WeakSet([one, other])) == 2


def test_a_weak_reference_ends_with_its_exception(package: Package) -> None:
    error = package.base(message="m")
    reference = weakref.ref(error)
    assert reference() is error
    del error
    gc.collect()
    assert reference() is None


def test_groups_are_split_by_class(package: Package) -> None:
    examples = list(package.examples())
    wanted = next(type(one) for one in examples if type(one) is not package.base)
    caught: list[BaseException] = []
    rest: list[BaseException] = []
    try:
        raise ExceptionGroup("several", [*examples, ValueError("another")])
    except* wanted as group:
        caught.extend(group.exceptions)
    except* package.base as group:
        rest.extend(group.exceptions)
    except* ValueError:
        pass
    assert {type(one) for one in caught} == {wanted}
    assert len(caught) + len(rest) == len(examples)


def test_a_group_of_exceptions_survives(package: Package, duplicate: Callable[[Any], Any]) -> None:
    examples = list(package.examples())[:20]
    found = duplicate(ExceptionGroup("several", examples))
    assert list(map(type, found.exceptions)) == list(map(type, examples))


# Pools.


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_exceptions_come_out_of_pools_which_go_on(package: Package, method: str) -> None:
    code = next(code for code, facts in package.module.FACTS.items() if _has_class(package, facts))
    command = [sys.executable, "-m", "tests.sdk.pools", package.name, code, method]
    path = os.pathsep.join([str(package.folder), str(ROOT)])
    run = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    told = [package.name, package.module.FACTS[code].exception, code, ["a note"], 42]
    assert [json.loads(line) for line in run.stdout.splitlines()] == [told, told]


def _has_class(package: Package, facts: Any) -> bool:
    return bool(facts.exception != package.base.__name__)


# Pickles of other times.


def test_a_pickle_without_a_field_that_came_later_is_read(package: Package) -> None:
    for error in package.examples():
        make, arguments, state = error.__reduce__()
        for name in ("status", "request_id", "retry_after", "details", "headers", "body"):
            less = {key: value for key, value in state.items() if key != name}
            made = make(*arguments)
            made.__setstate__(less)
            missing = getattr(made, name)
            assert missing == ({} if name in ("details", "headers") else None)
            assert made.message == error.message
            assert str(made)
            assert made.to_dict()
        bare = make(*arguments)
        bare.__setstate__(None)
        assert (bare.message, bare.status, bare.details) == ("", None, {})


def test_a_field_that_went_away_later_does_no_harm(package: Package) -> None:
    error = package.base(message="m")
    make, arguments, state = error.__reduce__()
    made = make(*arguments)
    made.__setstate__({**state, "went_away": 1})
    assert made.message == "m"


def test_a_pickle_of_format_2_is_read(folders: dict[str, Path]) -> None:
    errors = importlib.import_module("artifacta.errors")
    assert folders
    error = pickle.loads(bytes.fromhex(OLD))  # noqa: S301  # our own
    assert type(error) is errors.RateLimitedError
    assert (error.code, error.status, error.message) == ("rate_limited", 429, "Slow down.")
    assert (error.request_id, error.retry_after) == ("r-1", 5.0)
    assert error.retry_after_seconds == 5
    assert error.__notes__ == ["a note"]


# Subclasses written by hand.


class Mixin:
    """Something of the SDK that has arguments of its own."""

    def __init__(self, *arguments: object, tenant: str = "", **rest: Any) -> None:
        super().__init__(*arguments, **rest)
        self.tenant = tenant


def _subclass(package: Package, base: type[Any]) -> type[Any]:
    """Return a subclass with an argument that must be given, where pickle finds it."""

    class Own(Mixin, base):  # type: ignore[misc]  # mypy knows no bases that are variables
        def __init__(self, order: str, **rest: Any) -> None:
            super().__init__(**rest)
            self.order = order

        def __str__(self) -> str:
            return f"{self.order}: {super().__str__()}"

    Own.__module__, Own.__qualname__ = __name__, f"Own{base.__name__}Of{package.folder.name}"
    setattr(sys.modules[__name__], Own.__qualname__, Own)
    return Own


def test_subclasses_written_by_hand_survive(
    package: Package, duplicate: Callable[[Any], Any]
) -> None:
    for base in list(package.classes())[:10]:
        own = _subclass(package, base)
        error = own("o-1", tenant="t-1", message="m", details={"a": 1})
        found = duplicate(error)
        _assert_alike(found, error)
        assert (found.order, found.tenant, found.message) == ("o-1", "t-1", "m")
        assert str(found).startswith("o-1: ")
        assert isinstance(found, base)


# Classes that are made when they are first asked for.


def test_threads_that_ask_at_once_get_one_class(awkward_package: Package) -> None:
    program = """
import sys, threading
from importlib import import_module
sys.setswitchinterval(1e-6)
errors = import_module(sys.argv[1])
names = [name for name in errors.__all__ if "Error" in name or "Exception" in name]
codes = list(errors.FACTS)
barrier = threading.Barrier(8)
found = [[] for _ in range(8)]

def ask(number):
    barrier.wait()
    for name in names:
        found[number].append(getattr(errors, name))
    for code in codes:
        error = errors.from_response(400, None, {"error": {"code": code}})
        found[number].append(type(error))

threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(names), len({len(one) for one in found}), len({tuple(map(id, one)) for one in found}))
print(all(getattr(errors, one.__name__) is one for one in found[0]))
"""
    classes = {name.cls for name in awkward.names() if name.cls}
    assert awkward_package.run(program).split() == [str(len(classes) + 1), "1", "1", "True"]
