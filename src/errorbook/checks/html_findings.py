"""What is wrong with a site: one finding for each cause, however many pages show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from errorbook.catalog import Api
from errorbook.catalog.facts import exit_codes_by_selector, former_codes
from errorbook.checks.html_addresses import Addresses, Dead
from errorbook.checks.html_heard import Heard, Spot
from errorbook.checks.html_known import Known
from errorbook.checks.printing import counted
from errorbook.checks.result import Reported
from errorbook.problems import Place, Problem, nearest, quoted

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
_MOST_ALONE: Final = 10
"""Errors of an API that are told one by one; more have one cause, such as a site not built."""


@dataclass(frozen=True)
class Names:
    """How messages call what they speak of."""

    site: str
    """The folder, as seen from the current one."""
    catalog: str
    build: str
    """What to do so that the site is as the catalog says."""
    line_of: Callable[[str, str], Place]
    """Where an error stands in the catalog, by API and code; without a code, the API."""


def findings(known: Known, heard: Heard, addresses: Addresses, names: Names) -> list[Reported]:
    """Return everything that is wrong, in the order of rules, of which none repeats another."""
    return list(_Judge(known, heard, addresses, names).found())


class _Judge:
    def __init__(self, known: Known, heard: Heard, addresses: Addresses, names: Names) -> None:
        self._known = known
        self._heard = heard
        self._addresses = addresses
        self._names = names
        self._missing = {
            (name, code)
            for name, api in known.apis.items()
            for code in api.errors
            if (name, code) not in heard.shown and not known.is_ignored(code)
        }

    def found(self) -> Iterator[Reported]:
        undocumented = set(self._missing)
        yield from self._unrendered()
        yield from self._gone()
        yield from self._retired()
        yield from self._internal()
        if not self._heard.unrendered:
            yield from self._undocumented()
        yield from self._wrong()
        yield from self._endings()
        yield from self._ids()
        yield from self._dead(undocumented)
        yield from self._links()

    def _report(
        self, rule: str, spot: Spot | Place, subject: str, message: tuple[str, str], more: int = 0
    ) -> Reported:
        """Return a finding; ``message`` is what is wrong, and the hint."""
        site = self._names.site
        place = (
            spot
            if isinstance(spot, Place)
            else Place(f"{site}/{spot.path}" if spot.path else site, spot.line)
        )
        said, hint = message
        also = f"; so in {counted(more, 'more place')}" if more else ""
        return Reported(Problem(rule, place, said + also, hint), subject)

    def _unrendered(self) -> Iterator[Reported]:
        for spot, text in self._heard.unrendered:
            message = f"{quoted(text)} stands in the page as text, so nothing has rendered it"
            hint = (
                "add the markdown extension or hook of Errorbook that renders it to the "
                f"configuration of the site, then {self._names.build}"
            )
            yield self._report(
                "html-unrendered-block", spot, f"{spot.path} {text}", (message, hint)
            )

    def _gone(self) -> Iterator[Reported]:
        for code, places in sorted(self._heard.gone.items(), key=lambda one: one[1][0]):
            (spot, *_), *more = places
            meant = next((one for _, one, _ in places if one), "") or self._renamed(code)
            self._missing -= {key for key in self._missing if key[1] == meant}
            if meant:
                message = (
                    f"documents {quoted(code)}, where {self._names.catalog} has {quoted(meant)}"
                )
                hint = f"write {quoted(meant)}, or {self._names.build}"
            else:
                message = f"documents {quoted(code)}, which {self._names.catalog} lacks"
                close = nearest(code, self._known.codes)
                alike = close and SequenceMatcher(a=code, b=close).ratio() > _MISSPELT
                hint = f"did you mean {quoted(close)}? " if close and alike else ""
                hint += f"take it out, add it to the catalog or to `ignore`, or {self._names.build}"
            yield self._report("html-gone-code", spot, code, (message, hint), len(more))

    def _renamed(self, gone: str) -> str:
        """Return the code that nothing documents and whose former name ``gone`` seems to be."""
        close = nearest(gone, [code for _, code in self._missing])
        if close:
            return close
        told = {status for *_, status in self._heard.gone[gone] if status}
        alike = [key for key in self._missing if told == {self._known.facts[key]["status"]}]
        others = len(
            [one for one in self._heard.gone.values() if not any(meant for _, meant, _ in one)]
        )
        return alike[0][1] if len(alike) == others == 1 else ""

    def _retired(self) -> Iterator[Reported]:
        for code, (spot, *more) in self._heard.retired.items():
            now = [(name, former_codes(api).get(code)) for name, api in self._known.apis.items()]
            successors = {key for key in now if key[1]}
            self._missing -= {key for key in self._missing if key in successors}
            if successors:
                successor = next(iter(successors))[1] or ""
                message = f"documents {quoted(code)}, which is called {quoted(successor)} now"
            else:
                message = f"documents {quoted(code)} as if it were still sent; it is retired"
            yield self._report(
                "html-gone-code", spot, code, (message, self._names.build), len(more)
            )

    def _internal(self) -> Iterator[Reported]:
        for code, (spot, *more) in sorted(self._heard.internal.items()):
            message = f"names the internal error {quoted(code)} to everybody"
            hint = (
                f"take it out, or {self._names.build}; for a site of your own, audience: internal"
            )
            yield self._report("html-internal-code", spot, code, (message, hint), len(more))

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
                yield self._report(rule, place, f"{site} {name}", (said, hint))
                continue
            for code in codes:
                said = f"no page of {site} documents {quoted(f'{name}/{code}')}"
                hint = f"document it there, or {self._names.build}"
                place = self._names.line_of(name, code)
                subject = f"{site} {name}/{code}"
                yield self._report("html-undocumented-code", place, subject, (said, hint))

    def _wrong(self) -> Iterator[Reported]:
        groups: dict[tuple[str, ...], list[tuple[str, Spot]]] = {}
        for (name, code, aspect), told in self._heard.wrong.items():
            error = self._known.apis[name].errors[code]
            follows = aspect == "exit code" and error.exit_code is None
            if follows and (name, code, "status") in self._heard.wrong:
                continue
            values = " or ".join(dict.fromkeys(value for value, _ in told))
            fact = self._known.facts[name, code][aspect]
            key: tuple[str, ...] = (name, aspect, fact, values)
            if aspect not in _SHARED:
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
            yield self._report(_RULES[aspect], spot, subject, (message, hint), more)

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
            wrong: dict[str, tuple[Spot, str]] = {}
            for number, exit_name, selectors, spot in rows:
                ought = _ending(api, int(number), exit_name, selectors)
                if ought and (name, number) not in told:
                    said = f"is {exit_name} here, but {self._names.catalog} says {ought}"
                    wrong.setdefault(number, (spot, said))
            shown = {int(number) for number, *_ in rows}
            if not wrong and not any(name == one for one, _ in told):
                for lacking in sorted(api.exit_codes.keys() - shown):
                    wrong[str(lacking)] = rows[0][3], "is not in the table of exit codes"
            for number, (spot, said) in wrong.items():
                message = f"{name}: the exit code {number} {said}"
                subject = f"{name} exit code {number}"
                hint = self._names.build
                yield self._report("html-wrong-exit-code", spot, subject, (message, hint))

    def _ids(self) -> Iterator[Reported]:
        for spot, anchor, count in self._heard.duplicates:
            message = f"{count} places have the id {quoted(anchor)}, which is that of an error"
            hint = f"give all but one another id, then {self._names.build}"
            yield self._report(
                "html-duplicate-anchor", spot, f"{spot.path}#{anchor}", (message, hint)
            )
        seen = set()
        for spot, code, anchor, whose in self._heard.anchors:
            both = (spot.path, anchor if not whose else frozenset((code, whose)))
            if both in seen:
                continue
            seen.add(both)
            of = f"that of {quoted(whose)}" if whose else "that of no error"
            message = f"the place of {quoted(code)} has the id {quoted(anchor)}, {of}"
            subject = f"{spot.path}#{anchor}"
            yield self._report("html-wrong-anchor", spot, subject, (message, self._names.build))
        for code, spot in self._heard.unanchored.items():
            message = f"no place of the page has the id of {quoted(code)}, which it documents"
            yield self._report(
                "html-wrong-anchor", spot, f"{spot.path} {code}", (message, self._names.build)
            )
        pattern = self._known.site.anchors
        if not self._known.anchor_pattern or not pattern:
            return
        dead = {(one.api, one.code) for one in self._addresses.dead}
        for name, code in sorted(self._heard.shown - dead):
            if name in self._known.apis and code not in self._heard.anchored:
                message = f"no place has the id {quoted(pattern.replace('{code}', code))}"
                hint = f"give it to the place of the error, then {self._names.build}"
                subject = f"{name}/{code} anchor"
                yield self._report("html-wrong-anchor", Spot(""), subject, (message, hint))

    def _dead(self, undocumented: set[tuple[str, str]]) -> Iterator[Reported]:
        dead = [one for one in self._addresses.dead if (one.api, one.code) not in undocumented]
        for name in self._known.apis:
            every = [one for one in self._addresses.dead if one.api == name and one.spot is None]
            of_api = [one for one in dead if one in every]
            if len(of_api) > 1 and len(every) == self._addresses.followed.get(name):
                first = of_api[0]
                message = f"none of the {len(every)} addresses of errors of {name} is there, "
                message += f"such as {first.address}"
                yield self._dead_one(first, name, message)
                dead = [one for one in dead if one not in of_api]
        for one in dead:
            message = (
                f"the address of {one.api}/{one.code}, {one.address}, leads nowhere: {one.why}"
            )
            yield self._dead_one(one, f"{one.api}/{one.code}", message)

    def _dead_one(self, one: Dead, subject: str, message: str) -> Reported:
        place: Spot | Place = one.spot or self._names.line_of(one.api, one.code)
        hint = f"{self._names.build}; or mend `docs` of the API, or `url` of the site"
        subject = f"{self._names.site} {subject}"
        return self._report("html-dead-address", place, subject, (message, hint))

    def _links(self) -> Iterator[Reported]:
        dead = {one.code for one in self._addresses.dead}
        said: Sequence[str] = [code for code, *_ in self._heard.unanchored.items()]
        lost = {anchor for _, _, anchor, _ in self._heard.anchors}
        targets: set[str] = set()
        for (code, where, wrong), (spot, *more) in self._heard.links.items():
            is_told = wrong != "other" and (
                code in dead or code in said or (lost and wrong == "lost")
            )
            if is_told or where in targets:
                continue
            targets.add(where)
            what = "is about another error" if wrong == "other" else "is not there"
            message = f"the link {quoted(code)} leads to {quoted(where)}, which {what}"
            subject = f"{code} {where}"
            yield self._report(
                "html-dead-link", spot, subject, (message, self._names.build), len(more)
            )


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
