"""Pages that somebody wrote for an error: ``error: api/code`` in the front matter says which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from errorbook.catalog import Catalog
from errorbook.catalog.facts import former_codes
from errorbook.problems import quoted
from errorbook.site.blocks import Slip
from errorbook.site.error_pages import ErrorPages
from errorbook.site.links import ErrorKey, UnknownReferenceError, find_error
from errorbook.site.source_page import ERROR_KEY


@dataclass(frozen=True)
class Candidate:
    """A page of the site: the path of its source, of its file and its address, and front matter."""

    source: str
    path: str
    url: str
    reference: Any
    api: str | None


@dataclass
class Adopted:
    """Which page is that of which error: by source, and the addresses by error."""

    by_source: dict[str, ErrorKey] = field(default_factory=dict)
    by_error: dict[ErrorKey, str] = field(default_factory=dict)
    slips: list[tuple[str, Slip]] = field(default_factory=list)
    """What is wrong with front matter, with the path of the page's source."""


def adopt(catalog: Catalog, pages: ErrorPages, candidates: Iterable[Candidate]) -> Adopted:
    """Return which of ``candidates`` stand for which of ``pages``.

    A page that stands where one would be generated is that error's, whatever it says.
    """
    adopted = Adopted()
    by_path = {page.path: page.key for page in pages.values()}
    for one in candidates:
        key = by_path.get(one.path)
        if one.reference is not None:
            found = _referred(catalog, one, adopted)
            if found is not None and key is not None and key != found:
                message = f"this page stands at the address of {quoted('/'.join(key))}"
                hint = "move it, or leave out 'error'"
                adopted.slips.append((one.source, Slip("error-has-page", 0, message, hint)))
            elif found is not None:
                key = found
        if key is not None:
            _take(adopted, one, key)
    return adopted


def _referred(catalog: Catalog, one: Candidate, adopted: Adopted) -> ErrorKey | None:
    if not isinstance(one.reference, (str, int)) or isinstance(one.reference, bool):
        message = f"'{ERROR_KEY}' in the front matter takes one error, such as api/code"
        adopted.slips.append((one.source, Slip("bad-option", 0, message)))
        return None
    reference = str(one.reference)
    try:
        return find_error(catalog, reference, one.api)
    except UnknownReferenceError as error:
        retired = list(_retired(catalog, reference, one.api))
        if len(retired) == 1:
            return retired[0]
        slip = Slip("unknown-error", 0, str(error), error.hint)
        adopted.slips.append((one.source, slip))
        return None


def _retired(catalog: Catalog, reference: str, api: str | None) -> Iterator[ErrorKey]:
    """Yield the retired codes that a reference may mean."""
    name, mark, code = reference.partition("/")
    for one in catalog.apis:
        named = code if mark and one == name else reference if api in (one, None) else None
        retired = catalog.apis[one].retired.keys() - former_codes(catalog.apis[one]).keys()
        if named is not None and named in retired:  # the address of a former code leads on
            yield one, named


def _take(adopted: Adopted, one: Candidate, key: ErrorKey) -> None:
    if key in adopted.by_error:
        message = f"{quoted('/'.join(key))} has a page already: {adopted.by_error[key]}"
        slip = Slip("error-has-page", 0, message, f"keep '{ERROR_KEY}' on one of them")
        adopted.slips.append((one.source, slip))
        return
    adopted.by_source[one.source] = key
    adopted.by_error[key] = one.url
