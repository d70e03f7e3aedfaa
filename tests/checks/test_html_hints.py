"""What hints say about building a site: never a command that writes where it should not."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook.checks.html_build import AGAIN, FIRST, how_to_build


def hint(folder: Path, config: str | None, site: str, start: str = ".", shown: str = ".") -> str:
    if config is not None:
        (folder / "mkdocs.yml").write_text(config, "utf-8")
    return how_to_build(folder / site, folder, folder / start, shown)


@pytest.mark.parametrize(
    ("config", "site"),
    [
        ("site_name: x", "site"),
        ("site_name: x", "docs/../site"),
        ("site_dir: out/html\nx:\n  - y: !!python/name:os.system\n", "out/html"),
        ("site_dir: '../public'", "../public"),
    ],
)
def test_the_folder_of_the_configuration_has_a_command(
    tmp_path: Path, config: str, site: str
) -> None:
    assert hint(tmp_path, config, site) == "run: mkdocs build"


@pytest.mark.parametrize(
    ("config", "site"),
    [
        ("site_name: x", "hand"),
        ("site_name: x", ".."),
        ("site_name: x", "."),
        ("site_dir: out", "site"),
        ("site_dir: !ENV [OUT, site]", "site"),
        ("site_dir: [site]", "site"),
        ("INHERIT: ../base.yml", "site"),
        ("site_dir: [", "site"),
        ("[" * 5000, "site"),
        ("a: " + "[" * 500 + "]" * 500, "site"),
        ("site_dir: ~", "~"),
        ("site_dir: &a x\nsite_dir: *a", "x"),
        ("x: {site_dir: y}", "y"),
        ("- site", "site"),
        ('site_dir: "s\\0"', "site"),
        ("", "site"),
    ],
)
def test_no_other_folder_has_one(tmp_path: Path, config: str | None, site: str) -> None:
    assert hint(tmp_path, config, site) == AGAIN


def test_where_nothing_builds_a_site_what_lays_one_out_is_named(tmp_path: Path) -> None:
    assert hint(tmp_path, None, "site") == FIRST
    (tmp_path / "site").mkdir()
    assert hint(tmp_path, None, "site") == FIRST
    (tmp_path / "site/page.html").touch()
    assert hint(tmp_path, None, "site") == AGAIN


def test_a_tag_does_nothing(tmp_path: Path) -> None:
    config = "site_dir: !!python/object/apply:os.mkdir [made]"
    assert hint(tmp_path, config, "site") == AGAIN
    assert hint(tmp_path, f"{config}\nsite_dir: site", "site") == "run: mkdocs build"
    assert not Path("made").exists()
    assert not (tmp_path / "made").exists()


def test_the_configuration_is_named_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    found = hint(tmp_path, "site_name: x", "site", "docs", "..")
    assert found == "run: mkdocs build -f ../mkdocs.yml"
    found = hint(tmp_path, "site_name: x", "site", "..", "my project")
    assert found == "run: mkdocs build -f 'my project/mkdocs.yml'"
