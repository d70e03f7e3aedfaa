"""What all pages of a built site say of errors, and what is wrong with single pages."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from types import ModuleType
from typing import Any, Final

from errorbook.catalog import Catalog
from errorbook.catalog.addresses import anchor_of
from errorbook.catalog.facts import exit_codes_by_selector
from errorbook.checks.html_facts import EXCEPTION, Said, exception_in, facts_of, is_exception
from errorbook.checks.html_folder import SiteFolder
from errorbook.checks.html_reader import PageReader
from errorbook.html_tree import Element
from errorbook.outputs import python
from errorbook.problems import quoted, suggest
from errorbook.site.page_view import TOP
from errorbook.testing.module_statements import catalog_statements, has
from errorbook.testing.project import ErrorbookProject
from errorbook.testing.statements import Statement

_PYTHON: Final = exception_in(python)
_OURS: Final = 'class="errorbook'
_TEXT = re.compile(r">\s*([^<>]+?)\s*<")
"""A text between two tags: a page in which none is a code says nothing of any."""


class SitePages:
    """What all pages of a site say, and what is wrong with them."""

    def __init__(
        self, project: ErrorbookProject, modules: Mapping[str, ModuleType], site: SiteFolder
    ) -> None:
        self._catalog: Catalog = project.catalog
        self._catalog_name = project.catalog_name
        self._project = project
        self._modules = modules
        self._site = site
        self.statements: list[Statement] = []
        self._shown: set[tuple[str, str]] = set()
        self._slips: list[str] = []
        self._facts = {
            (one.api, one.code, one.aspect): one.value
            for name, api in self._catalog.apis.items()
            for one in catalog_statements(name, api, "")
        }
        self._codes = {code for api in self._catalog.apis.values() for code in api.errors}
        self._classes = frozenset(
            facts.exception for module in modules.values() for facts in module.FACTS.values()
        )
        self._anchors = {
            anchor: code
            for name, api in self._catalog.apis.items()
            for code in api.errors
            for anchor in (
                f"{name}/{anchor_of(code)}",
                f"{name}-{anchor_of(code)}",
                anchor_of(code),
            )
        }
        for path, html in site.pages.items():
            if _OURS in html or not self._codes.isdisjoint(map(unescape, _TEXT.findall(html))):
                self._read(path)

    def missing(self, name: str) -> Iterator[str]:
        """Yield the errors of an API that no page shows."""
        codes = self._catalog.apis[name].errors
        if not any((name, code) in self._shown for code in codes):
            yield f"{name}: nothing to compare: no page shows any of its errors"
            return
        for code in codes:
            if (name, code) not in self._shown:
                yield f"{name}/{code}: no page shows it"

    def differences(self) -> Iterator[str]:
        """Yield what is wrong with single pages."""
        yield from self._slips
        for name, module in self._modules.items():
            yield from self._dead_addresses(name, module)

    def _read(self, path: str) -> None:
        tree = self._site.tree(path)
        reader = PageReader(tree, self._catalog, self._classes, self._anchors)
        for said in reader.said:
            self._say(path, self._of_python(said))
        shown: dict[str, set[int]] = {}
        for apis, number, exit_name, selectors in reader.exit_codes:
            name = self._agreeing(apis, "", {f"exit code {number}": exit_name})
            shown.setdefault(name, set()).add(int(number))
            self._exit_code(path, name, number, exit_name, selectors)
        for name, numbers in shown.items():
            for missing in sorted(self._catalog.apis[name].exit_codes.keys() - numbers):
                if name in self._modules:
                    self._slips.append(f"{name}: {path} lacks the exit code {missing}")
        places = {id(one.example): one for one in reader.said if one.example}
        for example in tree.all(of="eb-example"):
            self._example(path, places.get(id(example)), example)
        for link in tree.all("a"):
            self._link(path, link)
        for source in tree.all("pre"):
            self._imports(path, source.raw_text)

    def _of_python(self, said: Said) -> Said:
        """Return what is said without the classes of other languages."""
        aspects = dict(said.aspects)
        theirs = [aspect for aspect in aspects if is_exception(aspect) and aspect != EXCEPTION]
        told = {aspect: aspects.pop(aspect) for aspect in theirs}
        if _PYTHON in told:
            aspects[EXCEPTION] = told[_PYTHON]
        elif said.doubtful and self._is_of_another_language(said.code, aspects.get(EXCEPTION)):
            aspects.pop(EXCEPTION)
        return replace(said, aspects=aspects)

    def _is_of_another_language(self, code: str, name: str | None) -> bool:
        """Tell whether ``name`` is what ``code`` raises in another language, and not in Python."""
        if name is None:
            return False
        facts = [
            facts_of(api, found, code)
            for api, found in self._catalog.apis.items()
            if code in found.errors
        ]
        return any(name in one.values() and one.get(_PYTHON) != name for one in facts)

    def _say(self, path: str, said: Said) -> None:
        name = self._agreeing(said.apis, said.code, said.aspects)
        if said.code not in self._catalog.apis[name].errors:
            if name in self._modules:
                hint = suggest(said.code, self._catalog.apis[name].errors)
                message = f"{path} shows {quoted(said.code)}, which {self._catalog_name} lacks"
                self._slips.append(f"{name}: {message}: {hint}")
            return
        self._shown.add((name, said.code))
        for aspect, value in said.aspects.items():
            if aspect != "one status":
                self.statements.append(Statement(name, said.code, aspect, value, path))
            elif value not in map(str, self._catalog.apis[name].errors[said.code].status):
                self.statements.append(Statement(name, said.code, "status", value, path))

    def _agreeing(self, apis: tuple[str, ...], code: str, aspects: Mapping[str, str]) -> str:
        """Return the first API that says the same, else the first that has the code."""

        def fits(name: str) -> bool:
            return all(
                self._facts.get((name, code, aspect), value) == value
                for aspect, value in aspects.items()
            )

        having = [one for one in apis if not code or code in self._catalog.apis[one].errors]
        return next(filter(fits, having), (*having, *apis)[0])

    def _exit_code(
        self, path: str, name: str, number: str, exit_name: str, selectors: tuple[str, ...]
    ) -> None:
        api = self._catalog.apis[name]
        if name not in self._modules:
            return
        if int(number) not in api.exit_codes:
            message = f"{path} shows the exit code {number}, which {self._catalog_name} lacks"
            self._slips.append(f"{name}: {message}")
            return
        self.statements.append(Statement(name, "", f"exit code {number}", exit_name, path))
        by_selector = exit_codes_by_selector(api)
        for selector in selectors:
            documented = str(by_selector.get(selector, "none"))
            aspect = f"exit code for {selector}"
            self.statements.append(Statement(name, "", aspect, number, path))
            self.statements.append(Statement(name, "", aspect, documented, self._catalog_name))

    def _example(self, path: str, place: Said | None, example: Element) -> None:
        """Ask the SDK what it makes of a response that a page shows."""
        source = example.first("pre")
        try:
            body = json.loads(source.raw_text if source else "")
        except (ValueError, RecursionError):
            return
        lines = [one.text for one in example.all(of="eb-status-line")]
        first = lines[0].split() if lines else []
        has_status = len(first) > 1 and first[0].startswith("HTTP/") and first[1].isdigit()
        status = int(first[1]) if has_status else None
        headers = dict(one.split(": ", 1) for one in lines if ": " in one)
        found = self._made_of(path, place, (status, headers, body))
        if found is None:
            return
        name, code, error = found
        voice = f"the example in {path}"
        made_of = {"code": error.code or "none", "exception": type(error).__name__}
        for aspect, value in made_of.items():
            self.statements.append(Statement(name, code, aspect, value, voice))
        self.statements.append(Statement(name, code, "code", code, self._catalog_name))

    def _made_of(
        self, path: str, place: Said | None, response: tuple[int | None, dict[str, str], Any]
    ) -> tuple[str, str, Any] | None:
        """Return the API and the code that a response is shown for, and what its SDK makes of it.

        Where it is shown for none, it is of the first API that knows its code.
        """
        if place is not None:
            name = self._agreeing(place.apis, place.code, place.aspects)
            known = name in self._modules and place.code in self._catalog.apis[name].errors
            error = self._modules[name].from_response(*response) if known else None
            return (name, place.code, error) if known else None
        made = {name: one.from_response(*response) for name, one in self._modules.items()}
        for name, error in made.items():
            if error.code in self._catalog.apis[name].errors:
                return name, error.code, error
        codes = {str(error.code) for error in made.values() if error.code}
        if len(self._modules) == len(self._catalog.apis):
            what = f"a response with {quoted(min(codes))}" if codes else "a response"
            self._slips.append(f"{path} shows {what}, which no SDK knows")
        return None

    def _link(self, path: str, link: Element) -> None:
        """Follow a link whose text is a code: it has to lead to where that error is shown."""
        href = link.attributes.get("href")
        if not href or not (link.first("code") or "eb-code" in link.classes):
            return
        code = link.text
        target = self._site.target(path, href) if code in self._codes else None
        if target is None:
            return
        page, anchor = target
        about = f"{path}: the link {quoted(code)} leads to {href}"
        if page is None or (anchor and self._site.at(page, anchor) is None):
            self._slips.append(f"{about}, which is not there")
        elif self._shown_at(page, anchor) not in (None, code):
            self._slips.append(f"{about}, which is about another error")

    def _shown_at(self, page: str, anchor: str) -> str | None:
        """Return the code of the error that a place is about: a whole page may be about one."""
        if anchor:
            return self._anchors.get(anchor)
        top = self._site.at(page, TOP)
        return top.text if top and top.text in self._codes else None

    def _imports(self, path: str, source: str) -> None:
        """Look for what an example imports from a generated module that is not in it."""
        names = {self._project.modules[one].name: one for one in self._modules}
        if not any(f"from {name} import" in source for name in names):
            return
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return
        for one in ast.walk(tree):
            if isinstance(one, ast.ImportFrom) and one.module in names:
                name = names[one.module]
                for alias in one.names:
                    if alias.name != "*" and not has(self._modules[name], alias.name):
                        message = f"{path} imports {alias.name}, which"
                        shown = self._project.modules[name].shown
                        self._slips.append(f"{name}: {message} {shown} lacks")

    def _dead_addresses(self, name: str, module: ModuleType) -> Iterator[str]:
        """Yield each ``docs_url`` of the SDK that leads to no page of the site."""
        base = self._catalog.apis[name].docs.url
        if base is None:
            return
        for code, facts in module.FACTS.items():
            address = (facts.docs_url or "").removeprefix(base.rstrip("/"))
            target = self._site.target("index.html", address.lstrip("/") or ".")
            page, anchor = target or (None, "")
            if facts.docs_url and (page is None or (anchor and not self._site.at(page, anchor))):
                yield f"{name}/{code}: its docs_url {facts.docs_url} is no place of the site"
