"""Every address that a built site holds, and which of them lead nowhere.

It reads what the site is for: pages, their Markdown and JSON, the sitemap, llms.txt, the search
index and the index of the explorer. Addresses of other sites are left alone. Pages are read with
regular expressions, since ten thousand of them are to be read in seconds; everything they are
asked for stands in attributes.
"""

from __future__ import annotations

import ast
import gzip
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from posixpath import normpath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

ADDRESSES: Final = frozenset({"$ref", "catalog", "docs_url", "json", "link", "markdown", "url"})
"""Members of published JSON that hold an address."""
_NO_ADDRESSES: Final = frozenset({"body", "const", "default", "enum", "example", "examples"})
"""Members of published JSON that show what others send."""
_OWN: Final = frozenset({"canonical", "loc"})
"""Kinds of addresses that must be of this site."""

_POINTER: Final = "json $ref"

_ATTRIBUTES: Final = ("href", "src", "data-index")
_SCRIPT: Final = re.compile(r"(<script\b[^>]*>).*?</script>|<!--.*?-->", re.DOTALL)
_TAG: Final = re.compile(r"""<([a-zA-Z][^\s/>]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*)>""")
_ATTRIBUTE: Final = re.compile(r"""([^\s=/"'>]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_REFRESH: Final = re.compile(r"\d+\s*[;,]\s*url\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_LOC: Final = re.compile(r"<loc>([^<]*)</loc>")
_FENCE: Final = re.compile(r"^ *(`{3,}|~{3,}).*?^ *\1[`~]*$|<!--.*?-->", re.DOTALL | re.MULTILINE)
_CODE: Final = re.compile(r"\\[!-/:-@\[-`{-~]|`(?<!``)(`*+).*?(?<!`)`\1(?!`)", re.DOTALL)
_LINK: Final = re.compile(
    r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*(?:<([^<>\n]*)>|([^\s()]*+(?:\([^\s()]*\)[^\s()]*)*))"
)
_AUTOLINK: Final = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]+:[^<>\s]*)>")
_LINK_OF_ROW: Final = 6


@dataclass(frozen=True, order=True)
class Dead:
    """An address that leads nowhere: the file that holds it, where in it, and what is wrong."""

    file: str
    kind: str
    address: str
    reason: str


EXPLORED = re.compile(r"(?:q|error)=.")
"""What an explorer reads from the address of the page that it stands on."""


@dataclass
class Crawl:
    """What came of a crawl."""

    dead: list[Dead] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    """How many addresses of each kind led somewhere in the site, or should have."""


def crawl(folder: Path, site_url: str | None = None, *, serves_folders: bool = True) -> Crawl:
    """Follow every address in the site below ``folder``.

    ``site_url`` is where it is published; without, its paths begin at the root of some host.
    Unless ``serves_folders``, as on a disk, a relative address of a folder shows no index.html.
    """
    site = Site(folder, site_url, serves_folders)
    found = Crawl()
    for file in sorted(site.files):
        read = _reader(file)
        if read is None:
            continue
        content = (folder / file).read_bytes()
        for kind, address, base in read(file, content):
            reason = site.refusal(kind, address, base)
            if reason is not None:
                found.seen[kind] = found.seen.get(kind, 0) + 1
            if reason:
                found.dead.append(Dead(file, kind, address, reason))
    found.dead.sort()
    return found


class Site:
    """The files of a site, and what addresses mean in it."""

    def __init__(
        self, folder: Path, site_url: str | None = None, serves_folders: bool = True
    ) -> None:
        self._folder = folder
        self._url = f"{site_url.rstrip('/')}/" if site_url else None
        self._root = urlsplit(self._url or "/").path
        self._serves_folders = serves_folders
        self.files = frozenset(_files_below(folder))
        self._ids: Callable[[str], frozenset[str]] = cache(self._ids_of)
        self._read: Callable[[str], Any] = cache(self._data_of)

    def refusal(self, kind: str, address: str, base: str = "index.html") -> str | None:
        """Say what is wrong with an address in the file ``base``: nothing if it is "".

        None where it is of no concern here.
        """
        before, _, anchor = address.partition("#")
        is_absolute = _SCHEME.match(address) is not None
        path = self._path(before.partition("?")[0], base, is_absolute=is_absolute)
        if path is None:
            return "of another site" if kind in _OWN and self._url else None
        if path.startswith(("../", "/")) or path == "..":
            return "outside the site"
        file = self._file(path, is_served=self._serves_folders or is_absolute)
        if file is None:
            return "no such file"
        return "" if not anchor or self._shows(file, unquote(anchor), kind) else "no such place"

    def _shows(self, file: str, anchor: str, kind: str) -> bool:
        """Tell whether a file has the place that ``anchor`` names."""
        if kind == _POINTER:
            return _has(self._read(file), anchor)
        is_ours = file.endswith(".html") and not anchor.startswith(("__", ":~:"))
        if is_ours and EXPLORED.match(anchor):
            return "<error-explorer" in (self._folder / file).read_text("utf-8")
        return not is_ours or anchor in self._ids(file)

    def _path(self, path: str, base: str, *, is_absolute: bool) -> str | None:
        """Return the path that an address means, from the root of the site; None if of others."""
        if is_absolute:
            if self._url is None or not f"{path}/".startswith(self._url):
                return None
            return _normal(path[len(self._url) :])
        if path.startswith("/"):
            return _normal(path[len(self._root) :]) if path.startswith(self._root) else path
        if not path:
            return base
        return _normal(f"{base[: base.rfind('/') + 1]}{path}")

    def _file(self, path: str, *, is_served: bool) -> str | None:
        if path in self.files:
            return path
        if not is_served:
            return None
        file = f"{path.rstrip('/')}/index.html".removeprefix("./")
        return file if file in self.files else None

    def _ids_of(self, file: str) -> frozenset[str]:
        html = (self._folder / file).read_text("utf-8")
        return frozenset(
            value
            for tag, attributes in _TAG.findall(_SCRIPT.sub(r"\1", html))
            if "id" in attributes or "name" in attributes
            for name, value in _attributes(attributes)
            if name == "id" or (name == "name" and tag == "a")
        )

    def _data_of(self, file: str) -> Any:
        return json.loads((self._folder / file).read_bytes())


def _normal(path: str) -> str:
    """Return a path without steps that lead back; one of a folder ends with a slash."""
    path = unquote(path)
    ends = path.endswith(("/", "/.", "/..")) or path in ("", ".", "..")
    plain = normpath(path) if path else "."
    if plain == ".":
        return "./"
    return f"{plain}/" if ends and not plain.startswith("..") else plain


def _has(data: Any, pointer: str) -> bool:
    """Tell whether a JSON Pointer (RFC 6901) leads to anything, member by member."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(data, dict) or name not in data:
            return False
        data = data[name]
    return pointer.startswith("/")


_Found = Iterable[tuple[str, str, str]]
"""Each address with its kind, and the file that it is relative to."""
_Reader = Callable[[str, bytes], _Found]


def _reader(file: str) -> _Reader | None:
    name = file.rpartition("/")[2]
    return _BY_NAME.get(name) or _BY_EXTENSION.get(name.rpartition(".")[2])


def _html(file: str, content: bytes) -> _Found:
    for tag, attributes in _TAG.findall(_SCRIPT.sub(r"\1", content.decode())):
        for kind, address in _of_tag(tag, attributes):
            yield kind, address, file


@lru_cache(maxsize=100_000)
def _of_tag(tag: str, attributes: str) -> tuple[tuple[str, str], ...]:
    """Return the addresses of a tag. Pages have most of their tags in common."""
    values = dict(_attributes(attributes))
    tag = tag.lower()
    kind = f"{tag} {values['rel'].strip()}" if tag == "link" and "rel" in values else tag
    kind = "canonical" if kind == "link canonical" else kind
    found = [(kind, values[name].strip()) for name in _ATTRIBUTES if name in values]
    if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
        refresh = _REFRESH.match(values.get("content", ""))
        found.append(("refresh", refresh[1] if refresh else values.get("content", "")))
    return tuple(found)


def _attributes(text: str) -> list[tuple[str, str]]:
    return [
        (name.lower(), unescape(double or single or bare))
        for name, double, single, bare in _ATTRIBUTE.findall(text)
    ]


def _markdown(file: str, content: bytes) -> _Found:
    text = _CODE.sub("\0", _FENCE.sub("", content.decode()))
    for within, bare in _LINK.findall(text):
        yield "markdown", unescape(within or bare), file
    for address in _AUTOLINK.findall(text):
        yield "markdown", unescape(address), file


def _json(file: str, content: bytes) -> _Found:
    for name, address in _members(json.loads(content)):
        yield f"json {name}", address, file


def _members(value: Any) -> Iterator[tuple[str, str]]:
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            for name, item in one.items():
                if isinstance(item, (dict, list)):
                    if name not in _NO_ADDRESSES:
                        todo.append(item)
                elif name in ADDRESSES and isinstance(item, str) and item:
                    yield name, item


def _search_index(_: str, content: bytes) -> _Found:
    for entry in json.loads(content)["docs"]:
        yield "search", entry["location"], "index.html"


def _explorer_index(_: str, content: bytes) -> _Found:
    index = read_script(content.decode())
    for api in index["apis"].values():
        for row in (*api.get("errors", ()), *api.get("retired", ())):
            if row[_LINK_OF_ROW : _LINK_OF_ROW + 1] not in ([], [""]):
                yield "explorer", row[_LINK_OF_ROW], "index.html"


def read_script(script: str) -> dict[str, Any]:
    """Return what a script of the explorer's index holds."""
    found: dict[str, Any] = json.loads(ast.literal_eval(script[script.index("(") + 1 : -3]))
    return found


def _sitemap(file: str, content: bytes) -> _Found:
    for address in _LOC.findall(content.decode()):
        yield "loc", unescape(address), file


def _packed_sitemap(file: str, content: bytes) -> _Found:
    return _sitemap(file, gzip.decompress(content))


_BY_NAME: Final[Mapping[str, _Reader]] = {
    "explorer-index.js": _explorer_index,
    "llms.txt": _markdown,
    "search_index.json": _search_index,
    "sitemap.xml": _sitemap,
    "sitemap.xml.gz": _packed_sitemap,
}
_BY_EXTENSION: Final[Mapping[str, _Reader]] = {"html": _html, "json": _json, "md": _markdown}


def _files_below(folder: Path) -> Iterator[str]:
    for where, _, names in os.walk(folder):
        below = Path(where).relative_to(folder).as_posix()
        for name in names:
            yield name if below == "." else f"{below}/{name}"
