"""How messages about a site call what they speak of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from errorbook.checks.html_heard import Spot
from errorbook.checks.printing import counted
from errorbook.checks.result import Reported
from errorbook.problems import Place, Problem


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

    def report(
        self, rule: str, spot: Spot | Place, subject: str, message: tuple[str, str], more: int = 0
    ) -> Reported:
        """Return a finding; ``message`` is what is wrong, and the hint."""
        place = (
            spot
            if isinstance(spot, Place)
            else Place(f"{self.site}/{spot.path}" if spot.path else self.site, spot.line)
        )
        said, hint = message
        also = f"; so in {counted(more, 'more place')}" if more else ""
        return Reported(Problem(rule, place, said + also, hint), subject)
