"""One code as JSON: all that a program, or an agent, needs to know about it, in one small file.

It is ASCII, and indented so that the differences of two versions can be read. Its keys, in this
order; those with ``?`` are left out where there is nothing to say::

    format       1
    $comment     the stamp
    kind         error, retired (no longer sent, never to be used again), or renamed (an error was
                 known by this code before)
    api          the API's id
    title        what people call the API, with its version
    code         the code
    url?         where it is documented
    markdown?    the same for people: a file, relative to this one; left out where there is none
    catalog      errors.json, relative to this one
    words        of an error: what its words mean, as in errors.json: ``actions`` and ``retry``,
                 which is [label, sentence without its full stop], and ``backoff?``
    refers_to    of an error: what it names by an id or a number, each with what the catalog says of
                 it: ``statuses?`` {status: meaning}, ``group?`` {title, meaning}, ``exit_code?``
                 {name, meaning}, ``operations?`` {id: {title, method, path}}, and for each
                 language, such as ``python``, {package, base} of its SDK
    error        of an error: exactly what errors.json says of it, ``derived`` included
    retired?     of a code that is gone: {removed, reason, status, meaning}
    replaced_by? {code, url?, json?}: what took its place, or what it is called now; ``json`` is
                 the file of that code, relative to this one

Prose is as it was written, with its marks. A reader takes a file whose ``format`` is its own, and
ignores keys that it does not know.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from errorbook.catalog import ACTION_WORDS, Api, Error
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.facts import exit_code, status_meaning
from errorbook.outputs import words
from errorbook.outputs.error_facts import ErrorIndex, Gone
from errorbook.outputs.error_links import DATA, PAGE, ErrorLinks
from errorbook.outputs.errors_json import FILE, Fields
from errorbook.outputs.indented_json import indented_json
from errorbook.outputs.languages import languages_of
from errorbook.outputs.stamp import GENERATED, stamp_line, stamped

FORMAT: Final = 1
"""To be raised when a reader of the format before could not read what is written."""


def error_json(
    index: ErrorIndex,
    code: str,
    links: ErrorLinks,
    *,
    indented: bool = True,
    has_markdown: bool = True,
) -> str:
    """Return the file of ``code``, present or gone, stamped: indented, or as one line.

    ``has_markdown`` tells whether there is the same in Markdown beside it.
    """
    dumped = indented_json if indented else _one_line
    said = _content(index, code, links)
    if not has_markdown:
        del said["markdown"]
    content = dumped(said)
    comment = f"{GENERATED} {stamp_line('error-pages', FORMAT, content.encode())}"
    begin = dumped({"format": FORMAT, "$comment": comment}).removesuffix("}").rstrip("\n")
    return stamped(f"{begin},{content.removeprefix('{')}\n")


def _one_line(value: Fields) -> str:
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def _content(index: ErrorIndex, code: str, links: ErrorLinks) -> Fields:
    name, api = index.name, index.api
    gone = index.gone(code)
    page = links.error(code, extension=PAGE) or ""
    url = docs_url(name, api, code)
    successor = gone.replaced_by if gone else api.errors[code].replaced_by
    return {
        "kind": gone.kind if gone else "error",
        "api": name,
        "title": words.full_title(name, api),
        "code": code,
        **({} if url is None else {"url": url}),
        "markdown": page.rpartition("/")[2],
        "catalog": links.file(FILE),
        **(_gone(gone) if gone else _error(index, code)),
        **({} if successor is None else {"replaced_by": _successor(index, successor, links)}),
    }


def _error(index: ErrorIndex, code: str) -> Fields:
    error = index.api.errors[code]
    said = error.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {
        "words": _words(error),
        "refers_to": _named(index, code),
        "error": {**said, "derived": index.derived(code)},
    }


def _words(error: Error) -> Fields:
    actions = {one.do: [words.ACTIONS[one.do], ACTION_WORDS[one.do]] for one in error.actions}
    backoff = words.BACKOFF.get(error.retry.backoff or "")
    return {
        "actions": actions,
        "retry": {error.retry.when: list(words.RETRY[error.retry.when])},
        **({"backoff": {str(error.retry.backoff): backoff}} if backoff else {}),
    }


def _named(index: ErrorIndex, code: str) -> Fields:
    api, error = index.api, index.api.errors[code]
    number = exit_code(api, code)
    ending = api.exit_codes.get(number) if number is not None else None
    group = api.groups.get(error.group or "")
    named: Mapping[str, Any] = {
        "statuses": {str(one): status_meaning(api, one) for one in error.status},
        "group": group and {"title": words.group(api, str(error.group)), "meaning": group.meaning},
        "exit_code": ending and {"name": ending.name, "meaning": ending.meaning},
        "operations": _operations(api, error),
    }
    return {
        **{key: value for key, value in named.items() if value},
        **{
            language.NAME: {
                "package": language.module_name(index.name, api),
                "base": language.base_class(index.name, api),
            }
            for language in languages_of(api)
        },
    }


def _operations(api: Api, error: Error) -> Fields:
    return {
        name: api.operations[name].model_dump(mode="json", exclude_defaults=True)
        for name in error.operations
        if name in api.operations
    }


def _gone(gone: Gone) -> Fields:
    said = {
        "removed": gone.removed,
        "reason": gone.reason,
        "status": gone.status[0] if len(gone.status) == 1 else list(gone.status),
        "meaning": gone.meaning,
    }
    told = {key: value for key, value in said.items() if value}
    return {"retired": told} if told else {}


def _successor(index: ErrorIndex, code: str, links: ErrorLinks) -> Fields:
    url = docs_url(index.name, index.api, code)
    data = links.error(code, extension=DATA)
    return {
        "code": code,
        **({} if url is None else {"url": url}),
        **({} if data is None else {"json": data}),
    }
