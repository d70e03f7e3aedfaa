"""What was decided of a paste, as plain JSON: what the shared cases compare."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import JsonValue

from errorbook.decode.brackets import MOST_EXACT
from errorbook.decode.decoding import Decoding
from errorbook.decode.fits import Fit
from errorbook.decode.incidents import Incident
from errorbook.decode.wait import wait_of


def decision(decoding: Decoding | None) -> dict[str, JsonValue]:
    """Return what was decided; ``decoding`` is None for a query."""
    if decoding is None:
        return {"kind": "query"}
    if decoding.kind == "many":
        return {"kind": decoding.kind, "counts": _counts(decoding.incidents)}
    told = _told(decoding.incidents[0]) if decoding.incidents else {}
    return {"kind": decoding.kind, **told}


def _told(incident: Incident) -> dict[str, JsonValue]:
    return {
        "by": incident.by,
        "line": incident.line,
        "time": incident.time,
        "exit": incident.exit,
        "fits": [_fitted(fit) for fit in incident.fits],
        "chain": [_told(one) for one in incident.chain],
    }


def _counts(incidents: Sequence[Incident]) -> list[JsonValue]:
    """Return how often each error stands in a text, the most frequent first."""
    by_fits: dict[tuple[str, ...], list[Incident]] = {}
    for incident in incidents:
        by_fits.setdefault(tuple(fit.ref for fit in incident.fits), []).append(incident)
    most_first = sorted(by_fits.items(), key=lambda item: -len(item[1]))
    return [
        {
            "fits": list(refs),
            "kind": _kind(same[0].fits[0]),
            "count": len(same),
            "first": _place(same[0]),
            "last": _place(same[-1]),
        }
        for refs, same in most_first
    ]


def _place(incident: Incident) -> JsonValue:
    return {"line": incident.line, "time": incident.time}


def _kind(fit: Fit) -> str:
    if fit.entry is None:
        return "unknown_code"
    return "retired" if fit.entry.is_retired else "error"


def _fitted(fit: Fit) -> JsonValue:
    wait = wait_of(fit)
    return {
        "api": fit.api.id,
        "code": fit.code,
        "kind": _kind(fit),
        "envelope": fit.envelope,
        "status": fit.status,
        "message": fit.message,
        "request": fit.request,
        "details": _plain(dict(fit.details)),
        "values": dict(fit.values),
        "wait": {"source": wait.source, "seconds": wait.seconds, "at": wait.time} if wait else None,
    }


def _plain(value: JsonValue) -> JsonValue:
    """Return a value without what JSON of JavaScript's cannot hold: long integers become texts."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > MOST_EXACT:
        return str(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value
