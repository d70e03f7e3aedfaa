"""Files, references and places: what is followed, what is not, and where everything stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errorbook.importing import openapi
from errorbook.importing.gathered import Gathered
from errorbook.importing.readers import UnreadableError, Wish
from tests.importing.openapi.imported import Fields, answer, document, read, source, untold, values

CODES = {"properties": {"code": {"enum": ["pet_gone"]}}}


def from_files(folder: Path, reference: str, **files: Fields) -> Gathered:
    """Return what a document says whose 404 refers to something in other files."""
    for name, content in files.items():
        path = folder / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))
    main = folder / "openapi.json"
    main.write_text(json.dumps(document({"404": {"$ref": reference}})))
    return openapi.read(source(main.read_text(), "api/openapi.json", main), Wish())


def test_places_are_those_of_the_values() -> None:
    text = (
        "openapi: 3.0.0\ninfo: {title: Pets, version: 1.10}\npaths:\n  /pets:\n    get:\n"
        "      responses:\n        404:\n          description: ''\n          content:\n"
        "            application/json:\n              example: {code: pet_gone}\n"
    )
    facts = {fact.path: fact for fact in read(text).facts}

    assert str(facts["title",].place) == "openapi.yaml:2:15"
    assert facts["version",].value == "1.10"
    assert str(facts["errors", "pet_gone"].place) == "openapi.yaml:11:31"


def test_places_in_json_are_those_of_the_values() -> None:
    text = '{"openapi": "3.1.0",\n "info": {"title": "Pets"}}'
    facts = {fact.path: fact for fact in openapi.read(source(text), Wish()).facts}

    assert str(facts["title",].place) == "openapi.json:2:20"


def test_a_reference_leads_to_another_file_beside(tmp_path: Path) -> None:
    gathered = from_files(
        tmp_path, "more/errors.json#/gone", **{"more/errors": {"gone": answer(CODES)}}
    )
    found = {fact.path: fact.place for fact in gathered.facts}

    assert found["errors", "pet_gone"].path == "api/more/errors.json"
    assert untold(gathered) == ""


def test_a_reference_of_another_file_starts_there(tmp_path: Path) -> None:
    first = {"gone": answer({"$ref": "schemas.json#/Gone"})}
    gathered = from_files(
        tmp_path,
        "more/errors.json#/gone",
        **{"more/errors": first, "more/schemas": {"Gone": CODES}},
    )

    assert "pet_gone" in values(gathered)["errors"]


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("https://errors.example/all.json#/gone", "nothing is read over the network"),
        ("http://[/all.json", "nothing is read over the network"),
        ("//errors.example/all.json", "nothing is read over the network"),
        ("file:///etc/passwd", "nothing is read over the network"),
        ("../outside.json#/gone", "it leads out of the folder"),
        ("/etc/passwd", "it leads out of the folder"),
        ("%2e%2e/outside.json#/gone", "it leads out of the folder"),
        ("absent.json#/gone", "cannot be read as YAML or JSON"),
        ("#/components/responses/Gone", "leads nowhere"),
        ("#nowhere", "leads nowhere"),
    ],
)
def test_a_reference_out_of_reach_is_told(tmp_path: Path, reference: str, why: str) -> None:
    (tmp_path / "outside.json").write_text(json.dumps({"gone": answer(CODES)}))
    gathered = from_files(tmp_path / "api", reference, more={})

    assert "errors" not in values(gathered)
    assert why in untold(gathered)
    assert "api/openapi.json:1:" in untold(gathered)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_text(json.dumps({"gone": answer(CODES)}))
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "link.json").symlink_to(tmp_path / "outside.json")
    gathered = from_files(tmp_path / "api", "link.json#/gone")

    assert "errors" not in values(gathered)
    assert "leads out of the folder" in untold(gathered)


def test_what_is_piped_in_refers_to_no_file() -> None:
    gathered = read(document({"404": {"$ref": "more.json#/gone"}}))

    assert "what is piped in has no folder" in untold(gathered)


def test_references_in_a_circle_are_told() -> None:
    circle = {"A": {"$ref": "#/components/responses/B"}, "B": {"$ref": "#/components/responses/A"}}
    gathered = read(document({"404": {"$ref": "#/components/responses/A"}}, {"responses": circle}))

    assert "leads round in a circle" in untold(gathered)


def test_a_schema_within_itself_ends() -> None:
    node = {
        "properties": {"code": {"enum": ["pet_gone"]}, "error": {"$ref": "#/components/schemas/N"}},
        "allOf": [{"$ref": "#/components/schemas/N"}],
        "oneOf": [{"$ref": "#/components/schemas/N"}, {"required": ["code"]}],
    }
    reference = answer({"$ref": "#/components/schemas/N"})
    gathered = read(document({"404": reference}, {"schemas": {"N": node}}))

    assert "pet_gone" in values(gathered)["errors"]


def test_what_yaml_loses_is_told() -> None:
    text = "openapi: 3.0.0\ninfo: &a {title: Pets}\nx: {<<: *a}\npaths: {}\n"

    assert "merge keys" in untold(read(text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"swagger": "2.0", "paths": {}}', "is Swagger 2.0: convert it to OpenAPI 3 first"),
        ('{"openapi": "4.0.0", "paths": {}}', "versions 3.0, 3.1 and 3.2 are read"),
        ('{"openapi": ', "is no JSON"),
        ("[1, 2]", "it is no mapping"),
        ('{"a": 1}', "it has no 'openapi'"),
        ("[" * 100_000, "is no JSON: nested far too deep"),
        ('{"openapi": NaN}', "NaN is no number"),
        ("", "is empty"),
    ],
)
def test_what_is_no_document_is_refused(text: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=r"openapi\.json") as refused:
        openapi.read(source(text), Wish())
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('{"info": {}, "openapi": "3.1.0"}', True),
        ("# Ours\nopenapi: '3.0.3'\ninfo: {}\n", True),
        ("swagger: '2.0'\ninfo: {}\n", True),
        ("errors:\n  - openapi: 3.0.0\n", False),
        ('{"errors": {"a": "openapi"}}', False),
        ("code,status\nopenapi,404\n", False),
        ("", False),
    ],
)
def test_a_document_is_recognised(text: str, is_one: bool) -> None:
    assert openapi.is_one(source(text, "x")) is is_one


@pytest.mark.parametrize(
    ("servers", "server"),
    [
        (
            [{"url": "/v1"}, {"url": "http://a.example"}, {"url": "https://b.example"}],
            "https://b.example",
        ),
        ([{"url": "http://a.example"}], "http://a.example"),
        (
            [{"url": "https://{r}.example", "variables": {"r": {"default": "eu"}}}],
            "https://eu.example",
        ),
        ([{"url": "https://{r}.example"}], None),
        ([{"url": "https://me:secret@a.example"}], None),
        ([{"url": "javascript:alert(1)"}], None),
        ([{"url": "https://["}], None),
    ],
)
def test_the_server_is_the_first_safe_address(servers: list[Fields], server: str | None) -> None:
    gathered = read(document({}, servers=servers))

    assert values(gathered).get("server") == server
    assert ("is no whole address" in untold(gathered)) is (server is None)


def test_a_document_without_errors_says_so() -> None:
    gathered = openapi.read(source('{"openapi": "3.0.0", "paths": {}}'), Wish())

    assert "it has no error responses" in untold(gathered)
