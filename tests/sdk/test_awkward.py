"""Awkward names are refused with file and line, or resolved by a rule of the documentation."""

from __future__ import annotations

import ast
import builtins
import json
import keyword
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from errorbook import outputs
from errorbook.catalog import CatalogError, load
from errorbook.outputs.python import derive_class
from errorbook.outputs.python.module import render
from tests.outputs.modules import catalog_of, module_of
from tests.sdk import awkward
from tests.sdk.awkward import CHOSEN, DETAILS, REFUSED, UNPRINTABLE
from tests.sdk.packages import Package

NAMES = {name.code: name for name in awkward.names()}
SPECIAL = [name for name in (*awkward.DERIVED, *CHOSEN) if not re.fullmatch(r"\w+", name.code)]


def _said(document: object, folder: Path) -> list[str]:
    """Return what is wrong with a catalog of one line for each key: line, rule of each problem."""
    file = folder / "errors.yaml"
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=False, width=10**6)
    file.write_text(text, encoding="utf-8")
    try:
        loaded = load(file, name="errors.yaml")
    except CatalogError as error:
        return [f"{one.place.path}:{one.place.line} {one.rule}" for one in error.problems]
    problems = loaded.place(outputs.problems(loaded.catalog))
    return [f"{one.place.path}:{one.place.line} {one.rule}" for one in problems]


def _document(errors: dict[str, Any], api: str = "awkward") -> dict[str, Any]:
    return {"apis": {api: {"errors": errors}}}


# What is refused. The first code of a catalog stands on line 4.


@pytest.mark.parametrize(("code", "rule"), REFUSED)
def test_a_code_that_no_class_follows_from_is_refused(tmp_path: Path, code: str, rule: str) -> None:
    assert _said(_document({"fine": {}, code: {}}), tmp_path) == [f"errors.yaml:5 {rule}"]


@pytest.mark.parametrize("code", UNPRINTABLE, ids=ascii)
def test_a_code_that_cannot_be_read_is_refused(tmp_path: Path, code: str) -> None:
    (said,) = _said(_document({"fine": {}, code: {}}), tmp_path)
    assert re.fullmatch(r"errors\.yaml:5 (bad-code|invalid-value)", said), said


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("rate_limited", "rate-limited", "class-name-clash"),
        ("rate_limited", "rateLimited", "class-name-clash"),
        ("Foo", "foo", "class-name-clash"),
        ("None", "none", "class-name-clash"),
        ("foo", "foo_error", "class-name-clash"),
        ("a/b", "a.b", "class-name-clash"),
        ("__init__", "init", "class-name-clash"),
        ("7*7", "77", "class-name-clash"),
    ],
)
def test_two_codes_that_would_be_one_name_are_refused(
    tmp_path: Path, one: str, other: str, rule: str
) -> None:
    assert _said(_document({one: {}, other: {}}), tmp_path) == [f"errors.yaml:5 {rule}"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("rate_limited", "rate-limited"), ("rateLimited", "RATE.LIMITED"), ("foo", "Foo")],
)
def test_a_constant_needs_another_name_where_a_class_got_one(
    tmp_path: Path, one: str, other: str
) -> None:
    for chosen in ("OtherError", "none"):
        errors = {one: {}, other: {"sdk": {"python": {"exception": chosen}}}}
        assert _said(_document(errors), tmp_path) == ["errors.yaml:5 constant-name-clash"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("class", "bad-class-name"),
        ("None", "bad-class-name"),
        ("Rate Limited", "bad-class-name"),
        ("R\u0430teError", "bad-class-name"),
        ("Größe", "bad-class-name"),
        ('"""', "bad-class-name"),
        ("A:\n    pass\nclass B", "bad-class-name"),
        ("\u202eError", "bad-class-name"),
        ("💥Error", "bad-class-name"),
        ("TimeoutError", "builtin-class-name"),
        ("Exception", "builtin-class-name"),
        ("Facts", "reserved-class-name"),
        ("IntEnum", "reserved-class-name"),
        ("from_response", "reserved-class-name"),
        ("lru_cache", "reserved-class-name"),
        ("__name__", "builtin-class-name"),
        ("__all__", "reserved-class-name"),
        ("_Row", "reserved-class-name"),
        ("AwkwardError", "class-name-clash"),
    ],
)
def test_a_name_that_is_chosen_is_refused_where_it_stands(
    tmp_path: Path, name: str, rule: str
) -> None:
    chosen = {"sdk": {"python": {"exception": name}}}
    assert _said(_document({"fine": {}, "code": chosen}), tmp_path) == [f"errors.yaml:8 {rule}"]
    parents = {"python": {"parents": {"4xx": name}}}
    document: Any = {"apis": {"awkward": {"sdk": parents, "errors": {"fine": {}}}}}
    assert _said(document, tmp_path) == [f"errors.yaml:6 {rule}"]
    aliases = {"sdk": {"python": {"aliases": [name]}}}
    assert _said(_document({"fine": {}, "code": aliases}), tmp_path) == [f"errors.yaml:9 {rule}"]


