"""Lists of errors in every format, as facts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errorbook.importing import table
from errorbook.importing.readers import UnreadableError, Wish
from errorbook.importing.sources import Source
from tests.importing.table.reading import gathered, told

EXPECTED = {
    "errors.E1.status": 404,
    "errors.E1.meaning": "Gone, for good.",
    "errors.E2.status": 429,
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", 'Code,HTTP,Meaning\nE1,404,"Gone, for good."\nE2,429,\n'),
        ("a.csv", "\ufeffCode;HTTP;Meaning\r\nE1;404;Gone, for good.\r\nE2;429\r\n"),
        ("a.csv", "sep=;\nCode;HTTP;Meaning\nE1;404;Gone, for good.\nE2;429\n"),
        ("a.csv", 'All our errors\n\nCode,HTTP,Meaning\nE1,404,"Gone,\nfor good."\nE2,429,\n'),
        ("a.tsv", "Code\tHTTP\tMeaning\nE1\t404\tGone, for good.\nE2\t429\t\n"),
        ("a", "Code|HTTP|Meaning\nE1|404|Gone, for good.\nE2|429|\n"),
        (
            "a.json",
            '[{"code": "E1", "http": 404, "meaning": "Gone, for good."},'
            '{"code": "E2", "http": 429}]',
        ),
        (
            "a.json",
            '{"v": 1, "errors": {"E1": {"status": 404, "meaning": "Gone, for good."},'
            '"E2": {"status": 429}}}',
        ),
        (
            "a.jsonl",
            '{"code": "E1", "http": {"status": 404}, "meaning": "Gone, for good."}\n\n'
            '{"code": "E2", "http": {"status": 429}}\n',
        ),
        (
            "a",
            '{"code": "E1", "status": 404, "meaning": "Gone, for good."}\n'
            '{"code": "E2", "status": 429}\n',
        ),
        (
            "a.toml",
            "[errors.E1]\nstatus = 404\nmeaning = 'Gone, for good.'\n[errors.E2]\nstatus = 429\n",
        ),
        (
            "a.toml",
            "[[errors]]\ncode = 'E1'\nstatus = 404\nmeaning = 'Gone, for good.'\n"
            "[[errors]]\ncode = 'E2'\nstatus = 429\n",
        ),
        ("a.yaml", "E1:\n  status: 404\n  meaning: Gone, for good.\nE2: {status: 429}\n"),
        (
            "a.yml",
            "# all\n---\n- code: E1\n  status: 404\n  meaning: Gone, for good.\n"
            "- {code: E2, status: 429}\n",
        ),
        (
            "a.yaml",
            '[{code: E1, status: 404, meaning: "Gone, for good."}, {code: E2, status: 429}]',
        ),
    ],
)
def test_every_format_says_the_same(name: str, text: str) -> None:
    assert told(text, name) == EXPECTED
    assert table.is_one(Source(Path(name), name, text.encode()))


def test_utf_16_is_read_as_spreadsheets_write_it() -> None:
    assert told("code\tmeaning\nE1\tZu gro\u00df\n".encode("utf-16"), "a.tsv") == {
        "errors.E1.meaning": "Zu gro\u00df"
    }


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ({"E1": "Disk full"}, {"errors.E1.message": "Disk full"}),
        ({"sealed": 409}, {"errors.sealed.status": 409}),
        ({"DISK_FULL": 1001}, {}),
        ({"E1": {"name": "gone", "status": 404}}, {"errors.E1.status": 404}),
        ({"gone": {"code": 404}}, {"errors.gone.status": 404}),
        ({"GONE": {"code": "E1", "text": "Gone."}}, {"errors.E1.meaning": "Gone."}),
        ({"E1": {"causes": ["a", "b"]}}, {"errors.E1.causes": ["a", "b"]}),
        ({"E1": {"retryable": False}}, {"errors.E1.retry.when": "never"}),
    ],
)  # fmt: skip
def test_a_mapping_is_a_list_of_errors(text: object, facts: dict[str, object]) -> None:
    assert told(json.dumps(text), "a.json") == facts


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('{"DISK_FULL": 1001, "GONE": 1002}', ["1001", "1002"]),
        ('{"DISK_FULL": "disk-full"}', ["disk-full"]),
        ('["E1", "E2"]', ["E1", "E2"]),
        ('[401, "0401", 1.10]', ["401", "0401", "1.1"]),
    ],
)
def test_which_side_of_a_mapping_is_the_code(text: str, codes: list[str]) -> None:
    facts = gathered(text, "a.json").facts
    assert [fact.path[1] for fact in facts] == codes


def test_codes_of_yaml_stay_as_they_were_written() -> None:
    facts = gathered(
        "0401: {status: 401}\nno: {status: 400}\n1.10: {status: 400}\n", "a.yaml"
    ).facts
    assert list(dict.fromkeys(fact.path[1] for fact in facts)) == ["0401", "no", "1.10"]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.csv", 'code,meaning\nE0,"a\nb"\n\nE1,x\n', 5),
        ("a.json", '{"errors": [\n{"code": "E0"},\n\n{"code": "E1"}]}', 4),
        ("a.jsonl", '{"code": "E0"}\n\n{"code": "E1"}\n', 3),
        ("a.toml", "[a]\nb = 1\n[[errors]]\ncode = 'E0'\n\n[[errors]]\ncode = 'E1'\n", 6),
        ("a.toml", "[errors]\nE0 = 'a'\nE1 = 'b'\n", 3),
        ("a.yaml", "# here\n- code: E0\n- code: E1\n", 3),
        ("a.yaml", "---\nE0: a\n\nE1: b\n", 4),
    ],
)
def test_a_fact_knows_its_line(name: str, text: str, line: int) -> None:
    places = {fact.path[1]: fact.place for fact in gathered(text, name).facts}
    assert (places["E1"].path, places["E1"].line) == (name, line)


def test_what_was_wished_overrules_the_headers() -> None:
    wish = Wish({"HTTP": "status", "Slug": "code"})
    text = "Code,HTTP,Slug\n17,404,gone\n"
    assert told(text, wish=wish) == {"errors.gone.status": 404}


def test_entries_say_which_list_is_meant() -> None:
    text = '{"old": {"errors": {"E0": "a"}}, "new": {"errors": {"E1": "b"}}}'
    assert told(text, "a.json", Wish(entries="new.errors")) == {"errors.E1.message": "b"}


def test_columns_that_are_not_read_are_told_once() -> None:
    found = gathered("Code,Statuss,Error ID,Zzzz\nE1,4,5,6\nE2,4,5,6\n")
    assert [(str(one.place), one.message, one.hint) for one in found.untold] == [
        (
            "list.csv:1",
            "the column 'Statuss' was not read",
            "--column status=Statuss reads it as that",
        ),
        (
            "list.csv:1",
            "the column 'Error ID' was not read: another one holds the code",
            "--column code=Error ID takes this one",
        ),
        (
            "list.csv:1",
            "the column 'Zzzz' was not read",
            "--column FIELD=Zzzz says which field it holds",
        ),
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "code,meaning\n,x\n", "a row without a code"),
        ("a.csv", "code,meaning\nE1,x,y\n", "a row has more cells than there are headers"),
        ("a.json", '[{"code": "E1"}, [1]]', "this entry is no record"),
        ("a.jsonl", '{"code": "E1"}\n{\n', "this line is not JSON"),
        ("a.json", '{"E1": "a", "E1": "b"}', "'E1' stands more than once in one object"),
        ("a.yaml", "E1: {text: a}\nE1: {text: b}\n", "'E1' is set twice; the first is on line 1"),
        ("a.csv", b"code,meaning\nE1,gr\xfc\xdfe\n", "some characters are not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_amiss_in_a_list_is_told(name: str, text: str | bytes, message: str) -> None:
    try:
        messages = [problem.message for problem in gathered(text, name).untold]
    except UnreadableError as error:
        messages = [str(error).partition(";")[0]]
    assert messages == [message]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.csv", "", "empty"),
        ("a.csv", "E1,Disk full\n", "--column code=HEADER (there is E1, Disk full)"),
        ("a.csv", f'code\n"{"x" * 200_000}"\n', "not CSV"),
        ("a.csv", 'E,"F\nE1,x\n', "(there is E, F\\nE1,x\\n)"),
        ("a.json", f"[{'9' * 5000}]", "a number in it has thousands of digits"),
        ("a.toml", f"a = {'9' * 5000}", "a number in it has thousands of digits"),
        ("a.csv", b"PK\x03\x04rest", "save it as CSV"),
        ("a.json", "{", "this is not JSON"),
        ("a.json", "[" * 100_000, "nested far too deep"),
        ("a.json", '{"apis": {"shop": {}}}', "a catalog already"),
        ("a.json", '{"a": {"E1": "x"}, "b": {"E2": "y"}}', "--entries a or b"),
        ("a.json", '{"a": {"b": true}}', "it holds no list of errors; --entries KEY.KEY"),
        ("a.json", "1", "no list"),
        ("a.toml", "a =", "not TOML"),
        ("a.toml", "a = " + "[" * 5000, "deep"),
        ("a.yaml", "a: &a [*a]", "what it repeats"),
        ("a.yaml", "- &a [x]\n- *b\n", "no anchor"),
        ("a.yaml", "[" * 1000, "levels deep"),
    ],
)
def test_a_file_that_is_no_list_says_why(name: str, text: str | bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        gathered(text, name)
    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        ("ErrNo", "there is no column 'ErrNo' to hold the code (there is E, F)"),
        ("E", None),
    ],
)
def test_a_column_for_codes_that_is_not_there_is_named(column: str, reason: str | None) -> None:
    wish = Wish({column: "code"})
    if reason is None:
        assert [fact.path[1] for fact in gathered("E,F\na,b\n", wish=wish).facts] == ["a"]
        return
    with pytest.raises(UnreadableError) as raised:
        gathered("E,F\na,b\n", wish=wish)
    assert str(raised.value) == reason


def test_entries_that_are_not_there_name_the_nearest() -> None:
    with pytest.raises(UnreadableError, match="did you mean 'errors'"):
        gathered('{"errors": {"E1": "a"}}', "a.json", Wish(entries="erors"))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("<stdin>", "code,status\nE1,400\n", True),
        ("<stdin>", '{"E1": "a"}', True),
        ("a.txt", "Code\tMeaning\nE1\tx\n", True),
        ("a.txt", "Errors happen, and this is what they mean.\n", False),
        ("a.md", "code,status\nE1,400\n", False),
        ("a.py", "class A(Exception): ...", False),
    ],
)
def test_a_list_is_told_by_its_looks(name: str, text: str, expected: object) -> None:
    assert table.is_one(Source(None, name, text.encode())) is expected
