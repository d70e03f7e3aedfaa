/**
 * Searching: every term must stand somewhere in an error's text; how its code compares to what
 * was typed decides the order. A term that stands nowhere is taken for a typo.
 *
 * @import {Catalog} from './catalog.js'
 * @import {Counts, Facets} from './facets.js'
 * @import {Entry} from './types.js'
 * @import {Vocabulary} from './typos.js'
 * @import {Texts} from './words.js'
 */
import {each} from './slices.js';
import {meant, vocabularyOf} from './typos.js';
import {squeeze, textsOf, wordsOf} from './words.js';

/** @typedef {string[]} Choice a term, or the words that a mistyped one may be */

/**
 * @typedef {object} Hits
 * @property {Entry[]} entries best first
 * @property {Counts} counts of the values of facets
 * @property {string[]} instead what was searched for instead of typos; empty where there are none
 */

/** An exit status as shells and people name it, in lower case. */
export const EXIT_CODE = /(?:\bexit(?:ed with)?(?:[ _-]?(?:code|status))?|\$\?)[\s:=]*(\d+)/g;
const HTTP = /\bhttp[/\d.]*[ :=]+(?=\d(?:\d\d|xx)\b)/g;
/** Nobody types more, and every further one takes its time. */
const MOST_LETTERS = 1000;
const MOST_TERMS = 32;
const WHOLE = /^(?:api|group|exit):/;

/**
 * What was found last: a query that goes on from there finds no others.
 * @type {WeakMap<Catalog, {complete: boolean, terms: string[], matched: Entry[]}>}
 */
const last = new WeakMap();
/**
 * Which terms stand in any error.
 * @type {WeakMap<Catalog, {complete: boolean, terms: Map<string, boolean>}>}
 */
const standing = new WeakMap();
/**
 * What a mistyped word was found to be: the same word stands there with each further key.
 * @type {WeakMap<Vocabulary, Map<string, string[]>>}
 */
const corrected = new WeakMap();
/**
 * What was found last instead of typos.
 * @type {WeakMap<Catalog, {key: string, matched: Entry[]}>}
 */
const corrections = new WeakMap();
/**
 * What gathers the words of a catalog; whoever wants them goes on where others left off.
 * @type {WeakMap<Catalog, Generator<void, Vocabulary>>}
 */
const gathering = new WeakMap();
/** @type {WeakMap<Catalog, Vocabulary>} */
const vocabularies = new WeakMap();

/**
 * Searches; an empty query finds every error, but no retired code.
 * @param {Catalog} catalog
 * @param {string} query
 * @param {Facets} facets
 * @returns {Generator<void, Hits>}
 */
export function* search(catalog, query, facets) {
  const text = query.slice(0, MOST_LETTERS).toLowerCase()
    .replace(EXIT_CODE, 'exit:$1').replace(HTTP, '');
  const terms = [...new Set(text.split(/\s+/).filter(Boolean))].slice(0, MOST_TERMS);
  const found = yield* find(catalog, terms, facets);
  if (found.matched.length) return found;
  /** @type {Choice[]} */
  const choices = [];
  let right = true;
  for (const term of terms) {
    const stands = yield* standsAnywhere(catalog, term);
    const own = stands ? [[term]] : yield* correct(catalog, term);
    if (!own.length || own.some((words) => !words.length)) return found;
    right &&= stands;
    choices.push(...own);
  }
  if (right) return found;
  const instead = choices.map((words) => words.join(' or '));
  const key = `${catalog.complete} ${instead}`;
  const before = corrections.get(catalog);
  const some = before?.key === key ? before.matched : catalog.entries;
  const hits = yield* scan(some, choices, facets);
  corrections.set(catalog, {key, matched: hits.matched});
  return {...hits, instead};
}

/**
 * Finds the errors that have the terms as they are typed.
 * @param {Catalog} catalog
 * @param {string[]} terms
 * @param {Facets} facets
 */
function* find(catalog, terms, facets) {
  const {complete, entries} = catalog;
  const known = termsOf(catalog);
  const before = last.get(catalog);
  const isPart = before?.complete === complete && goesOn(before.terms, terms);
  const some = terms.some((term) => isGone(known, term)) ? [] : isPart ? before.matched : entries;
  const found = yield* scan(some, terms.map((term) => [term]), facets);
  if (terms.length) last.set(catalog, {complete, terms, matched: found.matched});
  if (terms.length === 1) known.set(terms[0], found.matched.length > 0);
  return found;
}

/** @param {Catalog} catalog */
function termsOf(catalog) {
  const {complete} = catalog;
  const known = standing.get(catalog);
  if (known?.complete === complete) return known.terms;
  /** @type {Map<string, boolean>} */
  const terms = new Map();
  standing.set(catalog, {complete, terms});
  return terms;
}

