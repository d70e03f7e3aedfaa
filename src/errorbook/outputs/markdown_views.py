"""Views of the catalog as GitHub's Markdown, for text between markers in somebody's file.

Nothing of the catalog is markup here but what its prose may hold. Where the catalog says where its
documentation lives, codes lead there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from errorbook.catalog import Api, Catalog, Error
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.facts import EXIT_CODE_WORDS, exit_code, status_meaning
from errorbook.catalog.statuses import family
from errorbook.outputs import words
from errorbook.outputs.error_facts import ErrorIndex
from errorbook.outputs.error_links import ErrorLinks
from errorbook.outputs.error_markdown import error_part
from errorbook.outputs.language import Language
from errorbook.outputs.languages import LANGUAGES, languages_of
from errorbook.outputs.markdown_options import (
    NotShownError,
    Options,
    api_of,
    check_options,
    codes_of,
)
from errorbook.outputs.markdown_prose import (
    markdown_code,
    markdown_link,
    markdown_prose,
    markdown_text,
)
from errorbook.outputs.words import COLUMNS, DEFAULT_COLUMNS, DEFAULT_PARTS

_BREAK: Final = "<br>"
"""A line break within a cell."""
_TITLES: Final[Mapping[str, str]] = {
    "example": "Example response",
    "causes": "Causes",
    "fix": "Fix",
    "actions": "What a client does",
    "details": "Details",
    "operations": "Operations",
}


def markdown_view(catalog: Catalog, view: str, options: Options) -> str:
    """Return what ``view`` shows of ``catalog``, without a line break at its end.

    Raises:
        NotShownError: if there is no such view or option, or nothing to show.
    """
    check_options(view, options)
    if view == "summary":
        return _summary(catalog, options)
    name = api_of(catalog, options)
    return _VIEWS[view](_Shown(catalog, name, options))


class _Links(ErrorLinks):
    """Links that hold in any file, as they begin at the address of the documentation."""

    def __init__(self, catalog: Catalog, name: str) -> None:
        super().__init__(catalog, name, "")
        self._apis = catalog.apis
        self._api = name

    def error(self, code: str, name: str | None = None, extension: str | None = None) -> str | None:
        """Return the address of a code, if the catalog says where it is documented."""
        del extension  # addresses are of pages, whatever they are written in
        name = name or self._api
        return docs_url(name, self._apis[name], code)

    def target(self, target: str) -> str:
        """Return the target of any other link; a path is one below the documentation."""
        url = self._apis[self._api].docs.url
        is_path = ":" not in target.partition("/")[0] and not target.startswith(("/", "#", "?"))
        return f"{url.rstrip('/')}/{target}" if url and is_path else target


class _Shown:
    """What a view works with: the API, the options, and how its texts become cells."""

    def __init__(self, catalog: Catalog, name: str, options: Options) -> None:
        self.name = name
        self.api: Api = catalog.apis[name]
        self.options = options
        self.links = _Links(catalog, name)
        self.languages = [one for one in languages_of(self.api) if one.base_class(name, self.api)]
        """Those that raise something for errors of the API."""

    def codes(self) -> list[str]:
        return codes_of(self.name, self.api, self.options)

    def prose(self, text: str, *, in_table: bool = True) -> str:
        links = self.links
        return markdown_prose(text, links.prose, relative=links.target, in_table=in_table)

    def linked(self, code: str) -> str:
        address = self.links.error(code) if code in self.api.errors else None
        label = markdown_code(code, in_table=True)
        return markdown_link(label, address) if address else label

    def all_linked(self, codes: Iterable[str]) -> str:
        return ", ".join(map(self.linked, codes))


def _summary(catalog: Catalog, options: Options) -> str:
    if "api" in options or len(catalog.apis) == 1:
        name = api_of(catalog, options)
        api = catalog.apis[name]
        groups = {error.group for error in api.errors.values()} - {None}
        said = f"{markdown_text(words.full_title(name, api))} has {_counted(api.errors, 'error')}"
        said += f" in {_counted(groups, 'group')}" if groups else ""
        retired = f" {_counted(api.retired, 'code')} retired." if api.retired else ""
        return f"{said}.{retired}"
    errors = [code for api in catalog.apis.values() for code in api.errors]
    titles = (words.full_title(*one) for one in catalog.apis.items())
    listed = ", ".join(map(markdown_text, titles))
    return f"{_counted(catalog.apis, 'API')} with {_counted(errors, 'error')}: {listed}."


def _counted(things: Iterable[object], noun: str) -> str:
    number = len(list(things))
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _codes(shown: _Shown) -> str:
    columns = shown.options.get("columns") or DEFAULT_COLUMNS
    cells = [_CELLS[column] for column in columns]
    rows = ([cell(shown, code, shown.api.errors[code]) for cell in cells] for code in shown.codes())
    return _table([COLUMNS[column] for column in columns], rows)


def _code_cell(shown: _Shown, code: str, error: Error) -> str:
    badges = [markdown_text(one["text"]) for one in words.lifecycle(error)]
    said = f" ({', '.join(badges)})" if badges else ""
    return shown.linked(code) + said


def _action_cell(shown: _Shown, _: str, error: Error) -> str:
    said = []
    for action in error.actions:
        when = f", {shown.prose(action.when)}" if action.when else ""
        how = f": {shown.prose(action.how)}" if action.how else ""
        said.append(f"**{words.ACTIONS[action.do]}**{when}{how}")
    return _BREAK.join(said) or shown.prose(error.fix)


def _retry_cell(_: _Shown, __: str, error: Error) -> str:
    return ", ".join(
        words.retry_clauses(error.retry, lambda name: markdown_code(name, in_table=True))
    )


def _exit_cell(shown: _Shown, code: str, _: Error) -> str:
    number = exit_code(shown.api, code)
    if number is None:
        return ""
    entry = shown.api.exit_codes.get(number)
    return f"`{number}`{f' {markdown_text(entry.name)}' if entry else ''}"


def _operations_cell(_: _Shown, __: str, error: Error) -> str:
    return ", ".join(markdown_code(one, in_table=True) for one in error.operations) or "any"


def _exception_cell(shown: _Shown, code: str, _: Error) -> str:
    raised = {one.TITLE: one.raised_class(shown.name, shown.api, code) for one in shown.languages}
    cells = {title: markdown_code(name, in_table=True) for title, name in raised.items()}
    if len(set(raised.values())) > 1:
        return ", ".join(f"{cell} ({markdown_text(title)})" for title, cell in cells.items())
    return next(iter(cells.values()), markdown_code("", in_table=True))


_CELLS: Final[Mapping[str, Callable[[_Shown, str, Error], str]]] = {
    "code": _code_cell,
    "status": lambda _, __, error: ", ".join(map(str, error.status)),
    "meaning": lambda shown, _, error: shown.prose(error.meaning),
    "action": _action_cell,
    "retry": _retry_cell,
    "exception": _exception_cell,
    "exit_code": _exit_cell,
    "group": lambda shown, _, error: markdown_text(words.group(shown.api, error.group or "")),
    "operations": _operations_cell,
    "since": lambda _, __, error: markdown_text(error.since or ""),
}


def _error(shown: _Shown) -> str:
    code = shown.options["code"][0]
    codes_of(shown.name, shown.api, {"codes": (code,)})
    error = shown.api.errors[code]
    index = ErrorIndex(shown.name, shown.api)
    statuses = ", ".join(map(str, error.status))
    blocks = [f"{shown.linked(code)}{f', HTTP {statuses}' if statuses else ''}"]
    for part in shown.options.get("parts") or DEFAULT_PARTS:
        if part in _TITLES:
            content = error_part(index, code, shown.links, part)
            blocks += [f"**{_TITLES[part]}**", content] if content else []
        else:
            blocks += _line_of(part, shown, code, error)
    return "\n\n".join(blocks)


def _line_of(part: str, shown: _Shown, code: str, error: Error) -> Iterator[str]:
    if part == "meaning":
        said = shown.prose(error.meaning, in_table=False)
    elif part == "retry":
        said = f"**Retry:** {_retry_cell(shown, code, error)}."
    elif part == "exception":
        said = f"**Exception:** {_exception_cell(shown, code, error)}"
    else:
        number = _exit_cell(shown, code, error)
        said = f"**Exit code:** {number}" if number else ""
    yield from filter(None, [said])


def _statuses(shown: _Shown) -> str:
    wanted = shown.options.get("status", ())
    by_status: dict[int, list[str]] = {status: [] for status in shown.api.statuses}
    for code, error in shown.api.errors.items():
        for status in error.status:
            by_status.setdefault(status, []).append(code)
    rows = []
    for status, codes in sorted(by_status.items()):
        if wanted and str(status) not in wanted and family(status) not in wanted:
            continue
        note = shown.api.statuses.get(status)
        meaning = shown.prose(status_meaning(shown.api, status))
        causes = _BREAK.join(map(shown.prose, note.causes if note else ()))
        rows.append((str(status), meaning, causes, shown.all_linked(codes)))
    _require(shown, rows, "statuses")
    return _table(("HTTP", "Meaning", "Cause", "Codes"), rows)


def _exceptions(shown: _Shown) -> str:
    """Return a table of classes; of several languages one each, below its name."""
    tables = {one.TITLE: _classes(shown, one) for one in shown.languages or LANGUAGES.values()}
    if not shown.languages[1:]:  # what is alone needs no title
        return next(iter(tables.values()))
    return "\n\n".join(f"**{markdown_text(title)}**\n\n{one}" for title, one in tables.items())


def _classes(shown: _Shown, language: Language) -> str:
    errors = {code: shown.api.errors[code] for code in shown.codes()}
    others = [code for code, error in errors.items() if not language.own_class(code, error)]
    itself = f"; raised itself for {shown.all_linked(others)}" if others else ""
    base = markdown_code(language.base_class(shown.name, shown.api), in_table=True)
    rows = [(base, f"base class of all errors{itself}", "")]
    above = {code: [*language.parents_of(shown.api, error)] for code, error in errors.items()}
    for name in language.parents(shown.api).values():
        below = shown.all_linked(code for code, names in above.items() if name in names)
        said = f"base class for {below or 'no code yet'}"
        rows.append((markdown_code(name, in_table=True), said, ""))
    for code, error in errors.items():
        if code not in others:
            raised = language.raised_class(shown.name, shown.api, code)
            names = ", ".join(_attributes(language, error))
            rows.append((markdown_code(raised, in_table=True), shown.linked(code), names))
    return _table(("Exception", "Raised for", "Attributes of its own"), rows)


def _attributes(language: Language, error: Error) -> Iterator[str]:
    for name, _ in language.attributes(error):
        attribute = language.attribute(error, name)
        if attribute:
            yield markdown_code(attribute, in_table=True)


def _exit_codes(shown: _Shown) -> str:
    _require(shown, shown.api.exit_codes, "exit_codes")
    rows = [
        (
            f"`{number}`",
            markdown_code(entry.name, in_table=True),
            shown.prose(entry.meaning),
            ", ".join(
                one if one in EXIT_CODE_WORDS else markdown_code(one, in_table=True)
                for one in entry.applies_to
            ),
        )
        for number, entry in sorted(shown.api.exit_codes.items())
    ]
    return _table(("Exit code", "Name", "Meaning", "For"), rows)


def _troubleshooting(shown: _Shown) -> str:
    wanted = shown.options.get("codes", ())
    if wanted:
        shown.codes()
    rows = [
        (
            shown.prose(row.symptom),
            shown.prose(row.cause),
            shown.prose(row.solution),
            shown.all_linked(row.errors),
        )
        for row in shown.api.troubleshooting
        if not wanted or not set(wanted).isdisjoint(row.errors)
    ]
    _require(shown, rows, "troubleshooting")
    return _table(("Symptom", "Likely cause", "What helps", "Codes"), rows)


def _require(shown: _Shown, content: object, noun: str) -> None:
    """Refuse to show an empty table."""
    if not content:
        message = f"{shown.name} has no {noun}, so there is nothing to show"
        raise NotShownError(message, "remove the markers, or say it in the catalog")


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


_VIEWS: Final[Mapping[str, Callable[[_Shown], str]]] = {
    "codes": _codes,
    "error": _error,
    "statuses": _statuses,
    "exceptions": _exceptions,
    "exit-codes": _exit_codes,
    "troubleshooting": _troubleshooting,
}
