"""errors.json.schema.json: the JSON Schema of errors.json, as ``errors_json`` documents it.

It is that of errors.yaml but for what is written in one way only: what is empty or the default of
its key is left out, texts that look like numbers are texts, and lists are lists, ``status`` apart.
Keys that are not known are allowed, since readers ignore them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from errorbook.catalog import Api, Catalog
from errorbook.catalog.models import LONGEST_CODE
from errorbook.outputs.errors_json import FORMAT as CATALOG_FORMAT
from errorbook.outputs.languages import LANGUAGES, languages_of
from errorbook.outputs.schema import DIALECT, Schema, catalog_schema
from errorbook.outputs.stamp import GENERATED, stamp_line, stamped

FORMAT: Final = 1
SUMMARY: Final = "the JSON Schema of errors.json"
FILE: Final = "errors.json.schema.json"

_ANYTHING: Final = "#/$defs/JsonValue"
_TEXT_OR_NUMBER: Final = ["string", "number", "boolean"]
_LEAST: Final = {"array": "minItems", "object": "minProperties", "string": "minLength"}
"""How a value that is not empty is asked for, by its type."""
_CODES: Final = (("Error", "replaced_by"), ("Retired", "replaced_by"))
_CODE_LISTS: Final = (("Error", "renamed_from"), ("Symptom", "errors"))
_TEXT: Final[Schema] = {"type": "string"}
_ALWAYS_TOLD: Final = tuple(one.NAME for one in languages_of(Api()))
"""Languages that every errors.json tells of; others are there where an API asks for them."""


def render(_: Catalog) -> Mapping[str, str]:
    """Return the schema as one file. It is the same for every catalog."""
    return {FILE: _stamped(json.dumps(errors_json_schema()))}


@lru_cache(maxsize=1)
def _stamped(text: str) -> str:
    """Return the schema as it is written to a file: indenting is slow, and it is the same again."""
    schema = json.loads(text)
    content = json.dumps(schema, sort_keys=True).encode()
    comment = f"{GENERATED} {stamp_line('catalog-schema', FORMAT, content)}"
    document = {"$schema": DIALECT, "$comment": comment, **schema}
    return stamped(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


@cache
def errors_json_schema() -> Schema:
    """Return the JSON Schema of errors.json.

    It is made once: whoever gets it must leave it as it is.
    """
    published = json.loads(json.dumps(catalog_schema()))  # its own copy
    models: dict[str, Schema] = published["$defs"]
    for model in models.values():
        _publish(model)
    _complete(models)
    apis = published["properties"]["apis"]
    return {
        "title": "errors.json",
        "description": "A catalog of errors, and what follows from it.",
        "type": "object",
        "required": ["format", "words", "apis"],
        "properties": {
            "format": {"const": CATALOG_FORMAT, "description": "Version of this format."},
            "$comment": {"type": "string", "description": "Where the file comes from."},
            "words": _words(),
            "apis": apis,
        },
        "$defs": models,
    }


def _publish(model: Schema) -> None:
    """Ask of a model what is written of it: unknown keys apart, nothing empty and no default."""
    model.pop("additionalProperties", None)
    for key, field in model.get("properties", {}).items():
        required = key in model.get("required", ())
        model["properties"][key] = _written(field, may_be_empty=required)


def _written(field: Schema, *, may_be_empty: bool) -> Schema:
    """Return the schema of a field where it is there, which says that it is no default."""
    default = field.get("default")
    said = {key: value for key, value in field.items() if key != "default"}
    choices = [one for one in said.pop("anyOf", []) if one != {"type": "null"}]
    if len(choices) == 1:
        said = {**choices[0], **said}
    elif choices:
        return {**said, "anyOf": [_one(choices[0]), *map(_several, choices[1:])]}
    said = _one(said)
    is_optional_text = "anyOf" in field  # absent, it is no text at all, and so it may be empty
    kind = "object" if "$ref" in said and said["$ref"] != _ANYTHING else said.get("type")
    if not may_be_empty and not is_optional_text and kind in _LEAST and "enum" not in said:
        said[_LEAST[kind]] = 1
    if isinstance(default, bool):
        said = {**said, "const": not default}
    elif isinstance(default, str):
        said = {**said, "not": {"const": default}}
        said.pop("minLength", None)
    return said


def _one(field: Schema) -> Schema:
    """Return the schema of one value, or of a list of them, that is written in one way."""
    if field.get("type") == _TEXT_OR_NUMBER:
        return {**field, "type": "string"}
    if "items" in field:
        return {**field, "items": _one(field["items"])}
    return field


def _several(field: Schema) -> Schema:
    return {**_one(field), "minItems": 2}


def _complete(models: dict[str, Schema]) -> None:
    """Say what only errors.json has, and of what it has, what errors.yaml may have in two ways."""
    for name, key in (("Error", "renamed_from"), ("Retry", "after")):
        field = models[name]["properties"][key]
        item, _ = field.pop("anyOf")
        field.update({"type": "array", "items": item, "minItems": 1})
    models["Code"] = {
        "description": "An error code, as the API sends it.",
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST_CODE,
    }
    for name, key in _CODES:
        models[name]["properties"][key] |= {"minLength": 1, "maxLength": LONGEST_CODE}
    for name, key in _CODE_LISTS:
        models[name]["properties"][key]["items"] = {"$ref": "#/$defs/Code"}
    models["Api"]["properties"]["derived"] = _derived_of_api()
    models["Error"]["properties"]["derived"] = _derived_of_error()
    for name in ("Api", "Error"):
        models[name]["required"] = ["derived"]


def _words() -> Schema:
    told = {"type": "array", "prefixItems": [_TEXT, _TEXT], "items": False, "minItems": 2}
    return {
        "description": "What to show for the words of the catalog.",
        "type": "object",
        "required": ["actions", "retry", "backoff"],
        "properties": {
            "actions": {
                "description": "Title, and what it asks for, of the words that some error uses.",
                "type": "object",
                "additionalProperties": told,
            },
            "retry": {
                "description": "Label, and sentence without its full stop.",
                "type": "object",
                "additionalProperties": told,
            },
            "backoff": {
                "description": "A clause.",
                "type": "object",
                "additionalProperties": _TEXT,
            },
        },
    }


def _derived_of_api() -> Schema:
    sdk = {
        "type": "object",
        "required": ["package", "base"],
        "properties": {
            "package": {"type": "string", "description": "What is imported."},
            "base": {
                "type": "string",
                "description": "Class that is raised for codes without one of their own.",
            },
        },
    }
    return {
        "description": "What follows from the catalog.",
        "type": "object",
        "required": ["statuses", *_ALWAYS_TOLD],
        "properties": {
            "statuses": {
                "description": "What the statuses of its errors mean.",
                "type": "object",
                "propertyNames": {"pattern": "^[1-5][0-9][0-9]$"},
                "additionalProperties": _TEXT,
            },
            **{
                name: {"description": f"Its SDK in {language.TITLE}.", **sdk}
                for name, language in LANGUAGES.items()
            },
        },
    }


def _derived_of_error() -> Schema:
    return {
        "description": "What follows from the catalog.",
        "type": "object",
        "required": ["exception", "snippets"],
        "properties": {
            "exception": {
                "description": "Exception class, by language.",
                "type": "object",
                "required": list(_ALWAYS_TOLD),
                "additionalProperties": _TEXT,
            },
            "exit_code": {
                "description": "Exit code of the command line.",
                "type": "integer",
                "minimum": 0,
                "maximum": 255,
            },
            "example": {
                "description": "A response with it.",
                "type": "object",
                "properties": {
                    "status": {"type": "integer", "minimum": 100, "maximum": 599},
                    "headers": {
                        "type": "object",
                        "minProperties": 1,
                        "additionalProperties": _TEXT,
                    },
                    "body": {"$ref": _ANYTHING},
                },
            },
            "link": {
                "description": "Where it is documented: whole, or relative to errors.json itself.",
                "type": "string",
                "minLength": 1,
            },
            "snippets": {
                "description": "Pieces of code to copy: title, language, text.",
                "type": "array",
                "items": {
                    "type": "array",
                    "prefixItems": [_TEXT, _TEXT, _TEXT],
                    "items": False,
                    "minItems": 3,
                },
            },
        },
    }
