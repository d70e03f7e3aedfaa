"""Fetched files have a stamp, as generated ones have: they are never taken for one of these."""

from __future__ import annotations

from pathlib import Path

from tests.fetch.running import FETCHED, Command, pins

PROJECT = "catalog: errors.yaml\ngenerate:\n  - {output: catalog, to: out}\n"


def test_a_fetched_file_in_the_folder_of_a_target_stays(
    docs: Path, api: Path, run: Command
) -> None:
    (docs / "errorbook.yaml").write_text(PROJECT, encoding="utf-8")
    (docs / "errors.yaml").write_text(f"include: [out/{FETCHED}]\n", encoding="utf-8")
    assert run("fetch", "../api/errors.yaml", "--to", f"out/{FETCHED}").code == 0
    before = (docs / "out" / FETCHED).read_bytes()
    assert run("generate").code == 0
    assert run("check").code == 0
    (docs / "errors.yaml").write_text("apis: {cafe: {errors: {closed: {}}}}", encoding="utf-8")
    assert "removed" not in run("generate").out
    assert run("check").code == 0
    assert (docs / "out" / FETCHED).read_bytes() == before


def test_a_target_never_writes_over_a_fetched_file(docs: Path, api: Path, run: Command) -> None:
    (docs / "errorbook.yaml").write_text(PROJECT, encoding="utf-8")
    (docs / "errors.yaml").write_text("apis: {cafe: {errors: {closed: {}}}}", encoding="utf-8")
    assert run("fetch", "../api/errors.yaml", "--to", "out/errors.json").code == 0
    before = (docs / "out/errors.json").read_bytes()
    said = run("generate")
    assert said.code == 2
    assert "errorbook.yaml:3:5: error[target-clash]: 'out/errors.json' was fetched" in said.out
    assert (docs / "out/errors.json").read_bytes() == before
    assert "out/errors.json" in pins(docs)
