"""What is wrong with the places of errors in a site: their ids, addresses, and links to them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from errorbook.checks.html_addresses import Addresses, Dead
from errorbook.checks.html_heard import Heard, Spot
from errorbook.checks.html_known import Known
from errorbook.checks.html_names import Names
from errorbook.checks.result import Reported
from errorbook.problems import Place, quoted


@dataclass(frozen=True)
class PlaceFindings:
    """Judges places; rules that are ``off`` tell nothing, so they do not stand for others."""

    known: Known
    heard: Heard
    addresses: Addresses
    names: Names
    off: Container[str]

    def ids(self) -> Iterator[Reported]:
        """Yield ids that stand twice, in a wrong place, or nowhere."""
        for spot, anchor, count in self.heard.duplicates:
            message = f"{count} places have the id {quoted(anchor)}, which is that of an error"
            hint = f"give all but one another id, then {self.names.build}"
            yield self.names.report(
                "html-duplicate-anchor", spot, f"{spot.path}#{anchor}", (message, hint)
            )
        seen = set()
        for spot, code, anchor, whose in self.heard.anchors:
            both = (spot.path, anchor if not whose else frozenset((code, whose)))
            if both in seen:
                continue
            seen.add(both)
            of = f"that of {quoted(whose)}" if whose else "that of no error"
            message = f"the place of {quoted(code)} has the id {quoted(anchor)}, {of}"
            subject, hint = f"{spot.path}#{anchor}", self.names.build
            told = self.names.report("html-wrong-anchor", spot, subject, (message, hint))
            yield replace(told, value=code)
        for code, spot in self.heard.unanchored.items():
            message = f"no place of the page has the id of {quoted(code)}, which it documents"
            yield self.names.report(
                "html-wrong-anchor", spot, f"{spot.path} {code}", (message, self.names.build)
            )
        pattern = self.known.site.anchors
        if not self.known.anchor_pattern or not pattern:
            return
        dead = {(one.api, one.code) for one in self.addresses.dead}
        for name, code in sorted(self.heard.shown - dead):
            if name in self.known.apis and code not in self.heard.anchored:
                message = f"no place has the id {quoted(pattern.replace('{code}', code))}"
                hint = f"give it to the place of the error, then {self.names.build}"
                subject = f"{name}/{code} anchor"
                yield self.names.report("html-wrong-anchor", Spot(""), subject, (message, hint))

    def dead(self, undocumented: set[tuple[str, str]]) -> Iterator[Reported]:
        """Yield addresses that lead nowhere, of errors that are not told to be undocumented."""
        told = [one for one in self.addresses.dead if (one.api, one.code) not in undocumented]
        dead = []
        for name, followed in self.addresses.followed.items():
            every = [one for one in self.addresses.dead if one.api == name and one.spot is None]
            of_api = [one for one in told if one.api == name and one.spot is None]
            if len(of_api) > 1 and len(every) == followed:
                message = f"none of the {len(every)} addresses of errors of {name} is there, "
                message += f"such as {of_api[0].address}"
                yield self._dead_one(of_api[0], name, message)
            else:
                dead += of_api
        dead += [one for one in told if one.spot is not None]
        for one in dead:
            message = (
                f"the address of {one.api}/{one.code}, {one.address}, leads nowhere: {one.why}"
            )
            yield self._dead_one(one, f"{one.api}/{one.code}", message)

    def _dead_one(self, one: Dead, subject: str, message: str) -> Reported:
        place: Spot | Place = one.spot or self.names.line_of(one.api, one.code)
        hint = f"{self.names.build}; or mend `docs` of the API, or `url` of the site"
        subject = f"{self.names.site} {subject}"
        return self.names.report("html-dead-address", place, subject, (message, hint))

    def links(self) -> Iterator[Reported]:
        """Yield links that lead elsewhere, for a reason that no other finding tells."""
        rule = "html-dead-link"
        told: set[tuple[str, str]] = set()
        if "html-dead-address" not in self.off:
            told.update(one.target for one in self.addresses.dead)
        misplaced: set[tuple[str, str]] = set()
        if "html-wrong-anchor" not in self.off:
            misplaced.update((spot.path, code) for spot, code, *_ in self.heard.anchors)
            misplaced.update((spot.path, code) for code, spot in self.heard.unanchored.items())
        targets: set[str] = set()
        for link, (spot, *more) in self.heard.links.items():
            whose = self.known.anchors.get(link.anchor, "")
            if link.wrong != "other" and (link.page, link.anchor) in told:
                continue
            if link.where in targets or (link.wrong == "lost" and (link.page, whose) in misplaced):
                continue
            targets.add(link.where)
            what = "is about another error" if link.wrong == "other" else "is not there"
            message = f"the link {quoted(link.code)} leads to {quoted(link.where)}, which {what}"
            subject = f"{link.code} {link.where}"
            yield self.names.report(rule, spot, subject, (message, self.names.build), len(more))
