"""The stamp tells what was generated from what was edited."""

from __future__ import annotations

from errorbook.outputs.stamp import (
    GENERATED,
    content_hash,
    format_of,
    stamp_line,
    stamp_of,
    stamped,
    state,
)

TEXT = stamped(f"# {GENERATED}\n# {stamp_line('python shop', 1, b'content')}\nbody\n")


def test_a_generated_text_is_whole() -> None:
    assert state(TEXT) == "whole"


def test_a_text_with_another_body_is_edited() -> None:
    assert state(TEXT.replace("body", "BODY")) == "edited"


def test_a_text_with_another_stamp_is_edited() -> None:
    assert state(TEXT.replace("format 1", "format 2")) == "edited"


def test_what_formatters_do_is_no_edit() -> None:
    text = stamped(f"# {stamp_line('python shop', 1, b'content')}\nnames = ['one', 'two']\n")
    formatted = text.replace("['one', 'two']", '[\n    "one",\n    "two",\n]\n')
    assert formatted != text
    assert state(formatted) == "whole"
    assert state(f"\ufeff{text}") == "whole"
    assert state(formatted.replace("two", "three")) == "edited"


def test_the_hash_of_a_whole_text_holds_too() -> None:
    """As former versions wrote it, so that no file of theirs is taken for edited."""
    blank = f"# {stamp_line('python shop', 1, b'content')}\nbody\n"
    former = blank.replace("text sha256:" + "0" * 16, f"text sha256:{content_hash(blank.encode())}")
    assert state(former) == "whole"


def test_a_stamp_says_its_format() -> None:
    assert format_of(TEXT) == 1
    assert TEXT.split("\n")[1] == f"# {stamp_of(TEXT)}"
    assert (format_of("body"), stamp_of("body")) == (None, None)


def test_a_text_without_a_stamp_is_foreign() -> None:
    assert state("# Code written by hand.\n") == "foreign"


def test_other_content_gives_another_stamp() -> None:
    assert stamp_line("python", 1, b"one") != stamp_line("python", 1, b"other")
