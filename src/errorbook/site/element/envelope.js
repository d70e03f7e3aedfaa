/**
 * Envelopes: which error a body and headers name. The matching is that of
 * errorbook/catalog/envelope.py; both are tested with the same cases.
 *
 * @import {Envelope, Json} from './types.js'
 */

/** @typedef {Map<string, Json>} Found the values of an envelope's holes */
/** @typedef {string | {name: string, type: string | undefined}} Part */

const TOKEN = /\{\{|\}\}|\{([A-Za-z_][\p{L}\p{N}_.-]*)(?::([a-z]+))?\}|[{}]/gu;

/** @type {Map<string, Part[]>} */
const parsed = new Map();

/**
 * Splits a text of a pattern into constants and holes.
 * @param {string} pattern
 * @returns {Part[]}
 */
function parseText(pattern) {
  const known = parsed.get(pattern);
  if (known) return known;
  const parts = split(pattern);
  parsed.set(pattern, parts);
  return parts;
}

/**
 * @param {string} pattern
 * @returns {Part[]}
 */
function split(pattern) {
  /** @type {Part[]} */
  const parts = [];
  let constant = '';
  let at = 0;
  for (const token of pattern.matchAll(TOKEN)) {
    constant += pattern.slice(at, token.index);
    at = token.index + token[0].length;
    if (!token[1]) {
      constant += token[0][0];
      continue;
    }
    if (constant) parts.push(constant);
    constant = '';
    parts.push({name: token[1], type: token[2]});
  }
  constant += pattern.slice(at);
  return constant ? [...parts, constant] : parts;
}

/** @type {WeakMap<object, [key: {name: string, optional: boolean} | null, inner: Json][]>} */
const keysOf = new WeakMap();

/**
 * Returns what the keys of a pattern stand for, each with its own pattern; null for `*`, which
 * takes the rest.
 * @param {Record<string, Json>} pattern
 */
function parseKeys(pattern) {
  const known = keysOf.get(pattern);
  if (known) return known;
  const keys = Object.entries(pattern).map(([written, inner]) =>
    /** @type {[ReturnType<typeof parseKey>, Json]} */ ([parseKey(written), inner]));
  keysOf.set(pattern, keys);
  return keys;
}

/**
 * Tells what a key of a pattern stands for; null for `*`, which takes the rest.
 * @param {string} written
 */
function parseKey(written) {
  if (written === '*') return null;
  const optional = written.endsWith('?') && !written.endsWith('\\?');
  const name = optional ? written.slice(0, -1) : written;
  return {name: name.replaceAll('\\?', '?').replaceAll('\\*', '*'), optional};
}

/**
 * Returns the values of the holes, or null where headers and body do not fit.
 * @param {Envelope} envelope
 * @param {Map<string, string>} headers by lower-case name
 * @param {Json} body
 */
export function matchEnvelope(envelope, headers, body) {
  /** @type {Found} */
  const found = new Map();
  for (const [name, pattern] of Object.entries(envelope.headers)) {
    const value = headers.get(name.toLowerCase());
    if (value === undefined || !matchText(pattern, value, found)) return null;
  }
  return envelope.body === null || match(envelope.body, body, found) ? found : null;
}

/**
 * @param {Json} value
 * @returns {value is Record<string, Json>}
 */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param {Json} pattern
 * @param {Json} value
 * @param {Found} found
 * @returns {boolean}
 */
function match(pattern, value, found) {
  if (Array.isArray(pattern)) {
    // The first element that fits is the one that counts.
    return Array.isArray(value) &&
      pattern.every((item) => value.some((one) => matchApart(item, one, found)));
  }
  if (isObject(pattern)) return isObject(value) && matchObject(pattern, value, found);
  return typeof pattern === 'string' ? matchText(pattern, value, found) : pattern === value;
}

/**
 * @param {Record<string, Json>} pattern
 * @param {Record<string, Json>} value
 * @param {Found} found
 */
