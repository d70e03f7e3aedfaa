"""Every difference between built pages, generated modules and the catalog, in words."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final
from urllib.parse import unquote, urldefrag, urljoin

from errorbook.catalog import Api, Catalog, Detail, Error, Retry
from errorbook.catalog.facts import example_response, exit_code, retryable, status_meaning
from errorbook.catalog.prose import plain
from errorbook.catalog.statuses import reason_phrase
from tests.docs_reader import Document, Row

CODES: Final = ("Code", "HTTP", "Meaning", "What to do")
EXCEPTIONS: Final = ("Exception", "Raised for", "Attributes of its own")
EXIT_CODES: Final = ("Exit code", "Name", "Meaning", "For")
FIELDS: Final = ("Field", "Meaning", "Stable")
STATUSES: Final = ("HTTP", "Meaning", "Cause", "Codes")
SYMPTOMS: Final = ("Symptom", "Likely cause", "Solution", "Codes")

# Words of the catalog as a reader sees them. They stand here once more on purpose: the tables that
# the renderer has of them would agree with the page, whatever they say.
NONE: Final = "none"
WAIT: Final = "retry_after"
"""The attribute that every exception has, in seconds; a detail of that name is not doubled."""
ACTIONS: Final = {
    "abort": "Abort",
    "authenticate": "Authenticate",
    "clean_up": "Clean up",
    "escalate": "Escalate",
    "fix_request": "Fix the request",
    "redo_step": "Redo a step",
    "retry": "Retry",
    "treat_as_success": "Treat as success",
    "use_alternative": "Use another way",
    "wait": "Wait, then retry",
}
RETRY: Final = {
    "never": "Never",
    "as_is": "Yes, unchanged",
    "after_change": "After a change",
    "unknown": "Unknown",
}
PAUSES: Final = {"exponential": "with growing pauses", "fixed": "with even pauses"}
STABILITY: Final = {True: "Yes: build on it", False: "No: may change", None: "not promised"}
ENDINGS: Final = {
    "success": "success",
    "usage": "wrong use of the command",
    "network": "no connection",
    "timeout": "no answer in time",
    "interrupt": "interrupted by the user",
}
PROMISES: Final = {
    ("codes", "permanent"): "Codes are permanent: none is removed or renamed within a version.",
    ("new_codes", "may_come"): "New codes may appear at any time; expect codes you do not know.",
    ("messages", "may_change"): "Messages are for people and may change; never match on them.",
}
JSON_TYPES: Final = {"int": "integer", "str": "string", "float": "number", "bool": "boolean"}

Site = Mapping[str, Document]
Modules = Mapping[str, ModuleType]
Subject = tuple[str, str]
"""What is spoken of: its kind and its name, such as ``("code", "rate_limited")``."""
Statement = tuple[Subject, Mapping[str, str]]
"""What is said of a subject, by aspect."""


@dataclass(frozen=True)
class Voice:
    """One who speaks of an API, and has to name every subject of the kinds it ``covers``."""

    name: str
    statements: tuple[Statement, ...]
    covers: frozenset[str] = frozenset()

    @property
    def subjects(self) -> list[Subject]:
        """What it speaks of, in order."""
        return [subject for subject, _ in self.statements]


def compare(documented: Site, generated: Modules, catalog: Catalog) -> list[str]:
    """Return every difference between built pages, generated modules and catalog, in words."""
    return [
        f"{name}: {difference}"
        for name, api in catalog.apis.items()
        for difference in _differences(f"{name}/", documented, generated[name], api)
    ]


def _differences(address: str, documented: Site, module: ModuleType, api: Api) -> Iterator[str]:
    page = documented[address]
    yield from _disagreements(_voices(page, module, api))
    yield from _disagreements(_voices_in_typescript(page, api))
    yield from _stray_classes(module, api)
    yield from _missing_promises(page, api)
    yield from _unknown_names(page, module, api)
    yield from _misleading_links(address, documented, api)
    for source in page.sources():
        yield from _example_slips(source, module, api)


def _disagreements(voices: tuple[Voice, ...]) -> Iterator[str]:
    for voice in voices:
        yield from _repetitions(voice)
    for subject in dict.fromkeys(subject for voice in voices for subject in voice.subjects):
        yield from _silence(subject, voices)
        yield from _contradictions(subject, voices)


def _repetitions(voice: Voice) -> Iterator[str]:
    for (kind, name), count in Counter(voice.subjects).items():
        if count > 1 and kind in voice.covers:
            yield f"the {kind} {name} stands {count} times in {voice.name}"


def _silence(subject: Subject, voices: tuple[Voice, ...]) -> Iterator[str]:
    kind, name = subject
    speaking = [one.name for one in voices if subject in one.subjects]
    silent = [one.name for one in voices if kind in one.covers and subject not in one.subjects]
    if len(speaking) == 1 and len(silent) > 1:
        yield f"the {kind} {name} stands only in {speaking[0]}"
    elif silent:
        yield f"the {kind} {name} is missing from {_and(silent)}"


def _contradictions(subject: Subject, voices: tuple[Voice, ...]) -> Iterator[str]:
    names_by_value: dict[str, dict[str, list[str]]] = {}
    for voice in voices:
        for _, account in (one for one in voice.statements if one[0] == subject):
            for aspect, value in account.items():
                names_by_value.setdefault(aspect, {}).setdefault(value, []).append(voice.name)
    for aspect, told in names_by_value.items():
        if len(told) > 1:
            said = [f"{value} in {_and(names)}" for value, names in told.items()]
            yield f"{aspect} of the {subject[0]} {subject[1]}: {', '.join(said)}"


def _and(names: Iterable[str]) -> str:
    names = list(dict.fromkeys(names))
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _voices(page: Document, module: ModuleType, api: Api) -> tuple[Voice, ...]:
    shown = {"code", "exit code", "field", "status", "symptom"}
    listed, sections = tuple(_codes(page)), tuple(_sections(page))
    tables = (*(listed or sections), *_tables(page), *_details(page))
    return (
        Voice("the page", tables, frozenset(shown)),
        Voice("the page's sections", sections if listed else ()),
        Voice("the page's exceptions", tuple(_exceptions(page)), frozenset({"code", "class"})),
        Voice("the page's examples", tuple(_examples(page))),
        Voice("the module", tuple(_module(module)), frozenset({"code", "exit code", "class"})),
        Voice("the raised exception", tuple(_raised(page, module, api))),
        Voice("the catalog", tuple(_catalog(api)), frozenset({*shown, "class", "detail"})),
    )


def _voices_in_typescript(page: Document, api: Api) -> tuple[Voice, ...]:
    """Return what page and catalog say of classes in TypeScript, where the API has any."""
    if "typescript" not in api.sdk:
        return ()
    base, told = api.sdk["typescript"].base or NONE, frozenset({"code"})
    documented = {subject for subject, _ in _exceptions(page)}
    raised = [
        (("code", code), _raising_in_typescript(code, error, base))
        for code, error in api.errors.items()
        if ("code", code) in documented  # of the others it is said already that they are missing
    ]
    return (
        Voice("the page's TypeScript", tuple(_classes_in_typescript(page)), told),
        Voice("the catalog's TypeScript", tuple(raised), told),
    )


def _classes_in_typescript(page: Document) -> Iterator[Statement]:
    for row in page.rows(*EXCEPTIONS, tab="TypeScript"):
        lines = [line for line in row["Attributes of its own"].lines if line != NONE]
        for link in row["Raised for"].links:
            told = {"exception": row["Exception"].text, "attributes": _listed(lines)}
            yield ("code", link.text), told


def _raising_in_typescript(code: str, error: Error, base: str) -> dict[str, str]:
    own = _class_name(code, error, "typescript")
    lines = [
        f".{re.sub('_(.)', lambda letter: letter[1].upper(), name)} "
        + (_type(one).replace(one.type, "number") if name == WAIT else _type(one))
        for name, one in (error.details.items() if own else ())
    ]
    return {"exception": own or base, "attributes": _listed(lines)}


def _tables(page: Document) -> Iterator[Statement]:
    columns = {"meaning": "Meaning", "causes": "Cause", "codes": "Codes"}
    yield from _rows("status", page.rows(*STATUSES), "HTTP", columns)
    columns = {"cause": "Likely cause", "solution": "Solution", "codes": "Codes"}
    yield from _rows("symptom", page.rows(*SYMPTOMS), "Symptom", columns)
    columns = {"number": "Exit code", "meaning": "Meaning", "endings": "For"}
    yield from _rows("exit code", page.rows(*EXIT_CODES), "Name", columns)
    columns = {"meaning": "Meaning", "stability": "Stable"}
    yield from _rows("field", page.rows(*FIELDS), "Field", columns)


def _rows(kind: str, rows: Iterable[Row], name: str, columns: Mapping[str, str]) -> list[Statement]:
    return [
        ((kind, row[name].text), {aspect: row[column].text for aspect, column in columns.items()})
        for row in rows
    ]


def _details(page: Document) -> Iterator[Statement]:
    for example in page.examples():
        for row in example.details:
            name = f"{example.code}.{row['Detail'].text}"
            yield ("detail", name), {"type": row["Type"].text, "meaning": row["Meaning"].text}


def _codes(page: Document) -> Iterator[Statement]:
    endings = {
        selector: {"exit code": row["Exit code"].text}
        for row in page.rows(*EXIT_CODES)
        for selector in row["For"].codes
    }
    for row in page.rows(*CODES):
        code, status = (*row["Code"].codes, row["Code"].text)[0], row["HTTP"].text
        told = {"status": status, "meaning": row["Meaning"].text, "actions": row["What to do"].text}
        yield ("code", code), {**told, **endings.get(f"{status[0]}xx", {}), **endings.get(code, {})}


def _sections(page: Document) -> Iterator[Statement]:
    labels = {"causes": "Causes", "fix": "Fix", "actions": "What a client does", "retry": "Retry"}
    for section in page.error_sections():
        parts = {
            aspect: section.parts[label].text if label in section.parts else NONE
            for aspect, label in labels.items()
        }
        body = _dumped(section.example.body) if section.example else NONE
        details = _listed(row["Detail"].text for row in section.details)
        told = {"status": _spaced(section.status), "meaning": section.meaning, "details": details}
        yield ("code", section.code), {**told, **parts, "example": body}


def _exceptions(page: Document) -> Iterator[Statement]:
    for row in page.rows(*EXCEPTIONS, tab="Python"):
        name, raised_for = row["Exception"].text, row["Raised for"]
        if raised_for.text.startswith("Base class of all errors."):
            yield ("class", "of all errors"), {"name": name}
        lines = [line for line in row["Attributes of its own"].lines if line != NONE]
        attributes = [line.removeprefix(".").partition(", ") for line in lines]
        told = {
            "attributes": _listed(name_and_type for name_and_type, _, _ in attributes),
            "units": _listed(unit for _, _, unit in attributes),
        }
        for link in raised_for.links:
            yield ("code", link.text), {"exception": name, **told}


def _examples(page: Document) -> Iterator[Statement]:
    for example in page.examples():
        names = [row["Detail"].text for row in example.details]
        told = {f"value of {name}": str(example.fields.get(name)) for name in names}
        if "Retry" in example.parts:
            told["retry"] = example.parts["Retry"].text
        body, status = _dumped(example.body), example.status_line.removeprefix("HTTP/1.1 ")
        yield ("code", example.code), {"example": body, "status line": status, **told}


def _module(module: ModuleType) -> Iterator[Statement]:
    for code, facts in module.FACTS.items():
        yield (
            ("code", code),
            {
                "status": _spaced(facts.status),
                "meaning": facts.meaning,
                "actions": _actions((one.do, one.how, one.when) for one in facts.actions),
                "exception": facts.exception,
                "word for retry": facts.retry,
                "retryable": str(facts.retryable),
                "exit code": _or_none(facts.exit_code),
            },
        )
    for one in getattr(module, "ExitCode", ()):
        yield ("exit code", one.name), {"number": str(one.value)}
    yield ("class", "of all errors"), {"name": _base(module).__name__}


def _raised(page: Document, module: ModuleType, api: Api) -> Iterator[Statement]:
    """Yield what is raised for the body that the page shows of a code, else for the catalog's."""
    bodies = {code: _example(api, code)[0] for code in api.errors}
    bodies |= {example.code: example.body for example in page.examples()}
    for code in (one for one in module.FACTS if one in bodies):
        error = module.from_response(None, None, bodies[code])
        own = _own_attributes(module, type(error))
        if WAIT in module.FACTS[code].after:
            own[WAIT] = "number"
        values = {f"value of {name}": _plainly(getattr(error, name)) for name in own}
        told = {"exception": type(error).__name__, "exit code": _or_none(error.exit_code)}
        attributes = _listed(f"{name} {kind}" for name, kind in own.items())
        yield ("code", code), {**told, "attributes": attributes, **values}


