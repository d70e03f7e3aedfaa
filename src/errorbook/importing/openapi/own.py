"""What Errorbook's own OpenAPI components say of an error beyond what OpenAPI can.

Its exit code and the address of its page follow from what a catalog says of the whole API. They are
not taken: they would be said again of every error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, get_args

from pydantic import JsonValue, ValidationError

from errorbook.catalog.models import ACTION_WORDS, Retry, RetryWhen
from errorbook.importing.openapi.documents import Node
from errorbook.importing.openapi.prose import inline, plain_text

Said = tuple[tuple[str, ...], JsonValue, Node]

GENERATED: Final = "x-generated"
_CAUSES: Final = "**Causes**"
_FIX: Final = "**Fix:** "
_TO_DO: Final = "**What a client should do**"
_ACTION: Final = re.compile(
    r"\*\*(?P<label>[^*]{1,60})\*\*(?: \((?P<when>[^()]*)\))?: (?P<how>.+)\Z"
)
_RETRY: Final = ("when", "after", "backoff", "needs", "max_attempts")
_DEPRECATED: Final = {"since": "deprecated", "sunset": "sunset", "replaced_by": "replaced_by"}


def own_facts(response: Node) -> Iterator[Said]:
    """Yield what the response of one code says, by the steps from the error."""
    text = response.text("description")
    if text is not None:
        yield from _described(text, response.get("x-action"))
    yield from _retry(response.get("x-retry"))
    gone = response.get("x-deprecated")
    for word, name in _DEPRECATED.items() if gone else ():
        said = gone.get(word) if gone else None
        if said is not None and plain_text(said.value):
            yield (name,), plain_text(said.value), said


def _described(text: Node, words: Node | None) -> Iterator[Said]:
    paragraphs = str(text.value).split("\n\n")
    for heading, following in pairwise(paragraphs):
        bullets = [one.removeprefix("- ") for one in following.split("\n") if one.startswith("- ")]
        if heading == _CAUSES and bullets:
            yield ("causes",), [inline(one) for one in bullets], text
        elif heading == _TO_DO and bullets:
            actions = _actions(bullets, words)
            if actions:
                yield ("actions",), actions, words or text
    for paragraph in paragraphs:
        if paragraph.startswith(_FIX):
            yield ("fix",), inline(paragraph.removeprefix(_FIX)), text


def _actions(bullets: list[str], words: Node | None) -> list[JsonValue]:
    """Return the actions; their labels come in the order of the words that `x-action` lists."""
    listed = words.value if words is not None and isinstance(words.value, list) else []
    matches = [_ACTION.match(one) for one in bullets]
    labels = list(dict.fromkeys(match["label"] for match in matches if match))
    if None in matches or len(labels) != len(listed):
        return []
    by_label = dict(zip(labels, listed, strict=True))
    actions: list[JsonValue] = []
    for match in filter(None, matches):
        word = by_label[match["label"]]
        how, when = inline(match["how"]), inline(match["when"] or "")
        if not isinstance(word, str) or word not in ACTION_WORDS:
            return []
        action: dict[str, JsonValue] = {"do": word}
        if how != ACTION_WORDS[word]:
            action["how"] = how
        actions.append({**action, "when": when} if when else action)
    return actions


def _retry(node: Node | None) -> Iterator[Said]:
    for word in _RETRY if node else ():
        said = node.get(word) if node else None
        if said is None:
            continue
        try:
            Retry.model_validate({word: said.value})
        except ValidationError:
            continue
        if said.value not in get_args(RetryWhen)[-1:]:  # `unknown` is what leaving it out means
            yield ("retry", word), said.value, said
