"""What a site may say of errors: the codes of the catalog, present, former and internal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Final

from errorbook.catalog import Api, Catalog
from errorbook.catalog.addresses import anchor_of, docs_url
from errorbook.catalog.audience import seen_by
from errorbook.catalog.envelope import holes
from errorbook.catalog.facts import former_codes
from errorbook.checks.html_facts import classes_in, exception_in, facts_of
from errorbook.checks.html_settings import BuiltSite
from errorbook.outputs.languages import LANGUAGES

_NO_CODES: Final = frozenset(
    {"all", "any", "code", "default", "error", "n/a", "none", "null", "other", "others", "unknown"}
)
"""Words that stand in columns of codes without being one."""
_HOLE: Final = "{code}"
_LOOKS: Final = ((re.compile("[a-z]"), "a"), (re.compile("[A-Z]"), "A"), (re.compile("[0-9]"), "0"))
_HEADINGS: Final = {
    "code": ("code", "error code", "error", "error_code", "errorcode", "code name", "reason"),
    "status": ("status", "http", "http status", "status code", "http code", "http status code"),
    "exception": ("exception", "class", "exception class", "error class", "raises"),
    "exit code": ("exit code", "exit status", "exit"),
}
_CLASSES: Final = (
    "exception",
    "class",
    "exception class",
    "error class",
    "error",
    "raises",
    "throws",
)
_IN_A_LANGUAGE: Final = {
    text.casefold(): exception_in(one)
    for one in LANGUAGES.values()
    for noun in _CLASSES
    for text in (
        one.TITLE,
        f"{one.TITLE} {noun}",
        f"{noun} ({one.TITLE})",
        f"{noun} in {one.TITLE}",
    )
}


class Known:
    """The codes of a catalog as the audience of one site sees them."""

    def __init__(self, catalog: Catalog, site: BuiltSite) -> None:
        self.site = site
        self.catalog = seen_by(catalog, site.audience)
        self.apis = {
            name: api
            for name, api in self.catalog.apis.items()
            if site.apis is None or name in site.apis
        }
        """Those that the site documents."""
        self.internal = {
            code: name
            for name, api in catalog.apis.items()
            for code in api.errors
            if code not in getattr(self.catalog.apis.get(name), "errors", ())
        }
        public = {code for api in self.catalog.apis.values() for code in api.errors}
        for code in public:
            self.internal.pop(code, None)
        self.gone = {
            code: name
            for name, api in self.catalog.apis.items()
            for code in (*api.retired, *former_codes(api))
        }
        self.codes = public

    @cached_property
    def classes(self) -> frozenset[str]:
        """The names of the exceptions that errors raise."""
        return frozenset(one for facts in self.facts.values() for one in classes_in(facts))

    @cached_property
    def facts(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """What the catalog says of each error, by API and code."""
        return {
            (name, code): facts_of(name, api, code)
            for name, api in self.catalog.apis.items()
            for code in api.errors
        }

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        """The code by each id that the place of an error may have."""
        return {
            anchor: code
            for name, api in self.catalog.apis.items()
            for code in (*api.errors, *api.retired)
            for anchor in (
                *([self.site.anchors.replace(_HOLE, code)] if self.site.anchors else ()),
                f"{name}/{anchor_of(code)}",
                f"{name}-{anchor_of(code)}",
                anchor_of(code),
            )
        }

    @cached_property
    def anchor_pattern(self) -> re.Pattern[str] | None:
        """The pattern of ids that somebody has promised."""
        if not self.site.anchors or _HOLE not in self.site.anchors:
            return None
        before, _, after = self.site.anchors.partition(_HOLE)
        return re.compile(f"{re.escape(before)}(.+){re.escape(after)}")

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """What columns are called, each with what it means."""
        own = self.site.columns
        more = {
            "code": own.code,
            "status": own.status,
            "exception": own.exception,
            "exit code": own.exit_code,
        }
        return {
            **_IN_A_LANGUAGE,
            **{
                text.casefold(): aspect
                for aspect, texts in _HEADINGS.items()
                for text in (*texts, *more[aspect])
            },
        }

    @cached_property
    def homes(self) -> Mapping[str, tuple[str, str]]:
        """The API and the code by the path of a page of its own, below the site: `a/b/`."""
        return {
            path: (name, code)
            for name, api in self.catalog.apis.items()
            for code in api.errors
            if (path := self.path_of(docs_url(name, api, code) or "", api)) and "#" not in path
        }

    def path_of(self, address: str, api: Api) -> str | None:
        """Return the path below the site that an address leads to; None if it is elsewhere."""
        base = self.site.url or api.docs.url
        if base is None or not address:
            return None
        base = base.rstrip("/") + "/"
        return address.removeprefix(base) if address.startswith(base) else None

    def is_ignored(self, text: str) -> bool:
        """Tell whether somebody has said that ``text`` is no error of the catalog."""
        return any(fnmatchcase(text, pattern) for pattern in self.site.ignore)

    def is_code(self, text: str) -> bool:
        """Tell whether ``text`` is a code, or was one."""
        return text in self.codes or text in self.gone or text in self.internal

    def is_like_a_code(self, text: str) -> bool:
        """Tell whether ``text`` could be a code: it is made as those of the catalog are."""
        if not text or text.casefold() in _NO_CODES or text in self._other_words:
            return False
        return self._look(text) <= self._looks

    @cached_property
    def _looks(self) -> frozenset[str]:
        return frozenset().union(*(self._look(code) for code in (*self.codes, *self.gone)))

    @staticmethod
    def _look(text: str) -> frozenset[str]:
        for pattern, sign in _LOOKS:
            text = pattern.sub(sign, text)
        return frozenset(text)

    @cached_property
    def _other_words(self) -> frozenset[str]:
        return frozenset(word for api in self.catalog.apis.values() for word in _words(api))


def _words(api: Api) -> Iterator[str]:
    """Yield what an API calls everything that is no error."""
    for error in api.errors.values():
        yield from error.details
        yield from error.placeholders
    for envelope in api.envelopes:
        yield from envelope.fields
        yield from holes(envelope)
    yield from api.operations
    yield from api.groups
    for entry in api.exit_codes.values():
        yield entry.name
        yield from entry.applies_to
