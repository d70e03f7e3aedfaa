"""CommonMark, as OpenAPI's descriptions are written in -> the prose of a catalog.

Inline code, emphasis and links to the web stay. All else becomes the text that it shows.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final

from errorbook.catalog.statuses import REASON_PHRASES
from errorbook.characters import has_hidden, without_hidden

LONGEST: Final = 400
"""Characters of a paragraph, of which the first sentence is taken if there are more."""
_MOST_READ: Final = 20_000
_SPACE: Final = re.compile(r"\s+")
_BLANK: Final = re.compile(r"\n[ \t]*\n\s*")
_NO_TEXT: Final = re.compile(r"(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|>|\||```|~~~|---|===|!\[)")
_SENTENCE: Final = re.compile(r"[.!?](?=\s+[\"'(]?[A-Z`])")
_NOT_AN_END: Final = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|no|approx))\Z", re.IGNORECASE)
_BREAK: Final = re.compile(
    r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|table)\b[^<>]{0,200}>", re.IGNORECASE
)
_CODE_TAG: Final = re.compile(r"<code\b[^<>]{0,200}>([^<>`]{1,300})</code>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]{0,500})?/?>")
_TOKEN: Final = re.compile(
    r"\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?P<fence>`{1,3})(?P<code>[^`]+)(?P=fence)"
    r"|!\[(?P<image>[^\[\]]*)\]\([^()\s]*\)"
    r"|\[(?P<label>[^\[\]]+)\]\((?P<target>[^()\s<>]+)(?:\s+\"[^\"]*\")?\)"
    r"|<(?P<auto>https?://[^<>\s]+)>"
    r"|\*\*(?P<bold>[^*\s](?:[^*]*[^*\s])?)\*\*|(?<!\w)__(?P<strong>[^_\s](?:[^_]*[^_\s])?)__(?!\w)"
    r"|\*(?P<slanted>[^*\s](?:[^*]*[^*\s])?)\*|(?<!\w)_(?P<emphasis>[^_\s](?:[^_]*[^_\s])?)_(?!\w)"
    r"|(?P<other>[`*\[\]<])"
)
_WEB: Final = re.compile(r"(?:https?://|mailto:)[^\s\\&]+\Z")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ABOUT_FORM: Final = re.compile(r"(?:\[?RFC[ -]?[0-9]{4}|Problem Details?\b).{0,80}\Z")
_LEADS_ON: Final = re.compile(r"(?:(?<=[.!?])|\A)[^.!?]*:\Z")
_WORD: Final = re.compile(r"[a-z]+")
_SAYS_NOTHING: Final = frozenset(
    {
        *("error", "errors", "error response", "an error", "default", "default error", "failure"),
        *("unexpected error", "default response", "default error response", "generic error"),
        *("error message", "generic error response", "standard error response", "string", "todo"),
        *("an error response", "an error occurred", "http error", "client error", "server error"),
        *("unprocessable entity", "payload too large", "request entity too large", "response"),
        *("internal error", "resource not found", "timeout", "validation error", "the error"),
        *("request failed", "failed"),
        *("error details", "gateway time out", "server errors", "client errors"),
    }
)
"""Descriptions that say no more than the status does, without punctuation."""


@dataclass(frozen=True)
class Told:
    """The prose of a description: its first paragraph or sentence, and whether more followed."""

    text: str
    is_cut: bool = False


def prose_of(description: str) -> Told:
    """Return what ``description`` says first, as prose."""
    read = _BREAK.sub("\n\n", description[:_MOST_READ])
    paragraphs = [one.strip() for one in _BLANK.split(read.replace("\r\n", "\n")) if one.strip()]
    first = next((one for one in paragraphs if not _NO_TEXT.match(one)), "")
    text = _LEADS_ON.sub("", inline(_first_lines(first))).strip()
    is_cut = len(paragraphs) > 1 or len(first) > len(_first_lines(first))
    if len(text) > LONGEST:
        text, is_cut = _first_sentence(text), True
    return Told(text, is_cut)


def inline(text: str) -> str:
    """Return one paragraph of CommonMark as prose."""
    plain = html.unescape(_TAG.sub("", _CODE_TAG.sub(r"`\1`", text)))
    written = _SPACE.sub(" ", _TOKEN.sub(_written, plain)).strip()
    return without_hidden(written) if has_hidden(written) else written


def plain_text(value: object, most: int = 200) -> str:
    """Return a text for a title or the like: one line, nothing hidden; empty if it is none."""
    if not isinstance(value, str):
        return ""
    return without_hidden(_SPACE.sub(" ", value[: most * 4])).strip()[:most]


def says_nothing(text: str) -> bool:
    """Tell whether a description says no more than the number or reason phrase of a status."""
    if _ABOUT_FORM.match(text):
        return True
    plain = " ".join(_WORD.findall(_CAMEL.sub(" ", text).casefold().replace("'", "")))
    words = plain.removesuffix(" response").removesuffix(" error") or plain
    return not words or not {words, plain}.isdisjoint(_SAYS_NOTHING | _PHRASES)


_PHRASES: Final = frozenset(
    " ".join(_WORD.findall(phrase.casefold())) for phrase in REASON_PHRASES.values()
)


def _first_lines(paragraph: str) -> str:
    """Return a paragraph up to a list or table that begins within it."""
    lines = paragraph.split("\n")
    for index, line in enumerate(lines):
        if index and _NO_TEXT.match(line.strip()):
            return "\n".join(lines[:index])
    return paragraph


def _first_sentence(text: str) -> str:
    for end in _SENTENCE.finditer(text):
        sentence = text[: end.end()]
        if not _NOT_AN_END.search(sentence[:-1]) and sentence.count("`") % 2 == 0:
            return sentence if len(sentence) <= LONGEST else ""
    return ""


def _written(token: re.Match[str]) -> str:
    if token["escape"]:
        return _plain(token["escape"])
    if token["code"] is not None:
        code = token["code"].strip()
        return f"`{code}`" if code else ""
    if token["image"] is not None:
        return _escaped(token["image"])
    if token["label"] is not None:
        return _link(token["label"], token["target"])
    if token["auto"]:
        return _link(token["auto"], token["auto"])
    for mark, inner in (
        ("**", token["bold"] or token["strong"]),
        ("*", token["slanted"] or token["emphasis"]),
    ):
        if inner:
            return f"{mark}{_escaped(inner)}{mark}"
    return _plain(token["other"])


def _link(label: str, target: str) -> str:
    inner = _TOKEN.sub(_written, label) if "](" not in label else _escaped(label)
    address = html.unescape(target)
    if not _WEB.match(address) or not address.isprintable():
        return inner
    return f"[{inner.replace('[', '').replace(']', '')}]({address})"


def _escaped(text: str) -> str:
    return "".join(map(_plain, text))


def _plain(char: str) -> str:
    return f"\\{char}" if char in "\\`*[]<" else char