@pytest.mark.parametrize(
    "name", ["class", "None", "2FA", "A B", "_PRIVATE", "__class__", "GRÖSSE", "\u0410", "A\n", ""]
)
def test_a_constant_that_is_chosen_is_refused_where_it_stands(tmp_path: Path, name: str) -> None:
    errors = {"fine": {}, "code": {"sdk": {"python": {"constant": name}}}}
    assert _said(_document(errors), tmp_path) == ["errors.yaml:8 bad-constant-name"]


@pytest.mark.parametrize(
    "details",
    [("from", "from_"), ("a-b", "a_b"), ("int", "int_"), ("status", "status_"), ("a b", "a.b")],
)
def test_two_details_that_would_be_one_attribute_are_refused(
    tmp_path: Path, details: tuple[str, str]
) -> None:
    errors = {"code": {"details": {name: {"type": "string"} for name in details}}}
    assert _said(_document(errors), tmp_path) == ["errors.yaml:8 attribute-name-clash"]


@pytest.mark.parametrize("api", ["global", "class", "from", "none"])
def test_a_package_that_cannot_be_imported_is_refused(tmp_path: Path, api: str) -> None:
    said = _said(_document({"fine": {}}, api), tmp_path)
    assert said == ([] if api == "none" else ["errors.yaml:2 bad-package-name"])


def test_no_keyword_and_nothing_built_in_becomes_a_class(tmp_path: Path) -> None:
    """Whatever words there are, each gives a name that may be one, or is refused on its line."""
    words = sorted({*keyword.kwlist, *keyword.softkwlist, *map(_snake, dir(builtins))} - {"_"})
    codes = list({derive_class(word): word for word in words if re.search("[a-z]", word)}.values())
    said = _said(_document({code: {} for code in codes}), tmp_path)
    builtin = [number for number, code in enumerate(codes) if hasattr(builtins, derive_class(code))]
    assert len(builtin) > 40
    assert said == [f"errors.yaml:{number + 4} builtin-class-name" for number in builtin]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


# What is resolved.


def test_a_thousand_codes_pass() -> None:
    assert len(awkward.catalog().apis[awkward.API].errors) == len(NAMES) == awkward.COUNT


def test_classes_and_constants_are_called_as_the_rules_say(awkward_package: Package) -> None:
    module = awkward_package.module
    constants = {code: name for name, code in vars(module.Code).items() if isinstance(code, str)}
    for name in NAMES.values():
        assert module.FACTS[name.code].exception == (name.cls or awkward.BASE)
        assert constants.get(name.code) == name.constant


def test_each_choice_is_needed(tmp_path: Path) -> None:
    """Without it, the catalog would be refused: nothing in it is chosen for its looks."""
    needed = [name for name in CHOSEN if name.said]
    said = _said(_document({name.code: {} for name in CHOSEN}), tmp_path)
    lines = {CHOSEN.index(name) + 4 for name in needed}
    assert {int(one.split()[0].split(":")[1]) for one in said} == lines


def test_every_constant_is_there_once(awkward_package: Package) -> None:
    code = awkward_package.module.Code
    constants = {name: getattr(code, name) for name in vars(code) if not name.startswith("__")}
    assert constants == {name.constant: name.code for name in NAMES.values() if name.constant}


def test_the_type_of_codes_has_all_of_them() -> None:
    (text,) = render(awkward.catalog()).values()
    (found,) = (
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "KnownCode"
    )
    assert isinstance(found, ast.Subscript)
    assert ast.literal_eval(found.slice) == tuple(sorted(NAMES))


@pytest.mark.parametrize("detail", DETAILS, ids=ascii)
def test_a_detail_is_read_from_the_attribute_that_the_rules_say(
    awkward_package: Package, detail: str
) -> None:
    having = [
        (code, error)
        for code, error in awkward.catalog().apis[awkward.API].errors.items()
        if detail in error.details and NAMES[code].cls
    ]
    assert len(having) > 10
    for code, error in having:
        made = getattr(awkward_package.module, NAMES[code].cls or "").example()
        value = error.details[detail].example
        assert made.details == {detail: value}
        attribute = DETAILS[detail]
        own = {name for name, one in vars(type(made)).items() if isinstance(one, property)}
        assert own == ({"code", attribute} if attribute else {"code"})
        if attribute:
            assert getattr(made, attribute) == value


def test_few_classes_are_called_the_same_as_many(tmp_path: Path, awkward_package: Package) -> None:
    """Class statements and classes made on access follow the same rules."""
    some = dict(list(awkward.document()["apis"][awkward.API]["errors"].items())[:60])
    document = awkward.document()
    document["apis"][awkward.API]["errors"] = some
    catalog = catalog_of(json.dumps(document, ensure_ascii=False), tmp_path)
    few, many = module_of(catalog, tmp_path), awkward_package.module
    for code in some:
        one, other = (getattr(module, many.FACTS[code].exception) for module in (few, many))
        assert one.__name__ == other.__name__
        assert one.example(code).to_dict() == other.example(code).to_dict()
        own = [
            sorted(key for key, value in vars(cls).items() if isinstance(value, property))
            for cls in (one, other)
        ]
        assert one is few.AwkwardError or own[0] == own[1]


