"""Measure what is promised about speed, beside what people use today, in one run.

    python -m bench.run                                  everything, 10,000 errors
    python -m bench.run table --errors 1000 --rounds 3

Figures are medians of whole processes that take turns. Only ratios of one run mean anything.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.contract import bench_contract
from bench.explain import bench_explain
from bench.explorer import SLOWER, measure_explorer
from bench.measure import Case, Figures, measure, run
from bench.pages import bench_pages
from bench.sdk import bench_sdk
from bench.synthetic import as_yaml

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
MKDOCS = {"NO_MKDOCS_2_WARNING": "1"}


def main() -> None:
    """Run the benches that the command line names, or all."""
    benches: dict[str, Callable[[Path, int, int], None]] = {
        "load": bench_load,
        "table": bench_table,
        "pages": bench_pages,
        "check": bench_check,
        "contract": bench_contract,
        "sdk": bench_sdk,
        "explorer": bench_explorer,
        "explain": bench_explain,
    }
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", nargs="*", metavar="BENCH", help=f"one of {', '.join(benches)}")
    parser.add_argument("--errors", type=int, default=10_000, help="errors in the catalog")
    parser.add_argument("--rounds", type=int, default=5, help="counted runs of each command")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.bench if name not in benches]
    if unknown:
        parser.error(f"there is no bench {unknown[0]!r}; choose from {', '.join(benches)}")
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.bench or benches:
            benches[name](Path(folder), arguments.errors, arguments.rounds)


def bench_load(folder: Path, errors: int, rounds: int) -> None:
    """Load and validate a catalog, against PyYAML's C loader on the same file."""
    (folder / "errors.yaml").write_text(as_yaml(errors), encoding="utf-8")
    cache = folder / "cache"
    ours = "from pathlib import Path; from errorbook.catalog import load; load(Path('errors.yaml'))"
    theirs = "import yaml; yaml.load(open('errors.yaml', 'rb'), Loader=yaml.CSafeLoader)"
    environment = {"ERRORBOOK_CACHE": str(cache)}
    figures = measure(
        [
            Case("PyYAML's C loader", [PYTHON, "-c", theirs], folder),
            Case("ours, cold", [PYTHON, "-c", ours], folder, environment, _emptier(cache)),
            Case("ours, unchanged", [PYTHON, "-c", ours], folder, environment),
            Case("ours, importing it alone", [PYTHON, "-c", "import errorbook.catalog"], folder),
        ],
        rounds,
    )
    _report(f"Load and validate {errors:,} errors", figures, "PyYAML's C loader")


def bench_table(folder: Path, errors: int, rounds: int) -> None:
    """Build a page with one table of all codes, against the same HTML put in ready-made."""
    if importlib.util.find_spec("mkdocs_macros") is None:
        sys.exit("the bench compares with mkdocs-macros-plugin: run it by `make bench`")
    ours, ready, macros = (folder / name for name in ("ours", "ready", "macros"))
    cache = folder / "table-cache"
    environment = {**MKDOCS, "ERRORBOOK_CACHE": str(cache)}
    for project, page, config in (
        (ours, _OUR_PAGE, "plugins: [search, errorbook]\n"),
        (ready, "# Codes\n\nREADY\n", "plugins: [search]\nhooks: [hook.py]\n"),
        (macros, _MACROS_PAGE, _MACROS_CONFIG),
    ):
        _project(project, page, config, errors)
    command = [PYTHON, "-m", "mkdocs", "build", "-q"]
    run(Case("ours", command, ours, environment))
    (ready / "table.html").write_text(_table_of(ours / "site/index.html"), encoding="utf-8")
    (ready / "hook.py").write_text(_READY_HOOK, encoding="utf-8")
    figures = measure(
        [
            Case("the same HTML, ready-made", command, ready, MKDOCS),
            Case("ours, unchanged catalog", command, ours, environment),
            Case("ours, cold", command, ours, environment, _emptier(cache)),
            Case("mkdocs-macros over the same YAML", command, macros, MKDOCS),
        ],
        rounds,
    )
    _report(f"A page with a table of {errors:,} codes", figures, "the same HTML, ready-made")