def _plainly(value: object) -> str:
    """Return a value as a body has it: five seconds are 5, also where they are kept as 5.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _own_attributes(module: ModuleType, raised: type) -> dict[str, str]:
    """Return the type of each attribute that ``raised`` has and the base class has not."""
    types = {
        name: member.fget.__annotations__["return"].removesuffix(" | None")
        for name, member in vars(raised).items()
        if isinstance(member, property) and member.fget and not hasattr(_base(module), name)
    }
    return {name: JSON_TYPES.get(kind, kind) for name, kind in types.items()}


def _base(module: ModuleType) -> type[Any]:
    return type(module.from_response(None, None, None))


def _catalog(api: Api) -> Iterator[Statement]:
    base = api.sdk["python"].base or NONE
    yield ("class", "of all errors"), {"name": base}
    for code, error in api.errors.items():
        yield ("code", code), _account(error) | _response(api, code) | _raising(code, error, base)
        for name, one in error.details.items():
            kind = _type(one) if one.required else f"{_type(one)}, optional"
            yield ("detail", f"{code}.{name}"), {"type": kind, "meaning": _told(one.meaning)}
    yield from _statuses(api)
    yield from _exits(api)
    yield from _symptoms(api)
    yield from _fields(api)


def _account(error: Error) -> dict[str, str]:
    return {
        "status": _spaced(error.status),
        "meaning": _told(error.meaning),
        "causes": _told(" ".join(error.causes)) or NONE,
        "fix": _told(error.fix) or NONE,
        "actions": _actions((one.do, one.how, one.when) for one in error.actions),
        "details": _listed(error.details),
        "retry": _retry(error.retry),
        "word for retry": error.retry.when,
        "retryable": str(retryable(error)),
    }


def _response(api: Api, code: str) -> dict[str, str]:
    body, status = _example(api, code)
    number = _or_none(exit_code(api, code))
    return {"example": _dumped(body), "status line": status, "exit code": number}


def _raising(code: str, error: Error, base: str) -> dict[str, str]:
    own = _class_name(code, error)
    details = error.details if own else {}
    return {
        "exception": own or base,
        "attributes": _listed(
            f"{name} {'number' if name == WAIT else one.type}" for name, one in details.items()
        ),
        "units": _listed(one.unit or "" for one in details.values()),
        **{f"value of {name}": str(one.example) for name, one in details.items()},
    }


def _class_name(code: str, error: Error, language: str = "python") -> str | None:
    """Return the class of ``code`` by the rule that errors.yaml states, not by the generator's."""
    chosen = error.sdk[language].exception if language in error.sdk else None
    derived = "".join(word.capitalize() for word in code.removesuffix("_error").split("_"))
    return None if chosen == NONE else chosen or f"{derived}Error"


