"""What makes a language of SDKs: a package with these names. All who speak of SDKs ask it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from errorbook.catalog import Api, Catalog, Detail, Error
from errorbook.problems import Finding


class Language(Protocol):
    """One language. The functions are pure; most take an API's id and the API, some also a code.

    Names are ready for its code: none of them is one that the language will not have, as long as
    ``problems`` finds nothing.
    """

    NAME: str
    """Its output in errorbook.yaml, its key below ``sdk`` in errors.yaml, and what highlighters
    call it. Not ``sh``: that is what requests and exit codes to copy are highlighted as."""
    TITLE: str
    """What people call it."""
    FILE: str
    """What the module of each API is called."""
    BESIDE: tuple[str, ...]
    """What is generated beside each module, and goes with it: stamped, or empty."""

    def is_told(self, api: Api, /) -> bool:
        """Tell whether docs, lists and vectors of ``api`` speak of the language."""

    def problems(self, catalog: Catalog, /) -> Iterable[Finding]:
        """Yield what of the names of ``catalog`` the language cannot express."""

    def module_name(self, name: str, api: Api, /) -> str:
        """Return what the module is imported as; "" where there is none."""

    def base_class(self, name: str, api: Api, /) -> str:
        """Return the class that all errors of ``api`` are caught by; "" where there is none."""

    def sdk_base(self, api: Api, /) -> tuple[str, str] | None:
        """Return module and name of a class of the SDK's own that the base class comes below."""

    def parents(self, api: Api, /) -> Mapping[str, str]:
        """Return the classes between base class and errors, by group, status or ``4xx``."""

    def parents_of(self, api: Api, error: Error, /) -> Iterable[str]:
        """Return those that the class of ``error`` comes below."""

    def own_class(self, code: str, error: Error, /) -> str | None:
        """Return the class that ``code`` has to itself; None where it shares one."""

    def raised_class(self, name: str, api: Api, code: str, /) -> str:
        """Return the class that a response with ``code`` becomes; "" where there is none."""

    def aliases(self, name: str, api: Api, /) -> Mapping[str, str]:
        """Return the class names that there were before, each with the one it has now."""

    def constant(self, code: str, error: Error, /) -> str | None:
        """Return the name of the constant that holds ``code``, if it has one."""

    def attributes(self, error: Error, /) -> Iterator[tuple[str, Detail]]:
        """Yield the details that an exception keeps, by name, as it has them."""

    def attribute(self, error: Error, detail: str, /) -> str | None:
        """Return what a detail is called in an exception; None where only ``details`` holds it."""

    def catch_snippet(self, name: str, api: Api, code: str, /) -> str | None:
        """Return code to copy that catches ``code`` and does what the catalog says of it."""