# The module of 1,000 codes as programs use it.


def test_everything_is_exported_and_listed(awkward_package: Package) -> None:
    module = awkward_package.module
    classes = {name.cls for name in NAMES.values() if name.cls}
    others = {"Action", "ActionWord", "Code", "FACTS", "Facts", "KnownCode", "from_response"}
    assert set(module.__all__) == classes | others | {awkward.BASE}
    assert len(module.__all__) == len(set(module.__all__))
    assert set(module.__all__) <= set(dir(module))
    assert dir(module) == sorted(dir(module))


def test_what_nobody_has_is_missing_in_the_usual_way(awkward_package: Package) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'NoSuchError'") as caught:
        _ = awkward_package.module.NoSuchError
    assert caught.value.name == "NoSuchError"
    assert not hasattr(awkward_package.module, "__path__")
    with pytest.raises(ImportError, match="cannot import name 'NoSuchError'"):
        exec("from awkward.errors import NoSuchError", {})  # noqa: S102  # our own


def test_each_class_is_made_raised_and_caught(awkward_package: Package) -> None:
    module = awkward_package.module
    for name in NAMES.values():
        cls = getattr(module, name.cls or awkward.BASE)
        assert (cls.__name__, cls.__qualname__) == (name.cls or awkward.BASE,) * 2
        assert (cls.__module__, cls.__mro__[-4]) == ("awkward.errors", module.AwkwardError)
        error = cls(code=name.code)
        assert error.code == name.code
        with pytest.raises(cls):
            raise error
        response = module.from_response(418, {}, {"error": {"code": name.code}})
        assert type(response) is cls
        assert (response.code, response.status) == (name.code, 418)


def test_each_example_has_its_code(awkward_package: Package) -> None:
    for error, name in zip(awkward_package.examples(), sorted(NAMES), strict=True):
        assert error.code == name
        assert type(error).__name__ == NAMES[name].cls or type(error) is awkward_package.base


@pytest.mark.parametrize("lookup", ["import", "star", "from_response"])
def test_a_fresh_process_gets_them_however_it_asks(awkward_package: Package, lookup: str) -> None:
    chosen = awkward.names()[:100]
    program = """
import json, sys
chosen = json.loads(sys.argv[3])
if sys.argv[2] == "import":
    names = ", ".join(sorted({cls for _, cls in chosen}))
    exec(f"from awkward.errors import {names}")
elif sys.argv[2] == "star":
    exec("from awkward.errors import *")
else:
    from awkward.errors import from_response
    for code, cls in chosen:
        globals()[cls] = type(from_response(400, {}, {"error": {"code": code}}))
from awkward import errors
print(all(globals()[cls] is getattr(errors, cls) for _, cls in chosen))
print(all(globals()[cls](code=code).code == code for code, cls in chosen))
"""
    pairs = [(name.code, name.cls or awkward.BASE) for name in chosen]
    assert awkward_package.run(program, lookup, json.dumps(pairs)).split() == ["True", "True"]


def test_help_tells_what_there_is(awkward_package: Package) -> None:
    asked = [name for name in (*awkward.DERIVED, *CHOSEN) if name.cls]
    program = """
import json, sys
from awkward import errors
errors.__all__[:] = json.loads(sys.argv[2])  # all of it is millions of characters
help(errors)
"""
    text = awkward_package.run(program, json.dumps([name.cls for name in asked]))
    for name in asked:
        assert f"class {name.cls}(" in text
        assert f"Code: {name.code}." in text
    program = "import awkward.errors; help(awkward.errors.CyrillicRateLimitedError)"
    text = awkward_package.run(program)
    number = [*NAMES].index("r\u0430te_limited")
    for line in (f"What {number} means: 'quotes'", f"abort: Stop, {number}.", "HTTP status: "):
        assert line in text


def test_no_text_of_the_catalog_is_anything_but_text(awkward_package: Package) -> None:
    """Codes full of quotes and backslashes come back from the module as they are."""
    assert len(SPECIAL) > 20
    for name in SPECIAL:
        facts = awkward_package.module.FACTS[name.code]
        assert facts.meaning == awkward.meaning([*NAMES].index(name.code))


def test_the_names_of_the_catalog_are_distinct() -> None:
    """The list is as awkward as it says it is."""
    classes = [name.cls for name in NAMES.values() if name.cls]
    assert len(classes) == len(set(classes)) > 900
    assert sum(not name.code.isascii() for name in NAMES.values()) >= 8
    assert sum(name.code[:1].isdigit() for name in NAMES.values()) >= 4
    assert set(NAMES) >= {"class", "none", "from", "True"}
