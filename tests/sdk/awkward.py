"""A catalog of 1,000 codes with names that Python, type checkers or readers could stumble over.

All of them pass: where no name follows from a code, or one that is taken, the catalog chooses
another, as its author would. What each must be called is written down here, not computed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import cycle, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from errorbook import outputs
from errorbook.catalog import Catalog, load
from errorbook.catalog.models import LONGEST_CODE

API: Final = "awkward"
BASE: Final = "AwkwardError"
COUNT: Final = 1000


@dataclass(frozen=True)
class Name:
    """A code, the class and the constant it must get (None: none), and what it says in YAML."""

    code: str
    cls: str | None
    constant: str | None
    said: dict[str, Any] = field(default_factory=dict)


def _chosen(code: str, cls: str | None, constant: str | None = None) -> Name:
    """Return a code whose class, and constant if it has one, the catalog chooses."""
    python = {"exception": cls or "none", **({"constant": constant} if constant else {})}
    return Name(code, cls, constant, {"sdk": {"python": python}})


def _constant(code: str, cls: str, derived: str) -> Name:
    """Return a code whose class the catalog chooses, and whose constant follows from the code."""
    return Name(code, cls, derived, {"sdk": {"python": {"exception": cls}}})


DERIVED: Final = (
    # Keywords, soft keywords and names of every namespace: a suffix and capitals make them names.
    Name("class", "ClassError", "CLASS"),
    Name("none", "NoneError", "NONE"),
    Name("from", "FromError", "FROM"),
    Name("True", "TrueError", "TRUE"),
    Name("lambda", "LambdaError", "LAMBDA"),
    Name("async", "AsyncError", "ASYNC"),
    Name("match", "MatchError", "MATCH"),
    Name("type", "Type_Error", "TYPE", {"sdk": {"python": {"exception": "Type_Error"}}}),
    Name("self", "SelfError", "SELF"),
    Name("cls", "ClsError", "CLS"),
    Name("str", "StrError", "STR"),
    Name("property", "PropertyError", "PROPERTY"),
    Name("literal", "LiteralError", "LITERAL"),
    Name("object", "ObjectError", "OBJECT"),
    Name("name", "NoNameError", "NAME", {"sdk": {"python": {"exception": "NoNameError"}}}),
    # What the module itself is made of.
    Name("facts", "FactsError", "FACTS"),
    Name("code", "CodeError", "CODE"),
    Name("action", "ActionError", "ACTION"),
    Name("exit-code", "ExitCodeError", "EXIT_CODE"),
    Name("from_response", "FromResponseError", "FROM_RESPONSE"),
    Name("KNOWN_CODE", "KnownCodeError", "KNOWN_CODE"),
    Name("FactsException", "FactsException", "FACTS_EXCEPTION"),
    # Dunders and underscores.
    Name("__init__", "InitError", "INIT"),
    Name("__reduce__", "ReduceError", "REDUCE"),
    Name("__dict__", "DictError", "DICT"),
    Name("_private_", "PrivateError", "PRIVATE"),
    # Digits first.
    Name("42P01", "Error42P01", "CODE_42P01"),
    Name("007", "Error007", "CODE_007"),
    Name("20003", "Error20003", "CODE_20003"),
    Name("4xx", "Error4xx", "CODE_4XX"),
    # Characters of YAML, JSON, Python, shells and pages.
    Name("not found", "NotFoundError", "NOT_FOUND"),
    Name("a/b/c", "ABCError", "A_B_C"),
    Name("../../etc/passwd", "EtcPasswdError", "ETC_PASSWD"),
    Name("C:\\temp\\new", "CTempNewError", "C_TEMP_NEW"),
    Name('say "no"', "SayNoError", "SAY_NO"),
    Name("it's", "ItSError", "IT_S"),
    Name('"""', None, None, {"sdk": {"python": {"exception": "none"}}}),
    Name("'''quoted'''", "QuotedError", "QUOTED"),
    Name("{code}", "BracesError", "BRACES",
         {"sdk": {"python": {"exception": "BracesError", "constant": "BRACES"}}}),
    Name("{{ 7*7 }}", "Error77", "CODE_7_7"),
    Name("%s %(name)s", "SNameSError", "S_NAME_S"),
    Name("<script>alert(1)</script>", "ScriptAlert1ScriptError", "SCRIPT_ALERT_1_SCRIPT"),
    Name("$(rm -rf ~)", "RmRfError", "RM_RF"),
    Name("ends in a backslash \\", "EndsInABackslashError", "ENDS_IN_A_BACKSLASH"),
    Name("# no comment", "NoCommentError", "NO_COMMENT"),
    Name("- item", "ItemError", "ITEM"),
    Name("key: value", "KeyValueError", "KEY_VALUE"),
    Name("*", None, None, {"sdk": {"python": {"exception": "none"}}}),
    # Case.
    Name("HTTPServerFailed", "HTTPServerFailedError", "HTTP_SERVER_FAILED"),
    Name("INTERNAL_ERROR", "InternalError", "INTERNAL_ERROR"),
    Name("ALL CAPS", "AllCapsError", "ALL_CAPS"),
    Name("xError", "XError", "X_ERROR"),
    # The longest one.
    Name("l" * LONGEST_CODE, f"L{'l' * (LONGEST_CODE - 1)}Error", "L" * LONGEST_CODE),
)  # fmt: skip
"""Codes from which names follow, and some beside them whose names are chosen."""

