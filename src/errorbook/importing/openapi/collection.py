"""Everything that the error responses of a document say, put to the codes that it is said of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from errorbook.catalog.models import LONGEST_CODE
from errorbook.characters import has_hidden
from errorbook.importing.bodies import is_http_status
from errorbook.importing.openapi.answers import (
    ERROR_CODE,
    STATUS_LIST,
    Answer,
    Content,
    headers_of,
)
from errorbook.importing.openapi.documents import Documents, Node
from errorbook.importing.openapi.evidence import (
    EXAMPLE,
    EXTENSION,
    OTHER,
    RESPONSE,
    TITLE,
    VALUE,
    Evidence,
    Sighting,
)
from errorbook.importing.openapi.extensions import Listed, listed_in, retryable_of
from errorbook.importing.openapi.placed import Bodies, is_shown
from errorbook.importing.openapi.places import Found, Path
from errorbook.importing.openapi.schema_values import Value
from errorbook.importing.openapi.shapes import MOST_OF_GROUP, Shape, media_type_of, values_at
from errorbook.importing.openapi.views import Views

MOST_CODES: Final = 20_000


class Collection:
    """Everything that the error responses of a document say."""

    def __init__(self, documents: Documents, given: Path | None) -> None:
        self.documents = documents
        self.views = Views(documents)
        self._bodies = Bodies(self.views, given)
        self.codes: dict[str, Evidence] = {}
        self.shapes: dict[tuple[str, Path, str], Shape] = {}
        self.used_at: dict[frozenset[str], dict[int, None]] = {}
        """The statuses that each list of codes is used with."""
        self.texts: dict[int, dict[str, Node]] = {}
        """The descriptions of each status."""
        self.silent: dict[int, Node] = {}
        """Statuses of which no code is told."""
        self.nameless: dict[str, Node] = {}
        """Responses without codes for statuses that are not numbered, by what those are called."""
        self.dropped: list[Value] = []
        """Values that stand in lists of codes, and can be none."""
        self.open: list[Answer] = []
        """Responses that may have codes nobody listed."""
        self.showing: set[Answer] = set()
        """Those of them that show codes."""
        self.numbered: dict[str, set[int]] = {}
        """The statuses that each operation lists by number."""
        self.refused: list[Node] = []
        self._added: dict[int, Found] = {}
        """The bodies that were counted, by identity; kept, so that no other gets that."""

    def add(self, answer: Answer) -> None:
        """Collect what one response says."""
        listed = list(listed_in(self.documents, answer.response))
        found: list[tuple[Found, Content]] = []
        for content in answer.contents:
            found += [(one, content) for one in self._bodies.of(answer, content)]
            listed += listed_in(self.documents, content.node)
            if content.schema is not None:
                listed += listed_in(self.documents, content.schema)
        codes = {one.code for one in listed}
        codes |= {str(value.value) for one, _ in found for value in one.values}
        single = next(iter(codes)) if len(codes) == 1 else None
        schemas = [one for one, _ in found if not one.leaf.is_example]
        listing = frozenset(
            str(value.value)
            for one, content in found
            if not is_shown(one, content)
            for value in one.values
        )
        is_closed = bool(listed) or (bool(schemas) and all(one.is_listed for one in schemas))
        if not is_closed:
            self.open.append(answer)
            self.showing |= {answer} if codes else set()
        if answer.operation is not None:
            self.numbered.setdefault(answer.operation.id, set()).update(answer.statuses)
        for one, content in found:
            self._body(answer, one, content, single if is_closed else None, listing)
        for entry in listed:
            self._entry(entry, answer, is_certain=True)
        self._response(answer, codes, single)
        shown = [one for one, content in found if is_shown(one, content)]
        if single is None:
            self._shown_alone(answer, {str(one.value) for body in shown for one in body.values})

    def add_listed(self, holder: Node, operation: str = "") -> None:
        """Collect what the extensions of an operation or a document list."""
        for entry in listed_in(self.documents, holder):
            evidence = self._entry(entry, None, is_certain=False)
            if evidence is not None and operation:
                evidence.operations[operation] = None

    def _body(
        self,
        answer: Answer,
        found: Found,
        content: Content,
        single: str | None,
        listing: frozenset[str],
    ) -> None:
        shape = self._shape(found, content)
        is_group = 1 < len(found.values) <= MOST_OF_GROUP and found.is_listed
        is_example = is_shown(found, content)
        for value in found.values:
            evidence = self._code(value)
            if evidence is None:
                continue
            self._sight(answer, evidence, value)
            if len(found.values) == 1:
                evidence.sightings.append(Sighting(found, shape))
                self._body_status(evidence, found, shape)
                self._described_example(evidence, found)
            elif is_group:
                evidence.groups.append(Sighting(found, shape))
            if is_example or single == evidence.code:
                self._certain(evidence, answer)
            else:
                self._unnumbered(evidence, answer)
                evidence.sources[listing] = None
                uses = self.used_at.setdefault(listing, {})
                for status in answer.statuses or (OTHER,):
                    uses[status] = None

    def _shape(self, found: Found, content: Content) -> Shape:
        media_type = media_type_of(content.media_type)
        key = (media_type, found.path, found.prefix)
        shape = self.shapes.get(key)
        if shape is None:
            shape = self.shapes[key] = Shape(self.views, found, media_type)
        shape.uses += 1
        if id(found) not in self._added:
            self._added[id(found)] = found
            shape.add(found)
            self.dropped += found.dropped
        return shape

    def _code(self, value: Value) -> Evidence | None:
        code = str(value.value)
        if has_hidden(code) or len(code) > LONGEST_CODE or code != code.strip():
            self.refused.append(value.node)
            return None
        if code not in self.codes:
            if len(self.codes) >= MOST_CODES:
                self.refused.append(value.node)
                return None
            self.codes[code] = Evidence(code, value.node)
        return self.codes[code]

    def _sight(self, answer: Answer, evidence: Evidence, value: Value) -> None:
        if answer.operation is not None:
            evidence.operations[answer.operation.id] = None
        if value.meaning is not None and isinstance(value.meaning.value, str):
            evidence.meanings.append((VALUE, value.meaning))
        if value.name and value.name != evidence.code:
            evidence.names[value.name] = value.node

    def _certain(self, evidence: Evidence, answer: Answer) -> None:
        for status in answer.statuses:
            evidence.statuses.setdefault(status, answer.response)
        self._unnumbered(evidence, answer)
        retryable = retryable_of(answer.response)
        evidence.retryable = evidence.retryable or retryable

    def _unnumbered(self, evidence: Evidence, answer: Answer) -> None:
        if not answer.statuses and answer.operation is not None:
            evidence.unnumbered.setdefault(answer.name, answer.response)

    def _body_status(self, evidence: Evidence, found: Found, shape: Shape) -> None:
        """Take the status that a body with one code repeats."""
        for level in found.levels.values():
            for name, pieces in level.fields.items():
                if name.casefold() not in ("status", "statuscode", "status_code", "httpstatus"):
                    continue
                values = self.views.values(pieces)
                if len(values) == 1 and is_http_status(values[0].value):
                    status = int(values[0].value)
                    if status >= 400:
                        evidence.statuses.setdefault(status, values[0].node)

    def _described_example(self, evidence: Evidence, found: Found) -> None:
        if not found.leaf.is_example:
            return
        root = found.levels[next(iter(found.levels))]
        for node in root.nodes.values():
            for word in ("description", "summary"):
                text = node.referrer.get(word) if node.referrer is not None else None
                if text is not None and text.value != evidence.code:
                    evidence.meanings.append((EXAMPLE, text))
        for piece in values_at(found, (*found.path[:-1], "title")):
            if found.prefix and isinstance(piece.node.value, str):
                evidence.meanings.append((TITLE, piece.node))

    def _entry(self, entry: Listed, answer: Answer | None, *, is_certain: bool) -> Evidence | None:
        evidence = self._code(Value(entry.code, entry.node))
        if evidence is None:
            return None
        if answer is not None and answer.operation is not None:
            evidence.operations[answer.operation.id] = None
        for status, node in entry.statuses:
            if status >= 400:
                evidence.statuses.setdefault(status, node)
        if is_certain and answer is not None and not entry.statuses:
            self._certain(evidence, answer)
        for name, node in entry.texts.items():
            if name == "meaning":
                evidence.meanings.append((EXTENSION, node))
            else:
                evidence.texts.setdefault(name, node)
        evidence.causes = evidence.causes or entry.causes
        evidence.retryable = evidence.retryable or entry.retryable
        return evidence

    def _response(self, answer: Answer, codes: Iterable[str], single: str | None) -> None:
        """Take what a response says: of its one code, else of its status."""
        text = answer.response.text("description")
        known = [self.codes[code] for code in codes if code in self.codes]
        waits = any(
            name.casefold() == "retry-after" for name in headers_of(self.documents, answer.response)
        )
        for evidence in known if waits else ():
            for status in () if single else answer.statuses:
                evidence.waits[status] = answer.response
            if single:
                evidence.waits[OTHER] = answer.response
        is_of_status = answer.response.get(STATUS_LIST) and not answer.response.get(ERROR_CODE)
        if single in self.codes and not is_of_status:
            evidence = self.codes[single]
            if text is not None:
                evidence.meanings.append((RESPONSE, text))
            if answer.response.get(ERROR_CODE) is not None and answer.operation is None:
                evidence.own = answer
            return
        for status in answer.statuses:
            if text is not None:
                self.texts.setdefault(status, {}).setdefault(str(text.value).strip(), text)
            if not codes:
                self.silent.setdefault(status, answer.response)
        if not codes and not answer.statuses and answer.operation is not None:
            self.nameless.setdefault(answer.name, answer.response)

    def _shown_alone(self, answer: Answer, shown: set[str]) -> None:
        """Remember what a response says that may have several codes and shows but one."""
        text = answer.response.text("description")
        evidence = self.codes.get(next(iter(shown))) if len(shown) == 1 else None
        if evidence is not None and text is not None:
            evidence.shown.setdefault(str(text.value).strip(), text)
