/**
 * Lists of errors: rows, groups, and what is offered where there are none.
 *
 * @import {Catalog} from './catalog.js'
 * @import {Child, View} from './dom.js'
 * @import {Hits} from './find.js'
 * @import {Entry} from './types.js'
 */
import {button, identifier, line, make, prose, ROWS} from './dom.js';
import {family, groupOf} from './entry.js';
import {groupTitle} from './facets.js';
import {EXIT_CODE} from './find.js';
import {linkTo} from './link.js';
import {nearest} from './typos.js';

/** Rows that a screen shows at once; the others come as many a frame. */
const SEEN = 6;

/**
 * @param {Entry} entry
 * @param {boolean} long
 */
export function pills(entry, long) {
  const node = make('span', {class: 'eb-x-pills'});
  for (const status of entry.statuses) {
    const meaning = entry.api.statuses[status] ?? '';
    const text = long ? `${status} ${meaning.replaceAll('`', '')}`.trim() : String(status);
    node.append(make('span', {class: `eb-status eb-status-${family(status)}`}, text), ' ');
  }
  const badge = entry.retired ? 'Retired' : entry.more?.deprecated && 'Deprecated';
  if (badge) node.append(make('span', {class: 'eb-badge'}, badge));
  return node;
}

/**
 * @typedef {object} Column
 * @property {string} head
 * @property {string} name
 * @property {(entry: Entry) => boolean} has
 * @property {(entry: Entry) => Child} show
 */

/** @type {Column[]} */
const COLUMNS = [
  {
    head: 'HTTP', name: 'eb-x-statuses', show: (entry) => pills(entry, false),
    has: ({statuses, retired, more}) => statuses.length > 0 || retired || !!more?.deprecated,
  },
  {
    head: 'Meaning', name: 'eb-x-means', show: ({meaning}) => prose(meaning),
    has: ({meaning}) => meaning !== '',
  },
  {
    head: 'Exception', name: 'eb-x-class',
    show: ({exceptions}) => make('span', {}, ...exceptions.flatMap((name, at) =>
      [at ? ', ' : '', identifier(name)])),
    has: ({exceptions}) => exceptions.length > 0,
  },
  {
    head: 'Exit code', name: 'eb-x-exit', show: ({exit}) => String(exit ?? ''),
    has: ({exit}) => exit !== null,
  },
];

/**
 * Shows errors as a table, without the columns that would be empty.
 * @param {Entry[]} entries
 * @param {boolean} several whether rows say which API they are of
 * @param {string} [label]
 * @param {Entry[]} [all] the errors of all tables that stand together
 */
export function table(entries, several, label = 'Errors', all = entries) {
  const columns = COLUMNS.filter(({has}) => all.some(has));
  const heads = [{head: 'Code', name: 'eb-x-code'}, ...columns];
  const body = make('tbody', {});
  const add = (/** @type {Entry[]} */ some) => body.append(...some.map((entry) => make('tr', {},
    make('th', {scope: 'row', role: 'rowheader', class: 'eb-x-code'},
      linkTo(entry, identifier(entry.code)),
      several ? make('div', {class: 'eb-x-quiet'}, entry.api.title) : ''),
    ...columns.map(({name, show}) => make('td', {class: name}, show(entry))))));
  add(entries);
  const node = make('table', {class: 'eb-x-table', 'aria-label': label},
    make('thead', {}, make('tr', {}, ...heads.map(({head, name}) =>
      make('th', {scope: 'col', role: 'columnheader', class: name}, head)))),
    body);
  return Object.assign(node, {add});
}

/**
 * Shows what there is before anything is typed: everything by group, or where to start.
 * @param {Catalog} catalog
 * @param {Hits} hits
 * @param {boolean} chosen whether facets leave some of it out
 * @param {number} limit
 * @returns {View}
 */
export function everything(catalog, hits, chosen, limit) {
  const {entries} = hits;
  if (!entries.length || chosen && entries.length > ROWS) {
    return found(catalog, hits, chosen, limit);
  }
  const nodes = entries.length > ROWS ? groups(catalog, hits) : byGroup(catalog, entries);
  return {nodes, message: count(entries.length)};
}

/**
 * @param {Catalog} catalog
 * @param {Entry[]} entries
 * @returns {Node[]}
 */
function byGroup({apis}, entries) {
  /** @type {Map<string, Entry[]>} */
  const groups = new Map();
  for (const entry of entries) {
    const names = [apis.length > 1 ? entry.api.title : '', groupOf(entry)];
    const name = names.filter(Boolean).join(' · ') || 'Others';
    groups.set(name, [...groups.get(name) ?? [], entry]);
  }
  if (groups.size < 2) return [table(entries, false)];
  return [...groups].flatMap(([name, members]) =>
    [make('h2', {class: 'eb-x-group'}, name), table(members, false, name, entries)]);
}

