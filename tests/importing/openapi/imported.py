"""OpenAPI documents for the tests, what the reader says of them, and the catalog that makes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from errorbook.catalog import Api, Catalog
from errorbook.catalog.rules import check_catalog
from errorbook.importing import openapi
from errorbook.importing.gathered import Gathered
from errorbook.importing.readers import Wish
from errorbook.importing.sources import Source

Fields = dict[str, Any]


def document(
    responses: Mapping[str, Any], components: Mapping[str, Any] | None = None, **more: Any
) -> Fields:
    """Return a document with one operation that answers with ``responses``."""
    operation = {"operationId": "getPet", "summary": "Get a pet", "responses": dict(responses)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1.0"},
        "paths": {"/pets/{id}": {"get": operation}},
        "components": dict(components or {}),
        **more,
    }


def answer(
    schema: Any = None, *, description: str = "", media: str = "application/json", **content: Any
) -> Fields:
    """Return a response with one body."""
    body = {**({"schema": schema} if schema is not None else {}), **content}
    return {"description": description, "content": {media: body}}


def source(content: Fields | str, name: str = "openapi.json", path: Path | None = None) -> Source:
    """Return a document as a file."""
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    return Source(path, name, text.encode())


def read(content: Fields | str, **columns: str) -> Gathered:
    """Return what the reader says of a document."""
    name = "openapi.yaml" if isinstance(content, str) else "openapi.json"
    return openapi.read(source(content, name), Wish(columns))


def values(gathered: Gathered) -> Fields:
    """Return the facts as one API of errors.yaml would say them; the first of each path counts."""
    data: Fields = {}
    for fact in gathered.facts:
        *steps, last = fact.path
        holder = data
        for step in steps:
            holder = holder.setdefault(step, {})
        if last not in holder:
            holder[last] = dict(fact.value) if isinstance(fact.value, dict) else fact.value
    return data


def api_of(gathered: Gathered) -> Api:
    """Return the API that the facts make, and make sure that it is valid."""
    catalog = Catalog.model_validate_json(json.dumps({"apis": {"pets": values(gathered)}}))
    assert [str(finding) for finding in check_catalog(catalog)] == []
    return catalog.apis["pets"]


def untold(gathered: Gathered) -> str:
    """Return what could not be told, a line for each."""
    return "\n".join(str(problem) for problem in gathered.untold)
