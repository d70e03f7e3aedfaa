from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from errorbook.init.yaml_lines import EditError, NotYamlError, YamlLines

HOOK = "hooks/errors.py"
LISTS = {
    "an empty file": ("", f"hooks:\n  - {HOOK}\n"),
    "no such key, and no line end": ("a: b", f"a: b\nhooks:\n  - {HOOK}\n"),
    "comments at the end": ("a: b\n# end\n", f"a: b\n# end\nhooks:\n  - {HOOK}\n"),
    "an end of the document": ("a: b\n...\n", f"a: b\nhooks:\n  - {HOOK}\n...\n"),
    "a block": (
        "hooks:\n    # first\n    - a.py  # why\n    # last\n\nb: c\n",
        f"hooks:\n    # first\n    - a.py  # why\n    - {HOOK}\n    # last\n\nb: c\n",
    ),
    "a block that is not indented": ("hooks:\n- a.py\nb: c\n", f"hooks:\n- a.py\n- {HOOK}\nb: c\n"),
    "brackets": ("hooks: [a.py] # c\n", f"hooks: [a.py, {HOOK}] # c\n"),
    "brackets on lines": ("hooks: [\n  a.py, # c\n]\n", f"hooks: [\n  a.py, {HOOK}, # c\n]\n"),
    "empty brackets": ("hooks: [] # c\nb: c\n", f"hooks: # c\n  - {HOOK}\nb: c\n"),
    "nothing": ("hooks: # mine\nb: c\n", f"hooks: # mine\n  - {HOOK}\nb: c\n"),
    "null": ("hooks: ~\n", f"hooks:\n  - {HOOK}\n"),
    "braces around it all": ("{a: b}\n", f"{{a: b, hooks: [{HOOK}]}}\n"),
    "line ends of Windows": ("hooks:\r\n- a.py\r\n", f"hooks:\r\n- a.py\r\n- {HOOK}\r\n"),
    "tags beside it": (
        "x: !!python/name:os.system\ny: !ENV [A, b]\n",
        f"x: !!python/name:os.system\ny: !ENV [A, b]\nhooks:\n  - {HOOK}\n",
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_an_entry_is_added_and_all_else_stays(case: str) -> None:
    before, after = LISTS[case]
    lines = YamlLines(before)
    lines.append("hooks", HOOK)
    assert lines.text == after


def test_an_entry_goes_behind_a_nested_one_and_a_folded_text() -> None:
    lines = YamlLines("nav:\n  - A:\n      - b: |\n          c\n          d\n\nx: y\n")
    lines.append("nav", {"Errors": "errors.md"})
    assert lines.get("nav") == [{"A": [{"b": "c\nd\n"}]}, {"Errors": "errors.md"}]
    assert lines.get("x") == "y"


MAPPINGS = {
    "no such key": ("a: b\n", "a: b\nextra:\n  errorbook: {catalog: e.json}\n"),
    "a block": ("extra:\n    a: b\n", "extra:\n    a: b\n    errorbook: {catalog: e.json}\n"),
    "braces": ("extra: {a: b}\n", "extra: {a: b, errorbook: {catalog: e.json}}\n"),
    "empty braces": ("extra: {}\n", "extra:\n  errorbook: {catalog: e.json}\n"),
}


@pytest.mark.parametrize("case", MAPPINGS)
def test_a_key_is_added_to_a_mapping(case: str) -> None:
    before, after = MAPPINGS[case]
    lines = YamlLines(before)
    lines.put("extra", "errorbook", {"catalog": "e.json"})
    assert lines.text == after


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hooks: a.py\n", "no list"),
        ("hooks: {a: b}\n", "no list"),
        ("hooks: !mine [a.py]\n", "tag"),
        ("x: &x [a.py]\nhooks: *x\n", "alias"),
        ("hooks: &x [a.py]\ny: *x\n", "alias"),
        ("hooks: &x []\ny: *x\n", "unusual"),
        ("? hooks\n", "unusual"),
    ],
)
def test_where_it_cannot_be_added_nothing_changes(text: str, why: str) -> None:
    lines = YamlLines(text)
    with pytest.raises(EditError, match=why):
        lines.append("hooks", HOOK)
    assert lines.text == text


def test_a_text_that_would_be_something_else_is_quoted() -> None:
    lines = YamlLines("")
    for one in ("no", "a: b", "x #y", "{", "[1]", '"', "é\\", "1"):
        lines.append("hooks", one)
    assert lines.get("hooks") == ["no", "a: b", "x #y", "{", "[1]", '"', "é\\", "1"]


def bomb() -> str:
    letters = "abcdefgh"
    lines = ["a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    for former, letter in pairwise(letters):
        lines.append(f"{letter}: &{letter} [{', '.join([f'*{former}'] * 10)}]")
    return "\n".join(lines)


REFUSED: dict[str, Callable[[], str]] = {
    "a list": lambda: "- a\n",
    "no YAML": lambda: "a: [b\n",
    "a tab": lambda: "a:\n\tb: c\n",
    "two documents": lambda: "a: b\n---\nc: d\n",
    "an alias without an anchor": lambda: "a: *b\n",
    "an alias within itself": lambda: "a: &a [*a]\n",
    "many aliases": bomb,
    "many levels": lambda: f"a: {'[' * 200}{']' * 200}\n",
    "very many levels": lambda: "- " * 5_000,
    "a control character": lambda: "a: \x07\n",
    "a large file": lambda: "a: b\n" * 300_000,
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_ordinary_yaml_is_refused(case: str) -> None:
    with pytest.raises(NotYamlError):
        YamlLines(REFUSED[case]())
