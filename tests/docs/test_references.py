"""The pages that scripts/references.py writes: fresh, whole, and true of what can be imported."""

from __future__ import annotations

import importlib.util
import inspect
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

import errorbook
from errorbook import testing
from errorbook.cli import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
KNOWN = {
    *("Any", "Exception", "Iterable", "Iterator", "Mapping", "Model", "ModuleType"),
    *("False", "LookupError", "None", "Path", "Protocol", "Sequence", "True"),
}
"""Types of Python, and the base of models, which has no attribute."""
OF_THE_PACKAGE = "add-a-language.md"
"""A page whose code is to become part of the package, and imports what that does."""
IMPORT = re.compile(r"^\s*(from errorbook[\w.]* import [\w, ]+|import errorbook[\w.]*)\s*$", re.M)


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("references", ROOT / "scripts/references.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def references() -> ModuleType:
    return _script()


def test_the_pages_are_fresh(references: ModuleType) -> None:
    assert references.stale() == [], references.MEND


def test_a_page_that_is_stale_is_named_with_what_mends_it(
    references: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(references, "pages", lambda: {"docs/cli.md": "new\n"})
    monkeypatch.setattr(references, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    assert references.main(["--check"]) == 1
    assert "docs/cli.md is not what the code says: run `make generate`" in capsys.readouterr().err
    assert references.main([]) == 0
    assert (tmp_path / "docs/cli.md").read_text("utf-8") == "new\n"
    assert references.main(["--check"]) == 0


def test_every_command_and_option_is_there_and_says_what_it_does() -> None:
    page = (ROOT / "docs/cli.md").read_text("utf-8")
    for name, command in app.commands.items():
        assert f"## {name} {{#{name}}}" in page
        assert command.help
        assert command.epilog, f"{name} shows no example"
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{name} {option.opts}"
                assert all(f"`{one}`" in page for one in option.opts)


@pytest.mark.parametrize("module", [errorbook, testing], ids=lambda one: str(one.__name__))
def test_everything_public_is_documented(module: ModuleType) -> None:
    page = (ROOT / "docs/api.md").read_text("utf-8")
    for name in module.__all__:
        if name == "__version__":
            continue
        found = getattr(module, name)
        assert (found.__doc__ or "").strip(), name
        assert f"### {module.__name__}.{name}\n" in page
        members = vars(found).items() if inspect.isclass(found) else ()
        for member, value in members:
            if inspect.isfunction(value) and not member.startswith("_"):
                assert value.__doc__, f"{name}.{member}"


def test_the_example_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs/api.md").read_text("utf-8")
    example = page.partition("## errorbook\n")[2].partition("```python\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    text = "apis: {shop: {errors: {sold_out: {status: 409, meaning: No copy is left.}}}}\n"
    Path("errors.yaml").write_text(text, encoding="utf-8")
    exec(example, {})  # noqa: S102  # what the page has its readers run
    assert capsys.readouterr().out == "shop/sold_out 409 No copy is left.\n"
    Path("errors.yaml").write_text("apis: 1\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"^errors.yaml:1:7: error\["):
        exec(example, {})  # noqa: S102


def test_every_attribute_says_what_it_means_and_every_type_is_there() -> None:
    page = (ROOT / "docs/api.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(.*)` \| *(.*) \|$", page, re.MULTILINE)
    assert len(rows) > 25
    assert [name for name, _, meaning in rows if not meaning] == []
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    shown = " ".join([*(kind for _, kind, _ in rows), *blocks[1:]])
    listed = page.partition("## Types that are named above\n")[2]
    for name in set(re.findall(r"\b[A-Z][a-z]\w+", shown)) - KNOWN:
        assert f".{name}\n" in page or f"`{name}`" in listed, name


def test_what_is_not_there_is_refused_as_python_does() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = errorbook.nonsense


def test_what_pages_import_can_be_imported() -> None:
    lines = [
        (page.name, line)
        for page in PAGES
        if page.name != OF_THE_PACKAGE
        for line in IMPORT.findall(page.read_text("utf-8"))
    ]
    assert lines
    for page, line in lines:
        public = line.split()[1]
        assert public in {"errorbook", "errorbook.testing"}, f"{page}: {line}"
        exec(line, {})  # noqa: S102  # a line of our own pages
