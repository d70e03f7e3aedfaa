"""Attributes of exceptions: what the details are read from, in each language by itself.

A detail keeps its name and yet has another attribute where ``retry.after`` begins or ceases to
name it: then what every exception says of the time to wait is that detail, and frees its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from errorbook.contract.pair import Draft, ErrorPair


def attribute_changes(one: ErrorPair) -> Iterator[Draft]:
    """Yield the details of one error that an exception has under another name than it had.

    Details that are renamed themselves, or become sensitive, are told as that.
    """
    kept = [name for name in one.before.details if name in one.after.details]
    for language in one.api.kept_languages if kept else ():
        for name in kept:
            before, after = (language.attribute(side, name) for side in (one.before, one.after))
            if before and after and before != after:
                path, subject = one.at("details", name), f"{one.code}.{name}"
                languages = (language.NAME,)
                yield Draft("attribute-renamed", path, subject, before, after, languages=languages)
