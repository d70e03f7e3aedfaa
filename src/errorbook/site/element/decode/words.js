/**
 * What the words of a line say: an exception, a code, the text of a message.
 *
 * @import {Api, Entry} from '../types.js'
 * @import {Fit} from './bodies.js'
 * @import {Vocabulary} from './vocabulary.js'
 */

import {fitWith} from './bodies.js';
import {withHead} from './printed.js';
import {findTemplate} from './templates.js';
import {piecesOf, WORD} from './tokens.js';
import {agrees} from '../entry.js';
import {add} from './vocabulary.js';

/** @typedef {'exception' | 'code' | 'message'} Clue */
/**
 * What a line says: `fits` are equally good, `by` is the strongest clue, and stands from `from`
 * to `to` of the line.
 * @typedef {{fits: Fit[], by: Clue, from: number, to: number}} Said
 */
/**
 * A class of no code, and whose it is. `isParent` where others have its name as well: it counts
 * with a code behind it.
 * @typedef {{apis: Api[], from: number, to: number, isParent: boolean}} Base
 */
/** @typedef {{by: Clue, entries: Entry[], from: number, to: number, values?: Map<string, string>}} Sign */

/**
 * A code of one plain word or number is in many texts. It is one where the words before say so,
 */
const INTRODUCED = new RegExp([
  /(?:^|[^a-z]|err|error)code["'\\]{0,3} ?(?:[:=(]|is)? ?["'`\\(]{0,4}$/,
  /(?:^|[^a-z])(?:err|error|errno|type|reason|fault)["'\\]{0,3} ?(?:=|[:(] ?["'`\\]) ?["'`\\(]{0,4}$/,
].map(({source}) => source).join('|'), 'i');
/** or where these words stand before it and the sentence does not go on behind it. */
const NAMED = /(?:^|[^a-z])(?:err|error|errno|type|reason|fault)( ?[:(])? ?$/i;
const ENDS = /^(?:["'`)\]}>,;:|]|\.? *$| *\(| +[\w.]+[=:])/;
/** Codes that are none of an error. */
const OTHER = /(?:exit|return|status)[\w ]*[:=(]? ?$/i;
const STATUS = new RegExp([
  /(?:\b|_)(?:HTTP(?: Error|\/?[\d.]*)|status(?:[_ -]?code)?)["'\\]{0,2} {0,3}[:=]? {0,3}([1-5]\d\d)\b/,
  /\b([45]\d\d) (?:Client|Server) Error\b/,
  /(?:\breturned error: ?|\b(?:Client|Server) Error ["']|<title>)([45]\d\d)\b/,
].map(({source}) => source).join('|'), 'i');
/** A frame in a text within JSON. */
const FRAME = /(?<=\\n) {2,}at [^"\\]*/g;
/** @type {Record<Clue, number>} */
const WEIGHTS = {exception: 8, code: 8, message: 6};

/**
 * Returns the status that a line speaks of.
 * @param {string} line
 */
export function statusOf(line) {
  const [, one, other, third] = STATUS.exec(line) ?? [];
  return Number(one ?? other ?? third) || null;
}

/**
 * Says which errors a line speaks of; null if of none.
 * @param {Vocabulary} vocabulary
 * @param {string} line
 * @returns {Said | null}
 */
export function readLine(vocabulary, line) {
  const bare = line.includes('\\n') ? line.replace(FRAME, (frame) => ' '.repeat(frame.length)) : line;
  const said = read(vocabulary, bare);
  if (said?.by !== 'exception') return said;
  const fits = withHead(said.fits, line, said.from, said.to);
  return fits.length ? {...said, fits} : null;
}

/**
 * @param {Vocabulary} vocabulary
 * @param {string} line
 * @returns {Said | null}
 */
function read(vocabulary, line) {
  const plain = line.includes('\\"') ? line.replaceAll('\\"', '"') : line;
  /** @type {Sign[]} */
  const signs = [];
  /** @type {Base | null} */
  let base = null;
  const tried = new Set();
  for (const {0: found, index} of line.matchAll(WORD)) {
    let done = 0;
    for (const [word, within] of piecesOf(found)) {
      // Part of a code is none.
      if (within < done) continue;
      const from = index + within;
      const to = from + word.length;
      const entries = vocabulary.codes.get(word);
      if (entries && (isTelling(word) || isIntroduced(line, word, from))) {
        signs.push({by: 'code', entries, from, to});
        done = within + word.length;
      }
      const before = found.slice(0, within);
      const raised = ofModule(vocabulary.classes.get(word), before, ({api}) => api);
      if (raised.length) signs.push({by: 'exception', entries: raised, from, to});
      base ??= baseOf(vocabulary, word, before, from);
      for (const template of vocabulary.templates.get(word) ?? []) {
        if (tried.has(template)) continue;
        tried.add(template);
        const told = findTemplate(template, plain);
        if (told) signs.push({by: 'message', ...told, entries: template.entries});
      }
    }
  }
  if (base) return ofBase(base, signs, line, plain);
  return signs.length ? weigh(signs, plain) : null;
}

/**
 * Returns whose class a word is, where that is one of no code.
 * @param {Vocabulary} vocabulary
 * @param {string} word
 * @param {string} before
 * @param {number} from
 * @returns {Base | null}
 */
function baseOf({bases, parents}, word, before, from) {
  for (const classes of [bases, parents]) {
    const apis = ofModule(classes.get(word), before, (api) => api);
    if (apis.length) return {apis, from, to: from + word.length, isParent: classes === parents};
  }
  return null;
}

/**
 * Says what the base class of an API's exceptions tells: which API it is, and which code stands
 * behind it, be it known or not.
 * @param {Base} base
 * @param {Sign[]} signs
 * @param {string} line
 * @param {string} plain
 * @returns {Said | null}
 */
function ofBase({apis, from, to, isParent}, signs, line, plain) {
  const [, said = '', colon] = /^: ?([^\s:]+)(?:(:)|$)/.exec(line.slice(to, to + 200)) ?? [];
  const entries = apis.flatMap((api) => api.entries.get(said) ?? []);
  const isCode = said !== '' && isTelling(said);
  const own = signs.flatMap((sign) => {
    const left = sign.entries.filter(({api}) => apis.includes(api));
    return left.length ? [{...sign, entries: left}] : [];
  });
  if (entries.length) own.unshift({by: 'exception', entries, from, to});
  if (own.length && (entries.length || !isCode)) return weigh(own, plain);
  if (isParent && !isCode) return signs.length ? weigh(signs, plain) : null;
  const status = statusOf(plain);
  const code = colon || isCode ? said : '';
  const fits = apis.map((api) => ({...fitWith(api, code, null, null), status}));
  return {fits, by: 'exception', from, to};
}

/**
 * Weighs what a line says.
 * @param {Sign[]} signs
 * @param {string} text
 * @returns {Said}
 */
function weigh(signs, text) {
  const status = statusOf(text);
  /** @type {Map<Entry, Set<Clue>>} */
  const clues = new Map();
  for (const {by, entries} of signs) {
    for (const entry of entries) clues.set(entry, (clues.get(entry) ?? new Set()).add(by));
  }
  /** @type {Map<number, Entry[]>} */
  const byWeight = new Map();
  for (const [entry, kinds] of clues) {
    const sum = [...kinds].reduce((total, kind) => total + WEIGHTS[kind], 0);
    add(byWeight, sum + (status && agrees(entry, status) ? 1 : 0) - (entry.retired ? 2 : 0), entry);
  }
  const most = byWeight.get(Math.max(...byWeight.keys())) ?? [];
  const own = signs.filter(({entries}) => entries.includes(most[0]));
  const told = own.find(({by}) => by === 'message');
  const {by, from, to} = own.find((sign) => sign.by === 'exception') ??
    own.find((sign) => sign.by === 'code') ?? own[0];
  const fits = most.map((entry) => {
    const said = told?.entries.includes(entry) ? told : null;
    const message = said ? text.slice(said.from, said.to) : '';
    const fit = fitWith(entry.api, entry.code, entry, null, message);
    fit.values = said?.values ?? fit.values;
    fit.status = status;
    return fit;
  });
  return {fits, by, from, to};
}

/**
 * Tells whether a code is unlike a word of prose and unlike a number.
 * @param {string} code
 */
function isTelling(code) {
  return /\p{L}/u.test(code) && /[_/-]|\p{Ll}\p{Lu}|\p{N}|^\p{Lu}{4,}$/u.test(code);
}

/**
 * Tells whether what stands around a word makes it a code.
 * @param {string} line
 * @param {string} word
 * @param {number} from
 */
function isIntroduced(line, word, from) {
  const before = line.slice(Math.max(0, from - 30), from);
  const after = line.slice(from + word.length, from + word.length + 40);
  if (OTHER.test(before) || /^\.\w/.test(after)) return false;
  if (INTRODUCED.test(before)) return true;
  const [named, sign] = NAMED.exec(before) ?? [];
  if (!named) return false;
  return sign ? ENDS.test(after) : /^\d+$/.test(word) || after.startsWith(':');
}

/**
 * Returns what is of the module that stands before a class, or all if none stands there.
 * @template Item
 * @param {Item[] | undefined} items
 * @param {string} before such as `artifacta.errors.`
 * @param {(item: Item) => Api} apiOf
 */
function ofModule(items, before, apiOf) {
  if (!items) return [];
  const module = before.slice(Math.max(before.lastIndexOf(':'), before.lastIndexOf('/')) + 1);
  if (!module) return items;
  const own = items.filter((item) => dotted(apiOf(item)).some((whole) =>
    whole.endsWith(`.${module}`) || `.${module}`.endsWith(whole)));
  if (own.length) return own;
  const [root] = module.split('.');
  return items.filter((item) => dotted(apiOf(item)).some((whole) => whole.startsWith(`.${root}.`)));
}

/**
 * Returns the modules of an API as the words before a class have them, between dots.
 * @param {Api} api
 */
function dotted({sdks}) {
  return sdks.map(([, module]) => `.${module.replaceAll('/', '.')}.`);
}
