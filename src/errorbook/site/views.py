"""Views of the catalog as HTML: one function per view, one template per noun.

A view returns pieces: HTML that goes past Markdown's parsers whole, and headings that Markdown
itself sets, so that the table of contents and the search know them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from markupsafe import Markup

from errorbook.catalog.envelope import holes, wire_path
from errorbook.catalog.facts import example_response, status_meaning
from errorbook.catalog.statuses import family
from errorbook.outputs.language import Language
from errorbook.outputs.words import DEFAULT_COLUMNS, DEFAULT_PARTS
from errorbook.site.blocks import Block
from errorbook.site.code_rows import code_rows
from errorbook.site.entry import Entry, shown_example
from errorbook.site.frame import Frame, ViewError, frames
from errorbook.site.links import relative_url
from errorbook.site.look import Look
from errorbook.site.markup import trusted
from errorbook.site.options import ALL, MOST_ROWS
from errorbook.site.page import Page
from errorbook.site.page_view import page_pieces
from errorbook.site.rendering import Heading, Html, Piece
from errorbook.site.selection import NO_GROUP, is_too_long
from errorbook.site.tabs import Tab


def render_view(page: Page, block: Block, number: int | None) -> list[Piece]:
    """Return what ``block``, the one of that number on the page, shows.

    Raises:
        ViewError: if it asks for something that the catalog does not have.
    """
    found = list(frames(page, block, number))
    if block.view == "explorer":
        return [_explorer(found)]
    return list(_VIEWS[block.view](found[0]))


def render_problem(look: Look, messages: Sequence[str], source: str) -> Html:
    """Return what stands in the place of a block that cannot be shown: why, and its source."""
    return look.render("problem", messages=messages, source=source)


def _response(frame: Frame) -> Iterator[Piece]:
    _require(frame, frame.api.envelopes, "envelopes")
    code = next(iter([*frame.option("error"), *frame.api.errors]), None)
    example = example_response(frame.api, code) if code is not None else None
    fields = [] if frame.option("error") else _fields(frame)
    yield frame.look.render("response", example=example and shown_example(example), fields=fields)


def _fields(frame: Frame) -> list[dict[str, Any]]:
    envelope = frame.api.envelopes[0]
    places = holes(envelope)
    return [
        {
            "path": wire_path(places.get(name, ("body", name))),
            "meaning": frame.prose(field.meaning),
            "stable": field.stable,
        }
        for name, field in envelope.fields.items()
    ]


def _contract(frame: Frame) -> Iterator[Piece]:
    contract = frame.api.contract
    promises = [
        frame.look.labels.text(f"promises.{name}_{value}")
        for name in ("codes", "new_codes", "messages", "statuses", "details")
        if (value := getattr(contract, name)) is not None
    ]
    _require(frame, promises or contract.promise, "contract")
    yield frame.look.render("contract", promise=frame.prose(contract.promise), promises=promises)


def _statuses(frame: Frame) -> Iterator[Piece]:
    by_status: dict[int, list[str]] = {status: [] for status in frame.api.statuses}
    for code, error in frame.api.errors.items():
        for status in error.status:
            by_status.setdefault(status, []).append(code)
    wanted = frame.option("status")
    rows = [
        _status_row(frame, status, codes)
        for status, codes in sorted(by_status.items())
        if not wanted or str(status) in wanted or family(status) in wanted
    ]
    _require(frame, rows, "statuses")
    yield frame.look.render("statuses", rows=rows)


def _status_row(frame: Frame, status: int, codes: list[str]) -> dict[str, Any]:
    note = frame.api.statuses.get(status)
    return {
        "status": status,
        "meaning": frame.prose(status_meaning(frame.api, status)),
        "causes": [frame.prose(cause) for cause in (note.causes if note else ())],
        "codes": [Entry(frame, code) for code in codes],
    }


def _codes(frame: Frame) -> Iterator[Piece]:
    codes = frame.selection.codes(frame.options)
    if _is_by_group(frame, codes):
        yield _groups(frame, codes)
        return
    columns = frame.option("columns") or DEFAULT_COLUMNS
    large = len(codes) > MOST_ROWS
    entries = [Entry(frame, code) for code in codes]
    table = frame.look.render(
        "codes",
        name=frame.api.title or frame.name,
        columns=[(column, frame.look.labels.columns[column]) for column in columns],
        rows=code_rows(frame.look, entries, columns),
        errors=entries,
        excluded=large,
    )
    yield replace(table, large=large)


def _sections(frame: Frame) -> Iterator[Piece]:
    codes = frame.selection.codes(frame.options)
    _require(frame, codes, "errors that the filters leave")
    if _is_by_group(frame, codes):
        yield _groups(frame, codes)
        return
    wanted = frame.option("parts") or list(DEFAULT_PARTS)
    for code in codes:
        entry = Entry(frame, code)
        yield Heading(code, entry.anchor, frame.options.get("level"))
        more = frame.page.own_page((frame.name, code))
        yield frame.look.render("error", error=entry, parts=entry.parts(wanted), more=more)


def _is_by_group(frame: Frame, codes: list[str]) -> bool:
    """Tell whether ``codes`` are too many, so that links to pages by group stand for them."""
    if not is_too_long(codes, frame.options):
        return False
    if "max_rows" in frame.options and not frame.selection.is_paged:
        message = f"{frame.name} has no pages by group that could show {len(codes)} codes"
        raise ViewError("no-group-pages", message, f"they come with more than {MOST_ROWS} errors")
    if frame.selection.is_paged and frame.name not in frame.page.site.group_pages:
        message = f"{frame.name} has no pages by group, because this page was not there in time"
        raise ViewError("no-group-pages", message, "set max_rows: 0 to have one long table")
    return frame.selection.is_paged


def _groups(frame: Frame, codes: list[str]) -> Piece:
    wanted = {frame.api.errors[code].group or NO_GROUP for code in codes}
    links = [
        {"title": one.title, "address": relative_url(one.url, frame.page.url), "count": one.count}
        for one in frame.page.site.group_pages[frame.name]
        if one.group in wanted
    ]
    return frame.look.render("groups", links=links, total=len(codes))


def _error(frame: Frame) -> Iterator[Piece]:
    entry = Entry(frame, frame.option("code")[0])
    whole = "parts" not in frame.options
    wanted = frame.option("parts") or list(DEFAULT_PARTS)
    parts = entry.parts(wanted)
    _require(frame, parts, " or ".join(wanted), of=f"the error {entry.code!r}")
    yield frame.look.render("error_card", error=entry, parts=parts, whole=whole)


def _page(frame: Frame) -> Iterator[Piece]:
    if frame.page.stand_in is not None:
        yield from frame.page.stand_in
        return
    code = next(iter(frame.option("code")), None)
    if code is None:
        if frame.page.error is None or frame.page.error[0] != frame.name:
            message = "the block does not say which error it shows"
            hint = "add 'code: …', or 'error: …' to the front matter of the page"
            raise ViewError("missing-option", message, hint)
        code = frame.page.error[1]
    yield from page_pieces(frame, code, is_whole=frame.page.is_generated)


def _exceptions(frame: Frame) -> Iterator[Piece]:
    _require(frame, frame.languages, "exceptions")
    codes = frame.selection.codes(frame.options)
    tables = {one.NAME: _classes(frame, one, codes) for one in frame.languages}
    if len(tables) == 1:
        yield from tables.values()
        return
    first = frame.languages[0]
    shown = [
        Tab(one, trusted(f"{tables[one.NAME].text}\n"), is_searched=one is first or differs)
        for one in frame.languages
        for differs in [any(_differs(frame, first, one, code) for code in codes)]
    ]
    yield Html(f'<div class="errorbook eb-languages">\n{frame.tabs(shown)}</div>')


def _differs(frame: Frame, one: Language, other: Language, code: str) -> bool:
    """Tell whether two languages have classes of different names for ``code``."""
    return len({each.raised_class(frame.name, frame.api, code) for each in (one, other)}) > 1


def _classes(frame: Frame, language: Language, codes: list[str]) -> Html:
    """Return the classes of one language as a table."""
    api = frame.api
    own = {code: language.own_class(code, api.errors[code]) for code in codes}
    return frame.look.render(
        "exceptions",
        base=language.base_class(frame.name, api),
        sdk_base=(language.sdk_base(api) or ("", ""))[1],
        by_status=any(one[0].isdigit() for one in language.parents(api)),
        parents=list(_parents(frame, language, codes)),
        rows=[Entry(frame, code, language) for code, name in own.items() if name],
        others=[Entry(frame, code, language) for code, name in own.items() if not name],
    )


def _parents(frame: Frame, language: Language, codes: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the classes between the base class and those of ``codes``, each with its codes."""
    above = {code: [*language.parents_of(frame.api, frame.api.errors[code])] for code in codes}
    for selector, name in language.parents(frame.api).items():
        below = [Entry(frame, code) for code, names in above.items() if name in names]
        status = "" if selector in frame.api.groups else selector
        yield {"name": name, "codes": below, "status": status}


