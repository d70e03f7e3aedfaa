"""What has to hold between the values of a catalog, and what is said where it does not."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from pydantic import BaseModel

from errorbook.catalog.models import Api, Catalog
from errorbook.catalog.prose_rules import check_links
from tests.catalog.catalogs import Folder, api, errors

ENVELOPES = {
    "no hole for the code": (
        api('envelopes: [{body: {error: "{kind}"}}]\n'),
        "3:17: error[envelope-without-code]: no '{code}' hole: nothing in the body or headers"
        " says which error it is (put '{code}' where it stands)",
    ),
    "no body": (
        api("envelopes:\n  - {}\n"),
        "4:9: error[envelope-without-code]: no '{code}' hole: nothing in the body or headers"
        " says which error it is (put '{code}' where it stands)",
    ),
    "a mistyped hole for the code": (
        api('envelopes: [{body: {error: "{cod}"}}]\n'),
        "3:32: error[envelope-without-code]: no '{code}' hole: nothing in the body or headers"
        " says which error it is (did you mean {code} by {cod}?)",
    ),
    "two holes side by side": (
        api('envelopes: [{body: "{code}{more}"}]\n'),
        "3:24: error[bad-envelope]: nothing separates {code} from {more}"
        " (put a constant between them)",
    ),
    "a brace of no hole": (
        api('envelopes: [{body: ["{code}", "a } b"]}]\n'),
        "3:35: error[bad-envelope]: a brace of 'a } b' belongs to no hole"
        " (write '{{' or '}}' for a brace itself)",
    ),
    "a star that takes something else": (
        api('envelopes: [{body: {code: "{code}", "*": "{detials}"}}]\n'),
        "3:46: error[bad-envelope]: '*' takes '{details}' and nothing else",
    ),
    "an unknown type": (
        api('envelopes: [{body: {code: "{code}", n: "{n:int}"}}]\n'),
        "3:44: error[bad-envelope]: {n:int} cannot have the type 'int' (did you mean 'integer'?)",
    ),
    "a type that no code has": (
        api('envelopes: [{body: {code: "{code:boolean}"}}]\n'),
        "3:31: error[bad-envelope]: {code:boolean} cannot have the type 'boolean'"
        " (one of: integer, string)",
    ),
    "a type inside a text": (
        api('envelopes: [{body: {code: "E{code:integer}"}}]\n'),
        "3:31: error[bad-envelope]: {code:integer} stands in a text, and is a text there"
        " (write '{code}')",
    ),
    "a type in a header": (
        api('envelopes: [{headers: {x-code: "{code:integer}"}}]\n'),
        "3:36: error[bad-envelope]: {code:integer} stands in a text, and is a text there"
        " (write '{code}')",
    ),
    "details inside a text": (
        api('envelopes: [{body: {code: "{code}", m: "see {details}"}}]\n'),
        "3:44: error[bad-envelope]: the details are fields, and no part of a text"
        " (give them a key of their own, or '*')",
    ),
    "two places for the details": (
        api('envelopes: [{body: {code: "{code}", d: "{details}", "*": "{details}"}}]\n'),
        "3:62: error[bad-envelope]: a second place for the details (keep one of them)",
    ),
    "a meaning for a hole that is not there": (
        api('envelopes: [{body: {code: "{code}"}, fields: {cod: {}}}]\n'),
        "3:51: error[unknown-field]: the envelope has no hole 'cod' (did you mean 'code'?)",
    ),
    "codes that are no numbers": (
        api('envelopes: [{body: "{code:integer}"}]\nerrors: {1: {}, 02: {}, x: {}}\n'),
        "3:24: error[code-without-place]: {code:integer} takes no code such as '02'"
        " (write '{code}')",
    ),
    "no place for any detail": (
        api(
            """
            envelopes: [{body: {code: "{code}", wait: "{wait}"}}]
            errors:
              a: {details: {wait: {type: integer}, x: {type: string}, y: {type: string}}}
              b: {details: {x: {type: string}, z: {type: string}, w: {type: string}}}
            """
        ),
        "3:17: error[detail-without-place]: no envelope has a place for the details of its"
        ' errors: x, y, z and 1 more (add \'"*": "{details}"\' where details stand)',
    ),
}


@pytest.mark.parametrize(("content", "expected"), ENVELOPES.values(), ids=ENVELOPES.keys())
def test_an_envelope_that_cannot_work_is_refused(
    folder: Folder, content: str, expected: str
) -> None:
    assert folder.says(content) == [f"errors.yaml:{expected}"]


ERRORS = {
    "a placeholder that is nowhere declared": (
        'bad: {message: "No {thing}."}',
        "5:22: error[undeclared-placeholder]: {thing} is neither a detail nor among the"
        " 'placeholders' (declare it under 'placeholders')",
    ),
    "a placeholder that is mistyped": (
        'bad: {message: "No {usr}.", placeholders: {user: {}}}',
        "5:22: error[undeclared-placeholder]: {usr} is neither a detail nor among the"
        " 'placeholders' (did you mean {user}?)",
    ),
    "a placeholder that the message does not have": (
        'bad: {message: "No.", placeholders: {user: {}}}',
        "5:44: error[unused-placeholder]: the message has no hole {user} (remove it here)",
    ),
    "a placeholder that is a detail": (
        'bad: {message: "{x}", placeholders: {x: {}}, details: {x: {type: string}}}',
        "5:44: error[placeholder-is-detail]: 'x' is a detail already (remove it here)",
    ),
    "a detail that overwrites a field of the envelope": (
        "bad: {details: {message: {type: string}}}",
        "5:23: error[detail-overwrites-field]: the detail 'message' would overwrite the"
        " envelope's field (rename it)",
    ),
    "an example that is no text": (
        "bad: {details: {x: {type: string, example: 5}}}",
        "5:50: error[wrong-example]: expected an example of type string, found the number 5"
        " (quote it)",
    ),
    "an example that is no number": (
        "bad: {details: {x: {type: integer, example: '5'}}}",
        "5:51: error[wrong-example]: expected an example of type integer, found '5'"
        " (write a value of type integer)",
    ),
    "an example that is a flag": (
        "bad: {details: {x: {type: integer, example: true}}}",
        "5:51: error[wrong-example]: expected an example of type integer, found true"
        " (write a value of type integer)",
    ),
    "waiting for a detail that is not there": (
        "bad: {retry: {after: wait}, details: {waits: {type: integer}}}",
        "5:28: error[unknown-retry-after]: 'wait' is neither a detail of this error nor"
        " 'header:Name' (did you mean 'waits'?)",
    ),
    "waiting for a header that cannot be": (
        "bad: {retry: {after: ['header:Retry After']}}",
        "5:29: error[unknown-retry-after]: 'header:Retry After' is neither a detail of this"
        " error nor 'header:Name'",
    ),
    "trying again what never succeeds": (
        "bad: {retry: {when: never}, actions: [{do: abort}, {do: retry, when: Always.}]}",
        "5:63: error[action-contradicts-retry]: the action 'retry' contradicts the retry policy"
        " 'never' (change one of them)",
    ),
    "waiting for what has to be changed": (
        "bad: {retry: {when: after_change}, actions: [{do: wait}]}",
        "5:57: error[action-contradicts-retry]: the action 'wait' contradicts the retry policy"
        " 'after_change' (change one of them, or say with 'when' in which case the action"
        " applies)",
    ),
    "giving up what succeeds later": (
        "bad: {retry: {when: as_is}, actions: [{do: abort}]}",
        "5:50: error[action-contradicts-retry]: the action 'abort' contradicts the retry policy"
        " 'as_is' (change one of them, or say with 'when' in which case the action applies)",
    ),
    "a group that is not there": (
        "bad: {group: limits}",
        "5:20: error[unknown-group]: there is no group 'limits' (describe it under 'groups')",
    ),
    "a code in its place that is not there": (
        "bad: {replaced_by: badd}",
        "5:26: error[unknown-code]: there is no code 'badd' (did you mean 'bad'?)",
    ),
    "a code it was known by that is not retired": (
        "bad: {renamed_from: [worse]}",
        "5:28: error[unknown-code]: 'worse' is not among the 'retired' codes"
        " (list it there, so that nobody uses it again)",
    ),
    "an end without a deprecation": (
        "bad: {sunset: 2026-01-01}",
        "5:21: error[sunset-without-deprecated]: a sunset without 'deprecated' (say since when)",
    ),
    "an end before the deprecation": (
        "bad: {sunset: 2026-01-01, deprecated: 2026-02-01}",
        "5:21: error[sunset-before-deprecated]: the sunset 2026-01-01 is before the"
        " deprecation 2026-02-01 (choose a later date)",
    ),
    "a link to a code that is not there": (
        'bad: {fix: "Mend [it](error:bat)."}',
        "5:18: error[unknown-code]: a link leads to 'bat', and there is no such code"
        " (did you mean 'bad'?)",
    ),
    "a link in strong to a code that is not there": (
        'bad: {fix: "**[Mend](error:bat)**"}',
        "5:18: error[unknown-code]: a link leads to 'bat', and there is no such code"
        " (did you mean 'bad'?)",
    ),
    "a short link to a code that is not there": (
        "bad: {causes: [x, See <error:bat>.]}",
        "5:25: error[unknown-code]: a link leads to 'bat', and there is no such code"
        " (did you mean 'bad'?)",
    ),
    "a link to an API that is not there": (
        'bad: {fix: "[x](error:dmo/bad)"}',
        "5:18: error[unknown-code]: a link leads to 'dmo/bad', and there is no such code"
        " (did you mean 'demo'?)",
    ),
    "a link to a code that the API it names does not have": (
        'bad: {fix: "[x](error:demo/bat)"}',
        "5:18: error[unknown-code]: a link leads to 'demo/bat', and there is no such code"
        " (did you mean 'bad'?)",
    ),
    "a link that runs a script": (
        'bad: {fix: "[x](javascript:x)"}',
        "5:18: error[bad-link]: a link to 'javascript:x' is not followed"
        " (use http, https, mailto, a relative address or error:code)",
    ),
}


@pytest.mark.parametrize(("written", "expected"), ERRORS.values(), ids=ERRORS.keys())
def test_an_error_that_contradicts_itself_is_refused(
    folder: Folder, written: str, expected: str
) -> None:
    assert folder.says(errors(written)) == [f"errors.yaml:{expected}"]


APIS = {
    "an operation that is not there": (
        api("operations: {get: {}}\nerrors: {bad: {operations: [get, gett]}}\n"),
        "4:38: error[unknown-operation]: there is no operation 'gett' (did you mean 'get'?)",
    ),
    "a retired code that is used again": (
        api("errors: {bad: {}}\nretired: {bad: {}}\n"),
        "3:14: error[retired-code-reused]: 'bad' is retired and must never be used again"
        " (choose another code)",
    ),
    "a retired code whose successor is not there": (
        api("errors: {bad: {}}\nretired: {worse: {replaced_by: bat}}\n"),
        "4:36: error[unknown-code]: there is no code 'bat' (did you mean 'bad'?)",
    ),
    "a symptom of a code that is not there": (
        api("troubleshooting: [{symptom: x, errors: [good, 404]}]\nerrors: {good: {}}\n"),
        "3:51: error[unknown-code]: there is no code '404' (one of: good)",
    ),
    "an exit code with the name of another": (
        api("exit_codes: {1: {name: BAD}, 2: {name: BAD}}\n"),
        "3:44: error[exit-code-clash]: exit code 1 is called BAD already (choose another name)",
    ),
    "an exit code for what another is for": (
        api("exit_codes: {1: {name: A, for: [4xx]}, 2: {name: B, for: [5xx, 4xx]}}\n"),
        "3:68: error[exit-code-clash]: '4xx' ends in exit code 1 already (keep it in one of them)",
    ),
    "the same exit code again": (
        api("exit_codes: {1: {name: A}, 1: {name: B}}\n"),
        "3:32: error[duplicate-key]: '1' is set twice; the first is on line 3 (keep one of them)",
    ),
    "an exit code for nothing that is known": (
        api("exit_codes: {1: {name: A, for: [4xx, 404, netwrk]}}\n"),
        "3:47: error[unknown-selector]: 'netwrk' is no code, no status or family of them, and"
        " no known word (did you mean 'network'?)",
    ),
    "an address without the code": (
        api("docs: {error: errors/}\n"),
        "3:19: error[bad-address]: the address of an error's page has no '{code}'"
        " (put '{code}' where it stands)",
    ),
    "an address with an unknown hole": (
        api('docs: {error: "errors/{cod}/"}\n'),
        "3:19: error[bad-address]: {cod} is not known in an address (did you mean 'code'?)",
    ),
    "an address with the code twice": (
        api('docs: {error: "{code}/{code}/"}\n'),
        "3:19: error[bad-address]: the address of an error's page has '{code}' more than once"
        " (keep one of them)",
    ),
    "an address that leads outside": (
        api('docs: {error: "../{code}/"}\n'),
        "3:19: error[bad-address]: '../{code}/' is no path below docs.url (such as"
        " 'errors/{code}/', 'errors/{code}.html' or 'errors/#{code}')",
    ),
    "an address below a file": (
        api('docs: {error: "errors.json/{code}/"}\n'),
        "3:19: error[bad-address]: 'errors.json/{code}/' has a folder that is called like a file"
        " (leave out its extension)",
    ),
    "an address with a question": (
        api('docs: {url: "https://docs.example/?a=b"}\n'),
        "3:17: error[bad-address]: 'https://docs.example/?a=b' is no address that others begin"
        " with (leave out '?', '#' and what stands before '@')",
    ),
}


@pytest.mark.parametrize(("content", "expected"), APIS.values(), ids=APIS.keys())
def test_an_api_that_contradicts_itself_is_refused(
    folder: Folder, content: str, expected: str
) -> None:
    assert folder.says(content) == [f"errors.yaml:{expected}"]


FINE = {
    "actions that say when they apply": (
        "bad: {retry: {when: after_change}, actions: [{do: retry, when: The lock is gone.}]}"
    ),
    "giving up in a case": "bad: {retry: {when: as_is}, actions: [{do: abort, when: Thrice.}]}",
    "an unknown policy": "bad: {actions: [{do: retry}, {do: abort}]}",
    "a number without a fraction": "bad: {details: {x: {type: number, example: 5}}}",
    "a header to wait for": "bad: {retry: {after: ['header:Retry-After']}}",
    "versions in order of nothing": "bad: {deprecated: v9, sunset: v1}",
    "an operation that nobody described": "bad: {operations: [get]}",
    "links that lead somewhere": (
        'bad: {fix: "[a](error:bad) <error:demo/bad> [c](https://x.test) [d](../x.md#y)"}'
    ),
}


@pytest.mark.parametrize("written", FINE.values(), ids=FINE.keys())
def test_what_does_not_contradict_itself_is_fine(folder: Folder, written: str) -> None:
    assert folder.says(errors(written)) == []


def test_a_link_may_lead_to_the_only_api_that_has_the_code(folder: Folder) -> None:
    content = """
