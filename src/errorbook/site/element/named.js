/**
 * The error that an address names.
 *
 * @import {Catalog} from './catalog.js'
 * @import {View} from './dom.js'
 * @import {Entry} from './types.js'
 */
import {card, lifecycle} from './card.js';
import {button, identifier, line} from './dom.js';
import {missing, nearby} from './results.js';

/**
 * Shows the error that an address names, whether or not there is one.
 * @param {Catalog} catalog
 * @param {string} ref `api/code`, or a code
 * @returns {View}
 */
export function named(catalog, ref) {
  const back = line('eb-x-back', button({'data-close': ''}, '← All errors'));
  const hits = catalog.entries.filter((entry) => entry.ref === ref || entry.code === ref);
  const cards = hits.map((entry) => {
    const now = successor(entry);
    if (now === entry) return card(catalog, entry);
    return card(catalog, now, {lead: lifecycle(entry, identifier(entry.code), now)});
  });
  if (cards.length) return {nodes: [back, ...cards], message: `Showing ${ref}`};
  const lead = line('eb-x-lead', 'There is no error ', identifier(ref), '.');
  const near = nearby(catalog, ref.slice(ref.indexOf('/') + 1));
  return {nodes: [back, lead, ...near, missing()], message: 'No such error'};
}

/**
 * Returns what took the place of a retired code, or else the code itself.
 * @param {Entry} entry
 */
function successor(entry) {
  const passed = new Set([entry]);
  let now = entry;
  while (now.retired) {
    const next = now.api.entries.get(now.more?.replaced_by ?? '');
    if (!next || passed.has(next)) return entry;
    passed.add(next);
    now = next;
  }
  return now;
}
