"""What is wrong with a site: one finding for each cause, however many pages show it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from errorbook.catalog import Api
from errorbook.catalog.facts import exit_codes_by_selector, former_codes
from errorbook.checks.html_addresses import Addresses
from errorbook.checks.html_facts import EXCEPTION, is_exception, listed
from errorbook.checks.html_heard import Heard, Spot
from errorbook.checks.html_known import Known
from errorbook.checks.html_names import Names
from errorbook.checks.html_place_findings import PlaceFindings
from errorbook.checks.result import Reported
from errorbook.problems import nearest, quoted

_RULES: Final = {
    "status": "html-wrong-status",
    "exception": "html-wrong-exception",
    "exit code": "html-wrong-exit-code",
    "retry": "html-wrong-retry",
    "actions": "html-wrong-action",
}
_MISSPELT: Final = 0.9
"""How alike two codes are, of which one is the other misspelt rather than a code of its own."""
_SHARED: Final = ("exception", "exit code")
"""Aspects that many errors take from one place of the catalog: said wrong, they are one cause."""
_MOST_NAMED: Final = 3
_MOST_COMPARED: Final = 50
"""Codes without a place in the catalog for which one like them is sought: it takes long."""
_MOST_ALONE: Final = 10
"""Errors of an API that are told one by one; more have one cause, such as a site not built."""


def findings(
    known: Known, heard: Heard, addresses: Addresses, names: Names, off: Container[str] = ()
) -> list[Reported]:
    """Return everything that is wrong, in the order of rules, of which none repeats another.

    Rules that are ``off`` are told to nobody, so what they say does not take another's place.
    """
    return list(_Judge(PlaceFindings(known, heard, addresses, names, off)).found())


class _Judge:
    def __init__(self, places: PlaceFindings) -> None:
        self._places = places
        self._known = known = places.known
        self._heard = heard = places.heard
        self._names = places.names
        self._off = places.off
        self._missing = {
            (name, code)
            for name, api in known.apis.items()
            for code in api.errors
            if (name, code) not in heard.shown and not known.is_ignored(code)
        }

    def found(self) -> Iterator[Reported]:
        is_told = "html-undocumented-code" not in self._off
        undocumented = set(self._missing) if is_told else set()
        yield from self._unrendered()
        yield from self._gone()
        yield from self._retired()
        yield from self._internal()
        if not self._heard.unrendered:
            yield from self._undocumented()
        yield from self._wrong()
        yield from self._endings()
        yield from self._places.ids()
        yield from self._places.dead(undocumented)
        yield from self._places.links()

    def _unrendered(self) -> Iterator[Reported]:
        places: dict[tuple[str, str], list[Spot]] = {}
        for spot, text in self._heard.unrendered:
            places.setdefault((spot.path, text), []).append(spot)
        for (path, text), (spot, *more) in places.items():
            message = f"{quoted(text)} stands in the page as text, so nothing has rendered it"
            hint = (
                "add the markdown extension or hook of Errorbook that renders it to the "
                f"configuration of the site, then {self._names.build}"
            )
            yield self._names.report(
                "html-unrendered-block", spot, f"{path} {text}", (message, hint), len(more)
            )

    def _gone(self) -> Iterator[Reported]:
        catalog, again = self._names.catalog, self._names.build
        every = sorted(self._heard.gone.items(), key=lambda one: one[1][0])
        unsure = [code for code, places in every if not any(meant for _, meant, _ in places)]
        for code, places in every:
            (spot, *_), *more = places
            meant = next((one for _, one, _ in places if one), "")
            likely = self._renamed(code, unsure) if not meant else ""
            self._take_out(meant or likely)
            if meant:
                message = f"documents {quoted(code)}, where {catalog} has {quoted(meant)}"
                hint = f"write {quoted(meant)}, or {again}"
            elif likely:
                message = f"documents {quoted(code)}, which {catalog} lacks"
                message += f", but not {quoted(likely)}, which it has"
                hint = f"if that was renamed, write {quoted(likely)}; if not, take {quoted(code)}"
                hint += f" out and document {quoted(likely)}; or {again}"
            else:
                message = f"documents {quoted(code)}, which {catalog} lacks"
                few = len(unsure) <= _MOST_COMPARED
                close = nearest(code, self._known.codes) if few else None
                alike = close and SequenceMatcher(a=code, b=close).ratio() > _MISSPELT
                hint = f"did you mean {quoted(close)}? " if close and alike else ""
                hint += f"take it out, add it to the catalog or to `ignore`, or {again}"
            yield self._names.report("html-gone-code", spot, code, (message, hint), len(more))

    def _take_out(self, told: str) -> None:
        """Take a code out of those that nothing documents, as another finding names it."""
        if told and "html-gone-code" not in self._off:
            self._missing.difference_update([(name, told) for name in self._known.apis])

    def _renamed(self, gone: str, others: Sequence[str]) -> str:
        """Return the code that nothing documents and whose former name ``gone`` may be.

        Whether it is, nobody can tell: codes may be alike, or have the same status, by chance.
        """
        if len(others) > _MOST_COMPARED:
            return ""
        close = nearest(gone, [code for _, code in self._missing])
        if close:
            return close
        told = {status for *_, status in self._heard.gone[gone] if status}
        alike = [key for key in self._missing if told == {self._known.facts[key]["status"]}]
        return alike[0][1] if len(alike) == len(others) == 1 else ""

    def _retired(self) -> Iterator[Reported]:
        now: dict[str, str] = {}
        for api in self._known.apis.values():
            now = {**former_codes(api), **now}
        for code, (spot, *more) in self._heard.retired.items():
            successor = now.get(code, "")
            self._take_out(successor)
            if successor:
                message = f"documents {quoted(code)}, which is called {quoted(successor)} now"
            else:
                message = f"documents {quoted(code)} as if it were still sent; it is retired"
            yield self._names.report(
                "html-gone-code", spot, code, (message, self._names.build), len(more)
            )

    def _internal(self) -> Iterator[Reported]:
        for code, (spot, *more) in sorted(self._heard.internal.items()):
            message = f"names the internal error {quoted(code)} to everybody"
            hint = (
                f"take it out, or {self._names.build}; for a site of your own, audience: internal"
            )
            yield self._names.report("html-internal-code", spot, code, (message, hint), len(more))

    def _undocumented(self) -> Iterator[Reported]:
        site = self._names.site
        for name, api in self._known.apis.items():
            codes = [code for code in api.errors if (name, code) in self._missing]
            if len(codes) > 1 and (len(codes) == len(api.errors) or len(codes) > _MOST_ALONE):
                of = f"any of the {len(codes)}"
                if len(codes) < len(api.errors):
                    of = f"{len(codes)} of the {len(api.errors)}"
                said = f"no page of {site} documents {of} errors of {name}, such as {codes[0]}"
                hint = f"{self._names.build}; or name the APIs that it is about with `apis`"
                place = self._names.line_of(name, "")
                rule = "html-undocumented-code"
                yield self._names.report(rule, place, f"{site} {name}", (said, hint))
                continue
            for code in codes:
                said = f"no page of {site} documents {quoted(f'{name}/{code}')}"
                hint = f"document it there, or {self._names.build}"
                place = self._names.line_of(name, code)
                subject = f"{site} {name}/{code}"
                yield self._names.report("html-undocumented-code", place, subject, (said, hint))

    def _wrong(self) -> Iterator[Reported]:
        groups: dict[tuple[str, ...], list[tuple[str, Spot]]] = {}
        for (name, code, aspect), told in self._heard.wrong.items():
            error = self._known.apis[name].errors[code]
            follows = aspect == "exit code" and error.exit_code is None
            is_told = _RULES["status"] not in self._off
            if follows and is_told and (name, code, "status") in self._heard.wrong:
                continue
            values = " or ".join(dict.fromkeys(value for value, _ in told))
            fact = self._known.facts[name, code][aspect]
            key: tuple[str, ...] = (name, aspect, fact, values)
            if aspect not in _SHARED and not is_exception(aspect):
                key = (*key, code)
            groups.setdefault(key, []).extend((code, spot) for _, spot in told)
        for (name, aspect, fact, said, *_), places in groups.items():
            codes = list(dict.fromkeys(code for code, _ in places))
            spot = places[0][1]
            about = ", ".join(f"{name}/{code}" for code in codes[:_MOST_NAMED])
            about += f" and {len(codes) - _MOST_NAMED} more" if len(codes) > _MOST_NAMED else ""
            rest = f"{self._names.catalog} says {fact}"
            message = f"{about}: the {aspect} is {said[:80]!r} here, but {rest}"
            hint = f"write {fact}, or {self._names.build}"
            subject = f"{name}/{codes[0]} {aspect}"
            more = len({one for _, one in places}) - 1
            rule = _RULES[EXCEPTION if is_exception(aspect) else aspect]
            wrong = self._names.report(rule, spot, subject, (message, hint), more)
            yield replace(wrong, value=said)

    def _endings(self) -> Iterator[Reported]:
        """Compare the tables of exit codes, as far as rows of errors have not told it."""
        told = {
            (name, value)
            for (name, _, aspect), places in self._heard.wrong.items()
            for value, _ in places
            if aspect == "exit code"
        }
        for name, rows in self._heard.endings.items():
            api = self._known.apis.get(name)
            if api is None:
                continue
            wrong: dict[str, tuple[Spot, str, str]] = {}
            for number, exit_name, selectors, spot in rows:
                ought = _ending(api, int(number), exit_name, selectors)
                if ought and (name, number) not in told:
                    said = f"is {exit_name} here, but {self._names.catalog} says {ought}"
                    wrong.setdefault(number, (spot, said, f"{exit_name} {listed(selectors)}"))
            shown = {int(number) for number, *_ in rows}
            if not wrong and not any(name == one for one, _ in told):
                for lacking in sorted(api.exit_codes.keys() - shown):
                    wrong[str(lacking)] = rows[0][3], "is not in the table of exit codes", ""
            for number, (spot, said, found) in wrong.items():
                message = f"{name}: the exit code {number} {said}"
                subject = f"{name} exit code {number}"
                hint = self._names.build
                rule = "html-wrong-exit-code"
                yield replace(self._names.report(rule, spot, subject, (message, hint)), value=found)


def _ending(api: Api, number: int, name: str, selectors: Sequence[str]) -> str:
    """Return what the catalog says of an exit code that a table shows otherwise."""
    by_selector = exit_codes_by_selector(api)
    moved = [one for one in selectors if by_selector.get(one) != number]
    if moved:
        return f"{by_selector.get(moved[0], 'nothing')} for {moved[0]}"
    entry = api.exit_codes.get(number)
    if entry is None:
        return "no such exit code"
    return "" if entry.name == name else entry.name
