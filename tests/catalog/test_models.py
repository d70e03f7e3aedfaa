"""The nouns of the design, as models: complete, frozen, and explained to whoever writes a file."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from pydantic import BaseModel, ValidationError

import errorbook.catalog
from errorbook.catalog import ACTION_WORDS, Api, Catalog, Error, load, models
from errorbook.catalog.models import ActionWord, Model, StatusNote, message_holes, words

REPOSITORY = Path(__file__).parents[2]
DESIGN = {
    "Catalog": ["apis"],
    "Api": [
        *["title", "version", "envelopes", "statuses", "errors", "groups", "exit_codes"],
        *["troubleshooting", "retired", "contract", "docs"],
    ],
    "Error": [
        *["status", "meaning", "message", "causes", "fix", "actions", "retry", "details"],
        *["operations", "group", "visibility", "stability"],
        *["since", "deprecated", "sunset", "replaced_by", "renamed_from"],
    ],
    "Action": ["do", "how", "when"],
    "Detail": ["type", "unit", "required", "example", "sensitive"],
    "Envelope": ["body", "headers"],
}


ALL = [
    kind
    for kind in vars(models).values()
    if isinstance(kind, type) and issubclass(kind, Model) and kind is not Model
]


@pytest.mark.parametrize(("name", "fields"), DESIGN.items(), ids=DESIGN.keys())
def test_every_field_of_the_design_exists(name: str, fields: list[str]) -> None:
    assert set(fields) <= getattr(models, name).model_fields.keys()


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_a_model_is_frozen_strict_and_deaf_to_unknown_keys(kind: type[BaseModel]) -> None:
    assert kind.model_config["frozen"] is True
    assert kind.model_config["strict"] is True
    assert kind.model_config["extra"] == "forbid"


def test_nothing_can_be_set_on_a_model() -> None:
    with pytest.raises(ValidationError):
        Error().meaning = "Another."  # type: ignore[misc]  # what the test is about


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_a_model_and_each_of_its_fields_are_described(kind: type[BaseModel]) -> None:
    assert kind.__doc__
    assert [name for name, field in kind.model_fields.items() if not field.description] == []


def test_every_word_of_the_closed_list_is_explained() -> None:
    assert tuple(ACTION_WORDS) == get_args(ActionWord) == words(ActionWord)
    assert list(ACTION_WORDS) == sorted(ACTION_WORDS)


def test_the_face_of_the_package_is_what_it_says() -> None:
    face = vars(errorbook.catalog).items()
    public = {name for name, one in face if name[0] != "_" and not isinstance(one, ModuleType)}
    assert public == set(errorbook.catalog.__all__)


def test_numbers_may_be_keys_in_json_and_in_python() -> None:
    notes = Api.model_validate({"statuses": {404: StatusNote()}}).statuses
    assert notes == Api.model_validate_json('{"statuses": {"404": {}}}').statuses


def test_holes_of_a_message_are_named_once_in_their_order() -> None:
    assert message_holes("{b} {a} {b} {1} {} {{c}} {d.e-f}") == ["b", "a", "c", "d.e-f"]


def test_a_catalog_knows_who_owns_a_code() -> None:
    apis = {"a": Api(errors={"x": Error()}), "b": Api(errors={"x": Error(), "y": Error()})}
    catalog = Catalog(apis=apis)
    assert [list(catalog.owners(code)) for code in "xyz"] == [["a", "b"], ["b"], []]


def test_a_catalog_survives_the_way_to_json_and_back() -> None:
    catalog = load(REPOSITORY / "errors.yaml").catalog
    assert Catalog.model_validate_json(catalog.model_dump_json(by_alias=True)) == catalog


@pytest.mark.parametrize("value", [404, 1.5, True, False])
def test_a_code_that_json_has_as_a_value_is_the_text_it_is_written_as(value: object) -> None:
    content = {
        "apis": {"a": {"version": value, "troubleshooting": [{"symptom": "", "errors": [value]}]}}
    }
    api = Catalog.model_validate_json(json.dumps(content)).apis["a"]
    assert api.version == api.troubleshooting[0].errors[0] == json.dumps(value)
