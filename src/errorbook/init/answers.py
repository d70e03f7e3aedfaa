"""What `init` has to know of an API and cannot find: what it is, what it may be, what is likely."""

from __future__ import annotations

import keyword
import re
import sys
import unicodedata
from dataclasses import dataclass
from typing import Final

from errorbook.catalog.values import is_address
from errorbook.characters import has_hidden, without_hidden
from errorbook.init.refusal import Refusal
from errorbook.init.surroundings import Surroundings

_LONGEST_TITLE: Final = 100
_ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}\Z")
_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_OF_FOLDERS: Final = frozenset({"api", "apis", "doc", "docs", "documentation", "sdk", "website"})
"""Words that say what a repository is, not what the API is called."""


@dataclass(frozen=True)
class Answers:
    """What a new errors.yaml says of its API."""

    title: str
    id: str
    package: str
    url: str
    """Empty where nobody knows yet."""


def likely_title(around: Surroundings) -> str:
    """Return a title after the site, the project or the folder."""
    site = around.mkdocs.site_name if around.mkdocs else None
    return title_after(site or around.project_name or around.root.name)


def title_after(name: str) -> str:
    """Return a title after what something of the API is called."""
    words = without_hidden(name).replace("_", " ").replace("-", " ").split()
    while words and words[-1].lower() in _OF_FOLDERS:
        words.pop()
    shown = " ".join(word if word != word.lower() else word.capitalize() for word in words)
    return f"{shown} API"[-_LONGEST_TITLE:].strip() if shown else "Example API"


def likely_id(title: str) -> str:
    """Return an id after a title."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = _WORD.findall(plain)
    while words and words[-1] in _OF_FOLDERS:
        words.pop()
    found = "_".join(words)[:64].strip("_")
    return found if _ID.match(found) else "example"


def likely_package(name: str) -> str:
    """Return an import name after the id of an API: no keyword, nor what Python brings itself."""
    found = name.replace("-", "_")
    is_taken = keyword.iskeyword(found) or found in sys.stdlib_module_names
    return f"{found}_api" if is_taken or found in ("errorbook", "tests", "docs", "hooks") else found


def checked_title(text: str) -> str:
    """Return ``text`` if it may be a title.

    Raises:
        Refusal: if not.
    """
    found = text.strip()
    if not found or len(found) > _LONGEST_TITLE or has_hidden(found):
        raise Refusal(f"A title is one line of 1 to {_LONGEST_TITLE} visible characters.")
    return found


def checked_id(text: str) -> str:
    """Return ``text`` if it may be the id of an API.

    Raises:
        Refusal: if not.
    """
    if not _ID.match(text):
        raise Refusal("An API's id is lower-case letters, digits, _ and -, such as bookshop.")
    return text


def checked_package(text: str) -> str:
    """Return ``text`` if it may be imported.

    Raises:
        Refusal: if not.
    """
    parts = text.split(".")
    is_name = all(one.isascii() and one.isidentifier() for one in parts)
    if not is_name or any(map(keyword.iskeyword, parts)):
        raise Refusal("A package is a name that Python can import, such as bookshop.")
    if parts[0] in sys.stdlib_module_names or parts[0] == "errorbook":
        raise Refusal(f"Python knows another {parts[0]}: choose another package.")
    return text


def is_url(text: str) -> bool:
    """Tell whether ``text`` may be the address of a site."""
    is_plain = not has_hidden(text) and "#" not in text and "?" not in text
    return is_plain and is_address(text)


def checked_url(text: str) -> str:
    """Return an address with a slash at its end; nothing of nothing.

    Raises:
        Refusal: if it is none.
    """
    found = text.strip()
    if not found:
        return ""
    if not is_url(found):
        raise Refusal("An address begins with https:// and a host, and has no spaces, ? or #.")
    return found if found.endswith("/") else f"{found}/"
