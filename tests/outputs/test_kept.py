"""Files that were rendered before are found again, and only for what they were rendered from."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook import outputs
from errorbook.catalog import Catalog
from errorbook.outputs import kept
from errorbook.outputs.kept import rendered

ONE = '{"apis": {"shop": {"errors": {"sold_out": {"status": 409}}}}}'
OTHER = ONE.replace("409", "410")


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERRORBOOK_CACHE", str(tmp_path / "cache"))


def catalog(text: str = ONE) -> Catalog:
    return Catalog.model_validate_json(text)


def fail(*_: object) -> None:
    raise AssertionError("it was rendered again")


@pytest.mark.parametrize("name", outputs.OUTPUTS)
def test_what_is_found_again_is_what_was_rendered(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = dict(outputs.OUTPUTS[name].render(catalog()))
    assert dict(rendered(name, catalog())) == made
    with monkeypatch.context() as patched:
        patched.setattr(outputs.Output, "render", fail)
        assert list(rendered(name, catalog()).items()) == list(made.items())
    assert rendered(name, catalog(OTHER)) == outputs.OUTPUTS[name].render(catalog(OTHER))


@pytest.mark.parametrize("change", ["built", "__version__"])
def test_another_errorbook_renders_anew(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered("catalog", catalog())
    monkeypatch.setattr(kept, change, (lambda: "later") if change == "built" else "99")
    monkeypatch.setattr(outputs.Output, "render", fail)
    with pytest.raises(AssertionError, match="rendered again"):
        rendered("catalog", catalog())


def test_what_somebody_changed_there_is_rendered_anew(tmp_path: Path) -> None:
    made = rendered("catalog", catalog())
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(file.read_bytes().replace(b"409", b"408"))
    assert rendered("catalog", catalog()) == made


@pytest.mark.parametrize("folder", ["", "file"])
def test_without_a_place_it_is_rendered_each_time(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ERRORBOOK_CACHE", folder and str(tmp_path / folder))
    assert rendered("catalog", catalog()) == outputs.OUTPUTS["catalog"].render(catalog())


def test_what_is_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 100)
    rendered("catalog", catalog())
    assert not (tmp_path / "cache").exists()
