"""Catalog text as TypeScript source."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from errorbook.catalog import Catalog
from errorbook.outputs.typescript import render
from errorbook.outputs.typescript.source import array_lines, comment, literal, union

ROOT = Path(__file__).parents[2]
NASTY = (
    *('"', "'", 'it\'s "so"', "\\", "\\'", "`${process.exit(1)}`", "*/ process.exit(1) /*", "//"),
    *("</script><script>alert(1)</script>", "<!--", "-->", "a\nb\r\tc\x00", "\u2028\u2029\u202e"),
    *(
        "\ufeff",
        "\U0001fa75 \U000e0001",
        "é…🦀中文",
        "{@link x} @param y",
        "\\u0041",
        "\\U0001fa75",
    ),
)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("plain", '"plain"'),
        ('"', "'\"'"),
        ("'\"", '"\'\\""'),
        ("a\\b", '"a\\\\b"'),
        ("a\nb\x00\u2028", '"a\\nb\\x00\\u2028"'),
        ("\U000e0001", '"\\u{e0001}"'),
        ("</script>", '"\\x3c/script>"'),
        ("\ud800", '"\\ud800"'),
    ],
)
def test_a_literal_is_text_and_nothing_else(text: str, source: str) -> None:
    assert literal(text) == source


@pytest.mark.browser
def test_node_reads_every_text_as_it_was() -> None:
    texts = [*NASTY, *map(chr, range(0x250)), "".join(NASTY)]
    program = f"console.log(JSON.stringify([{', '.join(map(literal, texts))}]))"
    node = shutil.which("node") or "node"
    run = subprocess.run([node, "-"], input=program.encode(), check=True, capture_output=True)
    assert json.loads(run.stdout) == texts


@pytest.mark.parametrize("text", NASTY)
def test_nothing_ends_a_comment_but_its_end(text: str) -> None:
    source = comment([text, f"- {text}", f"    {text}"], "  ")
    assert source.endswith("*/")
    assert source.count("*/") == 1
    assert "</script" not in source
    assert all(line.isprintable() for line in source.split("\n"))


@pytest.mark.browser
def test_a_module_of_nasty_texts_is_a_module(tmp_path: Path) -> None:
    text = " ".join(one.replace("\x00", "") for one in NASTY)
    code = "".join(one for one in text if one.isprintable())[:100].strip()
    error: dict[str, Any] = {
        **{"meaning": text, "fix": text, "causes": [text], "status": 404},
        "actions": [{"do": "abort", "how": text, "when": text}],
        "details": {"a": {"type": "string", "meaning": text, "unit": text}},
        "sdk": {"typescript": {"exception": "NastyError"}},
    }
    api = {"title": text, "errors": {code: error}, "envelopes": [{"body": {"code": "{code}"}}]}
    (source,) = render(Catalog.model_validate_json(json.dumps({"apis": {"shop": api}}))).values()
    (tmp_path / "errors.ts").write_text(source, encoding="utf-8")
    made = tmp_path / "errors.mjs"
    command = [str(ROOT / "node_modules/.bin/esbuild"), str(tmp_path / "errors.ts")]
    options = [f"--outfile={made}", "--format=esm", "--log-level=warning"]
    subprocess.run([*command, *options], check=True)
    program = f"""
        import {{ FACTS, NastyError }} from {literal(made.as_uri())};
        console.log(JSON.stringify([...FACTS.keys(), new NastyError().meaning]));
    """
    node = shutil.which("node") or "node"
    run = subprocess.run(
        [node, "--input-type=module", "-"], input=program.encode(), check=True, capture_output=True
    )
    known, meaning = json.loads(run.stdout)
    assert known == code
    assert "process.exit(1)" in meaning


def test_types_and_lists_are_laid_out_as_prettier_does() -> None:
    assert union("type A", []) == "type A = never;"
    assert union("type A", ["B", "C"]) == "type A = B | C;"
    assert union("type A", ["B" * 40, "C" * 30]) == f"type A =\n  {'B' * 40} | {'C' * 30};"
    assert union("type A", ["B" * 50, "C" * 50]) == f"type A =\n  | {'B' * 50}\n  | {'C' * 50};"
    assert array_lines("a = ", ["b"], ";") == ["a = [b];"]
    assert array_lines("a = ", ["b" * 80], ";") == ["a = [", f"  {'b' * 80},", "];"]
