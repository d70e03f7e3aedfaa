"""What only a whole page tells: fields of envelopes, packages, statuses, classes that lack."""

from __future__ import annotations

from tests.importing.docs.reading import said, untold

_BODY = """\
## Error response

```json
{"error": {"code": "slow_down", "message": "Wait 5 seconds.", "wait_seconds": 5}}
```

- `code` — stable, never changes. Match on *it*.
- `message` — for people. May change without notice.
- `wait_seconds` — how long to wait.
"""


def test_what_a_list_says_of_the_fields_of_the_body() -> None:
    found = said("a.md", _BODY)
    assert found["envelopes"][0]["fields"] == {
        "code": {"meaning": "stable, never changes. Match on *it*.", "stable": True},
        "message": {"meaning": "for people. May change without notice.", "stable": False},
    }
    assert found["errors.slow_down.details.wait_seconds.meaning"] == "how long to wait."
    assert found["errors.slow_down.details.wait_seconds.unit"] == "seconds"
    assert found["errors.slow_down.message"] == "Wait {wait_seconds} seconds."
    assert untold("a.md", _BODY) == []


def test_a_field_that_no_error_has_is_told() -> None:
    body = '```json\n{"trace": "x", "error": {"code": "a_b", "message": "M"}}\n```\n'
    page = f"## Errors\n\n{body}\n- `trace` - for support\n"
    assert untold("a.md", page) == ["7: what is said of fields of the body was left out: trace"]


def test_a_value_in_doubt_is_told_and_stays() -> None:
    body = '{"error": {"code": "a_b", "message": "5 of 5 used.", "limit": 5}}'
    page = f"## Errors\n\n```json\n{body}\n```\n"
    assert said("a.md", page)["errors.a_b.message"] == "5 of 5 used."
    (told,) = untold("a.md", page)
    assert told.endswith("may say values of its details: a_b (limit)")


_EXCEPTIONS = """\
| Code | HTTP |
|--|--|
| `not_found` | 404 |
| `sold_out` | 409 |

| Exception | Error code |
|--|--|
| `ShopError` | Base class |
| `NotFoundError` | `not_found` |
"""


def test_codes_that_a_table_of_exceptions_lacks_are_told_once() -> None:
    assert untold("a.md", _EXCEPTIONS) == [
        "6: the table of exceptions has no class for: sold_out",
    ]
    assert untold("a.md", f"{_EXCEPTIONS}| `SoldOutError` | `sold_out` |\n") == []


def test_the_package_is_the_one_that_the_exceptions_come_from() -> None:
    code = "\n```python\nimport os\nfrom shop.errors import (\n    NotFoundError,\n)\n```\n"
    assert said("a.md", _EXCEPTIONS + code)["sdk.python.package"] == "shop"
    other = "\n```python\nfrom store import ShopError\n```\n"
    assert "sdk.python.package" not in said("a.md", _EXCEPTIONS + code + other)
    assert "sdk.python.package" not in said("a.md", "```python\nfrom a import BError\n```\n")


def test_a_status_is_told_where_the_code_is_its_reason_phrase() -> None:
    table = "| Status | Meaning |\n|--|--|\n| 404 Not Found | Gone. |\n| 409 | Taken. |\n\n"
    page = f"# Errors\n\n{table}## `not_found`\n\nNone.\n\n## `sold_out`\n\nNone left.\n"
    found = said("a.md", page)
    assert found["errors.not_found.status"] == 404
    assert "errors.sold_out.status" not in found
