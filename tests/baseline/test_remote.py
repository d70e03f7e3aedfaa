"""A former catalog from elsewhere: an address, or a repository that git is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from errorbook import cli
from errorbook.baseline import BaselineError, Former, UnknownBaselineError, former
from errorbook.baseline.remote import is_remote, remote_file
from tests.baseline.repositories import Repository, repository
from tests.fetch.running import Site, published, serving, shop


@pytest.fixture(name="shop_repository")
def _shop_repository(tmp_path: Path) -> Repository:
    made = repository(tmp_path / "shop")
    made.write(["one"])
    made.commit("v1.9.0")
    made.write(["one", "two"])
    made.commit()
    made.git("tag", "--annotate", "--message", "a release", "v1.10.0")
    made.write(["one", "two", "three"])
    made.commit()
    return made


@pytest.fixture(name="site")
def _site() -> Iterator[Site]:
    with serving() as site:
        yield site


def _former(tmp_path: Path, against: str) -> Former:
    return former(tmp_path / "errors.yaml", against)


def _codes(found: Former) -> list[str]:
    assert found.catalog is not None
    return [code for api in found.catalog.apis.values() for code in api.errors]


class TestRepository:
    @pytest.mark.parametrize(
        ("ref", "codes"),
        [
            ("@v1.9.0", ["one"]),
            ("@v1.10.0", ["one", "two"]),
            ("@refs/tags/v1.10.0", ["one", "two"]),
            ("@latest-tag", ["one", "two"]),
            ("@main", ["one", "two", "three"]),
            ("", ["one", "two", "three"]),
        ],
    )
    def test_it_is_read_at_a_tag_a_branch_or_its_end(
        self, tmp_path: Path, shop_repository: Repository, ref: str, codes: list[str]
    ) -> None:
        found = _former(tmp_path, f"git+{shop_repository.root.as_uri()}{ref}#errors.yaml")
        assert _codes(found) == codes
        assert found.commit in shop_repository.git("log", "--format=%H")

    @pytest.mark.parametrize("rest", ["@v1.9#errors.yaml", "@v1.9.0#other.yaml", "@v1.9.0"])
    def test_what_it_lacks_is_said(
        self, tmp_path: Path, shop_repository: Repository, rest: str
    ) -> None:
        with pytest.raises(UnknownBaselineError, match=r"v1\.9"):
            _former(tmp_path, f"git+{shop_repository.root.as_uri()}{rest}")

    def test_one_that_cannot_be_reached_is_no_first_version(self, tmp_path: Path) -> None:
        with pytest.raises(BaselineError, match="git ls-remote failed"):
            _former(tmp_path, f"git+{(tmp_path / 'nowhere').as_uri()}@v1")

    @pytest.mark.skipif(os.name == "nt", reason="what would run is a command for a shell")
    def test_no_other_transport_is_used_whatever_git_is_set_to(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings = tmp_path / "settings"
        settings.write_text(
            '[protocol "ext"]\nallow = always\n'
            f'[url "ext::sh -c touch% {tmp_path}/ran% "]\ninsteadOf = "file:///evil"\n'
        )
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        with pytest.raises(BaselineError, match="transport 'ext' not allowed"):
            _former(tmp_path, "git+file:///evil/x@v1")
        assert not (tmp_path / "ran").exists()


class TestRefusals:
    @pytest.mark.parametrize(
        "word",
        [
            "git+ext://sh/x@v1",
            "git+http://example.com/x.git@v1",
            "git+https://example.com",
            "git+https://user@example.com/x.git@v1",
            "git+https://user:secret@example.com/x.git@v1",
            "git+ssh://git:secret@example.com/x.git@v1",
            "git+ssh://-oProxyCommand=x/y.git@v1",
            "git+ssh://-l@example.com/y.git@v1",
            "git+file://host/x.git@v1",
            "git+https://example.com:port/x.git",
            "git+https://example.com/x.git@--upload-pack=x",
            "git+https://example.com/x.git@a..b",
            "git+https://example.com/x.git@a:b",
            "git+https://example.com/x.git@",
            "git+https://example.com/x y.git@v1",
            "git+https://example.com/x.git?token=x@v1",
            "git+https://example.com/x.git@v1#../errors.json",
            "git+https://example.com/x.git@v1#/etc/errors.json",
        ],
    )
    def test_git_is_given_nothing_that_acts(self, word: str) -> None:
        assert is_remote(word)
        with pytest.raises(UnknownBaselineError) as caught:
            remote_file(word)
        assert "secret@" not in str(caught.value)

    @pytest.mark.parametrize("word", ["git+x", "v1:errors.json", "git://x/y", "https://x/y"])
    def test_other_words_are_not_taken_for_repositories(self, word: str) -> None:
        assert not is_remote(word)

    def test_an_address_has_its_parts(self) -> None:
        file = remote_file("git+ssh://git@example.com:22/a/b.git@@scope/x@1.0#a%20b.json")
        assert (file.address, file.ref, file.path) == (
            "ssh://git@example.com:22/a/b.git",
            "@scope/x@1.0",
            "a b.json",
        )


class TestAddress:
    def test_it_is_compared_with(self, tmp_path: Path, site: Site) -> None:
        address = site.publish("/errors.json", published(shop(), tmp_path))
        found = _former(tmp_path, address)
        assert (_codes(found), found.name) == (["gone"], address)

    def test_nothing_of_this_machine_is_included(self, tmp_path: Path, site: Site) -> None:
        (tmp_path / "secret.yaml").write_text(shop(), encoding="utf-8")
        trick = f"include: [{tmp_path}/secret.yaml]\napis: {{}}\n"
        with pytest.raises(BaselineError, match="include"):
            _former(tmp_path, site.publish("/errors.json", trick))

    def test_the_verb_ends_with_3_where_nobody_answers(
        self, tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "errors.yaml").write_text(shop(404), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        address = site.publish("/errors.json", published(shop(410), tmp_path))
        codes = {
            address: 1,
            f"{site.address}/nowhere": 3,
            "http://127.0.0.1:1/errors.json": 3,
            "http://example.com/errors.json": 2,
            f"git+{(tmp_path / 'nowhere').as_uri()}@v1": 3,
            "git+ext://x/y@v1": 2,
        }
        assert {word: cli.run(["diff", "--against", word]) for word in codes} == codes