CHOSEN: Final = (
    # The derived class would hide one of Python's own.
    _constant("timeout", "RequestTimeoutError", "TIMEOUT"),
    _constant("key", "ApiKeyError", "KEY"),
    _constant("connection", "NoConnectionError", "CONNECTION"),
    _constant("value", "BadValueError", "VALUE"),
    _constant("permission", "NotPermittedError", "PERMISSION"),
    _constant("not_implemented", "UnimplementedError", "NOT_IMPLEMENTED"),
    # Clashes by separators and case.
    Name("rate_limited", "RateLimitedError", "RATE_LIMITED"),
    _chosen("rate-limited", "RateLimitedTooError", "RATE_LIMITED_TOO"),
    _chosen("rateLimited", "RateLimitedThirdError", "RATE_LIMITED_THIRD"),
    Name("Foo", "FooError", "FOO"),
    _chosen("foo", "LowerFooError", "LOWER_FOO"),
    _chosen("FOO", None, "UPPER_FOO"),
    # No name follows from letters of which two may look the same, nor from none at all.
    _chosen("r\u0430te_limited", "CyrillicRateLimitedError", "CYRILLIC_RATE_LIMITED"),
    _chosen("größe", "SizeError", "SIZE"),
    _chosen("größer", "BiggerError"),
    _chosen("ﬁle", "LigatureFileError"),
    _chosen("\uff46\uff49\uff4c\uff45", "FullWidthFileError"),
    _chosen("💥", "BoomError", "BOOM"),
    _chosen("数据", None),
    _chosen("שלום", None),
    _chosen("…", None),
)

REFUSED: Final = (
    # A code, whether it is the second of two, and the rule that refuses it.
    ("timeout", "builtin-class-name"),
    ("key", "builtin-class-name"),
    ("connection", "builtin-class-name"),
    ("exception", "builtin-class-name"),
    ("type", "builtin-class-name"),
    ("r\u0430te_limited", "bad-class-name"),
    ("größe", "bad-class-name"),
    ("💥", "bad-class-name"),
    ("数据", "bad-class-name"),
    ('"""', "bad-class-name"),
    ("awkward", "class-name-clash"),
    ("AWKWARD_ERROR", "class-name-clash"),
)
"""Codes that are refused as long as the catalog chooses no class."""

UNPRINTABLE: Final = (
    "two\nlines",
    "tab\there",
    "nul\x00",
    "\u202etfel-ot-thgir",
    "a\u200bb",
    "soft\xadhyphen",
    "line\u2028separator",
    " spaces around ",
    "",
    "l" * (LONGEST_CODE + 1),
)
"""What no code may be."""

