"""Texts that YAML takes the wrong way: each slip is placed, and the hint says what to quote."""

from __future__ import annotations

import pytest

from tests.catalog.catalogs import Folder, api, errors, text

SLIPS = {
    "a colon in a text": (
        errors("gone: {}\nbad:\n  meaning: Fails: badly\n"),
        "7:23: error[not-yaml]: a text has ': ' in it (quote it)",
    ),
    "a colon at the end of a text": (
        api("summary: Fails:\n"),
        "3:19: error[not-yaml]: a text has ': ' in it (quote it)",
    ),
    "a colon in a text in braces": (
        api("contract: {promise: Never: changed}\n"),
        "3:30: error[not-yaml]: a text has ': ' in it (quote it)",
    ),
    "a colon in a text in brackets": (
        errors("bad: {causes: [Reason: one: two]}\n"),
        "5:33: error[not-yaml]: a text has ': ' in it (quote it)",
    ),
    "a text that begins with a brace": (
        errors("bad:\n  message: {id} is gone\n"),
        "6:18: error[not-yaml]: a text begins with '{' (quote it)",
    ),
    "a text in braces that begins with a brace": (
        errors("bad: {message: {id} is gone, status: 404}\n"),
        "5:22: error[not-yaml]: a text begins with '{' (quote it)",
    ),
    "a text that begins with a bracket": (
        errors("bad:\n  fix: [beta] Ask again.\n"),
        "6:14: error[not-yaml]: a text begins with '[' (quote it)",
    ),
    "a text that begins with a closing bracket": (
        api("title: ] x\n"),
        "3:12: error[not-yaml]: a text begins with ']' (quote it)",
    ),
    "a text that begins with a star and a space": (
        api("title: * x\n"),
        "3:12: error[not-yaml]: a text begins with '*' (quote it)",
    ),
    "a text that begins in strong": (
        api("title: **Never** x\n"),
        "3:12: error[not-yaml]: a text begins with '*' (quote it)",
    ),
    "a text that begins with @": (
        api("title: @x\n"),
        "3:12: error[not-yaml]: a text begins with '@' (quote it)",
    ),
    "a text that begins with a backtick": (
        api("title: `x` is\n"),
        "3:12: error[not-yaml]: a text begins with '`' (quote it)",
    ),
    "a text that begins with a percent sign": (
        api("title: %x\n"),
        "3:12: error[not-yaml]: a text begins with '%' (quote it)",
    ),
    "a text that begins with an ampersand": (
        api("title: & x\n"),
        "3:12: error[not-yaml]: a text begins with '&' (quote it)",
    ),
    "a text that begins with a bar": (
        api("title: | x\n"),
        "3:12: error[not-yaml]: a text begins with '|' (quote it)",
    ),
    "a text that begins with a greater-than sign": (
        api("title: > 5\n"),
        "3:12: error[not-yaml]: a text begins with '>' (quote it)",
    ),
    "a text that begins with a question mark": (
        api("title: ? x\n"),
        "3:12: error[not-yaml]: a text begins with '?' (quote it)",
    ),
    "a text that begins with a tag's sign": (
        api("title: !x!y z\n"),
        "3:12: error[not-yaml]: a text begins with '!' (quote it)",
    ),
    "a text that begins with a dash": (
        api("title: - x\n"),
        "3:12: error[not-yaml]: '- ' cannot stand here"
        " (quote it if it is a text; begin it on a line of its own if it is a list)",
    ),
    "a quotation mark that is never closed": (
        api('title: "Demo\nversion: v1\n'),
        "3:12: error[not-yaml]: the quotation mark that opens here is never closed (close it)",
    ),
    "a quotation mark that another text closes": (
        api('title: "Demo\nversion: "v1"\n'),
        "3:12: error[not-yaml]: the quotation mark that opens here is closed only on line 4"
        " (close it where its text ends)",
    ),
    "an apostrophe in single quotes": (
        api("title: 'it's gone'\n"),
        "3:12: error[not-yaml]: the text goes on after its closing quotation mark"
        " (put the whole text into quotation marks of the other kind)",
    ),
    "a text that only begins in quotation marks": (
        api('title: "Demo" API\n'),
        "3:12: error[not-yaml]: the text goes on after its closing quotation mark"
        " (put the whole text into quotation marks of the other kind)",
    ),
    "a backslash in double quotes": (
        api('title: "\\d+"\n'),
        "3:13: error[not-yaml]: a backslash in double quotes begins an escape, and this is none"
        " that YAML knows (use single quotes, or write the backslash twice)",
    ),
    "a surrogate in double quotes": (
        api('title: "\\ud800"\n'),
        "3:15: error[not-yaml]: a backslash in double quotes begins an escape, and this is none"
        " that YAML knows (use single quotes, or write the backslash twice)",
    ),
    "a bracket that is not closed": (
        errors("bad:\n  status: [400, 401\n  group: x\n"),
        "6:17: error[not-yaml]: the '[' that opens here is not closed"
        " (close it, or quote a text that has a comma, a colon or a bracket in it)",
    ),
    "a brace that a comment leaves open": (
        api("contract: {promise: See #5}\n"),
        "3:15: error[not-yaml]: the '{' that opens here is not closed"
        " (close it, or quote a text that has ' #' in it: a comment begins there)",
    ),
    "a missing comma": (
        api("docs: {url: 'https://x.test' error: x}\n"),
        "3:17: error[not-yaml]: the text goes on after its closing quotation mark"
        " (put the whole text into quotation marks of the other kind)",
    ),
    "a closing bracket of the other kind": (
        api("docs: {error: x]\n"),
        "3:20: error[not-yaml]: expected ',' or the closing bracket, found ']'"
        " (quote a text that has a comma, a colon or a bracket in it)",
    ),
    "a tab for indentation": (
        "apis:\n\tdemo: {}\n",
        "2:1: error[yaml-tab]: a tab stands where YAML wants spaces (indent with spaces)",
    ),
    "a tab after spaces": (
        "apis:\n  demo:\n  \ttitle: x\n",
        "3:3: error[yaml-tab]: a tab stands where YAML wants spaces (indent with spaces)",
    ),
    "a line that is indented too far": (
        api("title: Demo\n version: v1\n"),
        "4:6: error[not-yaml]: this line is indented as if the text on line 3 went on"
        " (indent it like the key it stands beside)",
    ),
    "a line that is not indented enough": (
        api("title: Demo\n") + "   version: v1\n",
        "4:4: error[not-yaml]: this line is not indented like those it belongs to"
        " (they begin at column 3, the first on line 2)",
    ),
    "a line without a colon": (
        api("title: Demo\nversion\nsummary: x\n"),
        "4:5: error[not-yaml]: this line has no ':'"
        " (write 'key: value', or indent a text that goes on)",
    ),
    "a first line without a colon": (
        "apis\n  demo: {}\n",
        "1:1: error[not-yaml]: this line has no ':'"
        " (write 'key: value', or indent a text that goes on)",
    ),
    "a key in braces without a space behind its colon": (
        api("statuses: {404: {}, 405:}\n"),
        "3:25: error[not-yaml]: no ': ' follows this key (write ': ' between key and value)",
    ),
    "a colon without a space": (
        api("title:Demo\nversion: v1\n"),
        "3:10: error[not-yaml]: no space follows this colon (write ': ' between key and value)",
    ),
    "a control character": (
        api("title: a\x07b\n"),
        "3:13: error[not-yaml]: the character U+0007 must not stand in a YAML file (remove it)",
    ),
    "something else that YAML refuses": (
        "%YAML 3.0\n---\napis: {}\n",
        "1:1: error[not-yaml]: this is not YAML: found incompatible YAML document"
        " (check the indentation, and quote texts that hold signs of YAML's own)",
    ),
}


