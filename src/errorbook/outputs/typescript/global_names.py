"""The names that JavaScript and TypeScript have already, wherever a module runs."""

from __future__ import annotations

from typing import Final

_GLOBALS: Final = """
    AbortController AbortSignal AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array
    BigUint64Array Blob Boolean Buffer CustomEvent DOMException DataView Date Error EvalError
    Event EventTarget File FinalizationRegistry Float32Array Float64Array FormData Function
    Headers Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math
    NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Request Response
    Set SharedArrayBuffer String SuppressedError Symbol SyntaxError TextDecoder TextEncoder
    TypeError URIError URL URLSearchParams Uint16Array Uint32Array Uint8Array
    Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly console globalThis process undefined
"""
_TYPES: Final = """
    Awaited Capitalize ConstructorParameters Exclude Extract InstanceType Iterable
    IterableIterator Lowercase NoInfer NonNullable Omit Parameters Partial Pick PromiseLike
    PropertyKey Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Required ReturnType
    ThisType Uncapitalize Uppercase
"""
_WORDS: Final = """
    abstract any arguments as async await bigint boolean break case catch class const continue
    debugger declare default delete do else enum eval export extends false finally for from
    function get if implements import in infer instanceof interface is keyof let module
    namespace never new null number object of package private protected public readonly
    require return satisfies set static string super switch symbol this throw true try type
    typeof undefined unique unknown using var void while with yield
"""
GLOBAL_NAMES: Final = frozenset(_GLOBALS.split()) | frozenset(_TYPES.split())
"""Values and types that every module sees: a class of that name would hide them."""
WORDS: Final = frozenset(_WORDS.split())
"""Words that no class may be called, reserved everywhere or in some places."""