def _exit_codes(frame: Frame) -> Iterator[Piece]:
    _require(frame, frame.api.exit_codes, "exit_codes")
    rows = [
        {
            "number": number,
            "name": entry.name,
            "meaning": frame.prose(entry.meaning),
            "endings": [frame.look.labels.ending(one) for one in entry.applies_to],
        }
        for number, entry in sorted(frame.api.exit_codes.items())
    ]
    yield frame.look.render("exit_codes", rows=rows)


def _troubleshooting(frame: Frame) -> Iterator[Piece]:
    wanted = frozenset(frame.option("codes"))
    rows = [
        {
            "symptom": frame.prose(row.symptom),
            "cause": frame.prose(row.cause),
            "solution": frame.prose(row.solution),
            "codes": [Entry(frame, code) for code in row.errors],
        }
        for row in frame.api.troubleshooting
        if not wanted or wanted.intersection(row.errors)
    ]
    _require(frame, rows, "troubleshooting")
    yield frame.look.render("troubleshooting", rows=rows)


def _explorer(found: Sequence[Frame]) -> Piece:
    page = found[0].page
    tables = [{"title": one.api.title or one.name, "html": _explorer_table(one)} for one in found]
    api = "" if len(found) > 1 or found[0].options.get("api") == ALL else found[0].name
    return page.site.look.render(
        "explorer", tables=tables, api=api, index=page.asset("explorer-index.js")
    )


def _explorer_table(frame: Frame) -> Markup:
    """Return the table that stands where the explorer cannot run."""
    block = replace(frame.block, view="codes", options={"columns": _EXPLORER_COLUMNS})
    pieces = _codes(replace(frame, block=block, number=None))
    html = "".join(piece.text for piece in pieces if isinstance(piece, Html))
    return Markup(html)  # noqa: S704  # it comes from a template of ours


_EXPLORER_COLUMNS: Final = ["code", "status", "meaning", "action", "exception", "exit_code"]


def _require(frame: Frame, content: object, noun: str, *, of: str = "") -> None:
    """Refuse to set an empty place into the page."""
    if not content:
        message = f"{of or frame.name} has no {noun}, so there is nothing to show"
        raise ViewError("nothing-to-show", message, "remove the block, or say it in the catalog")


_VIEWS: Final[Mapping[str, Callable[[Frame], Iterator[Piece]]]] = {
    "response": _response,
    "contract": _contract,
    "statuses": _statuses,
    "codes": _codes,
    "sections": _sections,
    "error": _error,
    "page": _page,
    "exceptions": _exceptions,
    "exit-codes": _exit_codes,
    "troubleshooting": _troubleshooting,
}
