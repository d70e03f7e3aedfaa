"""APIs whose errors nothing is raised for: `sdk: {python: {base: none}}`."""

from __future__ import annotations

import json
from pathlib import Path

from errorbook.catalog import load
from errorbook.outputs import OUTPUTS, python

TEXT = """
apis:
  shop:
    sdk: {python: {base: none}}
    errors: {timeout: {meaning: It took too long., exit_code: 3}}
  store:
    errors: {sealed: {meaning: It is sealed.}}
"""


def test_no_class_and_no_snippet_is_told(tmp_path: Path) -> None:
    (tmp_path / "errors.yaml").write_text(TEXT, "utf-8")
    catalog = load(tmp_path / "errors.yaml").catalog

    # The class of such a code would hide one of Python's own.
    assert list(python.problems(catalog)) == []
    apis = json.loads(OUTPUTS["catalog"].render(catalog)["errors.json"])["apis"]
    derived = apis["shop"]["errors"]["timeout"]["derived"]
    assert derived["exception"] == {"python": ""}
    assert [title for title, _, _ in derived["snippets"]] == ["Exit code"]
    assert apis["shop"]["derived"]["python"] == {"package": "", "base": ""}
    assert apis["store"]["errors"]["sealed"]["derived"]["exception"] == {"python": "SealedError"}
    page = OUTPUTS["error-pages"].render(catalog)["shop/errors/timeout/index.md"]
    assert "exception" not in page


def test_no_module_is_made(tmp_path: Path) -> None:
    (tmp_path / "errors.yaml").write_text(TEXT, "utf-8")

    files = OUTPUTS["python"].render(load(tmp_path / "errors.yaml").catalog)
    assert sorted(files) == ["store/errors.json", "store/errors.py", "store/py.typed"]
