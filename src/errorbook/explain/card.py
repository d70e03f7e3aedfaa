"""All there is to say of one error, as JSON: what `--json` prints and the terminal shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from errorbook.explain.book import Entry
from errorbook.explain.nodes import Node
from errorbook.explain.prose import shown

Fields = dict[str, Any]

_HEADER: Final = "header:"
_RETRYABLE: Final = {"as_is": True, "unknown": None}


def card_of(entry: Entry) -> Fields:
    """Return everything that is known of an error; each key is there, be it empty or null."""
    node, api = entry.node, entry.api
    derived = node.node("derived")
    exceptions = _exceptions(entry)
    successor = entry.successor() if entry.is_retired else api.find(node.text("replaced_by"))
    return {
        "api": api.id,
        "code": entry.code,
        "kind": "retired" if entry.is_retired else "error",
        "api_title": api.title,
        "statuses": list(entry.statuses),
        "status_meanings": _status_meanings(entry),
        "meaning": shown(node.text("meaning")),
        "message": node.text("message"),
        "actions": [_action(api.words, one) for one in node.items("actions")],
        "retry": _retry(entry),
        "causes": [shown(one) for one in node.texts("causes")],
        "fix": shown(node.text("fix")),
        "details": [_detail(name, one) for name, one in node.nodes("details")],
        "placeholders": [
            {"name": name, "meaning": shown(one.text("meaning"))}
            for name, one in node.nodes("placeholders")
        ],
        "operations": node.texts("operations"),
        "exception": _first(exceptions),
        "exceptions": exceptions,
        "exit_code": _exit_code(entry),
        "docs_url": derived.text("link") or None,
        "example": derived.data.get("example"),
        "snippets": [
            {"title": title, "language": language, "text": text}
            for title, language, text in derived.triples("snippets")
        ],
        "group": _group(entry),
        "visibility": node.text("visibility") or "public",
        "stability": node.text("stability") or ("" if entry.is_retired else "stable"),
        "since": node.text("since") or None,
        "deprecated": node.text("deprecated") or None,
        "sunset": node.text("sunset") or None,
        "removed": node.text("removed") or None,
        "reason": shown(node.text("reason")),
        "replaced_by": successor.code if successor else node.text("replaced_by") or None,
        "renamed_from": node.texts("renamed_from"),
    }


def brief_of(entry: Entry) -> Fields:
    """Return what a list says of an error."""
    return {
        "api": entry.api.id,
        "code": entry.code,
        "kind": "retired" if entry.is_retired else "error",
        "statuses": list(entry.statuses),
        "meaning": shown(entry.node.text("meaning")),
    }


def titles_of(entry: Entry) -> str:
    """Return what to do about an error in a word or two."""
    words = entry.api.words.node("actions")
    names = [action.text("do") for action in entry.node.items("actions")]
    return ", ".join(_title(words, name)[0] for name in dict.fromkeys(names))


def _status_meanings(entry: Entry) -> dict[str, str]:
    meanings = entry.api.node.node("derived").node("statuses")
    return {str(status): shown(meanings.text(str(status))) for status in entry.statuses}


def _title(words: Node, name: str) -> tuple[str, str]:
    told = words.texts(name)
    return (told[0], told[1]) if len(told) == 2 else (name, "")


def _action(words: Node, action: Node) -> Fields:
    name = action.text("do")
    title, meaning = _title(words.node("actions"), name)
    how = shown(action.text("how")) or meaning
    return {"do": name, "title": title, "how": how, "when": shown(action.text("when"))}


def _retry(entry: Entry) -> Fields:
    retry = entry.node.node("retry")
    when = retry.text("when") or "unknown"
    needs, most = retry.text("needs"), retry.number("max_attempts")
    after, backoff = retry.texts("after"), retry.text("backoff")
    return {
        "when": when,
        "retryable": _RETRYABLE.get(when, False),
        "sentence": _sentence(entry, when),
        "after": after,
        "backoff": backoff or None,
        "needs": needs or None,
        "max_attempts": most,
    }


def _sentence(entry: Entry, when: str) -> str:
    retry, words = entry.node.node("retry"), entry.api.words
    told = words.node("retry").texts(when)
    needs, most = retry.text("needs"), retry.number("max_attempts")
    sources = [
        f"the header {one.removeprefix(_HEADER)}" if one.startswith(_HEADER) else f"`{one}`"
        for one in retry.texts("after")
    ]
    clauses = [
        told[1] if len(told) == 2 else when,
        f"after {' or '.join(sources)}" if sources else "",
        words.node("backoff").text(retry.text("backoff")),
        f"with an {needs.replace('_', ' ')}" if needs else "",
        f"at most {most} attempt{'' if most == 1 else 's'}" if most else "",
    ]
    return ", ".join(clause for clause in clauses if clause) + "."


def _detail(name: str, detail: Node) -> Fields:
    return {
        "name": name,
        "type": detail.text("type"),
        "unit": detail.text("unit") or None,
        "format": detail.text("format") or None,
        "required": detail.flag("required"),
        "sensitive": detail.flag("sensitive"),
        "meaning": shown(detail.text("meaning")),
        "example": detail.data.get("example"),
    }


def _first(exceptions: Sequence[Fields]) -> Fields | None:
    """Return the class of the first language, as it was told when there was but one."""
    return next(({key: one[key] for key in ("module", "name", "base")} for one in exceptions), None)


def _exceptions(entry: Entry) -> list[Fields]:
    """Return the class of each language, under what people call the language."""
    titles = {
        language: title for title, language, _ in entry.node.node("derived").triples("snippets")
    }
    return [
        {
            "module": sdk.module,
            "name": name,
            "base": sdk.base,
            "language": sdk.language,
            "title": titles.get(sdk.language, sdk.language),
        }
        for sdk, name in entry.exceptions
    ]


def _exit_code(entry: Entry) -> Fields | None:
    number = entry.exit_code
    if number is None:
        return None
    named = entry.api.node.node("exit_codes")
    said = named.node(str(number)) if named.has(str(number)) else None
    return {
        "number": number,
        "name": said.text("name") if said else None,
        "meaning": shown(said.text("meaning")) if said else "",
    }


def _group(entry: Entry) -> Fields | None:
    name = entry.node.text("group")
    if not name:
        return None
    groups = entry.api.node.node("groups")
    title = groups.node(name).text("title") if groups.has(name) else ""
    return {"id": name, "title": title or name}