def _statuses(api: Api) -> Iterator[Statement]:
    """Yield the statuses of an API that has something to say about them."""
    of_codes = {status for error in api.errors.values() for status in error.status}
    for status in {*api.statuses, *of_codes} if api.statuses else ():
        causes = api.statuses[status].causes if status in api.statuses else ()
        codes = [code for code, error in api.errors.items() if status in error.status]
        told = {"meaning": _told(status_meaning(api, status)), "causes": _told(" ".join(causes))}
        yield ("status", str(status)), {**told, "codes": _listed(codes)}


def _exits(api: Api) -> Iterator[Statement]:
    for number, one in api.exit_codes.items():
        endings = _listed(ENDINGS.get(ending, ending) for ending in one.applies_to)
        told = {"number": str(number), "meaning": _told(one.meaning), "endings": endings}
        yield ("exit code", one.name), told


def _symptoms(api: Api) -> Iterator[Statement]:
    for row in api.troubleshooting:
        told = {"cause": _told(row.cause), "solution": _told(row.solution)}
        yield ("symptom", _told(row.symptom)), {**told, "codes": _listed(row.errors)}


def _fields(api: Api) -> Iterator[Statement]:
    for envelope in api.envelopes:
        paths = dict(_paths(envelope.body))
        for name, field in envelope.fields.items():
            told = {"meaning": _told(field.meaning), "stability": STABILITY[field.stable]}
            yield ("field", paths[name]), told


