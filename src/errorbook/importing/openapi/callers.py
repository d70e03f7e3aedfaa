"""Which operations answer with a code, where the document shows that no other does."""

from __future__ import annotations

from typing import Final

from errorbook.importing.openapi.answers import Answer, Operation
from errorbook.importing.openapi.collection import Collection
from errorbook.importing.openapi.documents import Node
from errorbook.importing.openapi.evidence import Evidence
from errorbook.importing.openapi.tally import Tally

MOST_OPERATIONS: Final = 40


class Callers:
    """Tells the operations of codes; ``tally`` hears of those that cannot be told."""

    def __init__(self, collection: Collection, operations: list[Operation], tally: Tally) -> None:
        self._tally = tally
        self._all = frozenset(one.id for one in operations)
        self._open: set[str] = set()
        """Operations that may answer with codes nobody listed."""
        self._at: dict[int, set[str]] = {}
        """Those that may do so at a status."""
        self._else: dict[tuple[str, frozenset[int]], set[str]] = {}
        """Those that may do so at the statuses of a family which they do not list by number."""
        for answer in collection.open:
            if answer.operation is not None:
                self._note(answer, answer.operation.id, collection)

    def of(self, evidence: Evidence, statuses: dict[int, Node]) -> list[str]:
        """Return the operations that answer with a code, where no other can."""
        found = list(evidence.operations)
        if not found or len(self._all) == 1:  # where there is one, nothing is to be told apart
            return []
        if len(found) == len(self._all):
            message = "every operation answers with {}, so none was listed"
            self._tell(message, "nothing is to be done", evidence)
            return []
        if self._others(evidence, statuses):
            message = "which operations answer with {} is not told: others may do so too"
            self._tell(message, "list the codes of every response, as x-error-codes", evidence)
            return []
        if len(found) > MOST_OPERATIONS:
            message = (
                f"answered by more than {MOST_OPERATIONS} operations, which were not listed: {{}}"
            )
            self._tell(message, "nothing is to be done", evidence)
            return []
        return found

    def _tell(self, message: str, hint: str, evidence: Evidence) -> None:
        self._tally.add(message, hint, evidence.node, evidence.code)

    def _note(self, answer: Answer, name: str, collection: Collection) -> None:
        self._open.add(name)
        for status in answer.statuses:
            self._at.setdefault(status, set()).add(name)
        # What has no number of its own, and shows codes, is about those.
        if not answer.statuses and answer not in collection.showing:
            numbered = frozenset(collection.numbered[name])
            self._else.setdefault((answer.family, numbered), set()).add(name)

    def _others(self, evidence: Evidence, statuses: dict[int, Node]) -> bool:
        """Tell whether another operation may answer with a code, though nothing says so."""
        known = evidence.operations.keys()
        if not statuses:
            return not self._open <= known
        return any(not self._at.get(one, set()) <= known for one in statuses) or any(
            str(one).startswith(family) and one not in numbered and not names <= known
            for (family, numbered), names in self._else.items()
            for one in statuses
        )
