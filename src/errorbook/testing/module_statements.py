"""What the catalog says of errors, and what a generated module does."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from errorbook.catalog import Api
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.facts import retryable
from errorbook.checks.html_facts import EXCEPTION, facts_of, is_exception
from errorbook.outputs import python
from errorbook.problems import quoted
from errorbook.testing.cases import ErrorCase
from errorbook.testing.statements import NONE, Statement, listed


def catalog_statements(name: str, api: Api, voice: str) -> Iterator[Statement]:
    """Yield what the catalog says of the errors of ``api``, in the words of all others."""

    def say(code: str, aspect: str, value: object) -> Statement:
        return Statement(name, code, aspect, NONE if value is None else str(value), voice)

    for code, error in api.errors.items():
        for aspect, value in facts_of(name, api, code).items():
            if aspect == EXCEPTION:
                yield say(code, aspect, python.raised_class(name, api, code))
            elif not is_exception(aspect):
                yield say(code, aspect, value)
        yield say(code, "retryable", retryable(error))
        yield say(code, "docs_url", docs_url(name, api, code))
    for number, entry in api.exit_codes.items():
        yield say("", f"exit code {number}", entry.name or NONE)


def module_statements(name: str, module: ModuleType, voice: str) -> Iterator[Statement]:
    """Yield what the facts of a generated module say, and its exit codes."""

    def say(code: str, aspect: str, value: object) -> Statement:
        return Statement(name, code, aspect, NONE if value is None else str(value), voice)

    for code, facts in module.FACTS.items():
        yield say(code, "status", listed(facts.status))
        yield say(code, "exception", facts.exception)
        yield say(code, "exit code", facts.exit_code)
        yield say(code, "retryable", facts.retryable)
        yield say(code, "retry", facts.retry)
        yield say(code, "actions", listed(one.do for one in facts.actions))
        yield say(code, "docs_url", facts.docs_url)
    for one in getattr(module, "ExitCode", ()):
        yield say("", f"exit code {one.value}", one.name)


def module_differences(name: str, api: Api, module: ModuleType, voice: str) -> Iterator[str]:
    """Yield which codes only one of the two has, and which classes are missing."""
    known: Any = module.FACTS
    for code in api.errors:
        if code not in known:
            yield f"{name}/{code}: {voice} does not have it"
        else:
            facts = known[code]
            if not has(module, facts.exception):
                yield f"{name}/{code}: {voice} has no class {quoted(facts.exception)}"
    for code in known:
        if code not in api.errors:
            yield f"{name}/{code}: only {voice} has it"


def has(module: ModuleType, name: str) -> bool:
    """Tell whether a module has this name; one that it has only for old code counts too."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return hasattr(module, name)


def raised_statements(case: ErrorCase, module: ModuleType, voice: str) -> Iterator[Statement]:
    """Yield what ``from_response`` makes of the documented response of an error."""
    response = case.response
    error: Any = module.from_response(response.status, response.headers, response.body)
    number = error.exit_code
    told = {
        "code": (error.code, case.code),
        "exception": (type(error).__name__, case.exception_name),
        "exit code": (None if number is None else int(number), case.exit_code),
        "retryable": (error.retryable, case.retryable),
        "retry_after": (error.retry_after, case.retry_after),
    }
    for aspect, (made, documented) in told.items():
        for value, who in ((made, f"from_response of {voice}"), (documented, "the example")):
            text = NONE if value is None else str(value)
            yield Statement(case.api, case.code, aspect, text, who)
