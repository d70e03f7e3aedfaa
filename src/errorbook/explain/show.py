"""What a terminal shows: an error in full, or several in short."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from errorbook.explain.book import Entry
from errorbook.explain.card import Fields, brief_of, card_of
from errorbook.explain.page import Page

ROWS: Final = 50
"""Rows of a list; of more errors the others are counted."""
_LONGEST_NAME: Final = 36


def show_card(page: Page, entry: Entry) -> None:
    """Put everything that is known of an error on a page."""
    card = card_of(entry)
    statuses = [f"{one} {meaning}".strip() for one, meaning in card["status_meanings"].items()]
    page.title(card["code"], " or ".join(statuses), card["api_title"])
    _show_lifecycle(page, card)
    if card["meaning"]:
        page.gap()
        page.paragraph(card["meaning"])
    _show_actions(page, card)
    _show_facts(page, card)
    _show_prose(page, card)
    _show_details(page, card)
    _show_example(page, card["example"])
    for snippet in card["snippets"]:
        if snippet["language"] != "sh":
            page.heading(snippet["title"])
            page.verbatim(snippet["text"])
    if card["docs_url"]:
        page.gap()
        page.fact("Docs", card["docs_url"])


def show_list(page: Page, entries: Sequence[Entry]) -> None:
    """Put a row for each of ``entries`` on a page."""
    several = len({entry.api.id for entry in entries}) > 1
    rows = [brief_of(entry) for entry in entries[:ROWS]]
    names = [f"{row['api']}/{row['code']}" if several else row["code"] for row in rows]
    column = min(_LONGEST_NAME, max(map(len, names), default=0))
    for row, name in zip(rows, names, strict=True):
        facts = "retired" if row["kind"] == "retired" else " ".join(map(str, row["statuses"]))
        page.row(name, facts, row["meaning"], column)
    if len(entries) > ROWS:
        page.paragraph(f"… {len(entries) - ROWS:,} more; --all shows all of them in full.")


def _show_lifecycle(page: Page, card: Fields) -> None:
    if card["kind"] == "retired":
        since = f" since {card['removed']}" if card["removed"] else ""
        page.paragraph(f"This code is retired: it is not sent any more{since}.", colour="yellow")
        if card["reason"]:
            page.paragraph(card["reason"])
    elif card["deprecated"]:
        end = f", and gone from {card['sunset']}" if card["sunset"] else ""
        page.paragraph(f"This code is deprecated since {card['deprecated']}{end}.", colour="yellow")
    if card["visibility"] != "public":
        page.paragraph("This error is internal: the public is told nothing of it.", colour="yellow")
    if card["replaced_by"]:
        page.paragraph(f"`{card['replaced_by']}` takes its place.", colour="yellow")


def _show_actions(page: Page, card: Fields) -> None:
    if not card["actions"]:
        return
    page.heading("What to do")
    for action in card["actions"]:
        when = f" {action['when']}" if action["when"] else ""
        page.point(f"{action['title']}{when}: {action['how']}")


def _show_facts(page: Page, card: Fields) -> None:
    page.gap()
    if card["retry"]["when"] != "unknown":
        page.fact("Retry", card["retry"]["sentence"])
    page.fact("Exception", _exceptions(card["exceptions"]))
    ending = card["exit_code"]
    if ending:
        name = f" {ending['name']}" if ending["name"] else ""
        meaning = f": {ending['meaning']}" if ending["meaning"] else ""
        page.fact("Exit code", f"{ending['number']}{name}{meaning}")
    page.fact("Answered by", ", ".join(card["operations"]))
    page.fact("Message", card["message"])
    page.fact("Group", card["group"]["title"] if card["group"] else "")
    page.fact("Since", card["since"] or "")
    page.fact("Stability", "" if card["stability"] == "stable" else card["stability"])
    page.fact("Was called", ", ".join(card["renamed_from"]))


def _exceptions(raised: Sequence[Fields]) -> str:
    """Say what is raised: a name once, with its module in each language that has it."""
    if len(raised) == 1:
        return ".".join(filter(None, (raised[0]["module"], raised[0]["name"])))
    modules: dict[str, list[str]] = {}
    for one in raised:
        modules.setdefault(one["name"], []).append(f"{one['title']}: {one['module']}")
    return ", ".join(f"{name} ({'; '.join(places)})" for name, places in modules.items())


def _show_prose(page: Page, card: Fields) -> None:
    if card["causes"]:
        page.heading("Causes")
        for cause in card["causes"]:
            page.point(cause)
    if card["fix"]:
        page.heading("Fix")
        page.paragraph(card["fix"], "  ")


def _show_details(page: Page, card: Fields) -> None:
    if not card["details"]:
        return
    page.heading("Details")
    for detail in card["details"]:
        facts = [detail["type"], detail["unit"], "required" if detail["required"] else "optional"]
        meaning = f": {detail['meaning']}" if detail["meaning"] else ""
        page.point(f"{detail['name']} ({', '.join(filter(None, facts))}){meaning}")


def _show_example(page: Page, example: Any) -> None:
    if not isinstance(example, dict):
        return
    headers = example.get("headers")
    named = headers.items() if isinstance(headers, dict) else ()
    parts = ["\n".join(f"{name}: {value}" for name, value in named)]
    if "body" in example:
        parts.append(json.dumps(example["body"], indent=2, ensure_ascii=False))
    text = "\n\n".join(filter(None, parts))
    if text:
        page.heading("Example")
        page.verbatim(text)
