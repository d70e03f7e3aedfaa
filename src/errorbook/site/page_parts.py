"""The parts of an error's page as HTML, in Python because there may be 10,000 pages.

What few errors have stays in templates. Every text is escaped unless it is Markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from markupsafe import Markup, escape

from errorbook.catalog.addresses import places
from errorbook.outputs.error_facts import Gone
from errorbook.outputs.language import Language
from errorbook.outputs.words import full_title
from errorbook.site import cells
from errorbook.site.code_html import highlighted
from errorbook.site.entry import Entry
from errorbook.site.frame import Frame
from errorbook.site.links import relative_url
from errorbook.site.rendering import Html, without_marks
from errorbook.site.tabs import Tab

_NOT_SEARCHED: Final = " data-search-exclude"


def facts(frame: Frame, entry: Entry) -> Html:
    """Return what stands below the first heading: the meaning, and what follows from the code."""
    others = [one for one in entry.lifecycle if one["kind"] != "deprecated"]
    look = frame.look
    status = f"{look.cells.statuses(entry.status)} " if entry.shows_status else ""
    meaning = f"{status}{entry.meaning}{cells.badges(others)}"
    lines = [
        _deprecation(frame, entry),
        f'<p class="eb-meaning">{meaning}</p>\n',
        '<div class="eb-facts">\n',
        _api(frame),
        _retry(frame, entry),
        _exceptions(frame, entry),
        _line(frame, "exit_code", look.cells.exit_code(entry.exit_code)) if entry.exit_code else "",
        _line(frame, "group", escape(entry.group)) if entry.group else "",
        _line(frame, "since", escape(entry.since)) if entry.since else "",
        _forms(frame, entry.code),
        "</div>\n",
    ]
    return _div("eb-error eb-page-facts", "".join(lines))


def tombstone(frame: Frame, code: str) -> Html:
    """Return what there is to say of a code that is no longer sent."""
    gone = frame.index.gone(code) or Gone("retired")
    meaning = frame.prose(gone.meaning)
    status = f"{frame.look.cells.statuses(gone.status)} " if gone.status else ""
    lines = [
        _banner("failure", *_end(frame, gone)),
        f'<p class="eb-meaning">{status}{meaning}</p>\n' if meaning or status else "",
        '<div class="eb-facts">\n',
        _api(frame),
        _line(frame, "reason", frame.prose(gone.reason)) if gone.reason else "",
        _forms(frame, code),
        "</div>\n",
    ]
    return _div("eb-page-facts", "".join(lines))


def _end(frame: Frame, gone: Gone) -> tuple[Markup, str]:
    """Return how a code went, and what came of it."""
    say = frame.look.labels.html
    successor = _linked(frame, gone.replaced_by)
    title = full_title(frame.name, frame.api)
    if gone.kind == "renamed":
        return say("page.renamed"), say("page.renamed_to", api=title, code=successor)
    said = say("page.no_longer_sent", api=title)
    if successor:
        said += Markup(" ") + say("page.took_place", code=successor)
    removed = gone.removed
    return say("page.retired_in", version=removed) if removed else say("page.retired"), said


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


def _actions(frame: Frame, entry: Entry) -> Html:
    return _div("eb-part", frame.look.cells.actions(entry.actions))


def _details(frame: Frame, entry: Entry) -> Html:
    return frame.look.render("page_part", part="details", error=entry)


def _operations(frame: Frame, entry: Entry) -> Html:
    return frame.look.render("page_part", part="operations", error=entry)


def _code(frame: Frame, entry: Entry) -> Html:
    """Return pieces of code to copy: what several languages have to say stands in tabs."""
    names = (entry.code, *(one["name"] for one in entry.exceptions))
    pieces = [
        (title, language, highlighted(text, language, names))
        for title, language, text in frame.index.derived(entry.code)["snippets"]
    ]
    languages = {one.TITLE: one for one in frame.languages}
    groups = groupby(pieces, key=lambda piece: piece[0] in languages)
    return _div("eb-part", "".join(_snippets(frame, languages, list(one)) for _, one in groups))


def _snippets(
    frame: Frame, languages: Mapping[str, Language], pieces: Sequence[tuple[str, str, Markup]]
) -> Markup:
    """Return pieces below each other, or in tabs if they are of several languages."""
    if len(pieces) == 1 or pieces[0][0] not in languages:
        return cells.snippets(pieces)
    blocks = [(languages[title], cells.code_block(name, text)) for title, name, text in pieces]
    return frame.tabs([Tab(language, block) for language, block in blocks])


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
    return frame.look.render("troubleshooting", rows=rows)


def _related(frame: Frame, entry: Entry) -> Html:
    return _div("eb-part", "".join(_neighbours(frame, entry)))


def _neighbours(frame: Frame, entry: Entry) -> Iterator[str]:
    near = frame.index.near(entry.code)
    look = frame.look
    if near.same_status:
        codes = look.cells.code_links([Entry(frame, code) for code in near.same_status])
        label = f'<strong class="eb-label">{look.labels.html("page.same_status")}</strong>'
        key = f"page.same_status_{'many' if len(near.same_status) > 1 else 'one'}"
        yield f"<p>{label} {look.labels.html(key, codes=codes)}</p>\n"
    if near.same_group:
        codes = look.cells.code_links([Entry(frame, code) for code in near.same_group])
        label = look.labels.html("page.same_group", group=entry.group)
        yield f'<p><strong class="eb-label">{label}</strong> {codes}</p>\n'


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


def _line(frame: Frame, key: str, content: Markup, attributes: str = "") -> Markup:
    return cells.line(frame.look.labels.text(f"page.{key}"), content, attributes)


def _exceptions(frame: Frame, entry: Entry) -> Markup | str:
    raised = entry.exceptions
    return _line(frame, "exception", frame.look.cells.exceptions(raised)) if raised else ""


def _retry(frame: Frame, entry: Entry) -> str:
    """Return the retry policy as a sentence; nothing where it is not known."""
    when = entry.retry_when
    if when == "unknown":
        return ""
    look = frame.look
    sentence = look.labels.text(f"retry_sentences.{when}")
    return _line(frame, "retry", look.cells.retry({**entry.retry, "label": sentence}))


def _deprecation(frame: Frame, entry: Entry) -> str:
    """Return since when, until when and in favour of what an error is going, if it is."""
    successor = frame.api.errors[entry.code].replaced_by
    going = [one for one in entry.lifecycle if one["kind"] == "deprecated"]
    if not going:
        return ""
    say = frame.look.labels.html
    dates = [escape(one["text"]) for one in going if one["label"] != "replaced_by"]
    said = say("page.takes_place", code=_linked(frame, successor)) if successor else ""
    return _banner("warning", Markup(". ").join(dates) or say("page.deprecated"), said)


def _banner(kind: str, title: Markup, said: str) -> str:
    head = f'<p class="admonition-title">{title}</p>'
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
        return _line(frame, "api", escape(title))
    return _line(frame, "api", cells.link(relative_url(listing, frame.page.url), title))


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
    return _line(frame, "forms", Markup(", ").join(links), _NOT_SEARCHED)


def _div(classes: str, content: str) -> Html:
    return Html(without_marks(f'<div class="errorbook {classes}">\n{content}</div>'))
