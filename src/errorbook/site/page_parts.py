"""The parts of an error's page as HTML, in Python because there may be 10,000 pages.

What few errors have stays in templates. Every text is escaped unless it is Markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from markupsafe import Markup, escape

from errorbook.catalog.addresses import places
from errorbook.outputs.error_facts import Gone
from errorbook.outputs.words import RETRY, full_title
from errorbook.site import cells
from errorbook.site.code_html import highlighted
from errorbook.site.entry import Entry
from errorbook.site.frame import Frame
from errorbook.site.links import relative_url
from errorbook.site.markup import code_html
from errorbook.site.rendering import Html, render, without_marks

_NOT_SEARCHED: Final = " data-search-exclude"


def facts(frame: Frame, entry: Entry) -> Html:
    """Return what stands below the first heading: the meaning, and what follows from the code."""
    others = [one for one in entry.lifecycle if one["kind"] != "deprecated"]
    status = f"{cells.statuses(entry.status)} " if entry.shows_status else ""
    meaning = f"{status}{entry.meaning}{cells.badges(others)}"
    lines = [
        _deprecation(frame, entry),
        f'<p class="eb-meaning">{meaning}</p>\n',
        '<div class="eb-facts">\n',
        _api(frame),
        _retry(entry),
        cells.line("Exception", code_html(entry.exception)) if entry.exception else "",
        cells.line("Exit code", cells.exit_code(entry.exit_code)) if entry.exit_code else "",
        cells.line("Group", escape(entry.group)) if entry.group else "",
        cells.line("Since", escape(entry.since)) if entry.since else "",
        _forms(frame, entry.code),
        "</div>\n",
    ]
    return _div("eb-error eb-page-facts", "".join(lines))


def tombstone(frame: Frame, code: str) -> Html:
    """Return what there is to say of a code that is no longer sent."""
    gone = frame.index.gone(code) or Gone("retired")
    successor = _linked(frame, gone.replaced_by)
    title = full_title(frame.name, frame.api)
    when = f" in {gone.removed}" if gone.removed else ""
    if gone.kind == "renamed":
        head, said = "Renamed", f"{escape(title)} calls this error {successor} now."
    else:
        took = f" {successor} took its place." if successor else ""
        said = f"{escape(title)} no longer sends this code, and it will never mean anything else."
        head, said = f"Retired{when}", said + took
    meaning = frame.prose(gone.meaning)
    status = f"{cells.statuses(gone.status)} " if gone.status else ""
    lines = [
        _banner("failure", head, said),
        f'<p class="eb-meaning">{status}{meaning}</p>\n' if meaning or status else "",
        '<div class="eb-facts">\n',
        _api(frame),
        cells.line("Why it went", frame.prose(gone.reason)) if gone.reason else "",
        _forms(frame, code),
        "</div>\n",
    ]
    return _div("eb-page-facts", "".join(lines))


def part(frame: Frame, entry: Entry, name: str) -> Html:
    """Return what stands below the heading ``name`` of the page."""
    return _PARTS[name](frame, entry)


def _example(_: Frame, entry: Entry) -> Html:
    return _div("eb-part", cells.response(entry.example) if entry.example else "")


def _causes(_: Frame, entry: Entry) -> Html:
    causes = "".join(f"<li>{cause}</li>" for cause in entry.causes)
    return _div("eb-part", f'<ul class="eb-causes">{causes}</ul>')


def _fix(_: Frame, entry: Entry) -> Html:
    return _div("eb-part", f"<p>{entry.fix}</p>")


def _actions(_: Frame, entry: Entry) -> Html:
    return _div("eb-part", cells.actions(entry.actions))


def _details(_: Frame, entry: Entry) -> Html:
    return render("page_part", part="details", error=entry)


def _operations(_: Frame, entry: Entry) -> Html:
    return render("page_part", part="operations", error=entry)


def _code(frame: Frame, entry: Entry) -> Html:
    names = (entry.code, entry.exception)
    pieces = [
        (title, language, highlighted(text, language, names))
        for title, language, text in frame.index.derived(entry.code)["snippets"]
    ]
    return _div("eb-part", cells.snippets(pieces))


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
    return _div("eb-part", "".join(_neighbours(frame, entry)))


def _neighbours(frame: Frame, entry: Entry) -> Iterator[str]:
    near = frame.index.near(entry.code)
    if near.same_status:
        codes = cells.code_links([Entry(frame, code) for code in near.same_status])
        they = "they come" if len(near.same_status) > 1 else "it comes"
        label = '<strong class="eb-label">Easily confused with</strong>'
        yield f"<p>{label} {codes}: {they} with the same status.</p>\n"
    if near.same_group:
        codes = cells.code_links([Entry(frame, code) for code in near.same_group])
        yield f'<p><strong class="eb-label">Also in {escape(entry.group)}</strong> {codes}</p>\n'


_PARTS: Final[Mapping[str, Callable[[Frame, Entry], Html]]] = {
    "example": _example,
    "causes": _causes,
    "fix": _fix,
    "actions": _actions,
    "details": _details,
    "code": _code,
    "operations": _operations,
    "troubleshooting": _troubleshooting,
    "related": _related,
}


def _retry(entry: Entry) -> str:
    """Return the retry policy as a sentence; nothing where it is not known."""
    when = entry.retry_when
    if when == "unknown":
        return ""
    return cells.line("Retry", cells.retry({**entry.retry, "label": RETRY[when][1]}))


def _deprecation(frame: Frame, entry: Entry) -> str:
    """Return since when, until when and in favour of what an error is going, if it is."""
    successor = frame.api.errors[entry.code].replaced_by
    going = [one["text"] for one in entry.lifecycle if one["kind"] == "deprecated"]
    if not going:
        return ""
    dates = [text for text in going if successor is None or text != f"Use {successor}"]
    said = f"{_linked(frame, successor)} takes its place." if successor else ""
    return _banner("warning", ". ".join(dates) or "Deprecated", said)


def _banner(kind: str, title: str, said: str) -> str:
    head = f'<p class="admonition-title">{escape(title)}</p>'
    body = f"<p>{said}</p>" if said else ""
    return f'<div class="admonition {kind} eb-lifecycle">{head}\n{body}</div>\n'


def _linked(frame: Frame, code: str | None) -> Markup | str:
    if code not in frame.api.errors:
        return ""
    return cells.code_link(code, frame.address(code))


def _api(frame: Frame) -> Markup:
    """Return the name of the API, with a link to the page that shows its errors."""
    title = full_title(frame.name, frame.api)
    listing = frame.page.site.listings.get(frame.name)
    if listing is None:
        return cells.line("API", escape(title))
    return cells.line("API", cells.link(relative_url(listing, frame.page.url), title))


def _forms(frame: Frame, code: str) -> Markup | str:
    """Return links to the other forms of the page of ``code``, where it has any."""
    stem = places(frame.name, frame.api)[code].stem
    forms = frame.page.site.forms
    if stem is None or not forms or frame.page.own_page((frame.name, code)) is None:
        return ""
    links = [
        cells.link(relative_url(f"{stem}.{extension}", frame.page.url), title)
        for extension, title in forms.items()
    ]
    return cells.line("For programs", Markup(", ").join(links), _NOT_SEARCHED)


def _div(classes: str, content: str) -> Html:
    return Html(without_marks(f'<div class="errorbook {classes}">\n{content}</div>'))
