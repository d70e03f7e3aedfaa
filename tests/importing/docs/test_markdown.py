"""Markdown pages: what their tables, sections, lists and examples say of errors."""

from __future__ import annotations

import pytest

from tests.importing.docs.reading import gathered, said, untold


def test_a_table_of_errors() -> None:
    page = """\
# Error codes

| Code | HTTP | Meaning | What to do |
|------|:----:|---------|------------|
| `bad_crop` | 400 | It is *larger* than [the image](https://i.example/c). | Fix the request. |
| [`too_many`](#x) | 429 Too Many Requests | Slow \\| down. | Use another key. |
| `no_plan` (since May) | 402 | | Contact the owner. |
"""
    found = said("errors.md", page)
    assert found["errors.bad_crop.status"] == 400
    assert (
        found["errors.bad_crop.meaning"] == "It is *larger* than [the image](https://i.example/c)."
    )
    assert found["errors.bad_crop.actions"] == [{"do": "fix_request", "how": "Fix the request."}]
    assert found["errors.too_many.status"] == 429
    assert found["errors.too_many.meaning"] == "Slow | down."
    assert found["errors.too_many.fix"] == "Use another key."
    assert found["errors.no_plan.actions"][0]["do"] == "escalate"
    assert "errors.no_plan.meaning" not in found
    assert untold("errors.md", page) == [
        "7: remarks behind codes were left out: no_plan (since May)",
    ]


def test_places_are_lines_of_the_file() -> None:
    page = "# Errors\n\n| Code | Status |\n|--|--|\n| `a_b` | 400 |\n| `c_d` | 409 |\n"
    facts = gathered("x/errors.md", page).facts
    assert {(str(fact.place), fact.path[1]) for fact in facts} == {
        ("x/errors.md:5", "a_b"),
        ("x/errors.md:6", "c_d"),
    }


def test_a_table_of_statuses_keeps_no_reason_phrases() -> None:
    page = """\
| Code | Meaning | Description |
|------|---------|-------------|
| 404  | Not Found | Nobody has uploaded this. |
| 503  | Service Unavailable | |
"""
    assert said("a.md", page) == {"statuses.404.meaning": "Nobody has uploaded this."}


def test_numbers_that_are_no_statuses_are_codes() -> None:
    page = "| Code | Message |\n|--|--|\n| 213 | Read only. |\n| 410 | No key. |\n"
    found = said("a.md", page)
    assert found["errors.213.message"] == "Read only."
    assert "errors.410.status" not in found


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "| Exception | API error code |\n|--|--|\n| `ShopError` | Base class |\n"
            "| `GoneError` | `gone` |\n",
            {
                "sdk.python.base": "ShopError",
                "errors.gone": {},
                "errors.gone.sdk.python.exception": "GoneError",
            },
        ),
        (
            "| Status code | Error type |\n|--|--|\n| 404 | `NotFoundError` |\n"
            "| >=500 | `ServerError` |\n",
            {
                "sdk.python.parents.404": "NotFoundError",
                "sdk.python.parents.5xx": "ServerError",
            },
        ),
        (
            "| Exit code | Name | Meaning |\n|--|--|--|\n| 0 | `OK` | Done. |\n",
            {"exit_codes.0.name": "OK", "exit_codes.0.meaning": "Done."},
        ),
        (
            "| Symptom | Likely cause | Solution |\n|--|--|--|\n| It is slow | Load | Wait |\n",
            {"troubleshooting": [{"symptom": "It is slow", "cause": "Load", "solution": "Wait"}]},
        ),
    ],
)
def test_other_tables(page: str, expected: dict[str, object]) -> None:
    assert said("a.md", page) == expected


def test_exit_codes_without_names_are_told_and_given_none() -> None:
    page = "## CLI exit codes\n\n| Code | Meaning |\n|--|--|\n| 0 | Fine |\n| 3 | Network |\n"
    assert said("a.md", page) == {}
    assert untold("a.md", page) == ["3: exit codes without the name of a constant: 0, 3"]