apis:
  a: {summary: "<error:mine> <error:theirs> <error:b/both> <error:x/y>", errors: {mine: {}}}
  b: {errors: {theirs: {}, both: {}, x/y: {}}}
"""
    assert folder.says(content) == []


def test_a_link_to_a_code_of_two_other_apis_has_to_name_one(folder: Folder) -> None:
    content = """
apis:
  a: {summary: <error:both>}
  b: {errors: {both: {}}}
  c: {errors: {both: {}}}
"""
    assert folder.says(content) == [
        "errors.yaml:3:16: error[unknown-code]: 'both' is a code of b and c (write b/both)"
    ]


def _prose_fields(kind: object, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return the paths of all fields that hold prose, below the model ``kind``."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        found: set[tuple[str, ...]] = set()
        for name, field in kind.model_fields.items():
            inner = (*path, name)
            if "prose" in field.metadata:
                found.add(inner)
            found |= _prose_fields(field.annotation, inner)
        return found
    marked = {path} if "prose" in getattr(kind, "__metadata__", ()) else set()
    return marked.union(*(_prose_fields(one, path) for one in get_args(kind)))


REQUIRED = {
    "errors.actions": {"do": "abort"},
    "errors.details": {"type": "string"},
    "exit_codes": {"name": "A"},
    "troubleshooting": {"symptom": ""},
}
LISTS = {"envelopes", "errors.actions", "troubleshooting", "causes"}
BY_KEY = {
    "errors": "a",
    "errors.details": "a",
    "errors.placeholders": "a",
    "envelopes.fields": "a",
    "exit_codes": 1,
    "groups": "a",
    "retired": "b",
    "statuses": 404,
}


def _filled(path: tuple[str, ...]) -> dict[str, object]:
    value: object = "<error:nowhere>"
    for depth in range(len(path), 0, -1):
        name = ".".join(path[:depth])
        if depth < len(path):
            value = {**REQUIRED.get(name, {}), **value} if isinstance(value, dict) else value
        if name in BY_KEY:
            value = {BY_KEY[name]: value}
        if name in LISTS or path[depth - 1] == "causes":
            value = [value]
        value = {path[depth - 1]: value}
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("path", sorted(_prose_fields(Api)), ids=".".join)
def test_links_are_checked_in_every_prose_field(path: tuple[str, ...]) -> None:
    catalog = Catalog.model_validate_json(json.dumps({"apis": {"demo": _filled(path)}}))
    assert [finding.rule for finding in check_links(catalog, "demo")] == ["unknown-code"]
