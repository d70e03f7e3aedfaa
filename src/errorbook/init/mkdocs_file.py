"""The mkdocs.yml of somebody: what it says of the site, and the lines that errors need in it."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from pydantic import JsonValue

from errorbook.checks.disk import why_not
from errorbook.init.refusal import Refusal
from errorbook.init.yaml_lines import EditError, NotYamlError, YamlLines
from errorbook.problems import quoted
from errorbook.project_file import CATALOG_FILE, PROJECT_FILE

NAMES: Final = ("mkdocs.yml", "mkdocs.yaml")
"""What MkDocs looks for, in this order."""
HOOK: Final = "hooks/errors.py"
_MARK: Final = b"errorbook.site"
"""What stands in a hook of ours."""
_PLAIN_FOLDER: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*\Z")
"""What a shell, YAML and git take for a path and nothing else."""
_MOST_PARENTS: Final = 5
_MOST_BYTES: Final = 256 * 1024


@dataclass(frozen=True)
class Page:
    """A page that the navigation should lead to: its title, and its path below the docs."""

    title: str
    path: str


@dataclass
class Edited:
    """A mkdocs.yml with the lines it needs, and those that found no place in it."""

    content: bytes
    left: list[str] = field(default_factory=list)
    """What to add by hand, and why: one line each."""


class MkDocsFile:
    """A mkdocs.yml, and those that it inherits from."""

    def __init__(self, root: Path, name: str) -> None:
        """Read the file ``name`` of the folder ``root``.

        Raises:
            Refusal: if it cannot be read as YAML.
            OSError: if it cannot be read.
        """
        self.name = name
        self._root = root
        self._content = _bytes_of(root / name, name)
        self._lines = _lines(self._content, name)
        self._parents = list(_parents(root / name, self._lines))

    @property
    def site_name(self) -> str | None:
        """The name of the site."""
        return self._text("site_name")

    @property
    def site_url(self) -> str | None:
        """Where it is published."""
        return self._text("site_url")

    @property
    def docs_dir(self) -> str:
        """The folder of its pages; the usual one where it is no plain text.

        Raises:
            Refusal: if that is no folder of the project.
        """
        found = self._get("docs_dir")
        if not isinstance(found, str):
            return "docs"
        reason = why_not(found)
        if reason:
            raise Refusal(f"{self.name}: docs_dir {reason}: set it to a folder below {self.name}.")
        return str(PurePosixPath(found))

    @property
    def hides_docs_dir(self) -> bool:
        """Whether it says by a tag, or in an odd way, where its pages are."""
        return self._holder("docs_dir") is not None and self._text("docs_dir") is None

    @property
    def site_dir(self) -> str | None:
        """The folder that the site is built into; None where it is no plain path."""
        if self._holder("site_dir") is None:
            return "site"
        found = self._text("site_dir")
        folder = None if found is None or why_not(found) else str(PurePosixPath(found))
        return folder if folder and _PLAIN_FOLDER.match(folder) else None

    @property
    def named_catalog(self) -> str | None:
        """The catalog that it names, wherever that is; nothing where a tag hides it."""
        lists = [self._get(key) for key in ("plugins", "markdown_extensions")]
        listed = [one for some in lists for one in (some if isinstance(some, list) else [some])]
        every = (one.get("extra") for one in (self._lines, *self._parents))
        for one in (*listed, *every):
            options = one.get("errorbook") if isinstance(one, dict) else None
            if isinstance(options, dict) and "catalog" in options:
                named = options["catalog"]
                return named if isinstance(named, str) else ""
        return None

    @property
    def catalog(self) -> str | None:
        """The catalog that it names.

        Raises:
            Refusal: if that is no file of the project.
        """
        named = self.named_catalog
        reason = why_not(named) if named else None
        if reason or named == "":
            said = f"{quoted(named)}, which {reason}" if named else "by what is no plain text"
            raise Refusal(
                f"{self.name} names the catalog {said}: name it in {PROJECT_FILE}, as `catalog`, "
                f"or take it out of {self.name}."
            )
        return named

    @property
    def is_set_up(self) -> bool:
        """Whether Errorbook is at work in it already, as a plugin or as a hook."""
        named = [*_names(self._get("plugins")), *_names(self._get("markdown_extensions"))]
        return "errorbook" in named or any(map(self._is_ours, _names(self._get("hooks"))))

    @property
    def lacks_hook(self) -> bool:
        """Whether it names our hook, and there is no such file."""
        return HOOK in _names(self._get("hooks")) and not (self._root / HOOK).exists()

    def edited(self, hook: str, catalog: str, pages: Sequence[Page]) -> Edited:
        """Return it with the hook, the name of the catalog and, if it has a ``nav``, the pages."""
        left: list[str] = []
        lines = self._with_hook(hook, left)
        if self.lacks_catalog(catalog):
            self._name_catalog(lines, catalog, left)
        self._add_pages(lines, pages, left)
        mark = codecs.BOM_UTF8 if self._content.startswith(codecs.BOM_UTF8) else b""
        return Edited(mark + lines.text.encode(), left)

    def lacks_catalog(self, catalog: str) -> bool:
        """Tell whether it says nothing of ``catalog``, or another name."""
        named = self.named_catalog
        return named != "" and (named or CATALOG_FILE) != catalog

    def _name_catalog(self, lines: YamlLines, catalog: str, left: list[str]) -> None:
        said = f"extra: {{errorbook: {{catalog: {catalog}}}}}"
        try:
            if any(one.get("extra", "errorbook") is not None for one in (lines, *self._parents)):
                raise EditError("'errorbook' is there with other options")
            lines.put("extra", "errorbook", {"catalog": catalog})
        except EditError as error:
            left.append(f"add {said} to {self.name} yourself: {error}")

    def _with_hook(self, hook: str, left: list[str]) -> YamlLines:
        """Return its lines with the hook.

        A list of its own hides that of a parent, whose hooks come along then.
        """
        lines = YamlLines(self._lines.text)
        inherited = [] if lines.has("hooks") else _names(self._get("hooks"))
        try:
            for one in (*inherited, hook):
                lines.append("hooks", one)
        except EditError as error:
            left.append(f"add {hook} to the hooks of {self.name} yourself: {error}")
            return YamlLines(self._lines.text)
        return lines

    def _add_pages(self, lines: YamlLines, pages: Sequence[Page], left: list[str]) -> None:
        nav = self._get("nav")
        known = set(_texts(nav))
        missing = [page for page in pages if page.path not in known]
        if self._holder("nav") is None or not missing:
            return
        for page in missing:
            if not lines.has("nav"):
                left.append(f"add {page.path} to the nav that {self.name} inherits")
                continue
            try:
                lines.append("nav", {page.title: page.path})
            except EditError as error:
                left.append(f"add {page.path} to the nav of {self.name} yourself: {error}")

    def _is_ours(self, hook: str) -> bool:
        file = self._root / hook
        if why_not(hook) or not file.is_file():
            return hook == HOOK
        with file.open("rb") as opened:
            return _MARK in opened.read(_MOST_BYTES)

    def _text(self, key: str) -> str | None:
        found = self._get(key)
        return found if isinstance(found, str) and found.strip() else None

    def _get(self, key: str) -> JsonValue:
        holder = self._holder(key)
        return holder.get(key) if holder else None

    def _holder(self, key: str) -> YamlLines | None:
        """Return the file that says what ``key`` is: this one, or the nearest that it inherits."""
        return next((one for one in (self._lines, *self._parents) if one.has(key)), None)


def found_in(root: Path) -> str | None:
    """Return what the configuration of MkDocs in ``root`` is called, if there is one.

    Raises:
        Refusal: if something stands there that is no file.
    """
    name = next((name for name in NAMES if os.path.lexists(root / name)), None)
    if name and not (root / name).is_file():
        raise Refusal(f"{name} is there and is no file, or a link to none: move it away.")
    return name


def _lines(content: bytes, name: str) -> YamlLines:
    try:
        return YamlLines(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal(f"{name} is not UTF-8: save it so, then run this again.") from None
    except NotYamlError as error:
        raise Refusal(
            f"{name} is no YAML that can be added to ({error}): mend it, then run this again."
        ) from None


def _bytes_of(file: Path, name: str) -> bytes:
    with file.open("rb") as opened:
        content = opened.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise Refusal(f"{name} is larger than 256 KiB, which nothing is added to.")
    return content


def _parents(file: Path, lines: YamlLines) -> Iterator[YamlLines]:
    """Yield the files that one inherits from, the nearest first."""
    for _ in range(_MOST_PARENTS):
        named = lines.get("INHERIT")
        if not isinstance(named, str):
            return
        file = file.parent / named
        if not file.is_file():
            raise Refusal(f"{named}, which INHERIT names, is not there: mend that first.")
        lines = _lines(_bytes_of(file, named), named)
        yield lines


def _names(value: JsonValue) -> list[str]:
    """Return the names in a list such as that of plugins: entries, or the one key of an entry."""
    if isinstance(value, dict):
        return list(value)
    found: list[str] = []
    for one in value if isinstance(value, list) else []:
        if isinstance(one, dict):
            found += one
        elif isinstance(one, str):
            found.append(one)
    return found


def _texts(value: JsonValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
