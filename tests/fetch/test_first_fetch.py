"""The first `errorbook fetch` of a source: what it writes, where, and what it never writes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fetch.running import FETCHED, Command, Site, files, pins, published, shop


class TestFirst:
    def test_a_file_is_written_and_pinned(self, docs: Path, api: Path, run: Command) -> None:
        said = run("fetch", "../api/errors.yaml")
        assert said.code == 0
        assert said.out == f"wrote {FETCHED}: shop 1.0, from ../api/errors.yaml\n"
        assert said.err == "1 file written, 0 unchanged\n"
        (pin,) = pins(docs).values()
        assert (pin["source"], pin["apis"], pin["format"]) == (
            "../api/errors.yaml",
            {"shop": "1.0"},
            "1.0",
        )
        assert run("validate", FETCHED).code == 0

    def test_the_published_bytes_are_kept(self, docs: Path, site: Site, run: Command) -> None:
        text = published(shop(), docs).replace("\n", "").encode()
        assert run("fetch", site.publish("/errors.json", text)).code == 0
        assert (docs / FETCHED).read_bytes() == text

    def test_several_apis_have_the_usual_name(self, docs: Path, api: Path, run: Command) -> None:
        api.write_text("apis: {a: {errors: {x: {}}}, b: {errors: {y: {}}}}", encoding="utf-8")
        assert run("fetch", "../api/errors.yaml").code == 0
        assert list(pins(docs)) == ["errors.json"]

    def test_from_below_it_goes_where_it_is_told(
        self, docs: Path, api: Path, run: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (docs / "errorbook.yaml").touch()
        (docs / "inner").mkdir()
        monkeypatch.chdir(docs / "inner")
        said = run("fetch", "../../api/errors.yaml", "--to", "deep/api.json")
        assert said.out.startswith("wrote deep/api.json: ")
        assert {name: pin["source"] for name, pin in pins(docs).items()} == {
            "inner/deep/api.json": "../api/errors.yaml"
        }

    @pytest.mark.parametrize(
        "to",
        [
            *("../x.json", "/x.json", "errorbook.lock", ".git/x.json", "a:b.json", "."),
            *(".github/x.json", ".x.json", "x.yml", "errors.py"),
        ],
    )
    def test_it_goes_nowhere_else(self, docs: Path, api: Path, run: Command, to: str) -> None:
        before = files(docs.parent)
        assert run("fetch", "../api/errors.yaml", "--to", to).code == 2
        assert files(docs.parent) == before

    @pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
    def test_it_goes_behind_no_link(self, docs: Path, api: Path, run: Command) -> None:
        (docs.parent / "other").mkdir()
        (docs / "link").symlink_to(docs.parent / "other")
        assert run("fetch", "../api/errors.yaml", "--to", "link/x.json").code == 2
        assert not list((docs.parent / "other").iterdir())

    def test_a_foreign_file_stays(self, docs: Path, api: Path, run: Command) -> None:
        (docs / FETCHED).write_text("mine", encoding="utf-8")
        said = run("fetch", "../api/errors.yaml")
        assert said.code == 1
        assert said.out.startswith(f"{FETCHED}: error[not-fetched]: ")
        assert files(docs) == {FETCHED: b"mine"}

    def test_the_same_bytes_are_pinned_where_they_are(
        self, docs: Path, api: Path, run: Command
    ) -> None:
        (docs / FETCHED).write_text(published(shop(version="1.0"), docs), encoding="utf-8")
        said = run("fetch", "../api/errors.yaml")
        assert (said.code, said.out, list(pins(docs))) == (0, "", [FETCHED])

    def test_names_that_differ_in_case_alone_are_not_both_written(
        self, docs: Path, api: Path, run: Command
    ) -> None:
        assert run("fetch", "../api/errors.yaml", "--to", "a.json").code == 0
        (docs.parent / "b.yaml").write_text(shop(), encoding="utf-8")
        said = run("fetch", "../b.yaml", "--to", "A.json")
        assert (said.code, list(pins(docs))) == (2, ["a.json"])

    @pytest.mark.parametrize(
        ("catalog", "code"),
        [
            ("apis: {shop: {erors: {}}}", 2),
            ("<html>", 2),
            ('{"format": 1, "apis": {"shop": {"errors": 3}}}', 2),
            ('{"format": 2, "apis": {}}', 3),
            (None, 3),
        ],
    )
    def test_what_is_no_catalog_is_not_written(
        self, docs: Path, api: Path, run: Command, catalog: str | None, code: int
    ) -> None:
        api.unlink() if catalog is None else api.write_text(catalog, encoding="utf-8")
        said = run("fetch", "../api/errors.yaml")
        assert said.code == code
        assert ("upgrade errorbook" in said.err) == ('"format": 2' in str(catalog))
        assert files(docs) == {}

    @pytest.mark.parametrize(
        "words",
        [
            (),
            ("--check",),
            ("--to", "x.json"),
            ("a.json", "b.json"),
            ("--check", "../api/errors.yaml"),
            ("http://example.com/errors.json",),
            ("https://user:secret@example.com/errors.json",),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, docs: Path, api: Path, run: Command, words: tuple[str, ...]
    ) -> None:
        said = run("fetch", *words)
        assert said.code == 2
        assert "secret" not in said.out + said.err
        assert files(docs) == {}
