"""The stamp tells what was generated from what was edited."""

from __future__ import annotations

from errorbook.outputs.stamp import GENERATED, stamp_line, stamped, state

TEXT = stamped(f"# {GENERATED}\n# {stamp_line('python shop', 1, b'content')}\nbody\n")


def test_a_generated_text_is_whole() -> None:
    assert state(TEXT) == "whole"


def test_a_text_with_another_body_is_edited() -> None:
    assert state(TEXT.replace("body", "BODY")) == "edited"


def test_a_text_with_another_stamp_is_edited() -> None:
    assert state(TEXT.replace("format 1", "format 2")) == "edited"


def test_a_text_without_a_stamp_is_foreign() -> None:
    assert state("# Code written by hand.\n") == "foreign"


def test_other_content_gives_another_stamp() -> None:
    assert stamp_line("python", 1, b"one") != stamp_line("python", 1, b"other")
