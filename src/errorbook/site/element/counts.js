/**
 * What many lines are: how often each error stands in them, and where first and last.
 *
 * @import {Catalog} from './catalog.js'
 * @import {Incident} from './decode/incidents.js'
 * @import {View} from './dom.js'
 */
import {identifier, line, make, ROWS} from './dom.js';
import {linkTo} from './link.js';
import {maskText} from './mask.js';

const HEADS = [
  ['Code', 'eb-x-code'], ['Count', 'eb-x-number'], ['First', 'eb-x-place'],
  ['Last', 'eb-x-place'], ['What to do', 'eb-x-means'],
];

/**
 * @param {Catalog} catalog
 * @param {Incident[]} incidents
 * @returns {View}
 */
export function counts(catalog, incidents) {
  /** @type {Map<string, Incident[]>} */
  const byError = new Map();
  for (const incident of incidents) {
    const [{api, code}] = incident.fits;
    const ref = `${api.id}/${code}`;
    const list = byError.get(ref);
    if (list) list.push(incident);
    else byError.set(ref, [incident]);
  }
  const sorted = [...byError.values()].sort((one, other) => other.length - one.length);
  const rows = sorted.slice(0, ROWS).map((list) => row(catalog, list));
  const kinds = sorted.length === 1 ? 'one kind' : `${sorted.length} kinds`;
  const cut = sorted.length > ROWS ? ` The first ${ROWS} are shown.` : '';
  const lead = line('eb-x-hint', `The most frequent comes first.${cut}`);
  lead.dataset.kind = 'many';
  const heads = HEADS.map(([head, name]) =>
    make('th', {scope: 'col', role: 'columnheader', class: name}, head));
  const attributes = {class: 'eb-x-table eb-x-counts', 'aria-label': 'Errors in the paste'};
  const table = make('table', attributes,
    make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...rows));
  return {nodes: [lead, table], message: `${incidents.length} errors, of ${kinds}`};
}

/**
 * @param {Catalog} catalog
 * @param {Incident[]} incidents of one error
 */
function row({apis, words}, incidents) {
  const [first] = incidents;
  const last = incidents[incidents.length - 1];
  const {entry, api, code: written} = first.fits[0];
  const code = entry ? written : maskText(written);
  const name = identifier(code || 'no code');
  const others = new Set(incidents.flatMap(({fits}) => fits.length > 1 ? [fits.length - 1] : []));
  const does = entry?.actions.map((word) => words.actions[word]?.[0] ?? word).join(', ');
  const node = make('tr', {},
    make('th', {scope: 'row', role: 'rowheader', class: 'eb-x-code'},
      entry ? linkTo(entry, name) : name,
      make('div', {class: 'eb-x-quiet'}, [
        apis.length > 1 ? api.title : '', entry ? '' : 'not in the catalog',
        others.size ? 'or another that fits as well' : '',
      ].filter(Boolean).join(', '))),
    make('td', {class: 'eb-x-number'}, String(incidents.length)),
    make('td', {class: 'eb-x-place'}, place(first)),
    make('td', {class: 'eb-x-place'}, place(last)),
    make('td', {class: 'eb-x-means'}, does ?? ''));
  Object.assign(node.dataset, {api: api.id, code, count: String(incidents.length)});
  return node;
}

/** @param {Incident} incident */
function place({line: number, time}) {
  return make('span', {}, `line ${number}`, time && make('div', {class: 'eb-x-quiet'}, time));
}
