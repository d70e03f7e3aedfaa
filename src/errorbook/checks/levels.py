"""How bad a project finds each rule of its checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from errorbook.checks.result import Checked, Reported
from errorbook.problems import Severity

_SEVERITIES: Final[Mapping[str, Severity]] = {"error": "error", "warning": "warning"}


def levelled(checked: Checked, levels: Mapping[str, str]) -> Checked:
    """Return ``checked`` with the severities that ``levels`` gives to rules; ``off`` takes out."""
    if not levels:
        return checked
    kept = (one for one in checked.found if levels.get(one.problem.rule) != "off")
    return replace(checked, found=tuple(_levelled(one, levels) for one in kept))


def _levelled(found: Reported, levels: Mapping[str, str]) -> Reported:
    severity = _SEVERITIES.get(levels.get(found.problem.rule, ""))
    if severity is None:
        return found
    return replace(found, problem=replace(found.problem, severity=severity))
