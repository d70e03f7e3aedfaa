/**
 * What a paste is, and what to do about it.
 *
 * @import {Found} from './card.js'
 * @import {Catalog} from './catalog.js'
 * @import {Fit} from './decode/bodies.js'
 * @import {Incident} from './decode/decode.js'
 * @import {View} from './dom.js'
 * @import {Reader} from './read.js'
 */
import {card} from './card.js';
import {copyButton} from './copy.js';
import {counts} from './counts.js';
import {identifier, line, make} from './dom.js';
import {evidence} from './evidence.js';
import {missing, ROWS, table} from './results.js';
import {nearest} from './typos.js';

/** Cards for one paste; of more errors that fit, each has a row. */
const CARDS = 3;

/**
 * Shows what a text is that somebody pasted; null where it is a query, to be searched for.
 * @param {Reader} reader
 * @param {Catalog} catalog
 * @param {string} text
 * @returns {View | null}
 */
export function decoded(reader, catalog, text) {
  const decoding = reader.decode(catalog, text);
  if (!decoding) return null;
  const {kind, incidents} = decoding;
  if (kind === 'not_json') {
    return note(kind, 'This begins like JSON, but it is not complete.', 'Not complete');
  }
  if (kind === 'no_envelope') return noEnvelope(reader, catalog);
  if (kind === 'many') return counts(catalog, incidents);
  if (kind === 'several') return several(reader, catalog, incidents[0], text);
  return single(reader, catalog, incidents[0], text);
}

/**
 * @param {string} kind
 * @param {string} says
 * @param {string} message
 * @param {...Node} more
 * @returns {View}
 */
function note(kind, says, message, ...more) {
  const lead = line('eb-x-lead', says);
  lead.dataset.kind = kind;
  return {nodes: [lead, ...more], message};
}

/**
 * @param {Reader} reader
 * @param {Catalog} catalog
 * @returns {View}
 */
function noEnvelope({placeOfCode}, catalog) {
  const shapes = catalog.apis.flatMap(({title, envelopes}) => envelopes.map((envelope) =>
    make('li', {}, `${title}: the code stands in `, identifier(placeOfCode(envelope)))));
  return note('no_envelope', 'No error body known here looks like this.',
    'No known error body', make('ul', {}, ...shapes));
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
  const entries = fits.slice(0, ROWS).flatMap(({entry}) => entry ?? []);
  const why = evidence(reader, incident, fits[0], text, reader.maskText);
  const rows = table(entries, catalog.apis.length > 1);
  return {nodes: [lead, ...why, rows], message: length === 1 ? 'One error fits' : `${length} errors fit`};
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
  if (rest.length) {
    const rows = table(rest.slice(0, ROWS), catalog.apis.length > 1);
    nodes.push(line('eb-x-label', 'These fit as well'), rows);
  }
  if (fits.length > 1 && entry) {
    nodes.unshift(line('eb-x-lead', `${fits.length} errors fit this. The best comes first.`));
  }
  if (chain.length) {
    const earlier = chain.flatMap(({fits: [{code: name}], line: number}) =>
      [' ', identifier(name), ` (line ${number})`]);
    nodes.push(line('eb-x-hint', 'It was raised while another was handled:', ...earlier));
  }
  if (!entry) return {nodes, message: code ? `${code} is no known code` : 'No code in this'};
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
  const {entry, envelope, values} = fit;
  const {maskText, maskValue} = reader;
  const described = entry?.more?.details ?? [];
  const secret = described.filter(([, , , , , sensitive]) => sensitive);
  const hidden = new Set(secret.map(([name]) => name));
  const secrets = [...hidden].map((name) => String(fit.details.get(name) ?? ''));
  /** @type {(said: string) => string} */
  const mask = (said) => secrets.reduce((left, secret) =>
    secret ? left.replaceAll(secret, reader.MASK) : left, maskText(said));
  const details = new Map([...fit.details].map(([name, value]) =>
    [name, mask(maskValue(name, value, hidden.has(name)))]));
  const wait = entry ? reader.waitText(fit) : '';
  const copy = copyButton('Copy as ticket',
    () => reader.ticket(catalog, fit, details, wait, mask, text), 'Ticket copied');
  const lead = evidence(reader, incident, fit, text, mask);
  if (!entry) return unknown(fit, lead, copy);
  /** @type {Found} */
  const found = {
    lead, details, buttons: [copy], shown: String,
    placeholders: new Map([...values].map(([name, value]) => [name, maskValue(name, value)])),
    retry: wait ? [line('eb-x-wait', 'This response: ', make('strong', {}, wait))] : [],
  };
  const node = card(catalog, entry, found);
  node.dataset.by = incident.by;
  if (envelope !== null) node.dataset.envelope = String(envelope);
  return [node];
}

/**
 * Shows a code that an API is not known to send, or a body without one.
 * @param {Fit} fit
 * @param {Node[]} lead
 * @param {Node} copy
 * @returns {Node[]}
 */
function unknown({api, code, envelope, status}, lead, copy) {
  const all = [...api.entries.values()];
  const near = code ? nearest(all, code)
    : all.filter(({statuses, retired}) => status && !retired && statuses.includes(status));
  const head = line('eb-x-lead', `This looks like an error of the ${api.title}, but `,
    ...code ? [identifier(code), ' is none of its known codes.'] : ['it names no code.']);
  Object.assign(head.dataset, {kind: 'unknown_code', api: api.id, code, envelope: envelope ?? ''});
  const label = code ? 'Nearest codes' : `Errors with status ${status}`;
  const rows = near.length ? [line('eb-x-label', label), table(near, false)] : [];
  return [head, ...lead, ...rows, missing(), copy];
}
