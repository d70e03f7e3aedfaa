"""What was collected of a document -> facts of a catalog, and what could not be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pydantic import JsonValue

from errorbook.catalog import Envelope
from errorbook.catalog.envelope import fields_beside_details, holes, takes_details
from errorbook.importing.gathered import Gathered
from errorbook.importing.openapi.answers import Operation
from errorbook.importing.openapi.callers import Callers
from errorbook.importing.openapi.collection import Collection
from errorbook.importing.openapi.details import Details, Said, waiting_times
from errorbook.importing.openapi.documents import Node, places_of
from errorbook.importing.openapi.evidence import OTHER, Evidence
from errorbook.importing.openapi.own import own_facts
from errorbook.importing.openapi.prose import inline, plain_text, prose_of, says_nothing
from errorbook.importing.openapi.retries import Retries
from errorbook.importing.openapi.shapes import Shape
from errorbook.importing.openapi.tables import add_tables
from errorbook.importing.openapi.tally import Tally
from errorbook.importing.openapi.texts import Texts

NO_CODES: Final = "which codes come with {} is not told"
LIST_THEM: Final = "list them under x-error-codes of the response, or show examples"
_MOST_ENVELOPES: Final = 6


class Facts:
    """Weighs what was collected and says it in the words of a catalog."""

    def __init__(self, collection: Collection, operations: list[Operation]) -> None:
        self._all = collection
        self._retries = Retries(collection.documents.first)
        self._operations = {one.id: one for one in operations}
        self._facts: list[tuple[tuple[str, ...], JsonValue, Node]] = []
        self.tally = Tally()
        self._callers = Callers(collection, operations, self.tally)
        for shape in collection.shapes.values():
            shape.settle()
        self._envelopes = self._enveloped()
        known = [Envelope.model_validate(value) for value, _ in self._envelopes]
        self._details = Details(
            collection.views,
            self.tally,
            frozenset(name for one in known for name in fields_beside_details(one)),
            None
            if not known or any(map(takes_details, known))
            else frozenset(name for one in known for name in holes(one)),
        )
        self._texts = Texts(collection, self.tally)

    def add(self, path: Iterable[str], value: JsonValue, node: Node) -> None:
        """Remember a fact."""
        self._facts.append((tuple(path), value, node))

    def gather(self, into: Gathered) -> None:
        """Say everything, with its places."""
        self._say_envelopes()
        used: dict[str, Node] = {}
        for evidence in self._all.codes.values():
            self._say_error(evidence, used)
        self._say_operations(used)
        self._say_statuses()
        for name, node in self._all.nameless.items():
            self.tally.add(NO_CODES, LIST_THEM, node, name)
        for dropped in self._all.dropped:
            message = "values that can be no codes were left out of a list of codes: {}"
            name = plain_text(str(dropped.value), 60) or "an empty text"
            self.tally.add(message, "write what is a code by hand", dropped.node, name)
        for node in self._all.refused[:1]:
            message = f"{len(self._all.refused)} codes were left out, such as {{}}"
            hint = "a code is printable, of at most 128 characters"
            self.tally.add(message, hint, node, plain_text(str(node.value)))
        nodes = [*(node for _, _, node in self._facts), *self.tally.nodes()]
        places = places_of(nodes)
        for path, value, node in self._facts:
            into.add(path, value, places[node.key])
        self.tally.tell(places, into)
        add_tables(self._all, into)

    def _enveloped(self) -> list[tuple[dict[str, JsonValue], Shape]]:
        shapes = sorted(self._all.shapes.values(), key=lambda one: -one.uses)
        found: list[tuple[dict[str, JsonValue], Shape]] = []
        for shape in shapes:
            value = shape.envelope()
            if value is None:
                message = "how the bodies with {} look cannot be said in a pattern"
                self.tally.add(message, "write 'envelopes' by hand", shape.node, shape.code[-1])
            elif len(found) < _MOST_ENVELOPES and value not in [one for one, _ in found]:
                found.append((value, shape))
        return found

    def _say_envelopes(self) -> None:
        if self._envelopes:
            listed: list[JsonValue] = [value for value, _ in self._envelopes]
            self.add(("envelopes",), listed, self._envelopes[0][1].node)
        for _, shape in self._envelopes:
            if not self._all.codes:
                message = "the code stands in {}, and no code is told"
                hint = "list them as an enum, in examples or under x-error-codes"
                self.tally.add(message, hint, shape.node, ".".join(shape.code))

    def _say_error(self, evidence: Evidence, used: dict[str, Node]) -> None:
        path = ("errors", evidence.code)
        self.add(path, {}, evidence.node)
        statuses = self._statuses(evidence)
        if statuses:
            numbers: list[JsonValue] = [*sorted(statuses)]
            first = statuses[min(statuses)]
            self.add((*path, "status"), numbers[0] if len(numbers) == 1 else numbers, first)
        details = list(self._details.of(evidence))
        self._say_texts(evidence, path, details)
        self._say_retry(evidence, path, statuses, waiting_times(details))
        for steps, value, node in details:
            self.add((*path, "details", *steps), value, node)
        operations = self._callers.of(evidence, statuses)
        if operations:
            self.add((*path, "operations"), list(operations), evidence.node)
            used.update(dict.fromkeys(operations, evidence.node))
        for name in evidence.names:
            message = "names of codes have no place in a catalog: {}"
            hint = "an error's 'sdk' may have a constant of that name"
            self.tally.add(message, hint, evidence.names[name], name)
        if evidence.own is not None:
            for steps, value, node in own_facts(evidence.own.response):
                self.add((*path, *steps), value, node)

    def _statuses(self, evidence: Evidence) -> dict[int, Node]:
        if evidence.statuses:
            return evidence.statuses
        found: dict[int, Node] = {}
        is_told = False
        for source in evidence.sources:
            uses = self._all.used_at[source]
            if len(uses) == 1:
                found.update(dict.fromkeys((one for one in uses if one != OTHER), evidence.node))
            elif uses:
                is_told = True
                shown = ", ".join(str(one) if one else "any status" for one in sorted(uses))
                message = f"which of {shown} comes with which code is not told: {{}}"
                hint = "show an example of each, or list them under x-error-codes of a response"
                self.tally.add(message, hint, evidence.node, evidence.code)
        if evidence.unnumbered and not found and not is_told:
            names = " and ".join(evidence.unnumbered)
            message = f"which status comes with {{}} is not told: the document says {names}"
            node = next(iter(evidence.unnumbered.values()))
            self.tally.add(message, "write its 'status'", node, evidence.code)
        return found

    def _say_texts(
        self, evidence: Evidence, path: tuple[str, ...], details: Sequence[Said]
    ) -> None:
        meaning = self._texts.meaning(evidence)
        if meaning is not None:
            self.add((*path, "meaning"), *meaning)
        fix = evidence.texts.get("fix")
        if fix is not None and inline(str(fix.value)):
            self.add((*path, "fix"), inline(str(fix.value)), fix)
        causes: list[JsonValue] = [
            text for node in evidence.causes if (text := inline(str(node.value)))
        ]
        if causes:
            self.add((*path, "causes"), causes, evidence.causes[0])
        message = self._texts.message(evidence)
        if message is not None:
            text = self._texts.with_holes(evidence, message, details)
            self.add((*path, "message"), text, message)

    def _say_retry(
        self,
        evidence: Evidence,
        path: tuple[str, ...],
        statuses: dict[int, Node],
        times: dict[str, Node],
    ) -> None:
        retries = self._retries
        if evidence.retryable is not None:
            when = "as_is" if evidence.retryable.value else "never"
            self.add((*path, "retry", "when"), when, evidence.retryable)
        elif statuses and retries.node is not None and all(map(retries.cover, statuses)):
            self.add((*path, "retry", "when"), "as_is", retries.node)
            if retries.is_exponential:
                self.add((*path, "retry", "backoff"), "exponential", retries.node)
        waits = [one for status, one in evidence.waits.items() if status in (OTHER, *statuses)]
        places = [*waits, *times.values()]
        if places and (evidence.own is None or evidence.own.response.get("x-retry") is None):
            after: list[JsonValue] = [*(["header:Retry-After"] if waits else []), *times]
            self.add((*path, "retry", "after"), after, places[0])

    def _say_operations(self, used: dict[str, Node]) -> None:
        for name, operation in self._operations.items():
            if name not in used:
                continue
            path = ("operations", name)
            if operation.title:
                self.add((*path, "title"), operation.title, operation.node)
            self.add((*path, "method"), operation.method, operation.node)
            self.add((*path, "path"), operation.path, operation.node)

    def _say_statuses(self) -> None:
        coded = {status for one in self._all.codes.values() for status in self._statuses(one)}
        for status in sorted({*self._all.texts, *self._all.silent}):
            told: dict[str, Node] = {}
            for text, node in self._all.texts.get(status, {}).items():
                prose = prose_of(text)
                if says_nothing(prose.text):
                    continue
                told.setdefault(prose.text, node)
                if prose.is_cut:
                    self._texts.cut(node, f"status {status}")
            path = ("statuses", str(status))
            if len(told) == 1:
                self.add((*path, "meaning"), *next(iter(told.items())))
            elif told:
                message = "described in several ways, none of which was taken: {}"
                hint = "write its 'meaning'"
                self.tally.add(message, hint, next(iter(told.values())), f"status {status}")
            if status in self._all.silent and status not in coded:
                node = self._all.silent[status]
                if len(told) != 1:
                    self.add(path, {}, node)
                self.tally.add(NO_CODES, LIST_THEM, node, str(status))
