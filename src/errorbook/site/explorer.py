"""The live explorer's script, and the index it reads: the public catalog in classic scripts.

Each script makes ``window.errorbook`` an object. What is empty is left out, except in the arrays,
whose places have meanings. The first is ``explorer-index.js``::

    format     3; the explorer leaves an index of another format alone
    shards     how many files hold what is more to say; 0 where the rows hold it themselves
    per_shard  how many rows one of them is for
    words      {actions: {word: [title, what it asks for]}, of the words that some error uses,
                retry: {when: [label, sentence without its full stop]}, backoff: {word: clause}}
    apis       {id: api}, in the order of the catalog

    api        title
               sdks        [[language, what its module is imported as,
                           class that is raised for codes without one of their own,
                           another such class, ...]]
               envelopes   [{body, headers}], patterns as in errors.yaml
               statuses    {status: what it means}, those of its errors
               groups      {id: title}, those of its errors
               exit_codes  {number: [name, meaning]}
               errors      [row]
               retired     [row], codes that are gone

    row        [code, [status], exception, exit code, group, meaning, link,
                [word of an action, once], word for retry, more]
               an exception is the class of every language, or [class] in the order of sdks
    more       causes [prose], fix prose, message template, placeholders {name: meaning},
               actions [[do, how, when]], retry {when, after, backoff, needs, max_attempts},
               details [[name, type, unit, required, meaning, sensitive]], operations [title],
               symptoms [[symptom, cause, solution]], example {body, headers},
               snippets [[title, language, text]],
               since, deprecated, sunset, replaced_by, stability,
               and for a retired code: removed, replaced_by, reason

Above ``MOST_WHOLE`` rows, a row ends before ``more``, and ``explorer-more-0.js`` and so on hold
it: ``{format, more: [more]}``, for the rows in their order, of each API the errors, then the
retired codes.

Prose keeps its `code` marks and loses all others; in it a backslash stands before a backtick or
backslash that is text. Links are relative to the root of the site.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Final

from errorbook.catalog import Catalog
from errorbook.site.explorer_rows import Fields, Row, indexed_api
from errorbook.site.labels import DEFAULT_LABELS, Labels

FORMAT: Final = 3
"""To be raised when an explorer that reads the format before could not read what is written."""
MOST_WHOLE: Final = 300
"""With so many rows an index is small enough to hold all that is to say of them."""
PER_SHARD: Final = 250
INDEX: Final = "explorer-index.js"
SCRIPTS: Final = ("explorer.js", "explorer-read.js")
"""What a page loads, and what that loads to read a paste or another site's errors.json."""
STYLES: Final = ("errorbook.css", "explorer.css")
_SHARD: Final = "explorer-more-{}.js"


def explorer_index(
    catalog: Catalog, *, link: Callable[[str, str], str], labels: Labels = DEFAULT_LABELS
) -> Mapping[str, str]:
    """Return the scripts that give the explorer every error of ``catalog``, by file name.

    ``link(api, code)`` is the place of an error in the docs, relative to the root of the site,
    or "" where there is none. ``labels`` say what actions and retries are called.
    """
    apis = {name: indexed_api(name, api, link) for name, api in catalog.apis.items()}
    rows = [row for api in apis.values() for row in api.rows]
    index: Fields = {
        "format": FORMAT,
        "shards": 0,
        "per_shard": PER_SHARD,
        "words": labels.words(catalog),
        "apis": {name: api.fields for name, api in apis.items()},
    }
    if len(rows) <= MOST_WHOLE:
        return {INDEX: _script(index)}
    shards = _shards([row.pop() for row in rows])
    return {INDEX: _script({**index, "shards": len(shards)}), **shards}


def explorer_script(name: str) -> str:
    """Return one of the explorer's ``SCRIPTS`` as a site ships it."""
    return asset(name)


def asset(name: str) -> str:
    """Return one of ``SCRIPTS`` or ``STYLES`` as a site ships it."""
    return files("errorbook.site").joinpath("assets", name).read_text("utf-8")


def _shards(more: Row) -> dict[str, str]:
    parts = [more[start : start + PER_SHARD] for start in range(0, len(more), PER_SHARD)]
    return {
        _SHARD.format(number): _script({"format": FORMAT, "more": part})
        for number, part in enumerate(parts)
    }


def _script(data: Fields) -> str:
    """Return a script with ``data`` as JSON in a string, of which nothing ends the script."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    quoted = text.replace("\\", "\\\\").replace("'", "\\'").replace("<", "\\x3c")
    return f"window.errorbook = JSON.parse('{quoted}');\n"
