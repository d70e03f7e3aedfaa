"""A small repository of somebody's: a catalog, docs, a generated SDK, and a command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import yaml

from errorbook.generate import generate
from errorbook.project import expected_files, open_workspace
from tests.site.project import run_build

CATALOG: Final = """\
apis:
  shop:
    title: Bookshop
    envelopes:
      - body: {error: {code: "{code}", message: "{message}", "*": "{details}"}}
    errors:
      sold_out:
        status: 409
        meaning: No copy is left.
        message: No copy is left.
        actions: [{do: abort, how: Take another book.}]
        retry: {when: never}
      too_fast:
        status: 429
        meaning: Requests came too fast.
        message: Wait {wait} seconds.
        actions: [{do: wait, how: Wait as long as `wait` says.}]
        retry: {when: as_is, after: [wait]}
        details: {wait: {type: integer, unit: seconds, required: true, example: 7}}
      crashed:
        status: 500
        meaning: The shop has failed.
        message: Something broke.
    exit_codes:
      0: {name: SUCCESS, meaning: Done., for: [success]}
      1: {name: CLIENT_ERROR, meaning: The request was wrong., for: [4xx]}
      2: {name: SERVER_ERROR, meaning: The server failed., for: [5xx]}
      3: {name: NETWORK_ERROR, meaning: Nobody answered., for: [network]}
  cafe:
    envelopes:
      - body: {error: "{code}"}
    errors:
      sold_out: {status: 410, meaning: No cake is left.}
      0x-1.5: {status: 503, meaning: Nobody is there.}
"""
PROJECT: Final = "generate:\n  - {output: python, to: sdk}\n"
PAGES: Final = {
    "index.md": """\
# Shop

/// errors | codes
    api: shop
    columns: [code, status, meaning, action, retry, exception, exit_code]
///

/// errors | sections
    api: shop
    parts: [meaning, example, actions, retry, exception, exit_code]
///

/// errors | exceptions
    api: shop
///

/// errors | exit-codes
    api: shop
///

```python
from shop.errors import SoldOutError
```
""",
    "cafe.md": """\
# Café

| Fehler | HTTP | Klasse | Ende |
|---|---|---|---|
| `sold_out` | 410 | `SoldOutError` | - |
| `0x-1.5` | 503 | `Error0x15` | - |

[`sold_out`](index.md#sold_out)
""",
}
COMMAND: Final = f"""\
#!/bin/sh
# A command of the shop, as somebody writes it who knows nothing of Python.
status=$({sys.executable} -S -c '
import sys, urllib.error, urllib.request
try:
    print(urllib.request.urlopen(sys.argv[1]).status)
except urllib.error.HTTPError as error:
    print(error.code)
except OSError:
    print("none")
' "$SHOP_URL/books/1")
case $status in
  2??) exit 0 ;;
  4??) exit 1 ;;
  5??) exit 2 ;;
  *) echo "no answer" >&2; exit 3 ;;
esac
"""
MKDOCS: Final = {
    "site_name": "Shop",
    "theme": {"name": None, "custom_dir": "theme"},
    "plugins": [{"errorbook": {"error_pages": False}}],
    "markdown_extensions": ["tables", "fenced_code"],
}
_PAGE: Final = "<!doctype html><html><body><main>{{ page.content }}</main></body></html>\n"
THEME: Final = {"theme/main.html": _PAGE}


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files below ``folder``."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def write_repository(folder: Path, catalog: str = CATALOG) -> None:
    """Write the repository, with what `errorbook generate` makes of its catalog."""
    write(folder, {"errors.yaml": catalog, "errorbook.yaml": PROJECT, "shop.sh": COMMAND})
    write(folder, {**THEME, "mkdocs.yml": mkdocs_file()})
    write(folder, {f"docs/{name}": text for name, text in PAGES.items()})
    (folder / "shop.sh").chmod(0o755)
    workspace = open_workspace(folder / "errorbook.yaml", None, folder)
    generate(workspace.project, expected_files(workspace.project, workspace.catalog.catalog))


def mkdocs_file() -> str:
    """Return a mkdocs.yml that builds fast."""

    return yaml.safe_dump(MKDOCS)


def build(folder: Path) -> Path:
    """Build the site of the repository into ``site``, and return that."""
    built = run_build(folder / "mkdocs.yml")
    assert not built.aborted, built.warnings
    return built.folder
