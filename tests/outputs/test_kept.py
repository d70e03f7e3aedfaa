"""Digests of files are found again, and only for what the files were rendered from."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import errorbook
from errorbook import cache_files, outputs
from errorbook.catalog import Catalog
from errorbook.outputs import kept
from errorbook.outputs.kept import Rendered, digest_of

ONE = '{"apis": {"shop": {"errors": {"sold_out": {"status": 409}}}}}'
OTHER = ONE.replace("409", "410")


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERRORBOOK_CACHE", str(tmp_path / "cache"))


def catalog(text: str = ONE) -> Catalog:
    return Catalog.model_validate_json(text)


def fail(*_: object) -> None:
    raise AssertionError("it was rendered again")


def digests(name: str = "catalog", text: str = ONE) -> dict[str, str]:
    return dict(Rendered(name, catalog(text)).digests)


def made(name: str = "catalog", text: str = ONE) -> dict[str, str]:
    files = outputs.OUTPUTS[name].render(catalog(text))
    return {path: digest_of(text.encode()) for path, text in files.items()}


@pytest.mark.parametrize("name", outputs.OUTPUTS)
def test_what_is_found_again_is_what_was_rendered(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert digests(name) == made(name)
    with monkeypatch.context() as patched:
        patched.setattr(outputs.Output, "render", fail)
        assert list(digests(name).items()) == list(digests(name).items())
    assert digests(name, OTHER) == made(name, OTHER)


def test_a_text_is_rendered_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    digests()
    found = Rendered("catalog", catalog())
    assert found.texts == outputs.OUTPUTS["catalog"].render(catalog())
    with monkeypatch.context() as patched:
        patched.setattr(outputs.Output, "render", fail)
        found = Rendered("catalog", catalog())
        assert set(found.digests) == {"errors.json"}
        with pytest.raises(AssertionError, match="rendered again"):
            assert found.texts


@pytest.mark.parametrize(
    ("change", "value"),
    [("built", lambda: "later"), ("__version__", "99"), ("_version_of", lambda _: "jinja2-9")],
)
def test_another_errorbook_renders_anew(
    change: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests()
    monkeypatch.setattr(kept, change, value)
    monkeypatch.setattr(outputs.Output, "render", fail)
    with pytest.raises(AssertionError, match="rendered again"):
        digests()


def test_what_fills_templates_is_known_by_its_version() -> None:
    from importlib.metadata import version  # noqa: PLC0415  # here alone

    assert version("jinja2") in kept._version_of("jinja2")
    assert kept._version_of("no_such_package") == ""


def test_what_somebody_changed_there_is_rendered_anew(tmp_path: Path) -> None:
    known = digests()
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(file.read_bytes().replace(b"errors.json", b"errors.yaml"))
    assert digests() == known


@pytest.mark.parametrize("folder", ["", "file"])
def test_without_a_place_it_is_rendered_each_time(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ERRORBOOK_CACHE", folder and str(tmp_path / folder))
    assert digests() == made()


class TestBuilt:
    """What tells one errorbook from another."""

    @pytest.fixture(name="package")
    def _package(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        package = tmp_path / "package"
        for name in ("__init__.py", "outputs/module.py.jinja", "outputs/words.py"):
            (package / name).parent.mkdir(parents=True, exist_ok=True)
            (package / name).write_text("a")
        monkeypatch.setattr(errorbook, "__file__", str(package / "__init__.py"))
        self._date(package, 1_700_000_000)
        return package

    @pytest.mark.parametrize(
        "change",
        [
            lambda file: file.unlink(),
            lambda file: file.write_text("ab"),
            lambda file: file.rename(file.with_name("other.py")),
            lambda file: (file.parent / "new.py").write_text(""),
        ],
    )
    def test_a_source_that_changes_tells_even_if_its_date_is_the_same(
        self, package: Path, change: Callable[[Path], object]
    ) -> None:
        before = cache_files.built.__wrapped__()
        assert before == cache_files.built.__wrapped__()
        change(package / "outputs/words.py")
        self._date(package, 1_700_000_000)
        assert cache_files.built.__wrapped__() not in ("", before)

    def test_so_does_another_python(self, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = cache_files.built.__wrapped__()
        monkeypatch.setattr("sys.version", "3.99.0")
        assert cache_files.built.__wrapped__() not in ("", before)

    def test_where_dates_say_nothing_nothing_is_kept(
        self, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._date(package, 315_532_800)  # the beginning of 1980, as in Nix, Bazel and pex
        monkeypatch.setattr(cache_files, "built", cache_files.built.__wrapped__)
        assert cache_files.built() == ""
        assert cache_files.made_folder() is None
        assert digests() == made()
        assert not (tmp_path / "cache").exists()

    def test_nor_within_a_zip(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "app.pex").write_text("")
        monkeypatch.setattr(errorbook, "__file__", str(tmp_path / "app.pex/errorbook/__init__.py"))
        assert cache_files.built.__wrapped__() == ""

    @staticmethod
    def _date(folder: Path, seconds: int) -> None:
        for file in folder.rglob("*"):
            os.utime(file, (seconds, seconds))