_MARKS = "keep one side, or both, and remove the lines of <<<<<<<, ======= and >>>>>>>"
_MERGE = f"error[merge-conflict]: this line was left by a merge that is not resolved ({_MARKS})"
CONFLICTS = {
    "both sides of a merge": (
        errors("gone: {}\n") + "<<<<<<< HEAD\n    a: {}\n=======\n    b: {}\n>>>>>>> theirs\n",
        f"6:1: {_MERGE}",
    ),
    "both sides and what they began as": (
        api("title: Shop\n") + "||||||| 4f2c1a9\n  summary: x\n=======\n",
        f"4:1: {_MERGE}",
    ),
    "a mark in a block of text, of which nothing else is left": (
        api("summary: |\n  one\n") + "=======\n",
        f"5:1: {_MERGE}",
    ),
    "a mark at the end": (api("title: Shop\n") + ">>>>>>> feature: more", f"4:1: {_MERGE}"),
    "marks with the line breaks of Windows": (
        "apis:\r\n<<<<<<< HEAD\r\n=======\r\n>>>>>>> x\r\n",
        f"2:1: {_MERGE}",
    ),
    "a mark in braces": ("apis: {\n<<<<<<< HEAD\n  a: {}\n", f"2:1: {_MERGE}"),
}


@pytest.mark.parametrize(("content", "expected"), CONFLICTS.values(), ids=CONFLICTS.keys())
def test_what_a_merge_left_is_told_as_that(folder: Folder, content: str, expected: str) -> None:
    assert folder.says(content) == [f"errors.yaml:{expected}"]


