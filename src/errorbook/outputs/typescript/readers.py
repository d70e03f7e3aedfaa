"""The small functions that a module has where it needs them: for details and for envelopes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from errorbook.outputs.envelope_walk import calls
from errorbook.outputs.typescript.classes import Class
from errorbook.outputs.typescript.envelopes import APART, SOME, TEXT, Function

_DETAIL: Final = """\
function {name}(details: Details, key: string): {type} | undefined {{
  const value = own(details, key);
  return {test} ? value : undefined;
}}"""
_WIDE: Final = """\
function {name}(
  details: Details,
  key: string,
): {type} | undefined {{
  const value = own(details, key);
  return {test} ? value : undefined;
}}"""
_INTEGER: Final = """\
function integerIn(details: Details, key: string): number | undefined {
  const value = own(details, key);
  return typeof value === "number" && Number.isInteger(value)
    ? value
    : undefined;
}"""
_TYPES: Final = "type Details = Readonly<Record<string, unknown>>;"
_CHECKS: Final[Mapping[str, str]] = {
    "isWhole": """\
function isWhole(value: unknown): boolean {
  return wholeText(value) !== undefined;
}""",
    "isNumber": """\
function isNumber(value: unknown): boolean {
  const isWritten = value instanceof Written || typeof value === "bigint";
  return typeof value === "number" || isWritten;
}""",
    "isDecimal": """\
function isDecimal(value: unknown, wanted: number): boolean {
  const isWritten = value instanceof Written && !value.isWhole;
  return isWritten && Number(value.text) === wanted;
}""",
    "isCode": """\
function isCode(value: unknown): boolean {
  return typeof value === "string" || wholeText(value) !== undefined;
}""",
    "has": """\
function has(value: Record<string, unknown>, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(value, key);
}""",
    "without": """\
function without(
  value: Record<string, unknown>,
  keys: readonly string[],
): Record<string, unknown> {
  const items = Object.entries(value);
  return Object.fromEntries(items.filter(([key]) => !keys.includes(key)));
}""",
    "setDefault": """\
function setDefault(found: Found, name: string, value: unknown): void {
  if (!found.has(name)) {
    found.set(name, value);
  }
}""",
    APART: """\
/** Tell whether a value fits; what a misfit held until then is not kept. */
function fitsApart(fits: Fits, value: unknown, found: Found): boolean {
  const inner: Found = new Map();
  if (!fits(value, inner)) {
    return false;
  }
  for (const [name, item] of inner) {
    setDefault(found, name, item);
  }
  return true;
}""",
    SOME: """\
/** Tell whether one of the values fits, and keep what the first such one holds. */
function fitsSome(
  fits: Fits,
  values: readonly unknown[],
  found: Found,
): boolean {
  return values.some((value) => fitsApart(fits, value, found));
}""",
    TEXT: """\
/** Tell whether a value is made of constants with a text between each two of them. */
function fitsText(
  value: unknown,
  constants: readonly string[],
  names: readonly string[],
  found: Found,
): boolean {
  const [first = "", ...following] = constants;
  if (typeof value !== "string" || !value.startsWith(first)) {
    return false;
  }
  let at = first.length;
  for (const [index, name] of names.entries()) {
    const constant = following[index] ?? "";
    const isLast = index === names.length - 1;
    const last = value.endsWith(constant) ? value.length - constant.length : -1;
    const end = isLast ? last : value.indexOf(constant, at);
    if (end <= at) {
      return false;
    }
    setDefault(found, name, value.slice(at, end));
    at = end + constant.length;
  }
  return true;
}""",
}
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    APART: ("setDefault",),
    SOME: (APART, "setDefault"),
    TEXT: ("setDefault",),
}


def sources() -> dict[str, str]:
    """Return every function by its name."""
    tests = {
        "textIn": _DETAIL.format(name="textIn", type="string", test='typeof value === "string"'),
        "numberIn": _DETAIL.format(
            name="numberIn", type="number", test='typeof value === "number"'
        ),
        "flagIn": _DETAIL.format(name="flagIn", type="boolean", test='typeof value === "boolean"'),
        "arrayIn": _WIDE.format(
            name="arrayIn", type="readonly unknown[]", test="Array.isArray(value)"
        ),
        "objectIn": _DETAIL.format(name="objectIn", type="Details", test="isObject(value)"),
        "integerIn": _INTEGER,
    }
    return {"Details": _TYPES, **tests, **_CHECKS}


def needed(functions: tuple[Function, ...], classes: Sequence[Class]) -> list[str]:
    """Return the names of those that the functions of envelopes and the classes call, in order."""
    found = {name for name in _CHECKS if calls(functions, name)}
    found |= {other for name in found for other in _NEEDS.get(name, ())}
    read = {attribute.reader for one in classes for attribute in one.attributes}
    found |= {*read, "Details"} if read else set()
    return [name for name in sources() if name in found]


def needs_fits(functions: tuple[Function, ...]) -> bool:
    """Tell whether a function is given to another."""
    return calls(functions, APART) or calls(functions, SOME)
