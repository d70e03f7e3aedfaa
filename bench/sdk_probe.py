"""Measure one SDK in a process of its own, and print what was found as JSON.

python -m bench.sdk_probe openai
python -m bench.sdk_probe synthetic.errors --code webhook_5_limit_exceeded
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import pickle
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable
from typing import Any

from bench.sdk_bodies import STATUSES, hostile_bodies
from bench.sdk_peers import PEERS, Peer, Step, closing, our_peer
from bench.sdk_transports import HEADERS, TOO_MANY

BATCH = 100
BATCHES = 20


def main() -> None:
    """Measure the SDK that the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sdk", help=f"one of {', '.join(PEERS)}, or a generated module")
    parser.add_argument("--code", default="", help="of a rate limit, in a generated module")
    parser.add_argument("--times", action="store_true", help="measure times and nothing else")
    arguments = parser.parse_args()
    logging.disable()
    warnings.simplefilter("ignore")
    with closing():
        known = PEERS.get(arguments.sdk)
        peer = known[1]() if known else our_peer(arguments.sdk, arguments.code)
        found = times(peer)
        if not arguments.times:
            found |= pickled(peer) | escapes(peer)
    print(json.dumps(found))


def times(peer: Peer) -> dict[str, Any]:
    """Return microseconds of processor time, medians of batches that take turns."""
    raw = peer.raw

    def read(_: object) -> None:
        json.loads(raw)
        dict(HEADERS)

    steps = {"floor": Step(lambda: None, read), "decoded": peer.decoded}
    if peer.received:
        steps["received"] = peer.received
    taken: dict[str, list[float]] = {name: [] for name in steps}
    for turn in range(BATCHES + 1):
        for name, step in steps.items():
            one = _batch(step.before, step.run)
            if turn:
                taken[name].append(one)
    return {name: statistics.median(each) for name, each in taken.items()}


def _batch(before: Callable[[], Any], run: Callable[[Any], object]) -> float:
    given = [before() for _ in range(BATCH)]
    gc.collect()
    gc.disable()
    start = time.process_time()
    for each in given:
        run(each)
    end = time.process_time()
    gc.enable()
    return (end - start) / BATCH * 1e6


def pickled(peer: Peer) -> dict[str, Any]:
    """Return what becomes of a rate limit's exception in a pickle, and what it gives away."""
    error = peer.ask(TOO_MANY, peer.raw)
    kind = type(error)
    found: dict[str, Any] = {"class": kind.__name__, "size": 0, "kept": "fails", "holds": []}
    shown = f"{error!s} {error!r}"
    found["shows"] = [name for name, secret in peer.secrets.items() if secret in shown]
    try:
        data = pickle.dumps(error)
    except Exception as failure:
        return {**found, "failure": type(failure).__name__}
    found["size"] = len(data)
    found["holds"] = [name for name, secret in peer.secrets.items() if secret.encode() in data]
    try:
        back = pickle.loads(data)  # noqa: S301  # of the line above
    except Exception as failure:
        return {**found, "failure": type(failure).__name__}
    return {**found, "kept": "yes" if type(back) is kind else f"as {type(back).__name__}"}


def escapes(peer: Peer) -> dict[str, Any]:
    """Count what is raised and is no exception of the SDK, or has no text."""
    found: Counter[str] = Counter()
    bodies = hostile_bodies(peer.body, peer.places)
    for body in bodies:
        for status in STATUSES:
            error = peer.ask(status, body)
            if not isinstance(error, peer.base):
                found[type(error).__name__] += 1
            elif not _has_text(error):
                found["no text"] += 1
    return {"asked": len(bodies) * len(STATUSES), "escapes": found.total(), "kinds": found}


def _has_text(error: BaseException) -> bool:
    try:
        return bool(f"{error!s} {error!r}")
    except Exception:
        return False


if __name__ == "__main__":
    main()
