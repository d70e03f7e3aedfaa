"""The page of one code as Markdown: its parts are those of the HTML page, in the same order.

It is CommonMark but for its tables, which are GitHub's. A comment with the stamp comes first, then
the code as a heading. Links are relative, so that they hold on any site and in a repository.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from errorbook.catalog import ACTION_WORDS, Api, Error
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.facts import is_answered, status_meaning
from errorbook.catalog.kept import kept_by_api
from errorbook.catalog.statuses import reason_phrase
from errorbook.characters import has_hidden, without_hidden
from errorbook.outputs import words
from errorbook.outputs.error_facts import HEADINGS, ErrorIndex, Gone
from errorbook.outputs.error_links import DATA, ErrorLinks
from errorbook.outputs.indented_json import indented_json
from errorbook.outputs.languages import languages_of
from errorbook.outputs.markdown_prose import (
    markdown_code,
    markdown_link,
    markdown_prose,
    markdown_text,
)

_FENCES: Final = re.compile(r"`{3,}")
_INDENT: Final = 2
_is_answered: Final = kept_by_api(is_answered)  # each page of an API asks, and it looks at all


def error_markdown(index: ErrorIndex, code: str, links: ErrorLinks) -> str:
    """Return the page of ``code``, present or gone, without its stamp."""
    page = _Page(index, code, links)
    blocks = [f"# {markdown_code(code)}", *page.blocks(), page.footer()]
    return "\n\n".join(block for block in blocks if block) + "\n"


def error_part(index: ErrorIndex, code: str, links: ErrorLinks, part: str) -> str:
    """Return what the page of ``code`` has below the heading of ``part``; "" if it has none."""
    if part not in index.parts(code):
        return ""
    return "\n\n".join(_PARTS[part](_Page(index, code, links), index.api.errors[code]))


class _Page:
    """The blocks of one page: each a paragraph, a list, a table, a heading or a piece of code."""

    def __init__(self, index: ErrorIndex, code: str, links: ErrorLinks) -> None:
        self._index = index
        self._api = index.api
        self._code = code
        self._links = links

    def blocks(self) -> Iterator[str]:
        gone = self._index.gone(self._code)
        if gone is not None:
            yield from self._gone(gone)
            return
        error = self._api.errors[self._code]
        yield self._lifecycle(error)
        yield self._prose(error.meaning)
        yield _list(self._facts(error))
        for part in self._index.parts(self._code):
            yield f"## {HEADINGS[part]}"
            yield from _PARTS[part](self, error)

    def footer(self) -> str:
        data = self._links.error(self._code, extension=DATA) or ""
        name = data.rpartition("/")[2]
        return (
            f"This page as JSON: {markdown_link(name, data)}. All errors of this API: "
            f"{markdown_link('llms.txt', self._links.beside('llms.txt'))}."
        )

    def _gone(self, gone: Gone) -> Iterator[str]:
        title = markdown_text(words.full_title(self._index.name, self._api))
        successor = self._linked(gone.replaced_by) if gone.replaced_by else ""
        if gone.kind == "renamed":
            yield f"**Renamed.** {title} calls this error {successor} now."
        else:
            when = f" in {markdown_text(gone.removed)}" if gone.removed else ""
            taken = f" {successor} took its place." if successor else ""
            yield (
                f"**Retired{when}.** {title} no longer sends this code, and it will never mean "
                f"anything else.{taken}"
            )
        yield _list(
            [
                *self._statuses("HTTP status it had", gone.status),
                *_fact("What it meant", self._prose(gone.meaning)),
                *_fact("Why it went", self._prose(gone.reason)),
                *self._documentation(),
            ]
        )

    def _lifecycle(self, error: Error) -> str:
        successor = f"Use {error.replaced_by}"  # said below, with a link
        badges = [one["text"] for one in words.lifecycle(error) if one["text"] != successor]
        said = " ".join(f"{markdown_text(badge)}." for badge in badges)
        taken = f"{self._linked(error.replaced_by)} takes its place." if error.replaced_by else ""
        return " ".join(filter(None, (f"**{said}**" if said else "", taken)))

    def _facts(self, error: Error) -> Iterator[str]:
        yield from _fact("API", markdown_text(words.full_title(self._index.name, self._api)))
        yield from self._statuses("HTTP status", error.status)
        if error.retry.when != "unknown" or _is_answered(self._api):
            clauses = ", ".join(words.retry_clauses(error.retry, markdown_code))
            yield from _fact("Retry", f"{clauses}.")
        for language in languages_of(self._api):
            exception = self._index.derived(self._code)["exception"][language.NAME]
            if not exception:
                continue
            module = language.module_name(self._index.name, self._api)
            where = f"{markdown_code(exception)} of {markdown_code(module)}"
            yield from _fact(f"{language.TITLE} exception", where)
        yield from _fact("Exit code", self._exit_code())
        if error.group is not None:
            yield from _fact("Group", markdown_text(words.group(self._api, error.group)))
        yield from _fact("Since", markdown_text(error.since or ""))
        yield from self._documentation()

    def _statuses(self, label: str, statuses: Sequence[int]) -> Iterator[str]:
        shown = []
        for status in statuses:
            meaning = status_meaning(self._api, status)
            phrase = reason_phrase(status)
            note = f" ({self._prose(meaning)})" if meaning not in ("", phrase) else ""
            shown.append(f"{status} {phrase}".strip() + note)
        yield from _fact(label, ", ".join(shown))

    def _exit_code(self) -> str:
        number = self._index.derived(self._code).get("exit_code")
        if number is None:
            return ""
        entry = self._api.exit_codes.get(number)
        name = f" {markdown_code(entry.name)}" if entry else ""
        meaning = self._prose(entry.meaning) if entry else ""
        return f"{number}{name}" + (f": {meaning}" if meaning else "")

    def _documentation(self) -> Iterator[str]:
        url = docs_url(self._index.name, self._api, self._code)
        if url is not None:
            yield from _fact("Documentation", markdown_link(markdown_text(url), url))

    def example(self, _: Error) -> Iterator[str]:
        found = self._index.derived(self._code)["example"]
        status, headers = found.get("status"), found.get("headers", {})
        head = [f"HTTP/1.1 {status} {reason_phrase(status)}".rstrip()] if status else []
        head += [_one_line(f"{name}: {value}") for name, value in sorted(headers.items())]
        if "body" not in found:
            yield _fenced("http", "\n".join(head))
            return
        body = _visible_json(indented_json(found["body"], _INDENT, ensure_ascii=False))
        yield _fenced("http", "\n".join([*head, "", body])) if head else _fenced("json", body)

    def causes(self, error: Error) -> Iterator[str]:
        yield _list(map(self._prose, error.causes))

    def fix(self, error: Error) -> Iterator[str]:
        yield self._prose(error.fix)

    def actions(self, error: Error) -> Iterator[str]:
        shown = []
        for action in error.actions:
            told = self._prose(action.how) or ACTION_WORDS[action.do]
            when = f", {self._prose(action.when)}" if action.when else ""
            shown.append(f"**{words.ACTIONS[action.do]}**{when}: {told}")
        yield _list(shown)

    def details(self, error: Error) -> Iterator[str]:
        yield _table(
            ("Field", "Type", "Unit", "Required", "Sensitive", "Meaning"),
            (
                (
                    markdown_code(name, in_table=True),
                    markdown_text(", ".join(filter(None, (detail.type, detail.format)))),
                    markdown_text(detail.unit or ""),
                    "yes" if detail.required else "no",
                    "yes" if detail.sensitive else "no",
                    self._cell(detail.meaning),
                )
                for name, detail in error.details.items()
            ),
        )

    def snippets(self, _: Error) -> Iterator[str]:
        for title, language, text in self._index.derived(self._code)["snippets"]:
            yield f"{title}:"
            yield _fenced(language, text)

    def operations(self, error: Error) -> Iterator[str]:
        yield "Only these answer it:"
        yield _list(_operation(self._api, name) for name in error.operations)

    def troubleshooting(self, _: Error) -> Iterator[str]:
        yield _table(
            ("Symptom", "Likely cause", "What helps"),
            (
                (self._cell(row.symptom), self._cell(row.cause), self._cell(row.solution))
                for row in self._index.symptoms(self._code)
            ),
        )

    def related(self, error: Error) -> Iterator[str]:
        near = self._index.near(self._code)
        alike = ", ".join(map(self._linked, near.same_status))
        group = markdown_text(words.group(self._api, error.group or ""))
        beside = ", ".join(map(self._linked, near.same_group))
        yield _list(
            [
                *_fact("Easily confused with, as the status is the same", alike),
                *_fact(f"Also in {group}", beside),
            ]
        )

    def _prose(self, text: str) -> str:
        return markdown_prose(text, self._links.prose, relative=self._links.target)

    def _cell(self, text: str) -> str:
        links = self._links
        return markdown_prose(text, links.prose, relative=links.target, in_table=True)

    def _linked(self, code: str) -> str:
        address = self._links.error(code)
        label = markdown_code(code)
        return markdown_link(label, address) if address else label


_PARTS: Final[Mapping[str, Callable[[_Page, Error], Iterator[str]]]] = {
    "example": _Page.example,
    "causes": _Page.causes,
    "fix": _Page.fix,
    "actions": _Page.actions,
    "details": _Page.details,
    "code": _Page.snippets,
    "operations": _Page.operations,
    "troubleshooting": _Page.troubleshooting,
    "related": _Page.related,
}


def _operation(api: Api, name: str) -> str:
    known = api.operations.get(name)
    said = [markdown_code(name)]
    if known is not None:
        said.append(markdown_text(known.title))
        said.append(markdown_code(" ".join(filter(None, (known.method, known.path)))))
    return " ".join(filter(None, said))


def _fact(label: str, value: str) -> Iterator[str]:
    if value:
        yield f"**{label}:** {value}"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items if item)


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _fenced(language: str, text: str) -> str:
    """Return a piece of code between fences that nothing in it can close."""
    longest = max(map(len, _FENCES.findall(text)), default=2)
    fence = "`" * (longest + 1)
    if has_hidden(text.replace("\n", "")):
        text = "\n".join(without_hidden(line) for line in text.split("\n"))
    return f"{fence}{language}\n{text}\n{fence}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _visible_json(text: str) -> str:
    """Return JSON with the escapes of what would be hidden in it."""
    if not has_hidden(text.replace("\n", "")):
        return text
    return "".join(
        json.dumps(one)[1:-1] if one != "\n" and has_hidden(one) else one for one in text
    )
