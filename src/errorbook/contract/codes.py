"""Codes that are gone, new, renamed, used again or used for something else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import chain

from errorbook.catalog.models import Error
from errorbook.contract.changes import Who
from errorbook.contract.lifecycle import day
from errorbook.contract.operations import KnownStatuses, substituted_by
from errorbook.contract.pair import Draft, ErrorPair, Pair
from errorbook.contract.sdk import still_works
from errorbook.outputs.python.naming import own_class

Drafts = Iterator[Draft]


def code_changes(pair: Pair, today: date | None) -> Drafts:
    """Yield what happened to whole codes, each once."""
    yield from _renamed(pair)
    yield from _split_and_merged(pair)
    yield from _removed(pair, today)
    yield from _added(pair)
    yield from _tombstones(pair)


def is_repurposed(one: ErrorPair) -> bool:
    """Tell whether a code has another class and other words: most likely it is another error."""
    if one.former_code != one.code or one.before.sdk == one.after.sdk:
        return False
    before, after = own_class(one.code, one.before), own_class(one.code, one.after)
    if before is None or after is None or before == after or still_works(one.api, before):
        return False
    return (one.before.meaning, one.before.message) != (one.after.meaning, one.after.message)


def repurposed(one: ErrorPair) -> Draft:
    """Return that ``one`` is used for another error."""
    before, after = _told(one.code, one.before), _told(one.code, one.after)
    return Draft("code-repurposed", one.at(), one.code, before, after)


def _told(code: str, error: Error) -> str:
    return f"{own_class(code, error)}: {error.meaning or error.message}"


def _renamed(pair: Pair) -> Drafts:
    for old, new in pair.renames.renamed.items():
        is_case = old.casefold() == new.casefold()
        rule = "code-case-changed" if is_case else "code-renamed"
        is_experimental = not is_case and pair.old[old].stability == "experimental"
        case = "experimental" if is_experimental else ""
        cls = own_class(old, pair.old[old])
        kept = cls is None or still_works(pair, cls)
        who: tuple[Who, ...] = ("wire", "docs") if kept else ("wire", "python", "docs")
        if old in pair.new[new].renamed_from:  # its page leads on to the new one
            who = tuple(one for one in who if one != "docs")
        yield Draft(rule, pair.at("errors", new), new, old, new, case, who)


def _split_and_merged(pair: Pair) -> Drafts:
    for old, codes in pair.renames.split.items():
        path = pair.at("errors", codes[0])
        yield Draft("code-split", path, old, old, ", ".join(sorted(codes)))
    for new, formers in pair.renames.merged.items():
        path = pair.at("errors", new)
        yield Draft("code-merged", path, new, ", ".join(sorted(formers)), new)


def _removed(pair: Pair, today: date | None) -> Drafts:
    """Yield the codes that are gone; those that went into one other without notice, together."""
    drafts = [_removal(pair, code, today) for code in pair.removed()]
    into: dict[str, list[Draft]] = {}
    for draft in drafts:
        target = pair.after.retired.get(draft.subject)
        plain = draft.rule == "code-removed" and not draft.case
        if plain and target is not None and target.replaced_by is not None:
            into.setdefault(target.replaced_by, []).append(draft)
    merged = {new: some for new, some in into.items() if len(some) > 1}
    for new, some in merged.items():
        formers = ", ".join(sorted(draft.subject for draft in some))
        yield Draft("code-merged", pair.at("errors", new), new, formers, new)
    told = {id(draft) for some in merged.values() for draft in some}
    yield from (draft for draft in drafts if id(draft) not in told)


def _removal(pair: Pair, code: str, today: date | None) -> Draft:
    error = pair.old[code]
    tombstone = pair.after.retired.get(code)
    path = pair.at("errors") if tombstone is None else pair.at("retired", code)
    if code in pair.after.errors:
        return Draft("code-made-internal", pair.at("errors", code), code, "public", "internal")
    instead = (tombstone.replaced_by if tombstone else None) or ""
    if error.stability == "experimental":
        return Draft("code-removed", path, code, code, instead, "experimental")
    if error.deprecated is None:
        return Draft("code-removed", path, code, code, instead)
    return _deprecated_removal(error, Draft("code-removed", path, code, code, instead), today)


def _deprecated_removal(error: Error, plain: Draft, today: date | None) -> Draft:
    path, code, instead = plain.path, plain.subject, plain.after
    end = day(error.sunset)
    if end is not None and today is not None and today < end:
        return Draft("code-removed-before-sunset", path, code, error.sunset or "", instead)
    if path[-1] == "errors":  # without a tombstone anybody may use the code for something else
        return plain
    if error.sunset is None:
        since = error.deprecated or ""
        return Draft("code-removed-without-sunset", path, code, since, instead)
    case = "" if end is not None and today is not None else "undecided"
    return Draft("code-removed-after-sunset", path, code, error.sunset, instead, case)


def _added(pair: Pair) -> Drafts:
    known = KnownStatuses(pair)
    reserved = _reserved(pair)
    instead = substituted_by(pair)
    promised = pair.before.contract.new_codes == "with_a_new_version" and pair.same_version
    case = "promised" if promised else ""
    for code in pair.added():
        path, error = pair.at("errors", code), pair.new[code]
        if code in reserved:
            yield Draft("retired-code-reused", path, code, "retired", "in use")
            continue
        if code in instead and not promised:
            continue
        family = known.new_families(error)
        statuses = known.new_statuses(error)
        if family:
            yield Draft("code-added-in-new-family", path, code, "", ", ".join(family), case)
        elif statuses:
            shown = ", ".join(map(str, statuses))
            yield Draft("code-added-with-new-status", path, code, "", shown, case)
        else:
            yield Draft("code-added", path, code, "", code, case)


def _reserved(pair: Pair) -> Collection[str]:
    former = chain.from_iterable(one.renamed_from for one in pair.before.errors.values())
    return {*pair.before.retired, *former}


def _tombstones(pair: Pair) -> Drafts:
    before, after = pair.before, pair.after
    for code in before.retired:
        if code not in after.retired and code not in after.errors:
            yield Draft("tombstone-removed", pair.at("retired"), code, "retired", "")
    for code in after.retired:
        if code not in before.retired and code not in before.errors:
            yield Draft("tombstone-added", pair.at("retired", code), code, "", "retired")
