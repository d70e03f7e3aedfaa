"""An errors.yaml may include what was fetched: each errors.json is one part of the catalog."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errorbook.catalog import CatalogError, load
from errorbook.outputs import errors_json


def _publish(folder: Path, name: str, catalog: str) -> None:
    source = folder / "source.yaml"
    source.write_text(catalog, encoding="utf-8")
    text = errors_json.render(load(source).catalog)[errors_json.FILE]
    (folder / f"{name}.json").write_text(text, encoding="utf-8")


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Return a folder with two published catalogs, and an errors.yaml that includes them."""
    _publish(tmp_path, "one", "apis: {one: {errors: {gone: {status: 410, meaning: It is gone.}}}}")
    _publish(tmp_path, "two", "apis: {two: {version: v2, errors: {busy: {status: 503}}}}")
    (tmp_path / "errors.yaml").write_text("include: [one.json, two.json]\n", encoding="utf-8")
    return tmp_path


def test_several_are_one_catalog(folder: Path) -> None:
    loaded = load(folder / "errors.yaml")
    assert list(loaded.catalog.apis) == ["one", "two"]
    for name, api in loaded.catalog.apis.items():
        assert api == load(folder / f"{name}.json").catalog.apis[name]
    assert [file.name for file in loaded.files] == ["errors.yaml", "one.json", "two.json"]


def test_what_is_published_of_them_is_what_they_were(folder: Path) -> None:
    catalog = load(folder / "errors.yaml").catalog
    again = json.loads(errors_json.render(catalog)[errors_json.FILE])
    parts = [json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("one", "two")]
    assert again["apis"] == {name: api for part in parts for name, api in part["apis"].items()}


def test_an_api_may_be_added_to_but_not_contradicted(folder: Path) -> None:
    file = folder / "errors.yaml"
    file.write_text("include: [one.json]\napis: {one: {summary: Ours., errors: {new: {}}}}\n")
    assert list(load(file).catalog.apis["one"].errors) == ["new", "gone"]
    file.write_text("include: [one.json]\napis: {one: {errors: {gone: {status: 404}}}}\n")
    with pytest.raises(CatalogError) as caught:
        load(file)
    (problem,) = caught.value.problems
    assert (problem.rule, Path(problem.place.path).name) == ("duplicate-code", "one.json")
    assert problem.place.line > 1


def test_keys_of_later_formats_are_ignored_where_they_were_published(folder: Path) -> None:
    document = json.loads((folder / "one.json").read_text("utf-8"))
    document["apis"]["one"]["errors"]["gone"]["invented_later"] = True
    document["invented_later"] = 1
    (folder / "one.json").write_text(json.dumps(document), encoding="utf-8")
    assert "gone" in load(folder / "errors.yaml").catalog.apis["one"].errors
    text = "include: [one.json]\napis: {own: {errors: {x: {invented: 1}}}}\n"
    (folder / "errors.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load(folder / "errors.yaml")
    (problem,) = caught.value.problems
    assert (problem.rule, Path(problem.place.path).name) == ("unknown-key", "errors.yaml")


@pytest.mark.parametrize("content", ['{"format": 2, "apis": {}}', '{"format": 1, "apis": '])
def test_what_cannot_be_read_is_told_at_its_file(folder: Path, content: str) -> None:
    (folder / "two.json").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load(folder / "errors.yaml")
    assert [Path(one.place.path).name for one in caught.value.problems] == ["two.json"]