def test_the_same_parts_however_they_are_labelled() -> None:
    expected = {
        "errors.disk_full": {},
        "errors.disk_full.status": 507,
        "errors.disk_full.meaning": "Nothing fits in any more.",
        "errors.disk_full.causes": ["Old files", "Big files; really"],
        "errors.disk_full.fix": "Delete some. Buy a disk.",
        "errors.disk_full.retry.when": "never",
    }
    bold = """\
## `disk_full`

Nothing fits in any more.

**HTTP status:** 507
**Causes:**

- Old files
- Big files; really

**Fix**: Delete some.
Buy a disk.

**Retryable:** no
"""
    headings = """\
## 507 disk_full

Nothing fits in any more.

### Possible causes

1. Old files
2. Big files; really

### How to fix

Delete some

Buy a disk.

### Retryable

No
"""
    terms = """\
### disk_full (HTTP 507)

Description
:   Nothing fits in any more.

Cause
:   Old files

    Big files; really

Solution
:   Delete some. Buy a disk.

Retryable
:   No
"""
    items = """\
### Error disk_full

- **Status**: 507
- **Meaning**: Nothing fits in any more.
- **Causes**:
    - Old files
    - Big files; really
- **Resolution**: Delete some. Buy a disk.
- **Retryable**: no
"""
    upright = """\
#### disk_full

| Property | Value |
|----------|-------|
| Status | 507 |
| Meaning | Nothing fits in any more. |
| Retryable | No |

Causes:

* Old files
* Big files; really

Fix: Delete some. Buy a disk.
"""
    for page in (bold, headings, terms, items, upright):
        assert said("errors.md", page) == expected


def test_a_title_with_its_code_and_name() -> None:
    first = "## E1001: Disk full\n\n### Cause\n\nOld files.\n\n"
    page = f"# Errors\n\n{first}## [E1002] No disk\n\nNone.\n"
    found = said("a.md", page)
    assert found["errors.E1001.meaning"] == "Disk full"
    assert found["errors.E1001.causes"] == ["Old files."]
    assert found["errors.E1002.meaning"] == "None."


def test_a_code_that_only_a_label_gives() -> None:
    page = "## The disk is full\n\n**Code:** `disk_full`\n\n**Cause:** Old files.\n"
    assert said("a.md", page) == {
        "errors.disk_full": {},
        "errors.disk_full.meaning": "The disk is full",
        "errors.disk_full.causes": ["Old files."],
    }


def test_titles_that_are_no_codes() -> None:
    page = """\
# Error handling

## Overview

Errors happen.

## `raise_for_status`

Call it.

## HTTP2

It is fast.

## Retries (3-5)

Some.
"""
    assert said("errors.md", page) == {}


def test_examples_give_message_details_status_and_envelope() -> None:
    page = """\
## `slow_down`

```http
HTTP/1.1 429 Too Many Requests
Retry-After: 5

{"error": {"code": "slow_down", "message": "Wait {n} s.", "retry_after": 5}}
```

## Others

```json
{
  "error": {
    "code": "gone",  // for good
    "message": "Gone.",
  }
}
```
"""
    assert said("errors.md", page) == {
        "errors.slow_down": {},
        "errors.slow_down.status": 429,
        "errors.slow_down.message": "Wait {n} s.",
        "errors.slow_down.placeholders.n": {},
        "errors.slow_down.details.retry_after.type": "integer",
        "errors.slow_down.details.retry_after.example": 5,
        "errors.gone": {},
        "errors.gone.message": "Gone.",
        "envelopes": [
            {"body": {"error": {"code": "{code}", "message": "{message}", "*": "{details}"}}}
        ],
    }


def test_an_example_that_is_no_error_is_none() -> None:
    page = '## Errors\n\n```json\n{"id": 1, "type": "invoice", "name": "x"}\n```\n'
    assert said("a.md", page) == {}


@pytest.mark.parametrize(
    "box",
    [
        '!!! failure "401 Unauthorized"\n{}',
        '??? "401 Unauthorized"\n{}',
        '=== "401 Unauthorized"\n{}',
        "### 401 Unauthorized\n{}",
    ],
)
def test_an_example_under_a_status_has_it(box: str) -> None:
    inner = '\n```json\n{"error": "who_are_you", "message": "Who?"}\n```\n\nCauses:\n\n- No key\n'
    indented = "".join(f"    {line}\n" if line else "\n" for line in inner.splitlines())
    page = box.format(inner if box.startswith("#") else indented)
    found = said("a.md", page)
    assert found["errors.who_are_you.status"] == 401
    assert found["errors.who_are_you.causes"] == ["No key"]


