/**
 * The words that name an error in any text: codes, exceptions, and words of messages.
 *
 * @import {Catalog} from '../catalog.js'
 * @import {Api, Entry} from '../types.js'
 * @import {Template} from './templates.js'
 */

import {templatesOf} from './templates.js';

/**
 * @typedef {object} Vocabulary
 * @property {boolean} complete whether the templates of every error are in it
 * @property {Map<string, Entry[]>} codes errors by code, by `api/code`, and where no code is
 *   written so, by code without case and separators
 * @property {Map<string, Entry[]>} classes errors by an exception that no others raise
 * @property {Map<string, Api[]>} bases APIs by the base class of their exceptions
 * @property {Map<string, Api[]>} parents by another class that has no code of its own
 * @property {Map<string, Template[]>} templates by the rarest word of each
 */

/** @type {WeakMap<Catalog, Vocabulary>} */
const vocabularies = new WeakMap();

/**
 * @param {Catalog} catalog
 * @returns {Vocabulary}
 */
export function vocabularyOf(catalog) {
  const known = vocabularies.get(catalog);
  if (known && known.complete === catalog.complete) return known;
  /** @type {Vocabulary} */
  const made = {
    complete: catalog.complete, codes: new Map(), classes: new Map(), bases: new Map(),
    parents: new Map(),
    templates: templatesOf(catalog.entries),
  };
  for (const api of catalog.apis) {
    for (const base of basesOf(api)) add(made.bases, base, api);
    for (const parent of parentsOf(api)) add(made.parents, parent, api);
  }
  for (const entry of catalog.entries) {
    const {api, code, ref, exceptions} = entry;
    add(made.codes, code, entry);
    if (ref !== code) add(made.codes, ref, entry);
    for (const exception of exceptions) {
      if (!basesOf(api).has(exception)) add(made.classes, exception, entry);
    }
  }
  const exact = new Set(made.codes.keys());
  for (const entry of catalog.entries) {
    const word = squeeze(entry.code);
    if (!exact.has(word)) add(made.codes, word, entry);
  }
  vocabularies.set(catalog, made);
  return made;
}

/**
 * Returns the base classes of an API. What is called the same in two languages is one word.
 * @param {Api} api
 */
function basesOf({sdks}) {
  return new Set(sdks.map(([, , base]) => base));
}

/**
 * Returns other classes that codes without one of their own are raised as.
 * @param {Api} api
 */
function parentsOf(api) {
  const own = new Set([...api.entries.values()].flatMap(({exceptions}) => exceptions));
  const parents = new Set(api.sdks.flatMap(([, , , ...names]) => names));
  return [...parents].filter((name) => !own.has(name) && !basesOf(api).has(name));
}

/**
 * @template Key, Item
 * @param {Map<Key, Item[]>} map
 * @param {Key} key
 * @param {Item} item
 */
export function add(map, key, item) {
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
}

/** @param {string} code */
function squeeze(code) {
  return code.toLowerCase().replace(/[\s_.-]+/g, '');
}

/**
 * Returns the errors of a code, else those whose code differs in case and separators alone.
 * @param {Catalog} catalog
 * @param {string} code
 */
export function byCode(catalog, code) {
  const {codes} = vocabularyOf(catalog);
  return code ? codes.get(code) ?? codes.get(squeeze(code)) ?? [] : [];
}
