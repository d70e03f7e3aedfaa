"""SDKs that were written by hand, read and compared with the catalog; nothing is imported.

griffe, which reads them, is an extra and slow to import: it is asked for only where a project
names an SDK.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from errorbook.catalog.audience import seen_by
from errorbook.checks.disk import link_on_the_way, why_not
from errorbook.checks.printing import counted
from errorbook.checks.result import Checked, Context
from errorbook.problems import ErrorbookError, Finding, quoted, suggest

if TYPE_CHECKING:
    from errorbook.checks.sdk_settings import HandwrittenSdk

MISSING: Final = (
    'an SDK is read with griffe, which is not installed; run: pip install "errorbook[check]"'
)


def is_wanted(context: Context) -> bool:
    """Tell whether the project names an SDK for the audience."""
    return any(one.audience == context.audience for one in context.project.project.check.sdk)


def check(context: Context) -> Checked:
    """Compare every SDK that the project names.

    Raises:
        ErrorbookError: if errorbook.yaml names an API or a code that is not there, or a package
            outside the project.
        OSError: if a folder cannot be listed.
    """
    wanted = [
        (index, one)
        for index, one in enumerate(context.project.project.check.sdk)
        if one.audience == context.audience
    ]
    findings = [found for index, one in wanted for found in _slips(context, index, one)]
    if findings:
        raise ErrorbookError(context.project.place(findings))
    looked_at = counted(len(wanted), "hand-written SDK")
    if find_spec("griffe") is None:
        return Checked(looked_at, not_checked=(MISSING,))
    from errorbook.checks.sdk_reading import read  # noqa: PLC0415  # brings griffe

    parts = [read(context, one, _api(context, one)) for _, one in wanted]
    return Checked(
        looked_at,
        tuple(found for part in parts for found in part.found),
        tuple(reason for part in parts for reason in part.not_checked),
        tuple(note for part in parts for note in part.notes),
    )


def _api(context: Context, sdk: HandwrittenSdk) -> str:
    return sdk.api or next(iter(seen_by(context.catalog, sdk.audience).apis))


def _slips(context: Context, index: int, sdk: HandwrittenSdk) -> Iterator[Finding]:
    """Find what cannot be compared as errorbook.yaml does not fit the catalog or the folder."""
    path = ("check", "sdk", index)
    apis = seen_by(context.catalog, sdk.audience).apis
    if sdk.api is None and len(apis) != 1:
        hint = f"say which by `api`: {', '.join(apis)}" if apis else "document one"
        message = f"the catalog has {counted(len(apis), 'API')}"
        yield Finding("unknown-api", path, f"{message}, and an SDK is for one", hint)
    elif sdk.api is not None and sdk.api not in apis:
        message = f"the catalog has no API {quoted(sdk.api)}"
        yield Finding("unknown-api", (*path, "api"), message, suggest(sdk.api, apis))
    else:
        errors = apis[sdk.api or next(iter(apis))].errors
        for code in sdk.classes:
            if code not in errors:
                message = f"the catalog has no code {quoted(code)}"
                yield Finding(
                    "unknown-code", (*path, "classes", code), message, suggest(code, errors)
                )
    reason = why_not(sdk.package)
    link = None if reason else link_on_the_way(context.project.root, sdk.package)
    if reason:
        message = f"the package {quoted(sdk.package)} {reason}"
        yield Finding("bad-target", (*path, "package"), message)
    elif link:
        message = f"{quoted(link)} is a symbolic link, which is never followed"
        yield Finding("target-behind-link", (*path, "package"), message)
