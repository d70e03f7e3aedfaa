"""Reference page of errors.yaml: every key of every mapping, from the same schema as editors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from errorbook.catalog import ACTION_WORDS, Catalog
from errorbook.outputs.schema import Schema, catalog_schema
from errorbook.outputs.stamp import GENERATED, stamp_line, stamped

FORMAT: Final = 1
SUMMARY: Final = "a Markdown page with every key of errors.yaml"
FILE: Final = "reference.md"

_ROOT: Final = "Catalog"
_TITLES: Final = {
    _ROOT: "The file",
    "Api": "API",
    "EnvelopeField": "Envelope field",
    "ExitCode": "Exit code",
    "Retired": "Retired code",
    "SdkApi": "API in an SDK",
    "SdkError": "Error in an SDK",
    "StatusNote": "Note on a status",
}
_KEY_WORDS: Final = {
    "apis": "id",
    "errors": "code",
    "exit_codes": "number",
    "groups": "id",
    "operations": "id",
    "retired": "code",
    "sdk": "language",
    "statuses": "status",
}
"""What to call a key of a mapping; ``name`` for all others."""
_KINDS: Final = {
    "string": ("text", "texts"),
    "integer": ("whole number", "whole numbers"),
    "number": ("number", "numbers"),
    "boolean": ("`true` or `false`", "`true` and `false`"),
}
_INTRODUCTION: Final = """\
One table for each mapping of `errors.yaml`, from the outside in. A key may be left out unless it
is **required**. In a path, `<name>` is a key that you choose, and `[]` is any entry of a list."""
_WORDS_OF_DO: Final = """\
Programs branch on them, so the list is closed: words are added, none ever changes its meaning."""


def render(_: Catalog) -> Mapping[str, str]:
    """Return the page as one file. It is the same for every catalog."""
    schema = catalog_schema()
    content = json.dumps(schema, sort_keys=True).encode()
    comment = f"<!-- {GENERATED} {stamp_line('reference', FORMAT, content)} -->"
    lines = ["---", "title: Reference of errors.yaml", "---", "", comment, "", *_page(schema)]
    return {FILE: stamped("\n".join(lines).rstrip() + "\n")}


def _page(schema: Schema) -> Iterator[str]:
    models = {_ROOT: schema, **schema["$defs"]}
    paths: dict[str, list[str]] = {}
    for name, path in _walk(models, _ROOT, ""):
        paths.setdefault(name, []).append(path)
    yield from ("# Reference of errors.yaml", "", _INTRODUCTION)
    for name, places in paths.items():
        yield from _section(name, models[name], places)
    yield from ("", "## Words of `do` {#words-of-do}", "", _WORDS_OF_DO, "")
    yield from ("| `do` | tells a client or agent |", "|---|---|")
    yield from (f"| `{word}` | {_cell(text)} |" for word, text in sorted(ACTION_WORDS.items()))


def _walk(models: Mapping[str, Schema], name: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield every mapping that can be reached, outer ones first, with the path to it."""
    yield name, path
    for key, field in models[name]["properties"].items():
        for inner, step in _references(field, key):
            if "properties" in models[inner]:
                yield from _walk(models, inner, f"{path}.{step}".removeprefix("."))


def _references(field: Schema, key: str) -> Iterator[tuple[str, str]]:
    if "$ref" in field:
        yield _name(field), key
    elif "$ref" in field.get("items", {}):
        yield _name(field["items"]), f"{key}[]"
    elif "$ref" in _values(field):
        yield _name(_values(field)), f"{key}.<{_key_word(key)}>"


def _name(field: Schema) -> str:
    return str(field["$ref"]).rsplit("/", 1)[1]


def _values(field: Schema) -> Schema:
    """Return the schema of the values of a mapping whose keys are not known beforehand."""
    patterns = list(field.get("patternProperties", {}).values())
    additional = field.get("additionalProperties")
    values: Any = patterns[0] if patterns else additional
    return values if isinstance(values, dict) else {}


def _section(name: str, model: Schema, places: list[str]) -> Iterator[str]:
    yield from ("", f"## {_title(name)} {{#{name.lower()}}}", "")
    yield _first_paragraph(model.get("description", ""))
    if any(places):
        yield from ("", f"Stands at {' and '.join(f'`{place}`' for place in places)}.")
    yield from ("", "| key | value | meaning |", "|---|---|---|")
    required = model.get("required", ())
    for key, field in model["properties"].items():
        yield f"| `{key}` | {_kind(key, field)} | {_meaning(field, required=key in required)} |"


def _meaning(field: Schema, *, required: bool) -> str:
    text = _cell(field.get("description", ""))
    if required:
        return f"**Required.** {text}"
    default = field.get("default")
    if default is None or isinstance(default, dict):
        return text
    shown = json.dumps(default) if isinstance(default, bool) else default
    return f"{text} Default: `{shown}`."


def _title(name: str) -> str:
    return _TITLES.get(name, name)


def _first_paragraph(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split()).replace("``", "`")


def _kind(key: str, field: Schema) -> str:
    """Return what a value may be, in words, with links to the mapping it is."""
    values = _values(field)
    if values:
        return f"{_one(values)} for each {_key_word(key)}"
    if field.get("type") == "array":
        return _several(field["items"])
    choices = [one for one in field.get("anyOf", [field]) if one.get("type") != "null"]
    if any(one.get("type") == "array" for one in choices):
        return f"{_one(choices[0])}, or a list of them"
    return _one(choices[0])


def _one(field: Schema) -> str:
    if "oneOf" in field:
        return "[a word of the list](#words-of-do)"
    if "enum" in field or "const" in field:
        words = [f"`{word}`" for word in field.get("enum", [field.get("const")])]
        return " or ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
    if "$ref" in field:
        return _link(_name(field))
    if "type" not in field:
        return "anything"
    return _KINDS[_type(field)][0] + _range(field)


def _several(field: Schema) -> str:
    if "$ref" in field:
        return f"list of {_link(_name(field), 's')}"
    return f"list of {_KINDS[_type(field)][1]}"


def _type(field: Schema) -> str:
    """Return the type of a simple value. What may be written in several ways is kept as text."""
    return field["type"] if isinstance(field["type"], str) else "string"


def _link(name: str, ending: str = "") -> str:
    if name == "JsonValue":
        return "anything"
    title = _title(name)
    label = title if title[:2].isupper() else title[0].lower() + title[1:]
    return f"[{label}{ending}](#{name.lower()})"


def _key_word(key: str) -> str:
    return _KEY_WORDS.get(key, "name")


def _range(field: Schema) -> str:
    least, most = field.get("minimum"), field.get("maximum")
    if most is not None:
        return f" from {least or 0} to {most}"
    return f" from {least}" if least is not None else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
