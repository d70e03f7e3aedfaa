"""The bodies of a response: where their schemas and their examples have the code."""

from __future__ import annotations

from errorbook.importing.openapi.answers import Answer, Content
from errorbook.importing.openapi.documents import Node
from errorbook.importing.openapi.places import Finder, Found, Path
from errorbook.importing.openapi.views import Piece, Views


class Bodies:
    """Finds the codes of bodies; what several responses share is looked at once.

    ``given`` is where the codes are, if somebody said so.
    """

    def __init__(self, views: Views, given: Path | None) -> None:
        self._views = views
        self._finder = Finder(views, given)
        self._schemas: dict[tuple[str, object], list[Found]] = {}
        self._shown: dict[object, list[Found]] = {}

    def of(self, answer: Answer, content: Content) -> list[Found]:
        """Return where each body that a response may have has its code."""
        found: list[Found] = []
        if content.schema is not None:
            key = content.schema.key
            if key not in self._schemas:
                self._schemas[key] = self._of_schema(content.schema)
            found += self._schemas[key]
        paths = tuple(sorted({one.path for one in found if not one.leaf.is_example}))
        for node in content.examples:
            shown = node.key, answer.statuses, paths
            if shown not in self._shown:
                self._shown[shown] = self._of_example(node, answer.statuses, paths)
            found = [*found, *self._shown[shown]]
        return found

    def _of_example(
        self, node: Node, statuses: tuple[int, ...], paths: tuple[Path, ...]
    ) -> list[Found]:
        """Return where an example has its code: where the schema has it, else wherever one is."""
        piece = Piece(node, is_example=True)
        found = [one for path in paths for one in Finder(self._views, path).find(piece, statuses)]
        return found or self._finder.find(piece, statuses)

    def _of_schema(self, schema: Node) -> list[Found]:
        found = self._finder.find(Piece(schema))
        paths = sorted({one.path for one in found})
        shown = [schema.get("example"), *(_items(schema.get("examples")))]
        finders = [Finder(self._views, path) for path in paths] or [self._finder]
        for node in shown:
            for finder in finders if node is not None else ():
                found += finder.find(Piece(node, is_example=True)) if node is not None else []
        return found


def is_shown(found: Found, content: Content) -> bool:
    """Tell whether a body is an example of this very response."""
    node = found.leaf.fields[found.path[-1]][0].node
    return found.leaf.is_example and any(
        node.file.name == one.file.name and node.path[: len(one.path)] == one.path
        for one in content.examples
    )


def _items(node: Node | None) -> list[Node]:
    return list(node.items()) if node is not None else []
