"""JSON Schema of errors.yaml, for editors: what they complete, explain and underline."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from errorbook.catalog import ACTION_WORDS, Catalog
from errorbook.catalog.models import LONGEST_CODE
from errorbook.outputs.stamp import GENERATED, stamp_line, stamped

FORMAT: Final = 1
SUMMARY: Final = "the JSON Schema of errors.yaml, for editors"
FILE: Final = "errors.schema.json"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_CODE_KEYS: Final = {"minLength": 1, "maxLength": LONGEST_CODE}
_KEYS: Final[Mapping[str, Schema]] = {
    "errors": _CODE_KEYS,
    "retired": _CODE_KEYS,
    "statuses": {"pattern": "^[1-5][0-9][0-9]$"},
    "exit_codes": {"pattern": "^(0|[1-9][0-9]{0,2})$"},
}
"""What the keys of an API's mappings may be, where their models say it in Python."""
_ONE_OR_SEVERAL: Final = (("Error", "renamed_from"), ("Retry", "after"))
"""Lists that a single value may stand for."""


def render(_: Catalog) -> Mapping[str, str]:
    """Return the schema as one file. It is the same for every catalog."""
    return {FILE: schema_text()}


@cache
def schema_text() -> str:
    """Return the schema as it is written to a file, stamped: each build of a site writes it."""
    schema = catalog_schema()
    content = json.dumps(schema, sort_keys=True).encode()
    comment = f"{GENERATED} {stamp_line('schema', FORMAT, content)}"
    document = {"$schema": DIALECT, "$comment": comment, **schema}
    return stamped(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


@cache
def catalog_schema() -> Schema:
    """Return the JSON Schema of one file of a catalog, which may hold only a part of it.

    It is made once: whoever gets it must leave it as it is.
    """
    schema = Catalog.model_json_schema(by_alias=True)
    for model in (schema, *schema["$defs"].values()):
        _tidy(model)
    _complete(schema["$defs"])
    schema["title"] = "errors.yaml"
    schema["properties"]["include"] = {
        "description": "Further files of the catalog, below this file's folder.",
        "type": "array",
        "items": {"type": "string"},
    }
    schema.pop("required", None)
    return schema


def _tidy(model: Schema) -> None:
    """Take out what only repeats names and absence; close mappings whose keys have a pattern."""
    model.pop("title", None)
    for field in model.get("properties", {}).values():
        field.pop("title", None)
        if field.get("default") in (None, "", []):
            field.pop("default", None)
        if "patternProperties" in field:
            field["additionalProperties"] = False


def _complete(models: dict[str, Schema]) -> None:
    """Say what the schema of Pydantic leaves out of what the models accept and refuse."""
    for key, names in _KEYS.items():
        models["Api"]["properties"][key]["propertyNames"] = names
    for model, key in _ONE_OR_SEVERAL:
        field = models[model]["properties"][key]
        several = {"type": field.pop("type"), "items": field["items"]}
        field["anyOf"] = [field.pop("items"), several]
    do = models["Action"]["properties"]["do"]
    do.pop("enum")
    do["oneOf"] = [
        {"const": word, "description": meaning} for word, meaning in sorted(ACTION_WORDS.items())
    ]
