"""The labels that views show, and what they call the words of the catalog."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup, escape

from errorbook.catalog import Api, Catalog, Detail, Error, Retry
from errorbook.catalog.models import HEADER_PREFIX
from errorbook.outputs import words
from errorbook.problems import quoted, suggest
from errorbook.site.label_texts import LABELS
from errorbook.site.markup import trusted

NOUNS: Final = {
    "codes": "error",
    "code": "error",
    "error": "error",
    "group": "group",
    "operation": "operation",
}
DEFAULTS: Final[Mapping[str, str]] = {
    f"{group}.{name}": text for group, texts in LABELS.items() for name, text in texts.items()
}
"""Every label by its key, such as ``columns.code``."""
_GOING: Final = ("deprecated", "sunset", "replaced_by")
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")


class UnknownLabelError(LookupError):
    """There is no such label, or it was not told what to say. The text says which."""


class Labels:
    """The labels of a site: those of ``own``, by key, in place of ours."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        self._texts = {**DEFAULTS, **(own or {})}
        self._html = {key: escape(text) for key, text in self._texts.items()}
        self._split = {key: _PLACE.split(html) for key, html in self._html.items() if "{" in html}
        self.actions: Mapping[str, str] = {
            word: self._texts[f"actions.{word}"] for word in LABELS["actions"]
        }
        self.columns: Mapping[str, str] = {
            name: self._texts[f"columns.{name}"] for name in LABELS["columns"]
        }

    def text(self, key: str, **values: object) -> str:
        """Return the label ``key`` as text, its places filled with ``values``."""
        text = self._texts[key]
        return _PLACE.sub(lambda place: str(values[place[1]]), text) if values else text

    def html(self, key: str, **values: object) -> Markup:
        """Return the label ``key`` as HTML. Of ``values``, what is not Markup stays text.

        Raises:
            UnknownLabelError: if there is none, or it has a place for something else.
        """
        html = self._html.get(key)
        if html is None:
            hint = suggest(str(key), self._html)
            raise UnknownLabelError(f"there is no label {quoted(str(key))} ({hint})")
        pieces = self._split.get(key)
        return html if pieces is None else trusted(_filled(key, pieces, values))

    def retry(self, policy: Retry) -> dict[str, object]:
        """Return a retry policy: whether, where the waiting time stands, and how often."""
        backoff = policy.backoff
        return {
            "label": self._texts[f"retry.{policy.when}"],
            "when": policy.when,
            "after": [_after(source) for source in policy.after],
            "pauses": self._texts[f"pauses.{backoff}"] if backoff else None,
            "needs": self._texts[f"retry.{policy.needs}"] if policy.needs else None,
            "max_attempts": policy.max_attempts,
        }

    def ending(self, selector: str) -> dict[str, object]:
        """Return what ends in an exit code: a word, or a status, family or code as written."""
        word = self._texts.get(f"endings.{selector}")
        return {"text": word or selector, "is_code": word is None}

    def lifecycle(self, error: Error) -> list[dict[str, str]]:
        """Return the badges of an error that is not simply stable and current.

        Each has a ``kind``, which is a class, a ``text``, and the key of its label as ``label``.
        """
        badges: list[dict[str, str]] = []
        for name, fact in zip(
            _GOING, (error.deprecated, error.sunset, error.replaced_by), strict=True
        ):
            if fact is not None:
                text = self.text(f"lifecycle.{name}", fact=fact)
                badges.append({"kind": "deprecated", "label": name, "text": text})
        if error.stability != "stable":
            one = error.stability
            badges.append({"kind": one, "label": one, "text": self._texts[f"lifecycle.{one}"]})
        return badges

    def words(self, catalog: Catalog) -> words.Words:
        """Return what the explorer shows for the words of ``catalog``; see `words.words`."""
        found = words.words(catalog)
        return {
            "actions": {
                word: [self.actions[word], self._texts[f"asks.{word}"]] for word in found["actions"]
            },
            "retry": {
                word: [self._texts[f"retry.{word}"], self._texts[f"retry_sentences.{word}"]]
                for word in found["retry"]
            },
            "backoff": {word: self._texts[f"pauses.{word}"] for word in found["backoff"]},
        }


DEFAULT_LABELS: Final = Labels()


def places_in(text: str) -> frozenset[str]:
    """Return the names of the facts that have a place in a label."""
    return frozenset(_PLACE.findall(text))


def _filled(key: str, pieces: Sequence[str], values: Mapping[str, object]) -> str:
    """Return a label of which every second piece is the name of a value."""
    filled = list(pieces)
    for at in range(1, len(pieces), 2):
        if pieces[at] not in values:
            raise UnknownLabelError(f"the label {quoted(key)} needs {pieces[at]}=…")
        filled[at] = str(escape(values[pieces[at]]))
    return "".join(filled)


def _after(source: str) -> dict[str, str]:
    kind = "header" if source.startswith(HEADER_PREFIX) else "field"
    return {"kind": kind, "name": source.removeprefix(HEADER_PREFIX)}


def detail_type(detail: Detail) -> str:
    """Return the type of a detail with its unit or format: ``integer, seconds``."""
    return ", ".join(part for part in (detail.type, detail.format, detail.unit) if part)


def group(api: Api, name: str | None) -> str:
    """Return the title of a group, nothing for none."""
    return words.group(api, name) if name is not None else ""


def operation(api: Api, name: str) -> dict[str, str]:
    """Return an operation as views show it: id, title and address template."""
    known = api.operations.get(name)
    address = " ".join(part for part in (known.method, known.path) if part) if known else ""
    return {"name": name, "title": known.title if known else "", "address": address}


def operations(api: Api) -> set[str]:
    """Return every operation that ``api`` speaks of."""
    return {*api.operations, *(one for error in api.errors.values() for one in error.operations)}
