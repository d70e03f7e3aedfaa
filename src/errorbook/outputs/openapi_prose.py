"""What an OpenAPI document says of an error to people, in CommonMark."""

from __future__ import annotations

from collections.abc import Iterator

from errorbook.catalog import ACTION_WORDS, Error
from errorbook.catalog.models import Action
from errorbook.outputs.envelope_schema import Describe
from errorbook.outputs.markdown_prose import markdown_code, markdown_text
from errorbook.outputs.words import ACTIONS


def description_of(code: str, error: Error, describe: Describe) -> str:
    """Return the description of the response with ``code``: never empty, and without HTML."""
    return "\n\n".join(_paragraphs(code, error, describe))


def _paragraphs(code: str, error: Error, describe: Describe) -> Iterator[str]:
    yield describe(error.meaning) or markdown_code(code)
    if error.deprecated is not None:
        yield _deprecated(error)
    if error.causes:
        yield "**Causes**"
        yield "\n".join(f"- {describe(cause)}" for cause in error.causes)
    if error.fix:
        yield f"**Fix:** {describe(error.fix)}"
    if error.actions:
        yield "**What a client should do**"
        yield "\n".join(f"- {_told(action, describe)}" for action in error.actions)


def _deprecated(error: Error) -> str:
    until = f", gone in {markdown_text(error.sunset)}" if error.sunset else ""
    instead = f". Use {markdown_code(error.replaced_by)}" if error.replaced_by else ""
    return f"**Deprecated** since {markdown_text(error.deprecated or '')}{until}{instead}."


def _told(action: Action, describe: Describe) -> str:
    how = describe(action.how or ACTION_WORDS[action.do])
    when = f" ({describe(action.when)})" if action.when else ""
    return f"**{ACTIONS[action.do]}**{when}: {how}"