function matchObject(pattern, value, found) {
  const keys = parseKeys(pattern);
  for (const [key, inner] of keys) {
    if (!key) {
      const names = new Set(keys.map(([one]) => one?.name));
      const rest = Object.entries(value).filter(([name]) => !names.has(name));
      found.set('details', Object.fromEntries(rest));
    } else if (key.optional) {
      if (Object.hasOwn(value, key.name)) matchApart(inner, value[key.name], found);
    } else if (!Object.hasOwn(value, key.name) || !match(inner, value[key.name], found)) {
      return false;
    }
  }
  return true;
}

/**
 * Matches where a misfit is not the end of the whole: what it held until then is not kept.
 * @param {Json} pattern
 * @param {Json} value
 * @param {Found} found
 */
function matchApart(pattern, value, found) {
  /** @type {Found} */
  const inner = new Map();
  if (!match(pattern, value, inner)) return false;
  inner.forEach((item, name) => keep(found, name, item));
  return true;
}

/**
 * @param {string} pattern
 * @param {Json} value
 * @param {Found} found
 */
function matchText(pattern, value, found) {
  const parts = parseText(pattern);
  const [hole] = parts;
  if (parts.length !== 1 || typeof hole === 'string') {
    return typeof value === 'string' && matchParts(parts, value, found);
  }
  if (hole.name === 'code' && typeof value !== 'string' && !isInteger(value)) return false;
  if (hole.type && !hasType(hole.type, value)) return false;
  keep(found, hole.name, value);
  return true;
}

/**
 * Tells whether a value is an integer in the sense of JSON Schema, to which 1.0 is one.
 * @param {Json} value
 */
function isInteger(value) {
  return Number.isSafeInteger(value) || typeof value === 'bigint';
}

/**
 * @param {string} type
 * @param {Json} value
 */
function hasType(type, value) {
  if (type === 'integer' || isInteger(value)) return isInteger(value) && /^(?:int|num)/.test(type);
  return typeof value === type;
}

/**
 * Matches constants from left to right, each at its first place: linear, never backtracking.
 * @param {Part[]} parts
 * @param {string} text
 * @param {Found} found
 */
export function matchParts(parts, text, found) {
  let at = 0;
  let open = '';
  for (const [index, part] of parts.entries()) {
    if (typeof part !== 'string') {
      open = part.name;
      continue;
    }
    const last = index === parts.length - 1 && text.endsWith(part);
    const start = last ? text.length - part.length : text.indexOf(part, at);
    if (open ? start <= at : start !== at) return false;
    if (open) keep(found, open, text.slice(at, start));
    at = start + part.length;
    open = '';
  }
  if (!open) return at === text.length;
  if (at === text.length) return false;
  keep(found, open, text.slice(at));
  return true;
}

/**
 * Keeps what a hole took first.
 * @param {Found} found
 * @param {string} name
 * @param {Json} value
 */
function keep(found, name, value) {
  if (!found.has(name)) found.set(name, value);
}

/**
 * Returns where in a response an envelope has its code, such as `error.code`.
 * @param {Envelope} envelope
 */
export function placeOfCode(envelope) {
  const header = Object.keys(envelope.headers).find((name) => holdsCode(envelope.headers[name]));
  return header ? `${header}:` : (pathOfCode(envelope.body) ?? []).join('.');
}

/** @param {Json} pattern */
function holdsCode(pattern) {
  return typeof pattern === 'string' &&
    parseText(pattern).some((part) => typeof part !== 'string' && part.name === 'code');
}

/**
 * @param {Json} pattern
 * @returns {string[] | null}
 */
function pathOfCode(pattern) {
  if (holdsCode(pattern)) return [];
  if (typeof pattern !== 'object' || pattern === null) return null;
  for (const [key, inner] of Object.entries(pattern)) {
    const rest = pathOfCode(inner);
    if (rest) return [Array.isArray(pattern) ? '[]' : parseKey(key)?.name ?? key, ...rest];
  }
  return null;
}