def test_marks_of_a_merge_may_stand_in_a_text(folder: Folder) -> None:
    shown = "summary: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> theirs\n"
    assert folder.says(api(shown)) == []
    (said,) = folder.says(api(shown + "title: Fails: badly\n"))
    assert "7:17: error[not-yaml]: a text has ': ' in it" in said


@pytest.mark.parametrize(("content", "expected"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_placed_and_mended(folder: Folder, content: str, expected: str) -> None:
    assert folder.says(content) == [f"errors.yaml:{expected}"]


COMMAS = {
    "a comma in a text in braces": (
        errors("bad: {actions: [{do: wait, how: Wait, then retry}]}\n"),
        "5:45: error[unknown-key]: unknown key 'then retry'"
        " (if it belongs to the text before the comma, quote that text;"
        " if it is a key that belongs elsewhere, mend its indentation)",
    ),
    "a comma before a word that is a key as well": (
        errors("bad: {meaning: It is gone, fix}\n"),
        "5:37: error[wrong-type]: expected a text, found nothing (write a text or remove the key;"
        " if it belongs to the text before the comma, quote that text)",
    ),
    "a text that is nothing but a hole": (
        errors("bad: {message: {id}}\n"),
        "5:22: error[wrong-type]: expected a text, found a mapping (quote the whole text)",
    ),
    "a text that is nothing but a text in brackets": (
        errors("bad: {meaning: [see the docs]}\n"),
        "5:22: error[wrong-type]: expected a text, found a list (quote the whole text)",
    ),
    "a text that begins with a star": (
        api("title: *x\n"),
        "3:12: error[unknown-alias]: no anchor '&x' stands above this alias"
        " (a text that begins with '*' must be quoted)",
    ),
    "a text that begins with a star and goes on": (
        api("title: *x is gone\n"),
        "3:12: error[unknown-alias]: no anchor '&x' stands above this alias"
        " (a text that begins with '*' must be quoted)",
    ),
    "a text that begins with an exclamation mark": (
        api("title: !x is gone\n"),
        "3:12: error[yaml-tag]: tags are not read, found '!x'"
        " (remove it; a text that begins with '!' must be quoted)",
    ),
    "a text that begins with an ampersand": (
        api("title: &x is gone\n"),
        "3:12: error[unused-anchor]: no alias repeats the anchor '&x'"
        " (remove it; a text that begins with '&' must be quoted)",
    ),
}


@pytest.mark.parametrize(("content", "expected"), COMMAS.values(), ids=COMMAS.keys())
def test_a_slip_that_is_still_yaml_has_its_hint(
    folder: Folder, content: str, expected: str
) -> None:
    assert folder.says(content) == [f"errors.yaml:{expected}"]


def test_columns_count_characters_not_bytes(folder: Folder) -> None:
    assert folder.says(text("apis: {demo: {title: “Größe”, sumary: x}}\n")) == [
        "errors.yaml:1:31: error[unknown-key]: unknown key 'sumary' (did you mean 'summary'?)"
    ]
