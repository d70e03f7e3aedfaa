"""Codes that are gone, new, renamed, used again or used for something else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import chain

from errorbook.catalog.models import Error
from errorbook.contract.changes import Who
from errorbook.contract.class_names import still_works
from errorbook.contract.lifecycle import day
from errorbook.contract.operations import KnownStatuses, substituted_by
from errorbook.contract.pair import Draft, Pair, exemption
from errorbook.contract.renames import rename_rule
from errorbook.outputs.language import Language

Drafts = Iterator[Draft]


def code_changes(pair: Pair, today: date | None) -> Drafts:
    """Yield what happened to whole codes, each once."""
    yield from _renamed(pair)
    yield from _split_and_merged(pair)
    yield from _removed(pair, today)
    yield from _withdrawn(pair)
    yield from _added(pair)
    yield from _tombstones(pair)


def _renamed(pair: Pair) -> Drafts:
    for old, new in pair.renames.renamed.items():
        rule, case = rename_rule(old, new), exemption(pair.old[old])
        lost = tuple(one.NAME for one in pair.kept_languages if _has_lost_class(pair, one, old))
        who: tuple[Who, ...] = ("wire", "sdk", "docs")
        if old in pair.new[new].renamed_from:  # its page leads on to the new one
            who = ("wire", "sdk")
        path = pair.at("errors", new)
        yield Draft(rule, path, new, old, new, case, who, languages=lost)


def _has_lost_class(pair: Pair, language: Language, code: str) -> bool:
    """Tell whether the class that ``code`` had to itself no longer works."""
    own = language.own_class(code, pair.old[code])
    return own is not None and not still_works(pair, language, own)


def _split_and_merged(pair: Pair) -> Drafts:
    for old, codes in pair.renames.split.items():
        path = pair.at("errors", codes[0])
        case = exemption(pair.old[old])
        yield Draft("code-split", path, old, old, ", ".join(sorted(codes)), case)
    for new, formers in pair.renames.merged.items():
        path, case = pair.at("errors", new), exemption(*(pair.old[one] for one in formers))
        yield Draft("code-merged", path, new, ", ".join(sorted(formers)), new, case)


def _removed(pair: Pair, today: date | None) -> Drafts:
    """Yield the codes that are gone; those that went into one other without notice, together."""
    drafts = [_removal(pair, code, today) for code in pair.removed()]
    into: dict[str, list[Draft]] = {}
    for draft in drafts:
        target = pair.after.retired.get(draft.subject)
        plain = draft.rule == "code-removed" and not draft.case
        if plain and target is not None and target.replaced_by is not None:
            into.setdefault(target.replaced_by, []).append(draft)
    is_told = "code-merged" not in pair.off
    merged = {new: some for new, some in into.items() if len(some) > 1 and is_told}
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
        return _withdrawal(pair, code, error)
    instead = (tombstone.replaced_by if tombstone else None) or ""
    if case := exemption(error):
        return Draft("code-removed", path, code, code, instead, case)
    if error.deprecated is None:
        return Draft("code-removed", path, code, code, instead)
    return _deprecated_removal(error, Draft("code-removed", path, code, code, instead), today)


def _withdrawn(pair: Pair) -> Drafts:
    """Yield the codes that only those who read what is internal go on to see."""
    for one in pair.kept:
        if one.before.visibility == "public" and one.after.visibility == "internal":
            yield _withdrawal(pair, one.code, one.before)


def _withdrawal(pair: Pair, code: str, former: Error) -> Draft:
    path = pair.at("errors", code)
    return Draft("code-made-internal", path, code, "public", "internal", exemption(former))


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
    for code in (*pair.added(), *_opened(pair)):
        path, error = pair.at("errors", code), pair.new[code]
        is_promised = pair.has_promised_codes and error.visibility == "public"
        case = "promised" if is_promised else ""
        if code in reserved:
            yield Draft("retired-code-reused", path, code, "retired", "in use")
            continue
        if code in instead:
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


def _opened(pair: Pair) -> Iterator[str]:
    """Yield the codes that were internal and are public now: to the public they are new."""
    for one in pair.kept:
        is_opened = one.before.visibility == "internal" and one.after.visibility == "public"
        if is_opened and one.former_code == one.code:
            yield one.code


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
