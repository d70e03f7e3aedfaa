"""`errorbook fetch` of what was fetched before: what it says, writes and ends with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errorbook.project_file import LOCK_FILE
from tests.baseline.repositories import repository
from tests.fetch.running import FETCHED, Command, Site, files, pins, published, shop


class TestFormats:
    def test_a_newer_minor_format_is_taken_with_a_notice(
        self, docs: Path, site: Site, run: Command
    ) -> None:
        document = json.loads(published(shop(), docs))
        document["format_minor"] = 7
        document["apis"]["shop"]["errors"]["gone"]["invented_later"] = {"x": 1}
        address = site.publish("/errors.json", json.dumps(document))
        said = run("fetch", address)
        assert said.code == 0
        assert said.err.startswith(f"notice: {FETCHED}: it has format 1.7, and this errorbook")
        assert pins(docs)[FETCHED]["format"] == "1.7"
        (docs / "errorbook.yaml").write_text(f"catalog: {FETCHED}", encoding="utf-8")
        checked = run("check", "-v")
        assert checked.code == 0
        assert f"{FETCHED} has format 1.7" in checked.out + checked.err

    def test_a_newer_major_format_needs_another_errorbook(
        self, docs: Path, site: Site, run: Command
    ) -> None:
        address = site.publish("/errors.json", published(shop(), docs))
        assert run("fetch", address).code == 0
        before = files(docs)
        site.publish("/errors.json", '{"format": 2, "apis": {"shop": {}}}')
        for words in ((), ("--check",)):
            said = run("fetch", *words)
            assert (said.code, said.out) == (3, "")
            assert "format 2.0" in said.err
            assert "upgrade errorbook" in said.err
        assert files(docs) == before


class TestAgain:
    @pytest.fixture(autouse=True)
    def _fetched(self, docs: Path, api: Path, run: Command) -> None:
        assert run("fetch", "../api/errors.yaml").code == 0

    def test_what_has_not_changed_is_left(self, docs: Path, run: Command) -> None:
        before = files(docs)
        for words in ((), (FETCHED,), ("../api/errors.yaml",), ("--check",), ("--check", FETCHED)):
            assert (run("fetch", *words).code, files(docs)) == (0, before)

    def test_a_change_is_told_and_then_made(self, docs: Path, api: Path, run: Command) -> None:
        before = files(docs)
        api.write_text(shop(404, version="1.1", more=", fresh: {}"), encoding="utf-8")
        said = run("fetch", "--check")
        assert said.code == 1
        first, *changes = said.out.splitlines()
        assert first.startswith(f"{FETCHED}: error[behind-source]: ")
        assert "shop 1.0 -> 1.1" in first
        assert "    - Add shop/fresh (safe)" in changes
        assert any("410 to 404 (breaking)" in line for line in changes)
        assert files(docs) == before

        done = run(*said.commands[0])
        assert done.out.splitlines()[1:] == changes
        assert pins(docs)[FETCHED]["apis"] == {"shop": "1.1"}
        assert run("fetch", "--check").code == 0

    def test_a_change_of_no_promise_is_told_as_that(
        self, docs: Path, api: Path, run: Command
    ) -> None:
        api.write_text(shop(410, version="1.1"), encoding="utf-8")
        said = run("fetch", "--check")
        assert said.code == 1
        assert said.out.splitlines()[1:] == ["    - nothing that the contract is about"]

    def test_an_edited_file_is_told_and_fetched_with_a_copy(self, docs: Path, run: Command) -> None:
        for copy in (f"{FETCHED}.orig", f"{FETCHED}.1.orig"):
            edited = (docs / FETCHED).read_text("utf-8").replace("410", "411")
            (docs / FETCHED).write_text(edited, encoding="utf-8")
            said = run("fetch", "--check")
            assert said.code == 1
            assert said.out.startswith(f"{FETCHED}: error[edited-fetched-file]: ")
            assert run(*said.commands[0]).out.endswith(f"kept your edits in {copy}\n")
            assert (docs / copy).read_text("utf-8") == edited
        assert run("fetch", "--check").code == 0

    @pytest.mark.parametrize(
        ("name", "code"), [("package.json", 1), (".github/workflows/ci.json", 2), ("ci.yml", 2)]
    )
    def test_an_entry_in_the_lock_makes_no_file_of_the_project_a_fetched_one(
        self, docs: Path, run: Command, name: str, code: int
    ) -> None:
        mine = docs / name
        mine.parent.mkdir(parents=True, exist_ok=True)
        mine.write_text('{"name": "mine"}', encoding="utf-8")
        lock = docs / LOCK_FILE
        data = json.loads(lock.read_text("utf-8"))
        data["files"][name] = data["files"][FETCHED]
        lock.write_text(json.dumps(data), encoding="utf-8")
        before = files(docs)
        assert run("fetch").code == code
        assert files(docs) == before

    def test_a_missing_file_is_told_and_fetched(self, docs: Path, run: Command) -> None:
        before = files(docs)
        (docs / FETCHED).unlink()
        said = run("fetch", "--check")
        assert said.code == 1
        assert said.out.startswith(f"{FETCHED}: error[missing-fetched-file]: ")
        assert run(*said.commands[0]).code == 0
        assert files(docs) == before

    def test_crlf_is_no_edit(self, docs: Path, run: Command) -> None:
        content = (docs / FETCHED).read_bytes()
        (docs / FETCHED).write_bytes(content.replace(b"\n", b"\r\n"))
        assert run("fetch", "--check").code == 0

    def test_one_source_that_is_gone_keeps_the_others_from_being_written(
        self, docs: Path, api: Path, run: Command
    ) -> None:
        other = docs.parent / "other.yaml"
        other.write_text(shop(), encoding="utf-8")
        assert run("fetch", "../other.yaml", "--to", "other.json").code == 0
        before = files(docs)
        other.unlink()
        api.write_text(shop(404), encoding="utf-8")
        said = run("fetch")
        assert (said.code, said.out) == (3, "")
        assert "other.json: there is no file '../other.yaml'" in said.err
        assert run("fetch", "--check").code == 3
        assert run("fetch", "--check", FETCHED).code == 1
        assert files(docs) == before

    def test_a_source_that_is_not_valid_any_more_is_shown(
        self, docs: Path, api: Path, run: Command
    ) -> None:
        before = files(docs)
        api.write_text("apis: {shop: {erors: {}}}", encoding="utf-8")
        for words in ((), ("--check",)):
            said = run("fetch", *words)
            assert said.code == 2
            assert said.out.startswith("../api/errors.yaml:1:")
        assert files(docs) == before

    def test_another_source_takes_the_place_of_the_former(
        self, docs: Path, site: Site, run: Command
    ) -> None:
        address = site.publish("/errors.json", published(shop(404), docs))
        assert run("fetch", address, "--to", FETCHED).code == 0
        assert pins(docs)[FETCHED]["source"] == address

    def test_nothing_is_written_unless_all_of_it_is(
        self, docs: Path, api: Path, run: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = files(docs)
        api.write_text(shop(404), encoding="utf-8")
        replace = Path.replace

        def failing(path: Path, target: Path) -> Path:
            if Path(target).name == LOCK_FILE:
                raise OSError("no space is left")
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", failing)
        said = run("fetch")
        assert said.code == 3
        assert "no space is left" in said.err
        assert files(docs) == before

    def test_what_comes_from_outside_acts_on_no_terminal(
        self, docs: Path, api: Path, run: Command
    ) -> None:
        api.write_text(shop(404, version="##[group]"), encoding="utf-8")
        text = api.read_text("utf-8").replace('"##[group]"', r'"2\e[31m\n::error"')
        api.write_text(text, encoding="utf-8")
        said = run("fetch", "--check")
        assert said.code in {1, 2}
        assert all(line.isprintable() for line in (said.out + said.err).splitlines())
        assert not any(line.startswith("::") for line in said.out.splitlines())


def test_a_moved_tag_is_seen_without_reading_anything(
    docs: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = repository(docs.parent / "api")
    api.write(shop(410))
    api.commit("v1.0.0")
    source = f"git+{api.root.as_uri()}@latest-tag#errors.yaml"
    assert run("fetch", source).code == 0
    assert pins(docs)[FETCHED]["commit"] == api.git("rev-parse", "HEAD")
    with monkeypatch.context() as patch:
        patch.setattr("errorbook.fetch.source._at", None)
        assert run("fetch", "--check").code == 0
    api.write(shop(404))
    api.commit()
    assert run("fetch", "--check").code == 0
    api.git("tag", "v1.1.0")
    assert run("fetch", "--check").code == 1
    assert run("fetch").code == 0
    assert pins(docs)[FETCHED]["commit"] == api.git("rev-parse", "HEAD")
