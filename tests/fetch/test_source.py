"""What a user means by a source, and what may be one at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errorbook.fetch.lock import Pin, digest
from errorbook.fetch.source import NoSourceError, SourceError, kept_source, look
from errorbook.problems import ErrorbookError
from tests.baseline.repositories import Repository, repository
from tests.fetch.running import Site, published, shop


@pytest.fixture(name="api")
def _api(tmp_path: Path) -> Repository:
    """A repository with two releases, the second with what the first included."""
    made = repository(tmp_path / "api")
    made.write("include: [more.yaml]\n")
    made.write(shop(410), "more.yaml")
    made.commit("v1.0.0")
    made.write(shop(404), "more.yaml")
    made.commit("v1.1.0")
    made.write(shop(400), "more.yaml")
    return made


def _statuses(source: str, root: Path) -> tuple[int, ...]:
    found = look(source, root).published
    assert found is not None
    return found.catalog.apis["shop"].errors["gone"].status


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("errors.json", "inner/errors.json"),
        ("../../api/errors.yaml", "../api/errors.yaml"),
        ("../../api@v1.0.0:errors.yaml", "../api@v1.0.0:errors.yaml"),
        ("v1.0.0:errors.yaml", "v1.0.0:errors.yaml"),
        ("HEAD@{1}:errors.yaml", "HEAD@{1}:errors.yaml"),
        ("https://example.com/errors.json", "https://example.com/errors.json"),
        ("git+ssh://git@example.com/x.git@v1#a.json", "git+ssh://git@example.com/x.git@v1#a.json"),
    ],
)
def test_paths_are_kept_from_the_folder_of_the_lock(
    api: Repository, docs: Path, word: str, kept: str
) -> None:
    (docs / "inner").mkdir()
    assert kept_source(word, docs / "inner", docs) == kept


def test_an_absolute_path_is_not_kept(api: Repository, docs: Path) -> None:
    file = str(api.root / "errors.yaml")
    assert kept_source(file, docs, docs) == "../api/errors.yaml"
    assert kept_source(f"{api.root}@v1:a.json", docs, docs) == "../api@v1:a.json"


@pytest.mark.parametrize(
    "word",
    [
        "",
        " ",
        "a\nb",
        "\x1b[31m.json",
        "http://example.com/errors.json",
        "https://user:secret@example.com/errors.json",
        "ftp://example.com/errors.json",
        "file:///etc/errors.json",
        "ext::sh -c x://",
        "git+ext://sh/x@v1#a",
        "git+http://example.com/x.git@v1",
        "git+https://token@example.com/x.git@v1",
        "git+ssh://git:secret@example.com/x.git@v1",
    ],
)
def test_what_is_not_asked_is_no_source(docs: Path, word: str) -> None:
    with pytest.raises(NoSourceError) as caught:
        kept_source(word, docs, docs)
    assert "secret" not in str(caught.value)
    assert "token" not in str(caught.value)


def test_a_commit_is_read_with_all_that_it_included(api: Repository, docs: Path) -> None:
    assert _statuses("../api@v1.0.0:errors.yaml", docs) == (410,)
    assert _statuses("../api@latest-tag:errors.yaml", docs) == (404,)
    assert _statuses("../api/errors.yaml", docs) == (400,)
    assert _statuses("v1.0.0:errors.yaml", api.root) == (410,)


def test_a_repository_elsewhere_is_read_at_a_commit(api: Repository, docs: Path) -> None:
    address = f"git+{api.root.as_uri()}"
    assert _statuses(f"{address}@v1.0.0#errors.yaml", docs) == (410,)
    assert _statuses(f"{address}@latest-tag#errors.yaml", docs) == (404,)
    assert _statuses(f"{address}@{api.git('rev-parse', 'v1.0.0')}#errors.yaml", docs) == (410,)


def _pin(source: str, content: bytes, commit: str = "") -> Pin:
    return Pin(source=source, commit=commit, apis={}, format="1.0", sha256=digest(content))


def test_a_commit_that_is_known_is_not_read_again(api: Repository, docs: Path) -> None:
    known = api.git("rev-parse", "v1.1.0")
    for source in ("../api@v1.1.0:x", f"git+{api.root.as_uri()}@v1.1.0#x"):
        assert look(source, docs, _pin(source, b"", known)).published is None
        with pytest.raises(OSError, match="there is no file 'x'"):
            look(source, docs, _pin(source, b"", "0" * 40))


def test_bytes_that_are_known_are_not_looked_into(docs: Path, site: Site) -> None:
    (docs / "api.json").write_bytes(b"known")
    for source in ("api.json", site.publish("/errors.json", b"known")):
        assert look(source, docs, _pin(source, b"known")).published is None
        with pytest.raises(ErrorbookError):
            look(source, docs, _pin(source, b"other"))


@pytest.mark.parametrize(
    "source",
    [
        "nowhere.json",
        "../api",
        "../api@v9:errors.yaml",
        "../api@-x:errors.yaml",
        "../api@v1.0.0:../errors.yaml",
        "../api@v1.0.0:nowhere.yaml",
        "git+file:///nowhere/at/all@v1#errors.json",
        "http://127.0.0.1:1/errors.json",
    ],
)
def test_what_cannot_be_had_is_said(api: Repository, docs: Path, source: str) -> None:
    with pytest.raises(OSError, match=r"\S"):
        look(source, docs)


def test_of_an_errors_yaml_what_is_public_is_published(docs: Path) -> None:
    more = ", hush: {visibility: internal}"
    (docs / "api.yaml").write_text(shop(more=more), encoding="utf-8")
    found = look("api.yaml", docs).published
    assert found is not None
    assert list(found.catalog.apis["shop"].errors) == ["gone"]
    assert b"hush" not in found.content


def test_an_address_is_never_read_as_yaml(docs: Path, site: Site) -> None:
    (docs / "secret.yaml").write_text(shop(), encoding="utf-8")
    tricks = (
        "include: [secret.yaml]\napis: {}",
        '{"include": ["secret.yaml"], "apis": {}}',
        '{"include": ["secret.yaml"], "\\u0066ormat": 1, "apis": {}}',
    )
    for trick in tricks:
        with pytest.raises(ErrorbookError) as caught:
            look(site.publish("/errors.json", trick), docs)
        assert str(caught.value.problems[0].place).startswith(site.address)


def test_a_page_that_moved_is_found(docs: Path, site: Site, tmp_path: Path) -> None:
    site.publish("/errors.json", published(shop(404), tmp_path))
    site.answers["/old"] = (301, {"Location": "/errors.json"}, b"")
    assert _statuses(f"{site.address}/old", docs) == (404,)
    site.answers["/away"] = (301, {"Location": "http://example.com/errors.json"}, b"")
    with pytest.raises(OSError, match="only https"):
        look(f"{site.address}/away", docs)


def test_an_address_that_a_lock_should_not_have_is_not_asked(docs: Path) -> None:
    with pytest.raises(SourceError, match="password"):
        look("https://user:secret@example.com/errors.json", docs)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab.@:/~-#+ \n\\"), max_size=14))
def test_what_is_kept_means_the_same_when_it_is_read_again(word: str) -> None:
    root = Path(__file__).parent
    try:
        kept = kept_source(word, root, root)
    except NoSourceError:
        return
    assert kept_source(kept, root, root) == kept
    assert kept.isprintable()
