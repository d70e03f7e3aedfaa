"""A catalog in which all that is internal says so, in every field, and the same without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from errorbook.catalog import Catalog, load

WORD: Final = "quokka"
"""Stands in everything that is internal, and in nothing else."""
CODE: Final = "quokka_loose"

_INTERNAL: Final[dict[str, Any]] = {
    CODE: {
        "status": 599,
        "meaning": "The quokka is loose.",
        "message": "Quokka {name} at {place}.",
        "placeholders": {"name": {"example": "Quokka", "meaning": "Which quokka."}},
        "causes": ["A quokka."],
        "fix": "Catch the quokka.",
        "actions": [{"do": "wait", "how": "Feed the quokka.", "when": "if it is a quokka"}],
        "retry": {"when": "as_is", "after": ["quokka_pause", "header:X-Quokka"]},
        "details": {
            "place": {"type": "string", "meaning": "Where the quokka is.", "example": "Quokka"},
            "quokka_pause": {"type": "integer", "unit": "quokkas", "example": 5, "required": True},
            "quokka_key": {"type": "string", "format": "quokka", "sensitive": True},
        },
        "operations": ["catch_quokka", "list"],
        "group": "quokkas",
        "visibility": "internal",
        "stability": "experimental",
        "since": "quokka 1",
        "deprecated": "quokka 2",
        "sunset": "quokka 3",
        "replaced_by": "quokka_two",
        "renamed_from": ["quokka_out"],
        "sdk": {"python": {"exception": "QuokkaError", "aliases": ["OldQuokkaError"]}},
    },
    "quokka_two": {"status": 409, "visibility": "internal", "exit_code": 78, "group": "stock"},
}
_SOLD_OUT: Final[dict[str, Any]] = {
    "status": 409,
    "group": "stock",
    "operations": ["list"],
    "causes": ["Nothing is left."],
}
_BROKE: Final[dict[str, Any]] = {"status": 402}


def with_internal() -> dict[str, Any]:
    """Return the data of the catalog, with internal errors and much that is about them."""
    to = f"(error:{CODE})"
    shop = _shop(
        {
            "summary": f"See <error:{CODE}>, [the *`{CODE}`* one]{to} or [it]{to}.",
            "operations": {"catch_quokka": {"title": "Quokka", "path": "/quokka"}},
            "statuses": {"599": {"meaning": "Quokka.", "causes": ["A quokka."]}},
            "groups": {"quokkas": {"title": "Quokkas", "meaning": "All quokkas."}},
            "errors": _INTERNAL,
            "exit_codes": {
                "77": {"name": "QUOKKA", "meaning": "Quokka.", "for": [CODE, "599"]},
                "78": {"name": "QUOKKAS", "meaning": "Quokkas."},
            },
            "retired": {"quokka_out": {"removed": "1", "reason": "Quokka.", "meaning": "Quokka."}},
        }
    )
    shop["errors"]["sold_out"] |= {
        "replaced_by": "quokka_two",
        "meaning": f"Sold out, or [{CODE}](error:{CODE}).",
    }
    shop["exit_codes"]["1"]["for"] = ["quokka_two", "4xx"]
    shop["retired"]["old"] |= {"replaced_by": CODE, "reason": f"It is [else](error:{CODE}) now."}
    shop["troubleshooting"] = [
        {"symptom": "Quokka.", "cause": "Quokka.", "solution": "Quokka.", "errors": [CODE]},
        {"symptom": "It fails.", "errors": [CODE, "sold_out"]},
    ]
    shop["sdk"] = {
        "python": {
            "parents": {"quokkas": "QuokkasError", "599": "Quokka599Error", "4xx": "CallerError"},
            "aliases": {"AllQuokkasError": "QuokkasError", "OldCallerError": "CallerError"},
        }
    }
    bank = {"errors": {"broke": _BROKE | {"fix": f"[`{CODE}`](error:shop/{CODE})"}}}
    zoo = {
        "title": "Quokka zoo",
        "server": "https://quokka.example",
        "errors": {"shut": {"status": 418, "visibility": "internal"}},
    }
    return {"apis": {"shop": shop, "bank": bank, "quokka": zoo}}


def without() -> dict[str, Any]:
    """Return the data of the same catalog as it is where there is nothing internal."""
    shop = _shop({})
    nameless = "an internal error"
    shop["summary"] = f"See {nameless}, {nameless} or it."
    shop["errors"]["sold_out"]["meaning"] = f"Sold out, or {nameless}."
    shop["retired"]["old"]["reason"] = "It is else now."
    shop["troubleshooting"] = [{"symptom": "It fails.", "errors": ["sold_out"]}]
    shop["sdk"] = {
        "python": {
            "parents": {"4xx": "CallerError"},
            "aliases": {"OldCallerError": "CallerError"},
        }
    }
    bank = {"errors": {"broke": _BROKE | {"fix": nameless}}}
    return {"apis": {"shop": shop, "bank": bank}}


def write(data: dict[str, Any], folder: Path) -> Catalog:
    """Write ``data`` as errors.yaml of ``folder``, and return its catalog."""
    file = folder / "errors.yaml"
    file.write_text(json.dumps(data), encoding="utf-8")
    return load(file).catalog


def _shop(more: dict[str, Any]) -> dict[str, Any]:
    shop: dict[str, Any] = {
        "title": "Shop",
        "docs": {"url": "https://docs.example"},
        "envelopes": [{"body": {"code": "{code}", "message?": "{message}", "*": "{details}"}}],
        "operations": {"list": {"title": "List", "path": "/things"}},
        "statuses": {"409": {"meaning": "Taken."}, "404": {"meaning": "Not there."}},
        "groups": {"stock": {"title": "Stock"}, "empty": {"title": "Nothing yet"}},
        "errors": {"sold_out": dict(_SOLD_OUT)},
        "exit_codes": {
            "1": {"name": "FAILED", "for": ["4xx"]},
            "3": {"name": "NETWORK", "for": ["network"]},
            "9": {"name": "UNUSED"},
        },
        "retired": {"old": {"removed": "2"}},
    }
    for key, value in more.items():
        shop[key] = {**shop[key], **value} if isinstance(value, dict) else value
    return shop
