"""YAML is read strictly: what is written stays as it is written, and nothing can explode."""

from __future__ import annotations

import threading
import time

import pytest
import yaml

from errorbook.catalog import yaml_events, yaml_slips
from errorbook.catalog.yaml_events import MAX_BYTES, MAX_DEPTH
from errorbook.catalog.yaml_reader import MAX_EXPANSION_FLOOR, read_yaml
from tests.catalog.catalogs import Folder, api, errors, text

WORDS = ["no", "on", "yes", "off", "y", "No", "ON", "true", "false", "null", "~", "TRUE", "Null"]
NUMBERS = ["404", "0401", "017", "0o17", "0x1F", "0b11", "1.5", "1.10", "404.0", "-0", "+5", ".5"]
OTHERS = ["1e3", "1:30", "12_000", "2026-11-22", "=", ".inf", ".nan", "99999999999999999999"]
AS_WRITTEN = [*WORDS, *NUMBERS, *OTHERS]


def read(content: str) -> object:
    data, problems = read_yaml(content.encode(), "x.yaml")
    assert problems == []
    return data


def complaints(content: str | bytes) -> list[str]:
    content = content.encode() if isinstance(content, str) else content
    return [str(problem) for problem in read_yaml(content, "x.yaml")[1]]


@pytest.mark.parametrize("code", AS_WRITTEN)
def test_a_code_stays_as_it_is_written(folder: Folder, code: str) -> None:
    assert list(folder.api(errors(f"{code}: {{}}\n")).errors) == [code]


@pytest.mark.parametrize("code", [code for code in AS_WRITTEN if code not in ("null", "~")])
def test_a_code_in_a_list_stays_as_it_is_written(folder: Folder, code: str) -> None:
    content = (
        errors(f"{code}: {{}}\n") + f"    troubleshooting: [{{symptom: x, errors: [{code}]}}]\n"
    )
    assert folder.api(content).troubleshooting[0].errors == (code,)


def test_a_code_that_reads_like_nothing_has_to_be_quoted_in_a_list(folder: Folder) -> None:
    content = errors("null: {}\n") + "    troubleshooting: [{symptom: x, errors: [null]}]\n"
    assert folder.says(content) == [
        "errors.yaml:6:45: error[wrong-type]: expected a text, found nothing (write a text or"
        " remove the key; if it belongs to the text before the comma, quote that text)"
    ]


@pytest.mark.parametrize("version", ["1.10", "1.0", "2", "0x1F", "2026-11-22", "true", "1e3", "v1"])
def test_a_version_stays_as_it_is_written(folder: Folder, version: str) -> None:
    assert folder.api(api(f"version: {version}\n")).version == version


def test_plain_words_and_numbers_in_their_usual_spelling_are_values() -> None:
    written = "[true, false, null, ~, , 0, -12, 404, 1.5, -0.25]"
    assert read(f"a: {written.replace(' ,', '')}") == {
        "a": [True, False, None, None, 0, -12, 404, 1.5, -0.25]
    }


@pytest.mark.parametrize(
    "written", ["-0", "007", "1.10", "1_000", "+1", "1e3", "12345678901234567890"]
)
def test_a_number_in_another_spelling_is_a_text(written: str) -> None:
    assert read(f"a: {written}") == {"a": written}


@pytest.mark.parametrize("written", ["'404'", '"404"', "'true'", '"null"'])
def test_what_is_quoted_is_a_text(written: str) -> None:
    assert read(f"a: {written}") == {"a": written[1:-1]}


