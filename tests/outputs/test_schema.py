"""The JSON Schema of errors.yaml."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from errorbook.catalog import Catalog
from errorbook.outputs.schema import catalog_schema, schema_text

ROOT = Path(__file__).parents[2]
SCHEMA = catalog_schema()
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def test_the_committed_schema_is_what_the_models_give() -> None:
    assert (ROOT / "errors.schema.json").read_text(encoding="utf-8") == schema_text()


def test_every_mapping_refuses_keys_it_does_not_know() -> None:
    models = [SCHEMA, *(one for one in SCHEMA["$defs"].values() if "properties" in one)]
    assert len(models) > 15
    assert all(model["additionalProperties"] is False for model in models)


def test_every_key_is_explained() -> None:
    for model in (SCHEMA, *SCHEMA["$defs"].values()):
        for key, field in model.get("properties", {}).items():
            assert field.get("description"), key


def test_it_accepts_the_catalog_of_this_repository() -> None:
    assert list(_refused(SCHEMA, _read("errors.yaml"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "apis: {a: {errors: {x: {}, 404: {status: 404}, 20003: {status: [400, 401]}}}}",
        "apis: {a: {errors: {x: {replaced_by: 404, renamed_from: y}}}}",
        "apis: {a: {errors: {x: {renamed_from: [y, 3]}}}}",
        "apis: {a: {errors: {x: {retry: {after: seconds}}}}}",
        "apis: {a: {version: 1.10, statuses: {404: {}}, exit_codes: {0: {name: OK}}}}",
        "include: [more.yaml]",
    ],
)
def test_it_accepts_what_the_catalog_may_hold(text: str) -> None:
    assert list(_refused(SCHEMA, _with_text_keys(yaml.safe_load(text)))) == []


@pytest.mark.parametrize(
    "text",
    [
        "api: {}",
        "apis: {A: {}}",
        "apis: {a: {erors: {}}}",
        "apis: {a: {errors: {x: {meanin: s}}}}",
        "apis: {a: {errors: {x: {status: 42}}}}",
        "apis: {a: {errors: {x: {actions: [{do: abrt}]}}}}",
        "apis: {a: {errors: {x: {actions: [{how: x}]}}}}",
        "apis: {a: {errors: {x: {retry: {wen: never}}}}}",
        "apis: {a: {errors: {x: {retry: {when: nver}}}}}",
        "apis: {a: {statuses: {4xx: {}}}}",
        "apis: {a: {groups: {Bad: {}}}}",
        "apis: {a: {exit_codes: {x: {name: OK}}}}",
    ],
)
def test_it_refuses_what_is_misspelt(text: str) -> None:
    assert list(_refused(SCHEMA, _with_text_keys(yaml.safe_load(text)))) != []


def test_it_allows_no_word_that_the_models_refuse() -> None:
    fields = Catalog.model_json_schema(by_alias=True)["$defs"]["Action"]["properties"]
    words = [one["const"] for one in SCHEMA["$defs"]["Action"]["properties"]["do"]["oneOf"]]
    assert words == sorted(fields["do"]["enum"])


def _read(name: str) -> Any:
    return _with_text_keys(yaml.safe_load((ROOT / name).read_text(encoding="utf-8")))


def _with_text_keys(value: Any) -> Any:
    """Return YAML as editors see it: every key is a text."""
    if isinstance(value, dict):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    return [_with_text_keys(item) for item in value] if isinstance(value, list) else value


def _refused(schema: dict[str, Any], value: Any) -> Iterator[str]:
    """Yield what ``schema`` refuses in ``value``, as far as our schema needs to be understood."""
    assert schema.keys() <= _UNDERSTOOD, schema.keys() - _UNDERSTOOD
    if "$ref" in schema:
        yield from _refused(SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], value)
    for choice in ("anyOf", "oneOf"):
        fitting = [one for one in schema.get(choice, []) if not list(_refused(one, value))]
        if choice in schema and not fitting:
            yield f"{value!r} is none of them"
    yield from _refused_value(schema, value)
    if isinstance(value, dict):
        yield from _refused_keys(schema, value)
    for item in value if isinstance(value, list) else ():
        yield from _refused(schema.get("items", {}), item)


def _refused_value(schema: dict[str, Any], value: Any) -> Iterator[str]:
    kinds = schema.get("type", [])
    allowed = [TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    if allowed and not any(isinstance(value, kind) for kind in allowed):
        yield f"{value!r} is not of type {kinds}"
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{value!r} is not a word of the list"
    if isinstance(value, int) and not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
    ):
        yield f"{value!r} is out of range"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{value!r} is not like {schema['pattern']}"


def _refused_keys(schema: dict[str, Any], value: dict[str, Any]) -> Iterator[str]:
    yield from (f"{key} is missing" for key in schema.get("required", []) if key not in value)
    for key, item in value.items():
        yield from _refused(schema.get("propertyNames", {}), key)
        patterns = schema.get("patternProperties", {}).items()
        inner = [one for pattern, one in patterns if re.search(pattern, key)]
        inner += [schema["properties"][key]] if key in schema.get("properties", {}) else []
        rest = schema.get("additionalProperties", {})
        if not inner and rest is False:
            yield f"unknown key {key}"
        for one in inner or ([rest] if rest else []):
            yield from _refused(one, item)


_UNDERSTOOD = {
    *("$defs", "$ref", "additionalProperties", "anyOf", "const", "default", "description", "enum"),
    *("items", "maxLength", "maximum", "minLength", "minimum", "oneOf", "pattern", "title", "type"),
    *("patternProperties", "properties", "propertyNames", "required"),
}


def test_it_is_valid_json_with_a_dialect() -> None:
    document = json.loads(schema_text())
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["title"] == "errors.yaml"
