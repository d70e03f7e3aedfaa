/**
 * What a card says of retries, classes and exit codes.
 *
 * @import {Found} from './card.js'
 * @import {Catalog} from './catalog.js'
 * @import {Child} from './dom.js'
 * @import {Entry, Retry} from './types.js'
 */
import {identifier, list, make, prose} from './dom.js';

/**
 * @param {Catalog} catalog
 * @param {Entry} entry
 * @param {Found} found
 * @returns {Node[]}
 */
export function summary(catalog, entry, found) {
  const {api, exceptions, exit, more} = entry;
  /** @type {[string, ...Child[]][]} */
  const items = [];
  if (entry.retry !== 'unknown') {
    items.push(['Retry', ...retryText(catalog, entry, found), ...found.retry ?? []]);
  } else if (found.retry?.length) {
    items.push(['Retry', ...found.retry]);
  }
  if (exceptions[0]) {
    // Which language says what matters where they differ.
    items.push(['Exception', ...exceptions.flatMap((name, at) => [
      at ? ', ' : '', identifier(name), exceptions[1] ? ` (${languagesOf(entry, name)})` : '',
    ])]);
  }
  if (exit !== null) {
    const [name, meaning] = api.exit_codes[exit] ?? ['', ''];
    const what = make('div', {class: 'eb-x-quiet'}, prose(meaning));
    items.push(['Exit code', `${exit} `, name ? identifier(name) : '', what]);
  }
  if (more?.operations) items.push(['Answered by', more.operations.join(', ')]);
  return items.length ? [list('eb-x-facts', items)] : [];
}

/**
 * @param {Entry} entry
 * @param {string} name of a class
 */
function languagesOf({api, raised}, name) {
  return api.sdks.flatMap(([language], at) => raised[at] === name ? [language] : []).join(', ');
}

/**
 * @param {Catalog} catalog
 * @param {Entry} entry
 * @param {Found} found
 * @returns {Child[]}
 */
function retryText({words}, entry, found) {
  /** @type {Retry} */
  const retry = entry.more?.retry ?? {when: entry.retry};
  const [, sentence] = words.retry[retry.when] ?? ['', retry.when];
  const sources = (retry.after ?? []).flatMap((source, index) =>
    [index ? ' or ' : ', after ', ...waitingTime(source, entry, found)]);
  const rest = [
    words.backoff[retry.backoff ?? ''],
    retry.needs && `with an ${retry.needs.replaceAll('_', ' ')}`,
    retry.max_attempts && `at most ${retry.max_attempts} attempts`,
  ].filter(Boolean).map((text) => `, ${text}`);
  return [sentence, ...sources, ...rest, '.'];
}

/**
 * Names where a response says how long to wait, and what this one says there.
 * @param {string} source
 * @param {Entry} entry
 * @param {Found} found
 * @returns {Child[]}
 */
function waitingTime(source, entry, {details, shown = show}) {
  const header = source.startsWith('header:') ? source.slice(7) : '';
  const value = header ? undefined : details?.get(source);
  const unit = entry.more?.details?.find(([name]) => name === source)?.[2] ?? '';
  const here = value === undefined ? '' : ` (here ${`${shown(value)} ${unit}`.trim()})`;
  return [header ? 'the header ' : '', identifier(header || source), here];
}

/** @param {unknown} value */
export function show(value) {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
