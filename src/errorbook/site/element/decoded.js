/**
 * What a paste is, and what to do about it.
 *
 * @import {Found} from './card.js'
 * @import {Catalog} from './catalog.js'
 * @import {Fit} from './decode/bodies.js'
 * @import {Incident} from './decode/incidents.js'
 * @import {View} from './dom.js'
 * @import {Reader} from './read.js'
 * @import {Entry} from './types.js'
 */
import {card} from './card.js';
import {copyButton} from './copy.js';
import {identifier, line, make, ROWS} from './dom.js';
import {missing, table} from './results.js';
import {nearest} from './typos.js';

/** Cards for one paste; of more errors that fit, each has a row. */
const CARDS = 3;
/** Exceptions of a chain that are named. */
const CHAINED = 10;

/**
 * Shows what a text is that somebody pasted; null where it is a query, to be searched for.
 * @param {Reader} reader
 * @param {Catalog} catalog
 * @param {string} text
 * @param {boolean} [always] whether it is no query, whatever it looks like
 * @returns {View | null}
 */
export function decoded(reader, catalog, text, always = false) {
  const decoding = reader.decode(catalog, text, always);
  if (!decoding) return null;
  const {kind, incidents} = decoding;
  if (!incidents.length) return reader.unread(kind, catalog, text);
  if (kind === 'many') return reader.counts(catalog, incidents);
  if (kind === 'several') return several(reader, catalog, incidents[0], text);
  return single(reader, catalog, incidents[0], text);
}

/**
 * @param {Reader} reader
 * @param {Catalog} catalog
 * @param {Incident} incident
 * @param {string} text
 * @returns {View}
 */
function several(reader, catalog, incident, text) {
  const {fits, by} = incident;
  const {length} = fits;
  const says = by === 'status' ? `status ${fits[0].status}` : `exit status ${incident.exit}`;
  const known = length === 1 ? 'The only known error' : `The ${length} known errors`;
  const lead = line('eb-x-lead', `Nothing in this names an error. ${known} with ${says}:`);
  lead.dataset.kind = 'several';
  const entries = fits.flatMap(({entry}) => entry ?? []);
  const why = reader.evidence(incident, fits[0], reader.shownOf(incident, fits[0], text));
  const message = length === 1 ? 'One error fits' : `${length} errors fit`;
  return {nodes: [lead, ...why, ...rows(catalog, entries)], message};
}

/**
 * @param {Reader} reader
 * @param {Catalog} catalog
 * @param {Incident} incident
 * @param {string} text
 * @returns {View}
 */
function single(reader, catalog, incident, text) {
  const {fits, chain} = incident;
  const [{entry, code, api}] = fits;
  const nodes = fits.slice(0, CARDS).flatMap((fit) =>
    showFit(reader, catalog, incident, fit, text));
  const rest = fits.slice(CARDS).flatMap((fit) => fit.entry ?? []);
  if (rest.length) nodes.push(line('eb-x-label', 'These fit as well'), ...rows(catalog, rest));
  if (fits.length > 1 && entry) {
    nodes.unshift(line('eb-x-lead', `${fits.length} errors fit this. The best comes first.`));
  }
  if (chain.length) {
    const earlier = chain.slice(-CHAINED).flatMap(({fits: [one], line: number}) =>
      [' ', identifier(reader.maskText(one.code)), ` (line ${number})`]);
    nodes.push(line('eb-x-hint', 'It was raised while another was handled:', ...earlier));
  }
  if (!entry) return {nodes, message: code ? 'No known code' : 'No code in this'};
  const others = fits.length > 1 ? `, or ${fits.length - 1} more` : '';
  return {nodes, message: `Decoded: ${entry.code} of ${api.title}${others}`};
}

/**
 * @param {Reader} reader
 * @param {Catalog} catalog
 * @param {Incident} incident
 * @param {Fit} fit
 * @param {string} text
 * @returns {Node[]}
 */
function showFit(reader, catalog, incident, fit, text) {
  const {entry, envelope} = fit;
  const shown = reader.shownOf(incident, fit, text);
  const wait = entry && entry.retry !== 'never' ? reader.waitText(fit) : '';
  const copy = copyButton('Copy as ticket',
    () => reader.ticket(catalog, fit, shown, wait, text), 'Ticket copied');
  const lead = reader.evidence(incident, fit, shown);
  if (!entry) return unknown(fit, shown.code, lead, copy);
  if (shown.left) lead.push(line('eb-x-quiet', `${shown.left} more details are not shown.`));
  /** @type {Found} */
  const found = {
    lead, details: shown.details, buttons: [copy], shown: String, placeholders: shown.values,
    retry: wait ? [line('eb-x-wait', 'This response: ', make('strong', {}, wait))] : [],
  };
  const node = card(catalog, entry, found);
  node.dataset.by = incident.by;
  if (envelope !== null) node.dataset.envelope = String(envelope);
  return [node];
}

/**
 * Shows the first of many errors, and says that there are others.
 * @param {Catalog} catalog
 * @param {Entry[]} entries
 * @returns {Node[]}
 */
function rows({apis}, entries) {
  const shown = table(entries.slice(0, ROWS), apis.length > 1);
  return entries.length > ROWS ? [shown, line('eb-x-hint', `The first ${ROWS} are shown.`)] : [shown];
}

/**
 * Shows a code that an API is not known to send, or a body without one.
 * @param {Fit} fit
 * @param {string} code as it may be shown
 * @param {Node[]} lead
 * @param {Node} copy
 * @returns {Node[]}
 */
function unknown({api, envelope, status}, code, lead, copy) {
  const all = [...api.entries.values()];
  const near = code ? nearest(all, code)
    : all.filter(({statuses, retired}) => status && !retired && statuses.includes(status));
  const head = line('eb-x-lead', `This looks like an error of the ${api.title}, but `,
    ...code ? [identifier(code), ' is none of its known codes.'] : ['it names no code.']);
  Object.assign(head.dataset, {kind: 'unknown_code', api: api.id, code, envelope: envelope ?? ''});
  const label = code ? 'Nearest codes' : `Errors with status ${status}`;
  const found = near.length ? [line('eb-x-label', label), table(near, false)] : [];
  return [head, ...lead, ...found, missing(), copy];
}
