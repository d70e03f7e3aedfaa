"""What happened, in words: the meaning and the message of each code, where all agree on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from errorbook.catalog.models import message_holes
from errorbook.importing.openapi.collection import Collection
from errorbook.importing.openapi.details import Said
from errorbook.importing.openapi.documents import Node
from errorbook.importing.openapi.evidence import SCHEMA, Evidence
from errorbook.importing.openapi.prose import prose_of, says_nothing
from errorbook.importing.openapi.shapes import values_at
from errorbook.importing.openapi.tally import Tally
from errorbook.importing.values import holed

_LONGEST_MESSAGE: Final = 1_000
_SAMPLES: Final = frozenset({"string", "message", "text", "error message"})


class Texts:
    """Chooses among the texts that were collected."""

    def __init__(self, collection: Collection, tally: Tally) -> None:
        self._all = collection
        self._tally = tally
        self._about = self._owners()

    def meaning(self, evidence: Evidence) -> tuple[str, Node] | None:
        """Return what a code means, and where that is said; None where it is not told."""
        ranked = [*evidence.meanings, *((SCHEMA, node) for node in self._described(evidence))]
        if evidence.own is not None:
            text = evidence.own.response.text("description")
            ranked = [(SCHEMA, text)] if text is not None else []
        for rank in sorted({rank for rank, _ in ranked}):
            told: dict[str, Node] = {}
            for node in (node for place, node in ranked if place == rank):
                prose = prose_of(str(node.value))
                if says_nothing(prose.text) or prose.text.strip("`") == evidence.code:
                    continue
                told.setdefault(prose.text, node)
                if prose.is_cut and evidence.own is None:
                    self.cut(node, evidence.code)
            if len(told) > 1:
                message = "described in several ways, none of which was taken: {}"
                hint = "write its 'meaning'"
                self._tally.add(message, hint, next(iter(told.values())), evidence.code)
                return None
            if told:
                return next(iter(told.items()))
        self._offer(evidence)
        return None

    def _offer(self, evidence: Evidence) -> None:
        """Tell what may be the meaning of a code: it is said where no other is shown."""
        for node in evidence.shown.values():
            prose = prose_of(str(node.value)).text
            if prose and not says_nothing(prose):
                message = "said where no other code is shown, and not taken for its meaning: {}"
                hint = "write it as 'meaning' if it is true of that code alone"
                self._tally.add(message, hint, node, f"{evidence.code} ({prose})")

    def message(self, evidence: Evidence) -> Node | None:
        """Return the message that a code comes with; None where it is not told."""
        found: dict[str, Node] = {}
        if "message" in evidence.texts:
            found[str(evidence.texts["message"].value).strip()] = evidence.texts["message"]
        for sighting in evidence.sightings if not found else ():
            place = sighting.shape.roles.get("message")
            pieces = values_at(sighting.found, place) if place else []
            views = self._all.views
            for one in [*views.values(pieces), *views.samples(pieces)]:
                text = str(one.value).strip()
                if isinstance(one.value, str) and text and text.casefold() not in _SAMPLES:
                    found.setdefault(text, one.node)
        if len(found) > 1:
            message = "examples word the message of {} in several ways, none of which was taken"
            first = next(iter(found.values()))
            self._tally.add(message, "write its 'message', with holes", first, evidence.code)
            return None
        text, node = next(iter(found.items()), ("", None))
        if (
            node is None
            or len(text) > _LONGEST_MESSAGE
            or message_holes(text)
            or not text.isprintable()
        ):
            return None
        return node

    def with_holes(self, evidence: Evidence, message: Node, details: Iterable[Said]) -> str:
        """Return a message with holes for what examples show as the values of ``details``.

        One that an extension gives is no example: it is as it is meant.
        """
        text = str(message.value).strip()
        if evidence.own is not None or message is evidence.texts.get("message"):
            return text
        shown = {steps[0]: value for steps, value, _ in details if steps[1:] == ("example",)}
        text, doubtful = holed(text, shown)
        for name in doubtful:
            kind = "the message of an example may say values of its details: {}"
            hint = "write such a value as a hole, as in {name}"
            self._tally.add(kind, hint, message, f"{evidence.code} ({name})")
        return text

    def cut(self, node: Node, name: str) -> None:
        """Remember that only a part of a description was taken."""
        message = "only the beginning of the description was taken of {}"
        self._tally.add(message, "the rest may be a cause or a fix", node, name)

    def _owners(self) -> dict[object, set[str]]:
        """Return the codes that each schema is about."""
        found: dict[object, set[str]] = {}
        for evidence in self._all.codes.values():
            for sighting in evidence.sightings:
                for level in sighting.found.levels.values():
                    for key in level.nodes:
                        found.setdefault(key, set()).add(evidence.code)
        for shape in self._all.shapes.values():
            for key in shape.shared:
                found.setdefault(key, set()).update(("", " "))
        return found

    def _described(self, evidence: Evidence) -> Iterator[Node]:
        """Yield the descriptions of schemas that are about one code alone."""
        for sighting in evidence.sightings:
            for level in sighting.found.levels.values():
                for key, node in level.nodes.items():
                    text = None if level.is_example else node.get("description")
                    if (
                        text is not None
                        and isinstance(text.value, str)
                        and len(self._about[key]) == 1
                    ):
                        yield text
