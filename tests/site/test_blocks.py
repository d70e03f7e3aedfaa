"""Blocks are found in a page's lines, and every slip in one is told with its line."""

from __future__ import annotations

import time

import pytest

from errorbook.site.blocks import Block, scan


def found(text: str) -> list[Block]:
    return list(scan(text.split("\n")))


def slips(text: str) -> list[tuple[str, int]]:
    """Return rule and line, from 1, of every slip in ``text``."""
    return [(slip.rule, slip.line + 1) for block in found(text) for slip in block.slips]


def only_slip(text: str) -> tuple[str, int, str]:
    (slip,) = [slip for block in found(text) for slip in block.slips]
    return slip.rule, slip.line + 1, f"{slip.message} ({slip.hint})"


def test_a_block_has_a_view_and_options() -> None:
    (block,) = found(
        "# Errors\n\n/// errors | codes\n    api: shop\n    columns: [code, status]\n///\n"
    )
    assert block == Block(2, 6, "codes", {"api": "shop", "columns": ["code", "status"]})


@pytest.mark.parametrize(
    "opening",
    [
        "/// errors | codes",
        "///errors|codes",
        "///  errors  |  codes  ",
        "  /// errors | codes",
        "//// errors | codes",
    ],
)
def test_spaces_and_further_slashes_are_the_writers_choice(opening: str) -> None:
    slashes = "/" * opening.count("/")
    (block,) = found(f"{opening}\n{slashes}")
    assert (block.view, block.slips) == ("codes", ())


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("/// errors | codes\n///", ["codes"]),
        ("Text right before.\n/// errors | codes\n///\nText right behind.", ["codes"]),
        ("/// errors | codes\n///\n/// errors | contract\n///", ["codes", "contract"]),
        ("- item\n\n    /// errors | codes\n    ///", ["codes"]),
        ("- /// errors | codes\n  ///", ["codes"]),
        ("1. /// errors | codes\n        group: a\n    ///", ["codes"]),
        ("!!! note\n\n    /// errors | codes\n    ///", ["codes"]),
        ("- one\n\n    - two\n\n        /// errors | codes\n        ///", ["codes"]),
        ("> /// errors | codes\n> ///", ["codes"]),
        ("> > /// errors | codes\n> >     group: a\n> > ///", ["codes"]),
        ("/// details | More\n/// errors | codes\n///\n///", ["codes"]),
        ("//// tab | One\n/// errors | codes\n///\n////", ["codes"]),
    ],
)
def test_blocks_are_found_wherever_text_may_stand(page: str, expected: list[str]) -> None:
    assert [block.view for block in found(page)] == expected
    assert slips(page) == []


@pytest.mark.parametrize(
    "page",
    [
        "```\n/// errors | codes\n///\n```",
        "~~~ text\n/// errors | codes\n///\n~~~",
        "````\n```\n/// errors | codes\n///\n```\n````",
        "    ```\n    /// errors | codes\n    ///\n    ```",
        "> ```\n> /// errors | codes\n> ///\n> ```",
        "``` {.text title='x'}\n/// errrors | codes\n```",
        "<!--\n/// errors | codes\n///\n-->",
        "Text <!-- and\n/// errrors | codes\nmore -->",
        "    /// errors | codes\n    ///",
        "Text\n\n    /// errrors | codes\n    ///",
        "- item\n\n        /// errors | codes\n        ///",
        "Write `/// errors | codes` for a table.",
    ],
)
def test_code_and_comments_hold_no_blocks(page: str) -> None:
    assert found(page) == []


@pytest.mark.parametrize(
    "page",
    [
        "```\nnot a fence, for nothing closes it\n\n/// errors | codes\n///",
        "`<!--` begins a comment.\n\n/// errors | codes\n///\n\n`-->` ends it.",
        "<!-- whole --> text\n\n/// errors | codes\n///\n-->",
        "<!-- never closed\n\n/// errors | codes\n///",
        "```\ncode\n```\n/// errors | codes\n///\n```\ncode\n```",
        "* * *\n\n/// errors | codes\n///",
    ],
)
def test_what_only_looks_like_code_hides_no_block(page: str) -> None:
    assert [block.view for block in found(page)] == ["codes"]