def _paths(pattern: Any, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path of each hole of an envelope: ``error.code`` for ``code``."""
    for written, value in pattern.items():
        key = written.removesuffix("?")  # it may be absent, which a page need not say
        if isinstance(value, dict):
            yield from _paths(value, f"{above}{key}.")
        else:
            yield value.strip("{}"), above + key


def _example(api: Api, code: str) -> tuple[object, str]:
    """Return the example body of ``code``, and the status that it comes with."""
    example = example_response(api, code)
    assert example is not None
    assert example.status is not None
    return example.body, f"{example.status} {reason_phrase(example.status)}"


def _actions(actions: Iterable[tuple[str, str, str]]) -> str:
    lines = [
        " ".join(filter(None, (ACTIONS[do], when and f"{_told(when)}:", _told(how))))
        for do, how, when in actions
    ]
    return " ".join(lines) or NONE


def _retry(retry: Retry) -> str:
    sources = [f"the header {one[7:]}" if one.startswith("header:") else one for one in retry.after]
    after = f", after {' or '.join(sources)}" if sources else ""
    pauses = f", {PAUSES[retry.backoff]}" if retry.backoff in PAUSES else ""
    needs = ", with an idempotency key" if retry.needs else ""
    return f"{RETRY[retry.when]}{after}{pauses}{needs}"


def _type(detail: Detail) -> str:
    return ", ".join(filter(None, (detail.type, detail.format, detail.unit)))


def _told(prose: str) -> str:
    return " ".join(plain(prose).split())


def _listed(items: Iterable[str]) -> str:
    return ", ".join(items) or NONE


def _spaced(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers)) or NONE


def _or_none(number: int | None) -> str:
    return NONE if number is None else str(number)


def _dumped(body: object) -> str:
    return json.dumps(body, ensure_ascii=False)


def _stray_classes(module: ModuleType, api: Api) -> Iterator[str]:
    for name, one in vars(module).items():
        if isinstance(one, type) and issubclass(one, _base(module)) and one is not _base(module):
            code = one().code
            facts = module.FACTS.get(code)
            if code not in api.errors or (facts and facts.exception != name):
                yield f"the module has the class {name} for {code}, which is never raised"


def _missing_promises(page: Document, api: Api) -> Iterator[str]:
    made = api.contract.model_dump(exclude_none=True, exclude={"promise"}).items()
    for sentence in (_told(api.contract.promise), *map(PROMISES.__getitem__, made)):
        if sentence not in page.text:
            yield f"the page lacks the promise: {sentence}"


def _unknown_names(page: Document, module: ModuleType, api: Api) -> Iterator[str]:
    """Yield the names of classes, codes and fields in prose that are nowhere else."""
    known = api.model_dump_json()
    prose = " ".join(code for block in page.passages() for code in block.codes)
    for name in re.findall(r"\b(?:\w+Error|[a-z]+(?:_[a-z]+)+)\b", prose):
        if not hasattr(module, name) and not re.search(rf"\b{name}\b", known):
            yield f"the page speaks of {name}, which neither module nor catalog knows"


def _misleading_links(address: str, documented: Site, api: Api) -> Iterator[str]:
    for link in documented[address].links:
        target, fragment = urldefrag(urljoin(f"/{address}", link.address))
        if target.startswith("/") and (fragment or link.text in api.errors):
            page = documented.get(target.removeprefix("/"))
            there = page.places.get(unquote(fragment) or "error") if page else None
            if there is None:
                yield f"the link {link.text!r} leads to {link.address}, which is not there"
            elif link.text in api.errors and not re.search(rf"\b{re.escape(link.text)}\b", there):
                yield f"the link {link.text!r} leads to {link.address}, which is about another"


def _example_slips(source: str, module: ModuleType, api: Api) -> Iterator[str]:
    """Yield what is wrong in an example of Python: names that are not there, codes that are not."""
    package = f"{api.sdk['python'].package}.errors"
    imported, caught = imports_and_handlers(source, package) if package in source else ([], [])
    codes = {_class_name(code, error): code for code, error in api.errors.items()}
    for name in imported:
        if not hasattr(module, name):
            yield f"the example imports {name}, which the module lacks"
    for name in caught:
        one = getattr(module, name, None)
        if name not in imported:
            yield f"the example catches {name} without importing it"
        elif one and not (issubclass(one, _base(module)) and one().code == codes.get(name)):
            yield f"the example catches {name}, which is raised for no code"


def imports_and_handlers(source: str, package: str) -> tuple[list[str], list[str]]:
    """Return the names that ``source`` imports from ``package``, and those it catches."""
    nodes = list(ast.walk(ast.parse(source)))
    imports = [one for one in nodes if isinstance(one, ast.ImportFrom) and one.module == package]
    handlers = [one.type for one in nodes if isinstance(one, ast.ExceptHandler) and one.type]
    names = [one for handler in handlers for one in ast.walk(handler) if isinstance(one, ast.Name)]
    return [alias.name for one in imports for alias in one.names], [one.id for one in names]
