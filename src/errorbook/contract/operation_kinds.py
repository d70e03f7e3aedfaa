"""Kinds of change to operations: where an API is asked, and which of its codes answer."""

from __future__ import annotations

from typing import Final

from errorbook.contract.kind import Case, Kind

KINDS: Final = (
    Kind(
        "operation-gained-code",
        "operation answers a further code",
        "safe",
        "dangerous",
        ("wire", "docs"),
        "{subject} is answered by {after} too",
        mirror="operation-lost-code",
    ),
    Kind(
        "operation-gained-status",
        "operation answers a code with a new status",
        "dangerous",
        "dangerous",
        ("wire", "docs"),
        "{subject} is answered by {after} too, with a status that was not answered there before",
        mirror="operation-lost-code",
    ),
    Kind(
        "operation-lost-code",
        "operation no longer answers a code",
        "safe",
        "dangerous",
        ("wire", "docs"),
        "{subject} is no longer answered by {before}",
        mirror="operation-gained-code",
    ),
    Kind(
        "operation-code-substituted",
        "operation answers another code for the same",
        "dangerous",
        "breaking",
        ("wire",),
        "where {before} was answered, {after} is, with the same status",
        mirror="operation-code-substituted",
        cases=(
            Case(
                "replaces",
                "the catalog says that it takes its place",
                "breaking",
                "breaking",
                meaning="A client that compares the code no longer matches, in the same condition.",
            ),
            Case(
                "promised",
                "the code is new, and new codes were promised to come only with a new version of "
                "the API",
                "breaking",
                "breaking",
                ("wire", "sdk"),
                "A client that handles every code of this version meets one that it does not know.",
            ),
        ),
    ),
    Kind(
        "operation-removed",
        "operation removed",
        "safe",
        "dangerous",
        ("docs",),
        "the operation {before} is gone",
        mirror="operation-added",
    ),
    Kind(
        "operation-added",
        "operation added",
        "safe",
        "safe",
        ("docs",),
        "the operation {after} is new",
        mirror="operation-removed",
    ),
    Kind(
        "operation-renamed",
        "operation got another id",
        "safe",
        "safe",
        ("docs",),
        "the operation {before} is called {after} now",
        mirror="operation-renamed",
    ),
    Kind(
        "operation-changed",
        "method or path of an operation changed",
        "safe",
        "dangerous",
        ("docs",),
        "the operation {subject} went from {before} to {after}",
        mirror="operation-changed",
        cases=(
            Case(
                "not_idempotent",
                "it is not idempotent any more, and an error that it answers says to send again",
                "breaking",
                "breaking",
                ("wire", "sdk"),
                "Clients that follow that policy may do the same thing twice.",
            ),
        ),
    ),
    Kind(
        "server-changed",
        "address of an API changed",
        "dangerous",
        "breaking",
        ("wire", "docs"),
        "the address of the API went from {before} to {after}",
        mirror="server-changed",
        cases=(
            Case(
                "first",
                "none was documented before",
                "safe",
                "safe",
                ("docs",),
                "Everybody can read where the API is.",
            ),
        ),
    ),
)
