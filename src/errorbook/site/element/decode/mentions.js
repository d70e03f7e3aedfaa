/**
 * Which APIs a text mentions: of errors that are as likely, theirs come first.
 *
 * @import {Api} from '../types.js'
 * @import {Fit} from './bodies.js'
 */

import {doubt} from './bodies.js';

/** Characters of a text that are searched. */
const SEARCHED = 1 << 16;
/** In these the fits are in the order of their doubt; elsewhere all are equally good. */
const ORDERED = ['body', 'headers', 'problem', 'nested'];

/**
 * Returns a function that puts the fits first whose API a text mentions, of those equally good.
 * @param {string} text
 */
export function mentionsOf(text) {
  /** @type {Map<Api, number>} */
  const known = new Map();
  const begin = text.slice(0, SEARCHED).toLowerCase();
  /** @param {Fit} fit */
  const rank = ({api}) => {
    const found = known.get(api) ?? (isMentioned(begin, api) ? 0 : 1);
    known.set(api, found);
    return found;
  };
  /** @param {{fits: Fit[], by: string}} sighting */
  return ({fits, by}) => {
    if (fits.every(({api}) => api === fits[0].api)) return;
    fits.sort((one, other) =>
      ORDERED.includes(by) && doubt(one) - doubt(other) || rank(one) - rank(other));
  };
}

/**
 * @param {string} text
 * @param {Api} api
 */
function isMentioned(text, {id, sdks, title}) {
  return [id, title, ...sdks.map(([, module]) => module)].some((name) => name && isWord(text, name.toLowerCase()));
}

/**
 * @param {string} text
 * @param {string} name
 */
function isWord(text, name) {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/\w/.test((text[at - 1] ?? '') + (text[at + name.length] ?? ''))) return true;
  }
  return false;
}
