"""A small MkDocs project in a folder of its own, and the site that it builds."""

from __future__ import annotations

import json
import logging
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any, Final, Literal
from unittest.mock import patch

import yaml
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.theme import Theme

from tests.site.html_tree import Element, parse

Command = Literal["build", "serve"]

ROOT = Path(__file__).parent.parent.parent
HOOK = ROOT / "hooks/errors.py"
CATALOG, _, _INCLUDED = (ROOT / "errors.yaml").read_text("utf-8").partition("\ninclude:")
"""The APIs of this repository, without the rules that it includes."""
RULES = f"\ninclude:{_INCLUDED}"
"""What includes them."""

SMALL = """\
apis:
  shop:
    title: Bookshop
    errors:
      sold_out:
        status: 409
        meaning: No copy is left.
      unpaid:
        status: 402
        meaning: The order is not paid.
"""
TWO = (
    SMALL
    + """\
  cafe:
    errors:
      sold_out:
        status: 410
        meaning: No cake is left.
      closed:
        status: 503
        meaning: Nobody is there.
"""
)

_TEMPLATE = """\
<!doctype html>
<html><head><title>{{ page.title }}</title></head>
<body><nav>{% for one in page.toc recursive %}<a href="{{ one.url }}">{{ one.title }}</a>
{{ loop(one.children) }}{% endfor %}</nav>
<main>{{ page.content }}</main></body></html>
"""


@dataclass(frozen=True)
class Built:
    """What came of a build: the folder of the site, and everything of weight that was said."""

    folder: Path
    warnings: list[str]
    aborted: bool
    _pages: dict[str, Element] = field(default_factory=dict, repr=False)

    def text(self, path: str = "index.html") -> str:
        """Return a file of the site."""
        return (self.folder / path).read_text("utf-8")

    def page(self, path: str = "index.html") -> Element:
        """Return a page of the site."""
        if path not in self._pages:
            self._pages[path] = parse(self.text(path))
        return self._pages[path]

    def main(self, path: str = "index.html") -> Element:
        """Return what a page says, without what the theme sets around it."""
        return self.page(path).one("main")

    def search(self) -> dict[str, str]:
        """Return the texts of the search index, by address."""
        index = json.loads(self.text("search/search_index.json"))
        return {one["location"]: f"{one['title']}\n{one['text']}" for one in index["docs"]}


class Project:
    """A MkDocs project. What is written into it stands below its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("theme/main.html", _TEMPLATE)
        self.write("errors.yaml", SMALL)

    def write(self, path: str, text: str) -> Path:
        """Write a file; the indentation that all its lines share is left out."""
        return self.write_bytes(path, textwrap.dedent(text).encode())

    def write_bytes(self, path: str, content: bytes) -> Path:
        """Write a file as it is."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    def pages(self, pages: Mapping[str, str]) -> Project:
        """Write pages below ``docs``."""
        for path, text in pages.items():
            self.write(f"docs/{path}", text)
        return self

    def configure(self, **options: Any) -> Path:
        """Write mkdocs.yml."""
        config = {
            "site_name": "Test",
            "theme": {"name": None, "custom_dir": "theme"},
            "plugins": [{"errorbook": {"error_pages": False}}],
            "validation": {"links": {"anchors": "warn"}, "nav": {"omitted_files": "warn"}},
            **options,
        }
        return self.write("mkdocs.yml", yaml.safe_dump(config, sort_keys=False))

    def build(self, page: str | None = None, *, strict: bool = False, **options: Any) -> Built:
        """Build the site with these options of mkdocs.yml; ``page`` is its index.md."""
        if page is not None:
            self.write("docs/index.md", page)
        return run_build(self.configure(**options), strict=strict)


def run_build(
    config_file: Path | str, *, strict: bool = False, command: Command = "build", **options: Any
) -> Built:
    """Build the site of a mkdocs.yml, as ``command`` of MkDocs does it with these options."""
    heard = _Heard()
    logging.getLogger("mkdocs").addHandler(heard)
    config = load_config(str(config_file), strict=strict, **options)
    aborted = False
    try:
        with patch.object(Theme, "get_env", _environment):
            config.plugins.on_startup(command=command, dirty=False)
            build(config)
    except Abort:
        aborted = True
    finally:
        logging.getLogger("mkdocs").removeHandler(heard)
    return Built(Path(config.site_dir), heard.messages, aborted)


class _Compiled(BytecodeCache):
    """The templates of themes: to compile those of Material takes longer than to build a site."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED: Final = _Compiled()
_MADE: Final = Theme.get_env


def _environment(theme: Theme) -> Environment:
    environment = _MADE(theme)
    environment.bytecode_cache = _COMPILED
    return environment


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