/**
 * Tells whether a term stands nowhere, as one that it goes on from is known to.
 * @param {Map<string, boolean>} known
 * @param {string} term
 */
function isGone(known, term) {
  for (const [other, stands] of known) {
    if (!stands && (term === other || !WHOLE.test(term) && term.includes(other))) return true;
  }
  return false;
}

/**
 * @param {Catalog} catalog
 * @param {string} term
 * @returns {Generator<void, boolean>}
 */
function* standsAnywhere(catalog, term) {
  const known = termsOf(catalog);
  if (isGone(known, term)) return false;
  if (!known.has(term)) {
    const terms = [asTerm(term)];
    let stands = false;
    // Most terms stand in one of the first errors.
    for (const [at, entry] of catalog.entries.entries()) {
      stands = placeOf(terms, textsOf(entry)) !== '';
      if (stands) break;
      if (at % 64 === 63) yield;
    }
    known.set(term, stands);
  }
  return known.get(term) ?? false;
}

/**
 * Tells whether terms ask for no less than others before them.
 * @param {string[]} before
 * @param {string[]} terms
 */
function goesOn(before, terms) {
  return before.every((term, index) => terms[index]?.includes(term) &&
    (term === terms[index] || !WHOLE.test(terms[index])));
}

/**
 * @param {Entry[]} entries
 * @param {Choice[]} choices
 * @param {Facets} facets
 * @returns {Generator<void, Hits & {matched: Entry[]}>} and what matches, whatever is chosen
 */
function* scan(entries, choices, facets) {
  /** @type {Entry[][]} */
  const ranked = [[], [], [], [], [], []];
  const counts = facets.counts();
  const terms = choices.map((words) => words.map(asTerm));
  const wanted = terms.map(([{code}]) => code).join('');
  const status = Number(wanted);
  // Nobody sees numbers that are folded away.
  const counting = facets.node.open;
  /** @type {Entry[]} */
  const matched = [];
  yield* each(entries, (entry) => {
    if (!choices.length) {
      if (!entry.retired && facets.count(entry, counts)) ranked[0].push(entry);
      return;
    }
    const texts = textsOf(entry);
    let named = true;
    for (const alternatives of terms) {
      const place = placeOf(alternatives, texts);
      if (!place) return;
      named &&= place === 'code';
    }
    matched.push(entry);
    if (!(counting ? facets.count(entry, counts) : facets.passes(entry))) return;
    ranked[rank(entry, texts.code, wanted, status, named)].push(entry);
  });
  return {entries: ranked.flat(), counts, instead: [], matched};
}

/** @typedef {{word: string, code: string}} Term as it is, and without separators */

/**
 * @param {string} word
 * @returns {Term}
 */
function asTerm(word) {
  return {word: WHOLE.test(word) ? ` ${word} ` : word, code: squeeze(word)};
}

/**
 * Tells where one of several terms stands; "" if none does.
 * @param {Term[]} terms
 * @param {Texts} texts
 */
function placeOf(terms, {code, short, long}) {
  let place = '';
  for (const term of terms) {
    if (term.code && code.includes(term.code)) return 'code';
    if (!place && (short.includes(term.word) || long.includes(term.word))) place = 'text';
  }
  return place;
}

/**
 * Gathers the words of a catalog, in which typos are looked for.
 * @param {Catalog} catalog
 * @returns {Generator<void, Vocabulary>}
 */
export function* prepare(catalog) {
  const work = gathering.get(catalog) ?? vocabularyOf(catalog.entries);
  gathering.set(catalog, work);
  for (;;) {
    const known = vocabularies.get(catalog);
    if (known) return known;
    const {done, value} = work.next();
    if (done) vocabularies.set(catalog, value);
    else yield;
  }
}

/**
 * Returns the words that a mistyped term consists of, each with what it may be.
 * @param {Catalog} catalog
 * @param {string} term
 * @returns {Generator<void, Choice[]>}
 */
function* correct(catalog, term) {
  const vocabulary = yield* prepare(catalog);
  const known = corrected.get(vocabulary) ?? new Map();
  corrected.set(vocabulary, known);
  /** @type {Choice[]} */
  const choices = [];
  for (const word of WHOLE.test(term) ? [] : wordsOf(term)) {
    const words = known.get(word) ?? (yield* meant(vocabulary, word));
    known.set(word, words);
    choices.push(words);
  }
  return choices;
}

/**
 * @param {Entry} entry
 * @param {string} code
 * @param {string} wanted
 * @param {number} status that is wanted, if it is one
 * @param {boolean} named whether every term stands in the code
 */
function rank({retired, statuses, exceptions}, code, wanted, status, named) {
  if (code === wanted) return 0;
  if (retired) return 5;
  if (code.startsWith(wanted)) return 1;
  if (statuses.includes(status)) return 2;
  if (exceptions.some((name) => name.toLowerCase() === wanted)) return 2;
  return named ? 3 : 4;
}