@pytest.mark.parametrize(
    ("opening", "rule", "hint"),
    [
        ("/// erors | codes", "unknown-block", "did you mean 'errors'?"),
        ("/// error | codes", "unknown-block", "did you mean 'errors'?"),
        ("/// Errors | codes", "unknown-block", "did you mean 'errors'?"),
        ("/// faults | codes", "unknown-block", "did you mean 'errors'?"),
        ("/// codes", "unknown-block", "write '/// errors | codes'"),
        ("// errors | codes", "unknown-block", "write '/// errors | codes'"),
        ("/// errors | code", "unknown-view", "did you mean 'codes'?"),
        ("/// errors | Codes", "unknown-view", "did you mean 'codes'?"),
        ("/// errors | exit_codes", "unknown-view", "did you mean 'exit-codes'?"),
        ("/// errors | zebra", "unknown-view", "one of: codes, contract"),
        ("/// errors | codes ///", "unknown-view", "did you mean 'codes'?"),
        ("/// errors", "unknown-view", "one of: codes, contract"),
        ("/// errors |", "unknown-view", "one of: codes, contract"),
        ("/// errors codes", "unknown-view", "write '/// errors | codes'"),
        ("/// errors: codes", "unknown-view", "write '/// errors | codes'"),
    ],
)
def test_a_misspelt_block_is_reported_with_what_was_meant(
    opening: str, rule: str, hint: str
) -> None:
    slashes = "/" * (len(opening) - len(opening.lstrip("/")))
    told, line, message = only_slip(f"Text\n\n{opening}\n{slashes}\n")
    assert (told, line) == (rule, 3)
    assert hint in message


@pytest.mark.parametrize("opening", ["/// tab | codes", "/// details | Errors", "/// note", "// x"])
def test_blocks_of_others_are_left_to_them(opening: str) -> None:
    assert found(f"{opening}\nText\n///") == []


def test_a_block_that_the_page_knows_is_no_misspelt_one() -> None:
    assert list(scan(["/// terrors | codes", "///"], others=frozenset({"terrors"}))) == []


def test_a_block_that_is_never_closed_is_reported() -> None:
    page = "/// errors | codes\n    group: a\n\nText\n"
    assert only_slip(page) == (
        "unclosed-block",
        1,
        "the block is not closed (end it with a line that holds only '///')",
    )


def test_an_unclosed_block_takes_nothing_of_the_page_but_its_options() -> None:
    (block,) = found("/// errors | codes\n    group: a\n\nText\n")
    assert (block.start, block.end) == (0, 2)


def test_a_block_that_another_interrupts_is_not_closed() -> None:
    page = "/// errors | codes\n\n/// errors | contract\n///\n"
    assert slips(page) == [("unclosed-block", 1)]
    assert [block.view for block in found(page)] == ["codes", "contract"]


def test_a_line_that_closes_other_blocks_does_not_close_ours() -> None:
    assert slips("/// errors | codes\n////\n") == [("unclosed-block", 1)]


def test_code_behind_an_unclosed_block_does_not_close_it() -> None:
    assert slips("/// errors | codes\n\n```\n///\n```\n") == [("unclosed-block", 1)]


def test_the_end_of_a_quotation_does_not_close_a_block() -> None:
    assert slips("> /// errors | codes\n\n///\n") == [("unclosed-block", 1)]


@pytest.mark.parametrize("indent", ["", " ", "  ", "   "])
def test_an_option_that_is_not_indented_is_reported(indent: str) -> None:
    rule, line, message = only_slip(f"/// errors | codes\n    api: shop\n{indent}group: a\n///\n")
    assert (rule, line) == ("unindented-option", 3)
    assert "'group: a'" in message
    assert "indent it by 4 spaces" in message


def test_every_option_that_is_not_indented_is_reported() -> None:
    page = "/// errors | codes\napi: shop\ngroup: a\n///\n"
    assert slips(page) == [("unindented-option", 2), ("unindented-option", 3)]


def test_text_in_a_block_is_reported_once() -> None:
    page = "/// errors | codes\n\nSome text.\n\nMore text.\n///\n"
    assert slips(page) == [("stray-text", 3)]


