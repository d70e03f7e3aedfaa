"""Retry policies: whether to send again, what that needs, and how long to wait."""

from __future__ import annotations

from collections.abc import Iterator

from errorbook.catalog.facts import retryable
from errorbook.catalog.models import Retry
from errorbook.contract.pair import Draft, ErrorPair
from errorbook.contract.routes import is_idempotent

Drafts = Iterator[Draft]


def retry_changes(one: ErrorPair) -> Drafts:
    """Yield what happened to the retry policy of one error; of a turned one, only the turn."""
    before, after = one.before.retry, one.after.retry
    if before == after:
        return
    path, told = one.at("retry", "when"), (before.when, after.when)
    may, might = retryable(one.after) is True, retryable(one.before) is True
    if may and not might:
        yield Draft("retry-allowed", path, one.code, *told, case=_case_of_allowed(one))
    elif might and not may:
        yield Draft("retry-forbidden", path, one.code, *told)
    else:
        if before.when != after.when:
            yield Draft("retry-reworded", path, one.code, *told)
        yield from _needs(one)
        yield from _hints(one)
        yield from _pace(one)


def _case_of_allowed(one: ErrorPair) -> str:
    is_risky = not is_idempotent(one.api.after, one.after)
    if retryable(one.before) is None:
        return "first_not_idempotent" if is_risky else "first"
    return "not_idempotent" if is_risky else ""


def _needs(one: ErrorPair) -> Drafts:
    before, after = one.before.retry.needs, one.after.retry.needs
    path, is_sent_again = one.at("retry"), one.after.retry.when == "as_is"
    if after is not None and before is None:
        yield Draft("retry-needs-added", (*path, "needs"), one.code, "", after)
    elif before is not None and after is None:
        is_risky = is_sent_again and not is_idempotent(one.api.after, one.after)
        case = "not_idempotent" if is_risky else ""
        yield Draft("retry-needs-removed", path, one.code, before, "", case)


def _hints(one: ErrorPair) -> Drafts:
    """Yield the hints that came or went by themselves, not with the detail that holds them."""
    before, after = one.before, one.after
    path = one.at("retry")
    lost = [
        source
        for source in before.retry.after
        if source not in after.retry.after
        and (source not in before.details or source in after.details)
    ]
    gained = [
        source
        for source in after.retry.after
        if source not in before.retry.after
        and (source not in after.details or source in before.details)
    ]
    if lost:
        yield Draft("retry-hint-removed", path, one.code, ", ".join(lost), "")
    if gained:
        yield Draft("retry-hint-added", (*path, "after"), one.code, "", ", ".join(gained))


def _pace(one: ErrorPair) -> Drafts:
    before, after = _shown_pace(one.before.retry), _shown_pace(one.after.retry)
    if before != after:
        yield Draft("retry-pace-changed", one.at("retry"), one.code, before, after)


def _shown_pace(retry: Retry) -> str:
    attempts = f"{retry.max_attempts} attempts" if retry.max_attempts else ""
    return ", ".join(filter(None, (retry.backoff, attempts))) or "none"
