/**
 * JSON anywhere in a text: after a log's words, over several lines, in a list, as Python prints
 * it. Time is linear in the length of the text, whatever it holds.
 *
 * @import {Json} from '../types.js'
 */

/** @typedef {{from: number, to: number, value: Json}} Span JSON, and where it stands */
/**
 * Brackets that belong together. `first` is the first pair within, `depth` how many levels the
 * pair has.
 * @typedef {{from: number, to: number, first: number, depth: number}} Pair
 */

const SIGN = /["'{}[\]\n\\]/g;
/** Nothing shorter can hold a code. */
const SHORTEST = 7;
/** No body has more levels than this. */
const DEEPEST = 100;
/** Characters that may be given to the parser, for each character of the text. */
const TRIES = 4;

/**
 * Returns the JSON objects and arrays of a text, those within others left out.
 * @param {string} text
 * @param {number} [most] of which the last are returned
 * @returns {Span[]}
 */
export function findJson(text, most = Infinity) {
  const pairs = findPairs(text);
  /** @type {Span[]} */
  const spans = [];
  let left = TRIES * text.length;
  // From the last, so that a pair comes before those within it.
  let index = pairs.length - 1;
  while (index >= 0 && left > 0 && spans.length < most) {
    const {from, to, first, depth} = pairs[index];
    const length = to - from;
    index -= 1;
    if (length < SHORTEST || depth > DEEPEST) continue;
    left -= length;
    const value = readJson(text.slice(from, to));
    if (value === undefined) continue;
    spans.push({from, to, value});
    index = first - 1;
  }
  return spans.reverse();
}

/**
 * Returns the pairs of brackets of a text, each after those within it.
 * @param {string} text
 */
function findPairs(text) {
  /** @type {Pair[]} */
  const pairs = [];
  /** @type {{at: number, sign: string, first: number, depth: number}[]} */
  let open = [];
  let quote = '';
  let escaped = -1;
  for (const {0: sign, index: at} of text.matchAll(SIGN)) {
    if (at === escaped) continue;
    if (sign === '\\') {
      if (quote) escaped = at + 1;
    } else if (sign === '\n') {
      // No string goes on in the next line, so what was taken for one was none.
      if (quote) open = [];
      quote = '';
    } else if (quote) {
      if (sign === quote) quote = '';
    } else if (sign === '{' || sign === '[') {
      open.push({at, sign, first: pairs.length, depth: 1});
    } else if (sign === '}' || sign === ']') {
      const begin = open.pop();
      if (begin?.sign === (sign === '}' ? '{' : '[')) {
        const {at: from, first, depth} = begin;
        pairs.push({from, to: at + 1, first, depth});
        const around = open[open.length - 1];
        if (around) around.depth = Math.max(around.depth, depth + 1);
      } else {
        open = [];
      }
    // An apostrophe begins no string.
    } else if (open.length && (sign === '"' || !/\w/.test(text[at - 1]))) {
      quote = sign;
    }
  }
  return pairs;
}

/**
 * Reads JSON, or the same as Python prints it or as a mail quotes it; undefined if it is neither.
 * @param {string} text
 * @returns {Json | undefined}
 */
function readJson(text) {
  const plain = text.replace(/\n[ \t]*>[> \t]*/g, '\n');
  const value = /^[{[][ \t\r\n]*'/.test(plain) ? undefined : parse(plain);
  return value ?? (plain.includes("'") ? parse(fromPython(plain)) : undefined);
}

/**
 * @param {string} text
 * @returns {Json | undefined}
 */
export function parse(text) {
  try {
    // Longer numbers lose digits as they become numbers of JavaScript's.
    return /\d{16}/.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} _key
 * @param {Json} value
 * @param {{source?: string}} [context] missing in older browsers
 */
function exact(_key, value, context) {
  const source = context?.source ?? '';
  const lossy = typeof value === 'number' && !Number.isSafeInteger(value);
  return lossy && /^-?\d{1,300}$/.test(source) ? BigInt(source) : value;
}

// What lacks its second quote goes on to the end, lest each quote in it be tried as a first.
const PYTHON = /"[^"\\]*(?:\\[^][^"\\]*)*"?|'([^'\\]*(?:\\[^][^'\\]*)*)'?|\b(?:None|True|False)\b/g;

/** @param {string} text */
function fromPython(text) {
  return text.replace(PYTHON, (all, single) => {
    const said = single === undefined ? all : single.replace(/\\[^]|"/g, toDouble);
    const quoted = single === undefined ? said : `"${said}"`;
    if (quoted[0] === '"') return quoted.replace(/\\[^]/g, (/** @type {string} */ sign) => sign === '\\x' ? '\\u00' : sign);
    return {None: 'null', True: 'true', False: 'false'}[all] ?? all;
  });
}

/** @param {string} sign */
function toDouble(sign) {
  return {'"': '\\"', "\\'": "'"}[sign] ?? sign;
}
