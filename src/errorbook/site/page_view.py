"""What the page of one error shows: its headings, and what stands below each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from errorbook.catalog.addresses import places
from errorbook.outputs.error_facts import HEADINGS, Gone
from errorbook.outputs.words import full_title
from errorbook.site.code_html import highlighted
from errorbook.site.entry import Entry
from errorbook.site.frame import Frame
from errorbook.site.links import relative_url
from errorbook.site.rendering import Heading, Html, Piece, render

_NOT_SEARCHED: Final = ("code", "related")
"""Parts that would find every page by words that are common to all, or that are about others."""
TOP: Final = "error"
"""Id of the first heading."""


def page_html(frame: Frame, code: str, parts: Sequence[str]) -> Iterator[Html]:
    """Yield what stands below the headings of the page of ``code``: the first, then ``parts``."""
    if code not in frame.api.errors:
        yield _tombstone(frame, code)
        return
    entry = Entry(frame, code)
    yield _facts(frame, entry)
    for part in parts:
        yield _PARTS[part](frame, entry)


def page_pieces(frame: Frame, code: str) -> Iterator[Piece]:
    """Yield the headings of the page of ``code`` and what stands below them."""
    parts = frame.index.parts(code)
    return arranged(code, parts, page_html(frame, code, parts))


def arranged(title: str, parts: Sequence[str], html: Iterator[Html]) -> Iterator[Piece]:
    """Yield a page: the heading ``title``, those of ``parts``, and what stands below each."""
    yield Heading(title, TOP, 1)
    yield next(html)
    for part, below in zip(parts, html, strict=True):
        searched = part not in _NOT_SEARCHED
        yield Heading(HEADINGS[part], part, 2, is_code=False, searched=searched)
        yield below


def _facts(frame: Frame, entry: Entry) -> Html:
    successor = frame.api.errors[entry.code].replaced_by
    return render(
        "page_facts",
        error=entry,
        api=full_title(frame.name, frame.api),
        listing=_listing(frame),
        forms=_forms(frame, entry.code),
        group=entry.group,
        successor=Entry(frame, successor) if successor in frame.api.errors else None,
        banner=[one for one in entry.lifecycle if one["kind"] == "deprecated"],
    )


def _listing(frame: Frame) -> str | None:
    """Return the address of the page that shows the errors of the API, as seen from this one."""
    url = frame.page.site.listings.get(frame.name)
    return None if url is None else relative_url(url, frame.page.url)


def _forms(frame: Frame, code: str) -> dict[str, str]:
    """Return the addresses of the other forms of the page of ``code``, by title."""
    stem = places(frame.name, frame.api)[code].stem
    if stem is None or frame.page.own_page((frame.name, code)) is None:
        return {}
    forms = {"Markdown": f"{stem}.md", "JSON": f"{stem}.json"}
    return {title: relative_url(path, frame.page.url) for title, path in forms.items()}


def _tombstone(frame: Frame, code: str) -> Html:
    gone = frame.index.gone(code) or Gone("retired")
    successor = gone.replaced_by
    return render(
        "page_tombstone",
        api=full_title(frame.name, frame.api),
        gone=gone,
        meaning=frame.prose(gone.meaning),
        reason=frame.prose(gone.reason),
        forms=_forms(frame, code),
        listing=_listing(frame),
        successor=Entry(frame, successor) if successor in frame.api.errors else None,
    )


def _example(frame: Frame, entry: Entry) -> Html:
    return render("page_part", part="example", error=entry)


def _code(frame: Frame, entry: Entry) -> Html:
    pieces = [
        (title, language, highlighted(text, language, (entry.code, entry.exception)))
        for title, language, text in frame.index.derived(entry.code)["snippets"]
    ]
    return render("page_code", snippets=pieces)


def _troubleshooting(frame: Frame, entry: Entry) -> Html:
    rows = [
        {
            "symptom": frame.prose(row.symptom),
            "cause": frame.prose(row.cause),
            "solution": frame.prose(row.solution),
            "codes": [Entry(frame, code) for code in row.errors],
        }
        for row in frame.index.symptoms(entry.code)
    ]
    return render("troubleshooting", rows=rows)


def _related(frame: Frame, entry: Entry) -> Html:
    near = frame.index.near(entry.code)
    return render(
        "page_related",
        same_status=[Entry(frame, code) for code in near.same_status],
        same_group=[Entry(frame, code) for code in near.same_group],
        status=entry.status,
        group=entry.group,
    )


def _part(name: str) -> Callable[[Frame, Entry], Html]:
    return lambda _, entry: render("page_part", part=name, error=entry)


_PARTS: Final[Mapping[str, Callable[[Frame, Entry], Html]]] = {
    "example": _example,
    "causes": _part("causes"),
    "fix": _part("fix"),
    "actions": _part("actions"),
    "details": _part("details"),
    "code": _code,
    "operations": _part("operations"),
    "troubleshooting": _troubleshooting,
    "related": _related,
}
