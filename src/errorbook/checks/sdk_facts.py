"""What the classes of an SDK say of their errors, compared with what the catalog says.

A fact that no class of the SDK states in its source is not compared: the SDK learns it from the
response, or has no place for it. A class that leaves out what the others state is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from errorbook.catalog.facts import exit_code, retryable
from errorbook.catalog.models import Error
from errorbook.catalog.statuses import family
from errorbook.checks.result import Reported
from errorbook.checks.sdk_details import are_attributes, details_of
from errorbook.checks.sdk_found import Sdk, short
from errorbook.checks.sdk_matching import documented_base
from errorbook.checks.sdk_missing import missing_base, plausible_base
from errorbook.outputs.python.naming import own_class, parents, parents_of
from errorbook.problems import quoted
from errorbook.python_source.classes import Told
from errorbook.python_source.values import Value


def notes(sdk: Sdk) -> Iterator[str]:
    """Yield what is not compared as no class says it."""
    names = sdk.settings.attributes
    facts = {
        "status": (names.status, any(one.status for one in sdk.api.errors.values())),
        "retry flag": (
            names.retryable,
            any(retryable(one) is not None for one in sdk.api.errors.values()),
        ),
        "exit code": (names.exit_code, bool(sdk.api.exit_codes)),
    }
    left = [
        fact
        for fact, (attributes, documented) in facts.items()
        if documented and not _is_stated(sdk, attributes)
    ]
    if left and sdk.matches.classes:
        yield f"{sdk.settings.package}: no class states its {' or '.join(left)}; not compared"
    base = plausible_base(sdk)
    if sdk.matches.base is None and base is not None and missing_base(sdk) is None:
        wanted = documented_base(sdk.name, sdk.api, sdk.settings)
        yield (
            f"{sdk.settings.package}: no class {wanted}, so what else comes below it is not "
            f"compared; say `base: {short(base)}` in errorbook.yaml"
        )


def facts(sdk: Sdk) -> Iterator[Reported]:
    """Yield what is wrong with the classes that were found."""
    stated = {
        name: _is_stated(sdk, getattr(sdk.settings.attributes, name))
        for name in ("code", "status", "retryable", "exit_code")
    }
    stated["details"] = are_attributes(sdk)
    for code, path in sdk.matches.classes.items():
        yield from _named(sdk, code, path)
        for number, each in enumerate(reversed(sdk.classes.versions(path)), start=1):
            for found in _of_class(sdk, code, each, stated):
                # Each definition of a class may have findings of its own.
                subject = found.subject if number == 1 else f"{found.subject}~{number}"
                yield replace(found, subject=subject)


def _of_class(sdk: Sdk, code: str, path: str, stated: Mapping[str, bool]) -> Iterator[Reported]:
    error = sdk.api.errors[code]
    if stated["code"]:
        yield from _code(sdk, code, path)
    if stated["status"]:
        yield from _status(sdk, code, path, error)
    if stated["retryable"]:
        yield from _retry(sdk, code, path, error)
    if stated["exit_code"]:
        yield from _exit_code(sdk, code, path)
    yield from _ancestors(sdk, code, path, error)
    if stated["details"]:
        yield from details_of(sdk, code, path, error)


def _is_stated(sdk: Sdk, names: tuple[str, ...]) -> bool:
    told = (sdk.classes.told(path, names) for path in sdk.matches.classes.values())
    return any(one is not None and one.values not in (None, (None,)) for one in told)


def _named(sdk: Sdk, code: str, path: str) -> Iterator[Reported]:
    wanted = own_class(code, sdk.api.errors[code])
    if wanted is None or sdk.matches.how[code] == "mapping":
        return
    if path in sdk.candidates.named.get(wanted, ()):
        return
    message = f"{short(path)} is the class of {quoted(code)}, documented as {wanted}"
    hint = f"rename it, or say sdk: {{python: {{exception: {short(path)}}}}} in the catalog"
    yield sdk.at_class("sdk-wrong-name", path, (message, hint), code, short(path))


def _code(sdk: Sdk, code: str, path: str) -> Iterator[Reported]:
    told = sdk.classes.told(path, sdk.settings.attributes.code)
    if sdk.classes.is_open(path) and told is None:
        return
    if told is None or told.values == (None,):
        message = f"{short(path)} does not say its code, {quoted(code)}, as other classes do"
        hint = f"give it the attribute {_attribute(sdk, 'code')} = {code!r}"
        yield sdk.at_class("sdk-wrong-code", path, (message, hint), code)
        return
    if told.values is None or told.origin in sdk.mistaken:
        return
    said = sdk.candidates.codes(told.values)
    if code in said or not said:
        return
    shown = ", ".join(map(quoted, said))
    message = f"{short(path)} has the code {shown}; the catalog says {quoted(code)}"
    former = [one for one in said if one in sdk.api.errors[code].renamed_from]
    hint = f"{quoted(former[0])} was renamed; write {code!r}" if former else f"write {code!r}"
    yield sdk.at_told("sdk-wrong-code", path, told, (message, hint), (code, shown))


def _status(sdk: Sdk, code: str, path: str, error: Error) -> Iterator[Reported]:
    told = sdk.classes.told(path, sdk.settings.attributes.status)
    numbers = _numbers(told)
    if told is not None and (
        told.values is None or (numbers and set(numbers) <= set(error.status))
    ):
        return
    if not numbers and (not error.status or sdk.classes.is_open(path)):
        return
    wanted = " or ".join(map(str, error.status)) or "no status"
    shown = ", ".join(map(str, numbers))
    said = f"has the status {shown}" if numbers else "says no status"
    message = f"{short(path)} {said}; the catalog says {wanted}"
    hint = f"write {error.status[0]}" if error.status else "add the status to the catalog"
    if told is None or not numbers:
        hint = f"give it the attribute {_attribute(sdk, 'status')} = {error.status[0]}"
    yield sdk.at_told("sdk-wrong-status", path, told, (message, hint), (code, shown))


def _retry(sdk: Sdk, code: str, path: str, error: Error) -> Iterator[Reported]:
    wanted = retryable(error)
    told = sdk.classes.told(path, sdk.settings.attributes.retryable)
    values = told.values if told else (None,)
    if wanted is None or values is None or values == (wanted,):
        return
    if told is None and sdk.classes.is_open(path):
        return
    if values != (None,) and not all(isinstance(one, bool) for one in values):
        return
    said = "does not say whether it may be retried" if values == (None,) else f"says {values[0]}"
    name = _attribute(sdk, "retryable")
    message = f"{short(path)} {said} for {name}; the catalog says {wanted}"
    if values == (None,):
        message = f"{short(path)} {said}; the catalog says {wanted}"
    inherited = told is None or told.owner != path
    hint = f"give it the attribute {name} = {wanted}" if inherited else f"write {wanted}"
    shown = "" if values == (None,) else str(values[0])
    yield sdk.at_told("sdk-wrong-retry", path, told, (message, hint), (code, shown))


def _exit_code(sdk: Sdk, code: str, path: str) -> Iterator[Reported]:
    wanted = exit_code(sdk.api, code)
    told = sdk.classes.told(path, sdk.settings.attributes.exit_code)
    numbers = _numbers(told)
    if wanted is None or (told and told.values is None) or numbers == [wanted]:
        return
    if not numbers and sdk.classes.is_open(path):
        return
    said = f"has the exit code {numbers[0]}" if numbers else "says no exit code"
    message = f"{short(path)} {said}; the catalog says {wanted}"
    inherited = told is None or told.owner != path
    name = _attribute(sdk, "exit_code")
    hint = f"give it the attribute {name} = {wanted}" if inherited else f"write {wanted}"
    shown = str(numbers[0]) if numbers else ""
    yield sdk.at_told("sdk-wrong-exit-code", path, told, (message, hint), (code, shown))


def _ancestors(sdk: Sdk, code: str, path: str, error: Error) -> Iterator[Reported]:
    line = sdk.classes.line_of(path)
    known = {name: selector for selector, name in parents(sdk.api).items()}
    above = parents_of(sdk.api, error)
    # What a parent does not come below is told of the parent, and what is missing of itself.
    found = [sdk.matches.parents.get(known[name]) for name in above]
    lost = [one for one in found if one is not None and one not in line]
    if not above and sdk.matches.base is not None and sdk.matches.base not in line:
        lost = [sdk.matches.base]
    yield from (_lost(sdk, path, one, code) for one in lost)


def parents_below_base(sdk: Sdk) -> Iterator[Reported]:
    """Yield the documented classes between base and errors that are not where they belong."""
    known = sdk.matches.parents
    for selector, path in known.items():
        above = known.get(family(int(selector))) if selector.isdecimal() else None
        wanted = above or sdk.matches.base
        if wanted is not None and wanted != path and wanted not in sdk.classes.line_of(path):
            yield _lost(sdk, path, wanted, short(path))


def _lost(sdk: Sdk, path: str, above: str, subject: str) -> Reported:
    message = f"{short(path)} is not below {short(above)}, as the catalog documents"
    hint = f"add {short(above)} to its bases: `except {short(above)}` does not catch it"
    return sdk.at_class("sdk-wrong-base", path, (message, hint), f"{subject}/{short(above)}")


def _numbers(told: Told | None) -> list[int]:
    values: tuple[Value, ...] = (told.values if told else None) or ()
    return [one for one in values if isinstance(one, int) and not isinstance(one, bool) and one]


def _attribute(sdk: Sdk, fact: str) -> str:
    """Return what the classes of the SDK call a fact."""
    names: tuple[str, ...] = getattr(sdk.settings.attributes, fact)
    used = [
        name
        for name in names
        if any(name in sdk.classes.attributes(path) for path in sdk.matches.classes.values())
    ]
    return next(iter((*used, *names)))
