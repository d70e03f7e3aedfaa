"""Compiled templates are kept from build to build, and are never those of another text or site."""

from __future__ import annotations

import pytest

from errorbook.site.look import BrokenTemplateError, Look, OwnTemplate

NAME = "page_part"
FILE = f"{NAME}.html.jinja"


def look_of(text: str, path: str = "own/page_part.html.jinja") -> Look:
    return Look(templates={FILE: OwnTemplate(text, path)})


def test_a_template_of_ours_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    Look()._template(NAME)
    monkeypatch.setattr("jinja2.Environment.compile", None)
    assert Look()._template(NAME).name == FILE


def test_a_template_that_was_edited_is_another() -> None:
    texts = ["one", "{{ 1 + 1 }}", "one"]
    assert [look_of(text).render(NAME).text for text in texts] == ["one", "2", "one"]


def test_two_sites_have_their_own_template_at_one_path() -> None:
    first, second = look_of("first"), look_of("second")
    assert (first.render(NAME).text, second.render(NAME).text) == ("first", "second")


def test_what_is_compiled_for_no_sandbox_is_not_taken_into_one() -> None:
    Look()._template(NAME)
    unsafe = look_of("{{ ''.__class__.__mro__ }}")
    with pytest.raises(BrokenTemplateError):
        unsafe.render(NAME)
    for kept in (Look()._environment, unsafe._environment):
        assert kept.bytecode_cache is not None
    assert Look()._environment.bytecode_cache is not unsafe._environment.bytecode_cache
