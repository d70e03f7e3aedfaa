"""Everything that a project asks to have compared, compared. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol, cast

from errorbook.checks.printing import reason
from errorbook.checks.result import Checked, Context


class _Checker(Protocol):
    """What the module of a check has."""

    def is_wanted(self, context: Context) -> bool:
        """Tell whether the project asks for it."""

    def check(self, context: Context) -> Checked:
        """Compare, and say what was found."""


@dataclass(frozen=True)
class Check:
    """One kind of comparison: its name for people, and the module that does it.

    The module is imported when something names its key: most projects need few of them.
    """

    name: str
    module: str
    """Its name below this package."""
    may_wait: bool = True
    """Whether its findings may be accepted for now; not where one command mends them."""

    def run(self, context: Context) -> Checked | None:
        """Compare, unless the project does not ask for it."""
        checker = cast("_Checker", import_module(f"errorbook.checks.{self.module}"))
        return checker.check(context) if checker.is_wanted(context) else None


CHECKS: Final = (
    Check("generated files", "files", may_wait=False),
    Check("text between markers", "markers", may_wait=False),
    Check("texts", "quality"),
    Check("hand-written SDK", "sdk"),
    Check("fetched catalogs", "fetched", may_wait=False),
    Check("built HTML", "html"),
)


def check(context: Context) -> Iterator[tuple[Check, Checked]]:
    """Yield what each check says that the project asks for, in the order of `CHECKS`.

    One that meets something it cannot read says that, and the others go on.

    Raises:
        ErrorbookError: if the project or the catalog turns out not to be valid.
    """
    for one in CHECKS:
        try:
            checked = one.run(context)
        except OSError as error:
            checked = Checked("", not_checked=(f"{one.name}: {reason(error)}",))
        if checked is not None:
            yield one, checked.below(context.project.folder, may_wait=one.may_wait)
