"""What strangers do first, from the wheel, in an environment: the first five minutes, and more.

Each command of docs/start.md is run, in its order, and prints what the page says. Projects of other
kinds go the way that README shows.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.packaging.environments import environment, run_in

PAGE: Final = Path(__file__).parents[2] / "docs/start.md"
_FENCE: Final = re.compile(r"^```(sh|text|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FAILS: Final = "# ends with 1"
_NOT_RUN: Final = {
    ("pip", "install"): "the environment has it",
    ("mkdocs", "serve"): "it does not end; the site is built further down",
    ("mkdocs", "gh-deploy"): "it pushes to a remote",
}


AFTERWARDS: Final = (
    "mkdocs build --strict",
    "errorbook check",
    "errorbook check --html site",
    "pytest",
)


class Stranger:
    """Somebody who types what a page says, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._python = environment("site", "pytest")
        self.said = ""
        self.ran: list[str] = []

    def type(self, line: str) -> None:
        """Run a command of the page, which has to end as the page says."""
        program, *words = shlex.split(line, comments=True)
        if program == "cd":
            self._folder = (self._folder / words[0]).resolve()
        elif program == "mkdir":
            (self._folder / words[0]).mkdir()
        elif (program, *words[:1]) not in _NOT_RUN:
            variables = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
            done = run_in(self._python, "-m", program, *words, cwd=self._folder, **variables)
            self.said += done.stdout + done.stderr
            assert done.returncode == (1 if _FAILS in line else 0), f"{line}\n{self.said}"
            self.ran.append(line)

    def add(self, errors: str) -> None:
        """Put errors into the catalog where the page says."""
        file = self._folder / "errors.yaml"
        before = file.read_text("utf-8")
        assert before.count("    errors:\n") == 1
        file.write_text(before.replace("    errors:\n", f"    errors:\n{errors}"), "utf-8")


def fences() -> Iterator[tuple[str, str]]:
    """Yield what the page has in fences, and of which kind."""
    yield from _FENCE.findall(PAGE.read_text("utf-8"))


def shows(said: str, text: str) -> bool:
    """Tell whether ``said`` is ``text``, in which a line `…` stands for lines that are left out."""
    parts = [re.escape(part) for part in re.split(r"^…\n", text, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(parts), said) is not None


def test_a_block_is_compared_whole() -> None:
    assert shows("a\nb\nc\n", "a\n…\nc\n")
    assert shows("a\nc\n", "a\n…\nc\n")
    assert not shows("a\nb\nc\n", "a\nc\n")
    assert not shows("a\nb\nc\nd\n", "a\n…\nc\n")


def test_the_page_of_the_first_five_minutes_holds(tmp_path: Path) -> None:
    stranger = Stranger(tmp_path)
    for kind, text in fences():
        if kind == "sh":
            stranger.said = ""
            for line in text.splitlines():
                stranger.type(line)
        elif kind == "yaml":
            stranger.add(text)
        else:
            assert shows(stranger.said, text), f"{text}\nis not what is said:\n{stranger.said}"
    assert len(stranger.ran) >= 18


OPENAPI: Final = """\
openapi: 3.1.0
info: {title: Bookshop API, version: "1"}
paths:
  /orders/{order_id}:
    get:
      operationId: readOrder
      responses:
        "404":
          description: There is no such order.
          content:
            application/json:
              schema:
                properties:
                  code: {type: string, enum: [order_not_found]}
                  message: {type: string}
              example: {code: order_not_found, message: Order 7 was not found.}
"""
OLD_PAGE: Final = """\
# Errors

| Code | Status | Meaning | Retry |
|---|---|---|---|
| `rate_limited` | 429 | Requests came too fast. | Yes |
| `order_not_found` | 404 | There is no such order. | No |
"""
SITE: Final = """\
INHERIT: base.yml
site_name: Bookshop docs  # for people
theme: {name: material}
hooks:
  - hooks/tweak.py
nav:
  - Home: index.md
"""


def test_a_document_and_an_old_page_become_a_site_and_an_sdk(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(OPENAPI, "utf-8")
    (tmp_path / "old-errors.md").write_text(OLD_PAGE, "utf-8")
    stranger = Stranger(tmp_path)
    stranger.type("errorbook import openapi.yaml old-errors.md")
    stranger.type("errorbook init --no-input")
    for line in AFTERWARDS:
        stranger.type(line)
    page = (tmp_path / "site/errors/index.html").read_text("utf-8")
    assert "rate_limited" in page
    assert "order_not_found" in page
    assert "class RateLimitedError" in next(tmp_path.glob("sdk/**/errors.py")).read_text("utf-8")


def test_a_site_that_is_there_gets_pages_and_keeps_what_it_has(tmp_path: Path) -> None:
    for path, text in {
        "mkdocs.yml": SITE,
        "base.yml": "site_url: https://docs.bookshop.example/\nplugins: [search]\n",
        "hooks/tweak.py": "def on_page_markdown(text, **_):\n    return text + '\\nTweaked.'\n",
        "docs/index.md": "# Ours\n",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    stranger = Stranger(tmp_path)
    stranger.type("errorbook init --yes")
    for line in AFTERWARDS:
        stranger.type(line)
    first = (tmp_path / "site/index.html").read_text("utf-8")
    assert "Tweaked." in first
    assert 'href="errors/"' in first
    assert "rate_limited" in (tmp_path / "site/errors/index.html").read_text("utf-8")
