"""What of a docstring is taken, and what is told of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook.importing.python.docstrings import says_more
from tests.importing.python.read import package

LONGER = """
class A{0}(ApiError):
    '''It is gone. Somebody took it.'''
    code = "a{0}"
"""
BASE = "class ApiError(Exception):\n    '''Base. Of all.'''\n"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("", False),
        ("It is gone.", False),
        ("It is gone\nfor :class:`good`.", False),
        ("It is gone.\n\nCauses:\n\n- Rain.\n- Snow.\n\nFix: Wait.", False),
        ("It is gone. Wait.", True),
        ("It is gone.\n\nArgs:\n    name: Of the book.", True),
        ("It is gone.\n\nFix: Wait.\n\nOr leave.", True),
    ],
)
def test_more_is_what_is_neither_sentence_nor_cause_nor_fix(text: str, more: bool) -> None:
    assert says_more(text) is more


def test_what_was_not_taken_is_told_once_a_module(tmp_path: Path) -> None:
    said = package(
        tmp_path / "acme",
        {
            "base.py": BASE,
            "one.py": "from .base import ApiError\n"
            + LONGER.format(1)
            + LONGER.format(2).replace("took", "kept"),
            "two.py": "from .base import ApiError\n" + LONGER.format(3).replace("took", "lent"),
        },
    )
    more = "more than was taken: a first sentence, causes and a fix"
    assert said.of("a1")["meaning"] == "It is gone."
    assert said.untold == [
        f"acme/one.py:3: 2 docstrings say {more}",
        f"acme/two.py:3: a docstring says {more}",
    ]