DETAILS: Final[dict[str, str | None]] = {
    # Keywords, and what the bodies of classes refer to.
    "class": "class_",
    "from": "from_",
    "None": "None_",
    "lambda": "lambda_",
    "str": "str_",
    "int": "int_",
    "float": "float_",
    "bool": "bool_",
    "dict": "dict_",
    "list": "list_",
    "object": "object_",
    "property": "property_",
    "Literal": "Literal_",
    # Members of every exception.
    "args": "args_",
    "status": "status_",
    "code": "code_",
    "message": "message_",
    "body": "body_",
    "details": "details_",
    "headers": "headers_",
    "example": "example_",
    "to_dict": "to_dict_",
    "add_note": "add_note_",
    "with_traceback": "with_traceback_",
    "retry_after": "retry_after_",
    "facts": "facts_",
    # Names of everywhere else.
    "self": "self",
    "cls": "cls",
    "type": "type",
    "id": "id",
    "print": "print",
    "Mapping": "Mapping",
    "Any": "Any",
    "object-id": "object_id",
    "a.b c/d": "a_b_c_d",
    "match": "match",
    "mro": "mro",
    # Only ``details`` holds these.
    "2fa": None,
    "_links": None,
    "__class__": None,
    "__init__": None,
    "": None,
    "größe": None,
    "💥": None,
    '"""': None,
    "\\": None,
}
"""Details, and the attributes that they are read from."""

_TYPES: Final = ("string", "integer", "number", "boolean", "array", "object")
_EXAMPLES: Final = ("text", 7, 1.5, True, ["one"], {"key": "value"})
_FIRST: Final = (
    *("account", "artifact", "assert", "batch", "break", "build", "call", "card", "channel"),
    *("def", "del", "device", "domain", "elif", "except", "export", "field", "finally", "global"),
    *("import", "index", "invoice", "len", "list", "map", "nonlocal", "open", "pass", "plan"),
    *("print", "raise", "return", "session", "set", "super", "try", "user", "while", "with"),
    *("yield", "zone"),
)
_SECOND: Final = (
    *("blocked", "busy", "closed", "corrupt", "denied", "empty", "exceeded", "expired", "frozen"),
    *("gone", "invalid", "locked", "missing", "moved", "paused", "pending", "refused", "revoked"),
    *("sealed", "stale", "taken", "unknown", "unpaid", "unread", "void"),
)
_SEPARATORS: Final = ("_", "-", ".", "/", ":", " ", "::", "__", "\\", "#")


@cache
def names() -> tuple[Name, ...]:
    """Return the 1,000 codes with what they must be called."""
    special = [*DERIVED, *CHOSEN]
    made = list(_made())
    return (*special, *made[: COUNT - len(special)])


def _made() -> Iterator[Name]:
    pairs = zip(product(_FIRST, _SECOND), cycle(_SEPARATORS))
    for (one, other), separator in pairs:
        said: dict[str, Any] = {}
        cls: str | None = f"{one.capitalize()}{other.capitalize()}Error"
        if other == "void":
            cls, said = None, {"sdk": {"python": {"exception": "none"}}}
        yield Name(f"{one}{separator}{other}", cls, f"{one}_{other}".upper(), said)


@cache
def catalog() -> Catalog:
    """Return the catalog, read as any other is."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "errors.yaml")
        file.write_text(json.dumps(document(), ensure_ascii=False), encoding="utf-8")
        loaded = load(file)
    assert list(outputs.problems(loaded.catalog)) == []
    return loaded.catalog


def document() -> dict[str, Any]:
    """Return the catalog as JSON, which is YAML, has it."""
    errors = {name.code: _error(number, name) for number, name in enumerate(names())}
    envelope = {
        "error": {"code": "{code}", "message?": "{message}", "details?": "{details}"},
        "request?": "{request_id}",
    }
    api = {"title": "Awkward", "envelopes": [{"body": envelope}], "errors": errors}
    return {"apis": {API: api}}


def meaning(number: int) -> str:
    """Return what is said of the code of this number."""
    return f"What {number} means: 'quotes', {chr(34) * 3} and \\N{{DIGIT ONE}}."


def _error(number: int, name: Name) -> dict[str, Any]:
    """Return what the catalog says of a code: of statuses, details and texts by turns."""
    keys = list(DETAILS)
    detail, kind = keys[number % len(keys)], number % len(_TYPES)
    return {
        "status": (400, 404, 409, 422, 429, 500, 503)[number % 7],
        "meaning": meaning(number),
        "actions": [{"do": "abort", "how": f"Stop, {number}."}],
        "retry": {"when": ("never", "unknown")[number % 2]},
        "details": {detail: {"type": _TYPES[kind], "example": _EXAMPLES[kind]}},
        **name.said,
    }