def bench_check(folder: Path, errors: int, rounds: int) -> None:
    """Check this repository, and a catalog that is long, against what any such tool does first."""
    figures = measure(
        [
            Case("import yaml, jinja2", [PYTHON, "-c", "import yaml, jinja2"], ROOT),
            Case("errorbook check", [PYTHON, "-m", "errorbook", "check"], ROOT),
        ],
        rounds,
    )
    _report("Check this repository, whole process", figures, "import yaml, jinja2")
    large, cache = folder / "check", folder / "check-cache"
    large.mkdir()
    (large / "errors.yaml").write_text(as_yaml(errors), encoding="utf-8")
    (large / "errorbook.yaml").write_text(_CHECKED, encoding="utf-8")
    environment = {"ERRORBOOK_CACHE": str(cache)}
    run(Case("generate", [PYTHON, "-m", "errorbook", "generate"], large, environment))
    load = "import yaml; yaml.load(open('errors.yaml', 'rb'), Loader=yaml.CSafeLoader)"
    command = [PYTHON, "-m", "errorbook", "check"]
    figures = measure(
        [
            Case("PyYAML's C loader", [PYTHON, "-c", load], large),
            Case("errorbook check, cold", command, large, environment, _emptier(cache)),
            Case("errorbook check, unchanged", command, large, environment),
        ],
        rounds,
    )
    _report(f"Check all that is generated of {errors:,} errors", figures, "PyYAML's C loader")


def bench_explorer(folder: Path, errors: int, rounds: int) -> None:
    """Use the explorer of a long catalog in a browser that is made slower."""
    print(f"\n## The explorer, {errors:,} errors, {SLOWER} x slower\n")
    print("| what | figure | budget |")
    print("|---|---:|---:|")
    for row in measure_explorer(folder / "explorer", errors, rounds):
        print(f"| {' | '.join(row)} |")


def _project(folder: Path, page: str, config: str, errors: int) -> None:
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    (folder / "docs/index.md").write_text(page, encoding="utf-8")
    (folder / "errors.yaml").write_text(as_yaml(errors), encoding="utf-8")
    header = "site_name: Bench\ntheme: {name: material, font: false}\n"
    (folder / "mkdocs.yml").write_text(header + config, encoding="utf-8")


def _table_of(page: Path) -> str:
    html = page.read_text(encoding="utf-8")
    start = html.index('<div class="errorbook')
    return html[start : html.index("</table></div>", start) + len("</table></div>")]


def _emptier(folder: Path) -> Callable[[], None]:
    return lambda: shutil.rmtree(folder, ignore_errors=True)


def _report(title: str, figures: Sequence[Figures], base: str) -> None:
    one = next(figure for figure in figures if figure.name == base)
    print(f"\n## {title}\n")
    print("| case | wall s | CPU s | peak MB | wall ratio | CPU ratio |")
    print("|---|---:|---:|---:|---:|---:|")
    for figure in figures:
        print(
            f"| {figure.name} | {figure.wall:.3f} | {figure.cpu:.3f} | {figure.peak:.0f} "
            f"| {figure.wall / one.wall:.2f} | {figure.cpu / one.cpu:.2f} |"
        )


_OUR_PAGE = "# Codes\n\n/// errors | codes\n    max_rows: 0\n///\n"
_READY_HOOK = """\
from pathlib import Path

def on_page_content(html, page, config, files):
    table = Path(config.config_file_path).with_name("table.html").read_text(encoding="utf-8")
    return html.replace("<p>READY</p>", table)
"""
_CHECKED = """\
generate:
  - {output: python, to: sdk}
  - {output: catalog, to: published}
  - {output: error-pages, to: docs}
check: {quality: {}}
"""
_MACROS_CONFIG = "plugins: [search, {macros: {include_yaml: [errors.yaml], on_error_fail: true}}]\n"
_MACROS_PAGE = """\
# Codes

| Code | HTTP | Meaning | What to do |
|---|---|---|---|
{% for code, error in apis.synthetic.errors.items() -%}
| `{{ code }}` | {{ error.status }} | {{ error.meaning }} | {{ error.actions[0].how }} |
{% endfor %}
"""

if __name__ == "__main__":
    main()
