"""Test vectors: responses, and what a correct client must see of each.

One JSON file for each API. Its keys, in this order::

    format    1
    $comment  the stamp
    api       the API's id
    base      {language: base class of all its exceptions}
    vectors   a list of vectors

and those of a vector::

    error     the code it is about; null where it is about none that is known
    case      what is special about it; no two vectors have the same error and case
    response  status (null where there is none), headers ([name, value] pairs), and either
              body, which is JSON, or text, which is none
    expected  what the exception says, by attribute; details by their names on the wire
              (``details``), and those that are declared by their names in each language, each
              null unless it has the declared type (``attributes``)
    absent    texts that nothing of the exception may hold; left out if there are none

Where times depend on the clock, a response has a ``Date`` to count from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from errorbook.catalog import Api, Catalog
from errorbook.outputs.cases import Case, cases_of
from errorbook.outputs.expectations import expectation, sensitive
from errorbook.outputs.languages import languages_of
from errorbook.outputs.stamp import GENERATED, stamp_line, stamped

FORMAT: Final = 1
"""To be raised when a reader of the format before could not read what is written."""
SUMMARY: Final = "test vectors: responses, and what a correct client must see of each"

_WIDTH: Final = 100


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the vectors of each API of ``catalog``, by path: ``artifacta.json``."""
    return {f"{name}.json": _file(name, api) for name, api in catalog.apis.items()}


def _file(name: str, api: Api) -> str:
    known = sensitive(api)
    content = {
        "api": name,
        "base": {one.NAME: one.base_class(name, api) for one in languages_of(api)},
        "vectors": [_fields(name, api, case, known) for case in cases_of(api)],
    }
    hashed = json.dumps(content, ensure_ascii=True).encode()
    comment = f"{GENERATED} {stamp_line(f'vectors {name}', FORMAT, hashed)}"
    return stamped(f"{_laid_out({'format': FORMAT, '$comment': comment, **content})}\n")


def _fields(name: str, api: Api, case: Case, known: frozenset[str]) -> dict[str, Any]:
    response = case.response
    is_text = response.text is not None
    return {
        "error": case.error,
        "case": case.case,
        "response": {
            "status": response.status,
            "headers": [list(pair) for pair in response.headers],
            **({"text": response.text} if is_text else {"body": response.body}),
        },
        "expected": expectation(name, api, response, known),
        **({"absent": list(case.absent)} if case.absent else {}),
    }


def _laid_out(value: Any, indent: str = "") -> str:
    """Return ``value`` as JSON, one line for what fits in one: that makes for readable diffs."""
    line = json.dumps(value, ensure_ascii=True, allow_nan=False)
    if not isinstance(value, dict | list) or len(indent) + len(line) <= _WIDTH:
        return line
    deeper = f"{indent}  "
    if isinstance(value, list):
        items = [_laid_out(one, deeper) for one in value]
        opening, closing = "[]"
    else:
        items = [f"{json.dumps(key)}: {_laid_out(one, deeper)}" for key, one in value.items()]
        opening, closing = "{}"
    return f"{opening}\n{deeper}" + f",\n{deeper}".join(items) + f"\n{indent}{closing}"