def test_a_byte_order_mark_is_no_part_of_the_file(folder: Folder) -> None:
    assert folder.says(b"\xef\xbb\xbfapis: {demo: {titel: x}}\n") == [
        "errors.yaml:1:15: error[unknown-key]: unknown key 'titel' (did you mean 'title'?)"
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_they_do_anywhere(line_break: str) -> None:
    assert read("a: 1\nb: 2\n".replace("\n", line_break)) == {"a": 1, "b": 2}


UNREADABLE = {
    "an empty file": (
        b"",
        "1:1: error[empty-file]: the file is empty, or holds nothing but comments"
        " (it should begin with 'apis:')",
    ),
    "a file of comments": (
        b"# nothing\n\n# yet\n",
        "1:1: error[empty-file]: the file is empty, or holds nothing but comments"
        " (it should begin with 'apis:')",
    ),
    "an empty document": (
        b"---",
        "1:1: error[empty-file]: the file is empty, or holds nothing but comments"
        " (it should begin with 'apis:')",
    ),
    "a list": (
        b"# codes\n- a\n- b\n",
        "2:1: error[wrong-type]: expected a mapping that begins with 'apis:', found a list",
    ),
    "a word": (
        b"---\nhello\n",
        "2:1: error[wrong-type]: expected a mapping that begins with 'apis:', found a single value",
    ),
    "bytes that are not UTF-8": (
        "apis: {}\n# Grö".encode() + b"\xdfe\n",
        "2:6: error[not-utf-8]: byte 0xdf is not UTF-8 (save the file as UTF-8)",
    ),
    "UTF-16": (
        "apis: {}\n".encode("utf-16"),
        "1:1: error[not-utf-8]: byte 0xff is not UTF-8 (save the file as UTF-8)",
    ),
    "not UTF-8 behind a byte order mark": (
        b"\xef\xbb\xbfa\xff",
        "1:2: error[not-utf-8]: byte 0xff is not UTF-8 (save the file as UTF-8)",
    ),
    "two documents": (
        b"apis: {}\n---\napis: {}\n",
        "2:1: error[two-documents]: a second document begins here (remove the '---')",
    ),
    "a file that is too large": (
        b"#" * (MAX_BYTES + 1),
        "1:1: error[too-large]: the file is larger than the 33,554,432 bytes that are read"
        " (split it, and 'include' the parts)",
    ),
}


@pytest.mark.parametrize(("content", "expected"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_said_at_its_place(content: bytes, expected: str) -> None:
    assert complaints(content) == [f"x.yaml:{expected}"]


def test_a_file_may_be_as_large_as_the_limit() -> None:
    content = b"apis: {}" + b" " * (MAX_BYTES - 8)
    assert read_yaml(content, "x.yaml") == ({"apis": {}}, [])


def test_another_file_may_begin_otherwise() -> None:
    problems = read_yaml(b"[]", "x.yaml", first_key="generate")[1]
    assert problems[0].message == "expected a mapping that begins with 'generate:', found a list"


def test_a_duplicate_key_names_both_places() -> None:
    assert complaints("a: 1\nb: 2\n'a': 3\n") == [
        "x.yaml:3:1: error[duplicate-key]: 'a' is set twice; the first is on line 1"
        " (keep one of them)"
    ]


def test_of_equal_keys_the_first_counts() -> None:
    assert read_yaml(b"a: 1\na: 2\n", "x.yaml")[0] == {"a": 1}


def test_keys_that_yaml_thinks_equal_are_not() -> None:
    assert read("1: a\n01: b\n0x1: c\n1.0: d\n") == {"1": "a", "01": "b", "0x1": "c", "1.0": "d"}


REFUSED = {
    "a merge key": (
        "a: &a {x: 1}\nb:\n  <<: *a\n",
        "3:3: error[merge-key]: merge keys ('<<') are not read"
        " (write the fields out, or quote the '<<')",
    ),
    "a Python object": (
        "a: !!python/object/apply:os.system [ls]\n",
        "1:4: error[yaml-tag]: tags are not read, found '!!python/object/apply:os.system'"
        " (remove it; a text that begins with '!' must be quoted)",
    ),
    "a tag on a text": (
        "a: !!str 404\n",
        "1:4: error[yaml-tag]: tags are not read, found '!!str'"
        " (remove it; a text that begins with '!' must be quoted)",
    ),
    "a tag on a key": (
        "!!str a: 404\n",
        "1:1: error[yaml-tag]: tags are not read, found '!!str'"
        " (remove it; a text that begins with '!' must be quoted)",
    ),
    "a tag on a mapping": (
        "a: !x {}\n",
        "1:4: error[yaml-tag]: tags are not read, found '!x'"
        " (remove it; a text that begins with '!' must be quoted)",
    ),
    "the tag without a name": (
        "a: ! x\n",
        "1:4: error[yaml-tag]: tags are not read, found '!'"
        " (remove it; a text that begins with '!' must be quoted)",
    ),
    "a list as a key": (
        "? [a, b]\n: c\n",
        "1:3: error[wrong-type]: a key must be a text (quote it)",
    ),
    "an alias of a list as a key": (
        "a: &a [1]\n*a : c\n",
        "2:1: error[wrong-type]: a key must be a text (quote it)",
    ),
    "an alias in a circle": (
        "a: &a\n  b: [*a]\n",
        "2:7: error[alias-loop]: the alias '*a' stands inside what it repeats"
        " (write the value out)",
    ),
    "an alias of nothing": (
        "a: [*b]\nc: &b x\n",
        "1:5: error[unknown-alias]: no anchor '&b' stands above this alias"
        " (a text that begins with '*' must be quoted)",
    ),
}


@pytest.mark.parametrize(("content", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_what_yaml_can_do_and_a_catalog_must_not_is_refused(content: str, expected: str) -> None:
    assert complaints(content) == [f"x.yaml:{expected}"]


def test_every_problem_of_a_file_is_said_at_once() -> None:
    content = "a: !x 1\nb: 2\nb: 3\n? [c]\n: {d: 1, d: 2}\n<<: {}\n"
    rules = [problem.rule for problem in read_yaml(content.encode(), "x.yaml")[1]]
    assert rules == ["yaml-tag", "duplicate-key", "wrong-type", "duplicate-key", "merge-key"]


def test_aliases_repeat_values_and_keys() -> None:
    content = "a: &a {x: &x 1}\nb: *a\nc: [*x, *x]\n*x : d\n"
    assert read(content) == {"a": {"x": 1}, "b": {"x": 1}, "c": [1, 1], "1": "d"}


def test_an_anchor_may_be_set_anew() -> None:
    assert read("a: &a 1\nb: *a\nc: &a 2\nd: *a\n") == {"a": 1, "b": 1, "c": 2, "d": 2}


def test_a_quoted_merge_key_is_a_key() -> None:
    assert read("'<<': 1\n") == {"<<": 1}


def billion_laughs() -> str:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    for level in range(1, 10):
        aliases = ", ".join([f"*a{level - 1}"] * 9)
        lines.append(f"a{level}: &a{level} [{aliases}]")
    return "\n".join(lines) + "\n"


EXPLOSIONS = {
    "a billion laughs": (billion_laughs(), "6:15"),
    "one long text, again and again": (
        f"a: &a {'x' * 100_000}\nb: [" + ", ".join(["*a"] * 100) + "]\n",
        "2:41",
    ),
    "one long key, again and again": (
        f"a: &a {{{'x' * 900}: 1}}\nb:\n" + "- *a\n" * 2000,
        "1104:3",
    ),
}


@pytest.mark.parametrize(("content", "place"), EXPLOSIONS.values(), ids=EXPLOSIONS.keys())
def test_aliases_cannot_explode(content: str, place: str) -> None:
    assert complaints(content) == [
        f"x.yaml:{place}: error[alias-explosion]: aliases make the file far larger than it is"
        " written (write the values out)"
    ]


def test_a_large_file_may_repeat_much() -> None:
    repeating = f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 30)}]\n"
    assert complaints(repeating) != []
    assert complaints("#" * MAX_EXPANSION_FLOOR + "\n" + repeating) == []


def nested(opening: str, closing: str, depth: int) -> str:
    return "a: " + opening * (depth - 1) + closing * (depth - 1) + "\n"


def indented(depth: int) -> str:
    return "".join(" " * level + "a:\n" for level in range(depth - 1)) + " " * depth + "a: x\n"


DEEP = {
    "brackets that are never closed": ("a: " + "[" * 100_000, f"1:{MAX_DEPTH + 3}"),
    "braces that are never closed": ("a: " + "{" * 100_000, f"1:{MAX_DEPTH + 3}"),
    "brackets": (nested("[", "]", 100_000), f"1:{MAX_DEPTH + 3}"),
    "mappings in brackets": (nested("[a: ", "]", 1_000), "1:81"),
    "dashes": ("- " * 100_000 + "x", f"1:{2 * MAX_DEPTH + 1}"),
    "question marks": ("? " * 100_000 + "x", f"1:{2 * MAX_DEPTH + 1}"),
    "indented mappings": (indented(2_000), f"{MAX_DEPTH + 1}:{MAX_DEPTH + 1}"),
    "brackets behind comments": ("a: " + "[ # ]\n" * 50_000, f"{MAX_DEPTH}:1"),
    "brackets behind quoted brackets": ("a: " + '[ "]", ' * 50_000, f"1:{7 * (MAX_DEPTH - 1) + 4}"),
    "brackets behind apostrophes": ("a: " + "[it's, " * 50_000, f"1:{7 * (MAX_DEPTH - 1) + 4}"),
    "a tag before each": ("a: " + "[!x " * 1_000, "1:157"),
    "an anchor before each": ("a: " + "[&a " * 1_000, "1:157"),
}


@pytest.mark.parametrize(("content", "place"), DEEP.values(), ids=DEEP.keys())
def test_deep_nesting_is_refused_and_does_no_harm(content: str, place: str) -> None:
    problems = [one for one in read_yaml(content.encode(), "x.yaml")[1] if one.rule != "yaml-tag"]
    assert [problem.rule for problem in problems] == ["too-deep"]
    assert problems[0].message == f"nested more than {MAX_DEPTH} levels deep"
    assert str(problems[0].place) == f"x.yaml:{place}"


def test_deep_nesting_does_no_harm_in_a_thread_with_a_small_stack() -> None:
    found: list[str] = []
    size = threading.stack_size(256 * 1024)
    thread = threading.Thread(target=lambda: found.extend(complaints("a: " + "[" * 100_000)))
    threading.stack_size(size)
    thread.start()
    thread.join()
    assert len(found) == 1


def test_aliases_cannot_nest_deeply_either() -> None:
    lines = [f"a0: &a0 {'[' * 20}{']' * 20}"]
    lines += [f"a{n}: &a{n} {'[' * 20}*a{n - 1}{']' * 20}" for n in range(1, 100)]
    assert complaints("\n".join(lines)) == [
        "x.yaml:2:29: error[too-deep]: nested more than 40 levels deep (far fewer will do)"
    ]


def test_nesting_up_to_the_limit_is_read() -> None:
    assert complaints(nested("[", "]", MAX_DEPTH)) == []


@pytest.mark.parametrize(
    "content",
    [
        "a: '" + "[" * 100_000 + "'\n",
        'a: "' + "{[" * 100_000 + '"\n',
        "a: b # " + "[" * 100_000 + "\n",
        "# " + "[" * 100_000 + "\na: b\n",
        "a: |\n  " + "{" * 100_000 + "\n",
        "a: >\n" + "  - - - [[[\n" * 1_000,
        "a: x" + "[" * 100_000 + "\n",
        "a: '- - - - -" + " -" * 100_000 + "'\n",
        "a:\n" + "- [x, [y]]\n" * 1_000,
    ],
    ids=lambda content: content[:8].strip(),
)
def test_brackets_in_texts_and_comments_are_no_nesting(content: str) -> None:
    assert complaints(content) == []


@pytest.mark.parametrize(
    "content",
    [
        "a: [" + "x, " * 200_000 + "]\n",
        "a: " + "x " * 500_000 + "\n",
        "".join(f"k{n}: v\n" for n in range(50_000)),
        "a: {" + ",".join(f"k{n}" for n in range(50_000)) + "}\n",
        "a: [" + "?, " * 50_000 + "]\n",
        'a: "' + "\\x41" * 200_000 + '"\n',
        "a: >\n" + "  x\n" * 100_000,
    ],
    ids=lambda content: content[:8].strip(),
)
def test_reading_takes_time_in_proportion(content: str) -> None:
    start = time.process_time()
    read_yaml(content.encode(), "x.yaml")
    assert time.process_time() - start < 5


@pytest.fixture
def without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_slips, "Loader", yaml.SafeLoader)
    monkeypatch.setattr(yaml_events, "Loader", yaml.SafeLoader)


@pytest.mark.usefixtures("without_libyaml")
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: b: c\n", "1:5: error[not-yaml]: a text has ': ' in it (quote it)"),
        ("a: {x} y\n", "1:4: error[not-yaml]: a text begins with '{' (quote it)"),
        ("a: @x\n", "1:4: error[not-yaml]: a text begins with '@' (quote it)"),
        ("a: 'x\n", "1:4: error[not-yaml]: the quotation mark that opens here is never closed"),
        ("a: [x, y\n", "1:4: error[not-yaml]: the '[' that opens here is not closed"),
        ("a:\n\t b: c\n", "2:1: error[yaml-tab]: a tab stands where YAML wants spaces"),
        ("a: b\n  c: d\n", "2:3: error[not-yaml]: this line is indented as if the text on line 1"),
        ("a: \x07\n", "1:4: error[not-yaml]: the character U+0007 must not stand in a YAML file"),
        ("a: " + "[" * 1_000, "1:43: error[too-deep]: nested more than 40 levels deep"),
        ("a: &a [*a]\n", "1:8: error[alias-loop]: the alias '*a' stands inside what it repeats"),
    ],
)
def test_where_pyyaml_has_no_c_parser_the_same_is_said(content: str, expected: str) -> None:
    assert complaints(content)[0].startswith(f"x.yaml:{expected}")


@pytest.mark.usefixtures("without_libyaml")
def test_where_pyyaml_has_no_c_parser_the_same_is_read() -> None:
    content = text(
        """
        a: &a {code: 0401, n: 404, f: 1.5, t: "x\\u00fc"}
        b: |
          two
          lines
        c: [*a, no, ~]
        """
    )
    first = {"code": "0401", "n": 404, "f": 1.5, "t": "xü"}
    assert read(content) == {"a": first, "b": "two\nlines\n", "c": [first, "no", None]}