def test_lists_of_codes_and_of_statuses() -> None:
    page = """\
# Error codes

- `bad_crop` (400): The crop is too large.
- **too_many** - Slow down.
- 404: Not Found - There is no image.
- `CropError`: raised for crops
"""
    assert said("a.md", page) == {
        "errors.bad_crop": {},
        "errors.bad_crop.status": 400,
        "errors.bad_crop.meaning": "The crop is too large.",
        "errors.too_many": {},
        "errors.too_many.meaning": "Slow down.",
        "statuses.404.meaning": "There is no image.",
    }
    assert untold("a.md", page) == ["6: classes of exceptions without codes: CropError"]


def test_a_list_of_the_fields_of_a_body_is_no_list_of_codes() -> None:
    page = """\
# Errors

```json
{"error": {"error_code": "string", "trace_id": "string", "message": "string"}}
```

- `error_code` - names the error
- `trace_id` - for support
"""
    assert list(said("errors.md", page)) == ["envelopes"]


def test_fields_of_one_error() -> None:
    page = """\
## `bad_crop` (400)

| Field | Type | Description |
|-------|------|-------------|
| `width` | integer | The *greatest* width. |
"""
    found = said("errors.md", page)
    assert found["errors.bad_crop.details.width.type"] == "integer"
    assert found["errors.bad_crop.details.width.meaning"] == "The *greatest* width."


def test_what_is_not_understood_is_told_once_for_all_of_a_kind() -> None:
    page = """\
# Errors

| Colour | Size |
|--------|------|
| red | 1 |

| Code | Status | Severity |
|------|--------|----------|
| `a_b` | 400 | high |
| of all sorts | 409 | low |
| | 410 | low |

| Code | Status | Severity |
|------|--------|----------|
| `c_d` | 400 | high |

## `a_b`

First.

Second, without a label.

## `c_d`

First.

Third.
"""
    assert untold("errors.md", page) == [
        "7: the column 'Severity' was not read",
        "10: 2 rows have no code that can be told, at line 10, 11",
        "3: tables of which no column holds codes or statuses were left out: Colour | Size (3)",
        "21: text that no label says the meaning of was left out: a_b, c_d",
    ]


def test_a_text_that_is_worded_twice_is_taken_once() -> None:
    page = "| Code | Meaning |\n|--|--|\n| `a_b` | Short. |\n\n## `a_b`\n\nMuch longer.\n"
    assert said("a.md", page)["errors.a_b.meaning"] == "Short."
    kind = "the meaning is worded in several ways, and the first was taken"
    assert untold("a.md", page) == [f"7: {kind}: a_b"]


def test_a_column_that_was_named() -> None:
    page = "| Colour | Words |\n|--|--|\n| red | It is red. |\n"
    facts = gathered("a.md", page, Colour="code", Words="meaning").facts
    assert [(fact.path, fact.value) for fact in facts] == [
        (("errors", "red"), {}),
        (("errors", "red", "meaning"), "It is red."),
    ]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a **b** and __c__, *d* `e*` 5 * 3", "a **b** and **c**, *d* `e*` 5 * 3"),
        (
            "[x](javascript:alert) ![pic](https://a.b/c) <https://a.b>",
            "x pic [https://a.b](https://a.b)",
        ),
        ("<script>&lt;b&gt;</script>&nbsp;&amp; \u200bz", "<b> & z"),
        ("\\*not\\* \\`code\\`", "\\*not\\* \\`code\\`"),
        ("one\u2003two\u202e", "one two"),
        ("snake_case_word and **open", "snake_case_word and **open"),
    ],
)
def test_prose_is_ours(markdown: str, expected: str) -> None:
    page = f"| Code | Meaning |\n|--|--|\n| `a_b` | {markdown} |\n"
    assert said("a.md", page)["errors.a_b.meaning"] == expected
