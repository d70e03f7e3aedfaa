"""What the explorer's index says of one API, and of each of its codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from errorbook.catalog import Api, Error, Symptom
from errorbook.catalog.facts import example_response, exit_code, status_meaning
from errorbook.catalog.prose import Code, Node, Text, parse_prose
from errorbook.outputs.error_facts import ErrorIndex
from errorbook.outputs.language import Language
from errorbook.outputs.languages import languages_of, snippets

Fields = dict[str, object]
Row = list[object]


@dataclass(frozen=True)
class IndexedApi:
    """An API in the index, and its rows: those of its errors, then of its retired codes."""

    fields: Fields
    rows: Sequence[Row]


def indexed_api(name: str, api: Api, link: Callable[[str, str], str]) -> IndexedApi:
    """Return what the index says of ``api``, every row with all there is to say.

    ``link(api, code)`` is the place of an error in the docs, or "".
    """
    statuses = {status for error in api.errors.values() for status in error.status}
    groups = {error.group for error in api.errors.values()}
    index = ErrorIndex(name, api)
    errors = [
        _error(name, api, code, link(name, code), index.symptoms(code)) for code in api.errors
    ]
    retired = _retired(name, api, link)
    fields = _filled(
        title=api.title,
        sdks=[
            [
                one.TITLE,
                one.module_name(name, api),
                one.base_class(name, api),
                *dict.fromkeys(one.parents(api).values()),
            ]
            for one in _raising(name, api)
        ],
        envelopes=[{"body": one.body, "headers": one.headers} for one in api.envelopes],
        statuses={str(status): _prose(status_meaning(api, status)) for status in sorted(statuses)},
        groups={name: group.title or name for name, group in api.groups.items() if name in groups},
        exit_codes={
            str(number): [entry.name, _prose(entry.meaning)]
            for number, entry in api.exit_codes.items()
        },
        errors=errors,
        retired=retired,
    )
    return IndexedApi(fields, [*errors, *retired])


def _raising(name: str, api: Api) -> list[Language]:
    """Return the languages in which errors of ``api`` are raised."""
    return [one for one in languages_of(api) if one.base_class(name, api)]


def _exception(name: str, api: Api, code: str) -> str | list[str | None] | None:
    """Return the class of ``code``, or those of the languages where they differ."""
    names = [one.raised_class(name, api, code) or None for one in _raising(name, api)]
    return names if len(set(names)) > 1 else next(iter(names), None)


def _error(name: str, api: Api, code: str, link: str, symptoms: Sequence[Symptom]) -> Row:
    error = api.errors[code]
    more = _filled(
        causes=[_prose(cause) for cause in error.causes],
        fix=_prose(error.fix),
        message=error.message,
        placeholders={name: _prose(one.meaning) for name, one in error.placeholders.items()},
        actions=[[one.do, _prose(one.how), _prose(one.when)] for one in error.actions],
        retry=_retry(error),
        details=[
            [name, one.type, one.unit, one.required, _prose(one.meaning), one.sensitive]
            for name, one in error.details.items()
        ],
        operations=[_operation(api, name) for name in error.operations],
        symptoms=[
            [_prose(one.symptom), _prose(one.cause), _prose(one.solution)] for one in symptoms
        ],
        example=_example(api, code),
        snippets=snippets(name, api, code),
        since=error.since,
        deprecated=error.deprecated,
        sunset=error.sunset,
        replaced_by=error.replaced_by,
        stability=None if error.stability == "stable" else error.stability,
    )
    return [
        code,
        list(error.status),
        _exception(name, api, code),
        exit_code(api, code),
        error.group,
        _prose(error.meaning),
        link,
        list(dict.fromkeys(action.do for action in error.actions)),
        error.retry.when,
        more,
    ]


def _retired(name: str, api: Api, link: Callable[[str, str], str]) -> list[Row]:
    renamed = {old: new for new, error in api.errors.items() for old in error.renamed_from}
    rows: list[Row] = []
    for code, retired in api.retired.items():
        more = _filled(
            removed=retired.removed,
            replaced_by=retired.replaced_by or renamed.get(code),
            reason=_prose(retired.reason),
        )
        meaning = _prose(retired.meaning)
        rows.append(
            [
                code,
                list(retired.status),
                None,
                None,
                None,
                meaning,
                link(name, code),
                [],
                "unknown",
                more,
            ]
        )
    return rows


def _retry(error: Error) -> Fields:
    retry = error.retry
    if retry.when == "unknown":
        return {}
    return _filled(
        when=retry.when,
        after=list(retry.after),
        backoff=retry.backoff,
        needs=retry.needs,
        max_attempts=retry.max_attempts,
    )


def _operation(api: Api, name: str) -> str:
    operation = api.operations.get(name)
    if operation is None:
        return name
    return operation.title or " ".join(filter(None, (operation.method, operation.path))) or name


def _example(api: Api, code: str) -> Fields:
    example = example_response(api, code)
    return _filled(body=example.body, headers=example.headers) if example else {}


def _filled(**fields: object) -> Fields:
    """Return the fields that hold something. Zero and false are something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _prose(text: str) -> str:
    """Return prose with its `code` marks and without any others."""
    return "".join(map(_marked, parse_prose(text)))


def _marked(node: Node) -> str:
    if isinstance(node, Code):
        return f"`{node.text}`"
    if isinstance(node, Text):
        return node.text.replace("\\", "\\\\").replace("`", "\\`")
    return "".join(map(_marked, node.children))
