"""The generated functions answer as the envelope's own matching does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from errorbook.catalog import Api, Catalog, Envelope
from errorbook.catalog.envelope import check_envelope, match_envelope
from errorbook.outputs.python.module import render

holes = [
    "{code}",
    "{code:integer}",
    "{code:number}",
    "{message}",
    "{status:integer}",
    "{a:boolean}",
]
mixed = ["{a}-{b}", "u:{a}", "{a}:u", "-{a}--{b}-", "fixed", "", "{{a}}", '"', "{details}"]
texts = st.sampled_from([*holes, *mixed])
patterns = st.recursive(
    texts | st.sampled_from([None, True, False, 0, 1, 1.5]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "b", "c?", "d?", 'e"', "f\\?"]), inner, max_size=4)
    ),
    max_leaves=6,
)
objects = st.dictionaries(st.sampled_from(["a", "b", "c?"]), patterns, max_size=3).map(
    lambda pattern: {**pattern, "*": "{details}"}
)
words = st.text(st.sampled_from("au-:fixed"), max_size=6) | st.sampled_from(
    ["fixed", "u:x", "x:u", "-a--b-", "a-b", "{a}", '"']
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([1.0, 1.5]) | words,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "c", "d", 'e"', "f?"]), inner, max_size=5)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(patterns | objects, st.lists(values, min_size=1, max_size=8))
@example("{a}-{b}-", ["x-y-", "--y-", "x--", "x-y", "-y-"])
@example({"a": "{message}", "b": "{message}"}, [{"a": 1, "b": 2}])
@example({"a": ["{code}"], "c?": {"b": "{a}", "d": 1}}, [{"a": [True, "x", 2], "c": {"b": 3}}])
def test_it_takes_a_body_apart_as_the_catalog_does(pattern: Any, bodies: list[Any]) -> None:
    envelope = Envelope(body=pattern)
    if pattern is None or any(one.rule == "bad-envelope" for one in check_envelope(envelope)):
        return
    fits = _generated(envelope)
    for body in bodies:
        found: dict[str, object] = {}
        expected = match_envelope(envelope, {}, body)
        assert (found if fits(body, found) else None) == expected


def _generated(envelope: Envelope) -> Callable[[object, dict[str, object]], bool]:
    (module,) = render(Catalog(apis={"shop": Api(envelopes=(envelope,))})).values()
    names: dict[str, Any] = {"__name__": "generated"}
    exec(module, names)  # noqa: S102  # our own
    fits: Callable[[object, dict[str, object]], bool] = names["_fits_envelope_1"]
    return fits
