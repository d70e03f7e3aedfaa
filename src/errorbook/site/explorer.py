"""The live explorer's script, and the index it reads: the public catalog as a classic script.

``window.errorbook`` becomes an object with these keys. What is empty is left out, except in the
arrays, whose places have meanings::

    format   1; the explorer leaves an index of another format alone
    actions  {word: [title, what it asks for]}, the words that some error uses
    apis     {id: api}, in the order of the catalog

    api      title
             envelopes   [{body, headers}], patterns as in errors.yaml
             statuses    {status: what it means}, those of its errors
             groups      {id: title}, those of its errors
             exit_codes  {number: [name, meaning]}
             errors      [record]
             retired     [record], codes that are gone

    record   [code, [status], exception, exit code, group, meaning, link, more]
    more     causes [prose], fix prose, actions [[do, how, when]],
             retry {when, after, backoff, needs, max_attempts},
             details [[name, type, unit, required, meaning]], operations [title],
             example {body, headers},
             since, deprecated, sunset, replaced_by, stability,
             and for a retired code: removed, replaced_by, reason

Prose keeps its `code` marks and loses all others; in it a backslash stands before a backtick or
backslash that is text. Links are relative to the root of the site. What a list shows or ranks by
stands in the record itself and the rest in ``more``, so that a large index can ship it apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import Final

from errorbook.catalog.audience import public
from errorbook.catalog.facts import example_response, exit_code, status_meaning
from errorbook.catalog.models import ACTION_WORDS, Api, Catalog, Error
from errorbook.catalog.prose import Code, Node, Text, parse_prose
from errorbook.site.labels import ACTIONS

FORMAT: Final = 1
"""To be raised when an explorer that reads the format before could not read what is written."""

Fields = dict[str, object]
Record = list[object]


def explorer_index(
    catalog: Catalog,
    *,
    exception: Callable[[str, str], str | None],
    link: Callable[[str, str], str],
) -> str:
    """Return the script that gives the explorer every public error of ``catalog``.

    ``exception(api, code)`` is the class that is raised for a code, ``link(api, code)`` its place
    in the docs, relative to the root of the site, or "" where there is none.
    """
    visible = public(catalog)
    apis = {
        name: _api(api, partial(exception, name), partial(link, name))
        for name, api in visible.apis.items()
    }
    index = {"format": FORMAT, "actions": _action_words(visible), "apis": apis}
    return f"window.errorbook = JSON.parse('{_quoted(index)}');\n"


def explorer_script() -> str:
    """Return the explorer's script as a site ships it: without comments and indentation."""
    source = files("errorbook.site").joinpath("assets/explorer.js").read_text("utf-8")
    lines = (line.strip() for line in source.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not _is_comment(line))


def _is_comment(line: str) -> bool:
    """Tell whether a line is comment and nothing else; one that only begins so is code."""
    return line.startswith(("//", "*")) or (line.startswith("/*") and "*/" not in line[:-2])


def _quoted(index: Fields) -> str:
    """Return ``index`` as JSON that may stand in a JavaScript string, in a script, in a page."""
    text = json.dumps(index, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("\\", "\\\\").replace("'", "\\'").replace("<", "\\x3c")


def _action_words(catalog: Catalog) -> Fields:
    used = {
        action.do
        for api in catalog.apis.values()
        for error in api.errors.values()
        for action in error.actions
    }
    return {word: [ACTIONS[word], ACTION_WORDS[word]] for word in ACTION_WORDS if word in used}


def _api(api: Api, exception: Callable[[str], str | None], link: Callable[[str], str]) -> Fields:
    statuses = {status for error in api.errors.values() for status in error.status}
    groups = {error.group for error in api.errors.values()}
    return _filled(
        title=api.title,
        envelopes=[{"body": one.body, "headers": one.headers} for one in api.envelopes],
        statuses={str(status): _prose(status_meaning(api, status)) for status in sorted(statuses)},
        groups={name: group.title or name for name, group in api.groups.items() if name in groups},
        exit_codes={
            str(number): [entry.name, _prose(entry.meaning)]
            for number, entry in api.exit_codes.items()
        },
        errors=[_error(api, code, exception(code), link(code)) for code in api.errors],
        retired=_retired(api),
    )


def _error(api: Api, code: str, exception: str | None, link: str) -> Record:
    error = api.errors[code]
    more = _filled(
        causes=[_prose(cause) for cause in error.causes],
        fix=_prose(error.fix),
        actions=[[one.do, _prose(one.how), _prose(one.when)] for one in error.actions],
        retry=_retry(error),
        details=[
            [name, detail.type, detail.unit, detail.required, _prose(detail.meaning)]
            for name, detail in error.details.items()
        ],
        operations=[_operation(api, name) for name in error.operations],
        example=_example(api, code),
        since=error.since,
        deprecated=error.deprecated,
        sunset=error.sunset,
        replaced_by=error.replaced_by,
        stability=None if error.stability == "stable" else error.stability,
    )
    number = exit_code(api, code)
    meaning = _prose(error.meaning)
    return [code, list(error.status), exception, number, error.group, meaning, link, more]


def _retired(api: Api) -> list[Record]:
    renamed = {old: new for new, error in api.errors.items() for old in error.renamed_from}
    records: list[Record] = []
    for code, retired in api.retired.items():
        more = _filled(
            removed=retired.removed,
            replaced_by=retired.replaced_by or renamed.get(code),
            reason=_prose(retired.reason),
        )
        meaning = _prose(retired.meaning)
        records.append([code, list(retired.status), None, None, None, meaning, "", more])
    return records


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