def test_options_may_have_empty_lines_around_them() -> None:
    (block,) = found("/// errors | codes\n\n    group: a\n\n    status: 404\n\n///\n")
    assert (block.options, block.slips) == ({"group": "a", "status": 404}, ())


def test_options_may_be_comments() -> None:
    (block,) = found("/// errors | codes\n    # api: shop\n///\n")
    assert (block.options, block.slips) == ({}, ())


@pytest.mark.parametrize(
    ("view", "options", "line", "rule", "told"),
    [
        ("codes", "colums: [code]", 2, "unknown-option", "did you mean 'columns'?"),
        ("codes", "api: shop\n    level: 3", 3, "unknown-option", "has no option 'level'"),
        ("contract", "zebra: 1", 2, "unknown-option", "one of: api"),
        ("codes", "columns: [code, statuss]", 2, "bad-option", "did you mean 'status'?"),
        ("codes", "columns: [code, code]", 2, "bad-option", "named twice"),
        ("codes", "columns:", 2, "bad-option", "'columns' has no value"),
        ("codes", "columns: []", 2, "bad-option", "'columns' has no value"),
        ("sections", "parts: [causes, fixes]", 2, "bad-option", "did you mean 'fix'?"),
        ("codes", "status: 40", 2, "bad-option", "write 404, 4xx or a list of them"),
        ("codes", "status: [404, 6xx]", 2, "bad-option", "'6xx' is no status or family"),
        ("sections", "level: 7", 2, "bad-option", "the level of a heading is 1 to 6, found '7'"),
        ("sections", "level: true", 2, "bad-option", "found 'true'"),
        ("sections", "level: 2.5", 2, "bad-option", "found '2.5'"),
        ("codes", "max_rows: some", 2, "bad-option", "takes a number, found 'some'"),
        ("codes", "max_rows: -1", 2, "bad-option", "takes a number"),
        ("codes", "rows: 5", 2, "bad-option", "rows are written like 1-300"),
        ("codes", "rows: 9-5", 2, "bad-option", "rows are written like 1-300"),
        ("codes", "api: [shop]", 2, "bad-option", "takes one text, found a list"),
        ("codes", "api: {shop: 1}", 2, "bad-option", "takes one text, found a mapping"),
        ("codes", "group: {a: 1}", 2, "bad-option", "takes a text or a list of texts"),
        ("codes", "codes: [a, null]", 2, "bad-option", "takes a text or a list of texts"),
        ("codes", "api: shop\n    api: cafe", 3, "bad-option", "'api' is set twice"),
        ("codes", "api: a: b", 2, "bad-option", "quote it"),
        ("codes", "only words", 2, "bad-option", "options are written 'name: value'"),
        ("codes", "- one\n    - two", 2, "bad-option", "options are written 'name: value'"),
        ("codes", "codes:\n      - a\n      - [", 4, "bad-option", "'['"),
        ("error", "parts: [fix]", 1, "missing-option", "add 'code: …'"),
    ],
)
def test_a_wrong_option_is_reported_on_its_line(
    view: str, options: str, line: int, rule: str, told: str
) -> None:
    found_rule, found_line, message = only_slip(f"/// errors | {view}\n    {options}\n///\n")
    assert (found_rule, found_line) == (rule, line)
    assert told in message


def test_a_block_without_options_may_lack_one_it_needs() -> None:
    assert slips("/// errors | error\n///\n") == [("missing-option", 1)]


@pytest.mark.parametrize(
    ("written", "read"), [("0401", "0401"), ("1:30", "1:30"), ("no", "no"), ("1.10", "1.10")]
)
def test_codes_in_options_stay_as_they_are_written(written: str, read: str) -> None:
    (block,) = found(f"/// errors | error\n    code: {written}\n///\n")
    assert block.options["code"] == read


@pytest.mark.parametrize(
    "line",
    [
        "/// errors | codes",
        "/// erors | codes",
        "/// errors",
        "    /// errors | codes",
        "- /// errors | codes",
        "> /// errors | codes",
        "```text",
        "<!-- open",
        "`" * 30,
        "/" * 60,
    ],
)
def test_a_page_is_scanned_in_linear_time(line: str) -> None:
    start = time.process_time()
    list(scan([line] * 20_000))
    assert time.process_time() - start < 2
