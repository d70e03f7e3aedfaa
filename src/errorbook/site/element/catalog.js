/**
 * The catalog as the explorer knows it: read from an index, which comes as a classic script
 * because nothing else loads from file://, or from a site's errors.json.
 *
 * @import {Api, Entry, Index, IndexedApi, More, Row, Shard, Words} from './types.js'
 */
import {run} from './embedding.js';
import {loadReader} from './reader.js';
import {textsOf} from './words.js';

const FORMAT = 3;

/** @type {Map<string, Promise<Catalog>>} */
const catalogs = new Map();

/** Says `change` when more of it has come. */
export class Catalog extends EventTarget {
  /** @type {Api[]} */
  apis = [];
  /** @type {Entry[]} */
  entries;
  /** @type {Words} */
  words;
  /** @type {URL} what links are relative to */
  root;
  /** Whether every entry has its `more`. */
  complete;
  #index;
  #url;
  /** @type {Map<number, Promise<void>>} */
  #shards = new Map();
  /** @type {Promise<void> | undefined} */
  #all;

  /**
   * @param {Index} index
   * @param {URL} url where the index came from
   * @param {string} scope id of the only API wanted, or ""
   */
  constructor(index, url, scope) {
    super();
    this.words = index.words;
    this.root = isJson(url) ? url : new URL('../../', url);
    this.complete = !index.shards;
    this.#index = index;
    this.#url = url;
    let place = 0;
    for (const [id, indexed] of Object.entries(index.apis)) {
      const rows = [...indexed.errors ?? [], ...indexed.retired ?? []];
      if (!scope || id === scope) this.apis.push(readApi(id, indexed, rows, place, this.complete));
      place += rows.length;
    }
    this.entries = this.apis.flatMap((api) => [...api.entries.values()]);
  }

  /**
   * Loads what an entry's card shows.
   * @param {Entry} entry
   */
  async ready({more, place}) {
    if (more) return;
    await this.#load(Math.floor(place / this.#index.per_shard));
    this.dispatchEvent(new Event('change'));
  }

  /** Loads what the cards of all entries show. */
  all() {
    this.#all ??= this.#loadAll().catch(() => {
      this.#all = undefined;
    });
    return this.#all;
  }

  async #loadAll() {
    // One after the other: a page that is typed into has no time for two.
    for (let shard = 0; shard < this.#index.shards; shard += 1) await this.#load(shard);
    if (this.complete) return;
    this.complete = true;
    this.dispatchEvent(new Event('change'));
  }

  /** @param {number} number */
  #load(number) {
    const promise = this.#shards.get(number) ?? this.#read(number);
    promise.catch(() => this.#shards.delete(number));
    this.#shards.set(number, promise);
    return promise;
  }

  /** @param {number} number */
  async #read(number) {
    const url = new URL(`explorer-more-${number}.js`, this.#url);
    const {more} = check(/** @type {Shard} */ (await run(url)));
    const {per_shard: size} = this.#index;
    for (const entry of this.entries) {
      const place = entry.place - number * size;
      if (place < 0 || place >= size) continue;
      // A shard of another build may be short: what is not in it will not come.
      entry.more = more[place] ?? {};
      // While it is small: the next key finds all of them ready.
      textsOf(entry);
    }
  }
}

/**
 * Returns the catalog of an index or errors.json, loaded once for all elements and pages.
 * @param {URL} url
 * @param {string} scope id of the only API wanted, or ""
 */
export function catalogAt(url, scope) {
  const key = `${scope} ${url}`;
  const catalog = catalogs.get(key) ?? read(url, scope);
  catalog.catch(() => catalogs.delete(key));
  catalogs.set(key, catalog);
  return catalog;
}

/**
 * @param {URL} url
 * @param {string} scope
 */
async function read(url, scope) {
  const read = isJson(url) ? await convert(url) : await run(url);
  return new Catalog(check(/** @type {Index} */ (read)), url, scope);
}

/**
 * @template {{format: number}} Read
 * @param {Read} read
 */
function check(read) {
  if (read.format !== FORMAT) throw new Error('The index has another format');
  return read;
}

/** @param {URL} url */
function isJson(url) {
  return url.pathname.endsWith('.json');
}

/** @param {URL} url */
async function convert(url) {
  const [{indexOf}, answer] = await Promise.all([loadReader(), fetch(url)]);
  return indexOf(await answer.json());
}

/**
 * @param {string} id
 * @param {IndexedApi} indexed
 * @param {Row[]} rows
 * @param {number} place of the first row among those of the index
 * @param {boolean} whole whether rows hold their `more`
 * @returns {Api}
 */
function readApi(id, {errors = [], retired: _, ...facts}, rows, place, whole) {
  /** @type {Api} */
  const api = {
    title: id, sdks: [], envelopes: [], statuses: {}, groups: {}, exit_codes: {},
    ...facts, id, entries: new Map(),
  };
  rows.forEach((row, index) => {
    const retired = index >= errors.length;
    const entry = readEntry(api, row, retired, place + index, whole ? {} : null);
    // A code that came back is an error again.
    if (!api.entries.has(entry.code)) api.entries.set(entry.code, entry);
  });
  return api;
}

/**
 * @param {Api} api
 * @param {Row} row
 * @param {boolean} retired
 * @param {number} place
 * @param {More | null} without what it has where the row holds no `more`
 * @returns {Entry}
 */
function readEntry(api, row, retired, place, without) {
  const raised = Array.isArray(row[2]) ? row[2] : api.sdks.map(() => /** @type {string | null} */ (row[2]));
  // By number: to take ten thousand rows apart by a pattern takes several times as long.
  return {
    api, ref: `${api.id}/${row[0]}`, code: row[0], statuses: row[1], raised,
    exceptions: [...new Set(raised.flatMap((name) => name ?? []))], exit: row[3], group: row[4], meaning: row[5], link: row[6], actions: row[7], retry: row[8],
    retired, place, more: row[9] ?? without,
  };
}