/**
 * Shows the groups of each API, or the families of statuses, as buttons that filter.
 * @param {Catalog} catalog
 * @param {Hits} hits
 * @returns {Node[]}
 */
function groups(catalog, {counts: [, groups, families]}) {
  /** @type {(query: string, text: string, size: number) => Node} */
  const item = (query, text, size) =>
    make('li', {}, button({'data-query': query}, text, ' ', make('small', {}, `${size}`)));
  /** @type {(...items: Node[]) => Node} */
  const chips = (...items) => make('ul', {class: 'eb-x-chips'}, ...items);
  if ([...groups.keys()].every((value) => value.endsWith('/-'))) {
    return [chips(...[...families].map(([name, size]) => item(name, `HTTP ${name}`, size)))];
  }
  return catalog.apis.flatMap(({id, title}) => {
    const own = [...groups].filter(([value]) => value.startsWith(`${id}/`));
    const items = own.map(([value, size]) =>
      item(`api:${value.replace('/', ' group:')}`, groupTitle(value, catalog), size));
    return [...catalog.apis.length > 1 ? [line('eb-x-label', title)] : [], chips(...items)];
  });
}

/**
 * @param {Catalog} catalog
 * @param {Hits} hits
 * @param {boolean} chosen whether facets leave some of it out
 * @param {number} limit
 * @param {string} [query]
 * @returns {View}
 */
export function found(catalog, {entries, instead}, chosen, limit, query = '') {
  if (!entries.length) return nothing(catalog, chosen, query);
  const taken = instead.length ? `Showing results for ${instead.join(' ')}` : '';
  const left = Math.min(ROWS, entries.length - limit);
  const more = left > 0 ? `, the first ${limit} shown` : '';
  const shown = entries.slice(0, limit);
  const rows = table(shown.slice(0, SEEN), catalog.apis.length > 1, 'Errors', shown);
  const rest = shown.slice(SEEN);
  return {
    nodes: [
      ...taken ? [line('eb-x-lead', taken), ...exits(catalog, query)] : [],
      rows,
      ...more ? [button({'data-more': ''}, `Show ${left} more`)] : [],
    ],
    message: (taken && `${taken}: `) + count(entries.length) + more,
    later: (all) => {
      rows.add(rest.splice(0, all ? rest.length : SEEN));
      return rest.length > 0;
    },
  };
}

/**
 * @param {Catalog} catalog
 * @param {boolean} chosen
 * @param {string} query
 * @returns {View}
 */
function nothing(catalog, chosen, query) {
  const lead = `Nothing here has all ${query ? 'of these words' : 'that is chosen'}`;
  return {
    nodes: [
      line('eb-x-lead', chosen && query ? `${lead} and passes the filter.` : `${lead}.`),
      ...chosen ? [button({'data-reset': ''}, 'Clear the filter')] : [],
      ...query ? [...exits(catalog, query), ...nearby(catalog, query), missing()] : [],
    ],
    message: 'No errors found',
  };
}

/**
 * Shows what there is to say of a paste in which no error is named.
 * @param {Catalog} catalog
 * @param {string} text
 * @returns {View}
 */
export function unnamed(catalog, text) {
  const message = 'Nothing in this names an error of these APIs.';
  const lead = line('eb-x-lead', message);
  lead.dataset.kind = 'nothing';
  const hint = line('eb-x-hint',
    'The whole response helps, with status line and headers, as curl -i prints it.');
  return {nodes: [lead, ...exits(catalog, text), hint], message};
}

/**
 * Says what the exit codes mean that a text names: an API may have one that none of its errors has.
 * @param {Catalog} catalog
 * @param {string} text
 */
function exits({apis}, text) {
  const said = text.slice(0, 10_000).toLowerCase().replace(EXIT_CODE, 'exit:$1');
  const words = said.split(/[^\w:]+/);
  return apis.flatMap(({title, exit_codes: codes}) => Object.entries(codes)
    .filter(([number, [name]]) => words.includes(`exit:${number}`) || words.includes(name.toLowerCase()))
    .map(([number, [name, meaning]]) => line('eb-x-exits',
      `Exit code ${number} of the ${title}: ${name}. `, prose(meaning))));
}

/** Says what to do about a code that the catalog does not have. */
export function missing() {
  return line('eb-x-hint',
    'A code that is not listed? Handle it by its HTTP status, and tell whoever keeps ',
    make('code', {}, 'errors.yaml'), '.');
}

/** @param {number} number */
function count(number) {
  return number === 1 ? '1 error' : `${number} errors`;
}

/**
 * @param {Catalog} catalog
 * @param {string} text
 * @returns {Node[]}
 */
export function nearby(catalog, text) {
  const near = nearest(catalog.entries, text);
  if (!near.length) return [];
  return [line('eb-x-label', 'Did you mean'), table(near, catalog.apis.length > 1)];
}
