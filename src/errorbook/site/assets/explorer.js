/**
 * <error-explorer>: filters a catalog's errors while somebody types, and decodes a response that
 * somebody pastes. explorer.py describes the index it reads.
 *
 * It is a classic script and reads its index from another one, because nothing else loads from
 * file://. What is pasted stays in the page: it is never sent, stored or put into the address.
 */
(() => {
  'use strict';

  // A page may name the script twice; an element can be defined only once.
  if (customElements.get('error-explorer')) return;

  /** @typedef {unknown} Json what JSON.parse returns */
  /** @typedef {Map<string, Json>} Found the values of an envelope's holes */
  /** @typedef {{body: Json, headers: Record<string, string>}} Envelope */
  /**
   * @typedef {object} Retry
   * @property {string} when
   * @property {string[]} [after]
   * @property {string} [backoff]
   * @property {string} [needs]
   * @property {number} [max_attempts]
   */
  /**
   * @typedef {[name: string, type: string, unit: string | null, required: boolean,
   *   meaning: string]} Detail
   */
  /**
   * What only a card shows.
   * @typedef {object} More
   * @property {string[]} [causes]
   * @property {string} [fix]
   * @property {[word: string, how: string, when: string][]} [actions]
   * @property {Retry} [retry]
   * @property {Detail[]} [details]
   * @property {string[]} [operations]
   * @property {{body?: Json, headers?: Record<string, string>}} [example]
   * @property {string} [since]
   * @property {string} [deprecated]
   * @property {string} [sunset]
   * @property {string} [stability]
   * @property {string} [replaced_by]
   * @property {string} [removed]
   * @property {string} [reason]
   */
  /**
   * @typedef {[code: string, statuses: number[], exception: string | null, exit: number | null,
   *   group: string | null, meaning: string, link: string, more: More]} Row
   */
  /**
   * An API as the index has it.
   * @typedef {object} IndexedApi
   * @property {string} [title]
   * @property {Envelope[]} [envelopes]
   * @property {Record<string, string>} [statuses]
   * @property {Record<string, string>} [groups]
   * @property {Record<string, [name: string, meaning: string]>} [exit_codes]
   * @property {Row[]} [errors]
   * @property {Row[]} [retired]
   */
  /**
   * @typedef {object} Index
   * @property {number} format
   * @property {Record<string, [title: string, meaning: string]>} actions
   * @property {Record<string, IndexedApi>} apis
   */
  /** @typedef {Required<Omit<IndexedApi, 'errors' | 'retired'>>} ApiFacts */
  /** @typedef {ApiFacts & {id: string, entries: Map<string, Entry>}} Api */
  /**
   * One error, or a retired code. `text` is what a search looks through, `squeezed` its code
   * without case and separators.
   * @typedef {object} Entry
   * @property {Api} api
   * @property {string} ref
   * @property {string} code
   * @property {number[]} statuses
   * @property {string | null} exception
   * @property {number | null} exit
   * @property {string | null} group
   * @property {string} meaning
   * @property {string} link
   * @property {More} more
   * @property {boolean} retired
   * @property {string} text
   * @property {string} squeezed
   * @property {string[]} words
   */
  /**
   * @typedef {object} Catalog
   * @property {Api[]} apis
   * @property {Entry[]} entries
   * @property {Record<string, [title: string, meaning: string]>} actions
   * @property {URL} root
   */
  /** @typedef {{body: Json, headers: Map<string, string>, status: number | null}} Paste */
  /**
   * A way to read a paste: the API and envelope that fit it, and the code they give.
   * @typedef {object} Fit
   * @property {Api} api
   * @property {number} envelope
   * @property {string} code
   * @property {Entry | null} entry
   * @property {number | null} status
   * @property {Map<string, Json>} details
   * @property {Paste} paste
   */
  /** @typedef {{nodes: Node[], message: string}} View */

  const FORMAT = 1;
  const ROWS = 50;
  const QUIET_MS = 250;
  /** Words further apart than this have nothing to do with each other. */
  const FAR = 0.4;


  // Decoding: what a paste holds, and which error of which API that is. The matching is that of
  // errorbook/catalog/envelope.py, with one difference: JavaScript takes 1.0 for an integer.

  const TOKEN = /\{\{|\}\}|\{([A-Za-z_][\p{L}\p{N}_.-]*)(?::([a-z]+))?\}|[{}]/gu;
  const NO_DETAILS = ['code', 'message', 'status', 'details', 'request_id'];

  /** @typedef {string | {name: string, type: string | undefined}} Part */

  /**
   * Splits a text of a pattern into constants and holes.
   * @param {string} pattern
   * @returns {Part[]}
   */
  function parseText(pattern) {
    /** @type {Part[]} */
    const parts = [];
    let constant = '';
    let at = 0;
    for (const token of pattern.matchAll(TOKEN)) {
      constant += pattern.slice(at, token.index);
      at = token.index + token[0].length;
      if (!token[1]) {
        constant += token[0][0];
        continue;
      }
      if (constant) parts.push(constant);
      constant = '';
      parts.push({name: token[1], type: token[2]});
    }
    constant += pattern.slice(at);
    return constant ? [...parts, constant] : parts;
  }

  /**
   * Tells what a key of a pattern stands for; null for `*`, which takes the rest.
   * @param {string} written
   */
  function parseKey(written) {
    if (written === '*') return null;
    const optional = written.endsWith('?') && !written.endsWith('\\?');
    const name = optional ? written.slice(0, -1) : written;
    return {name: name.replaceAll('\\?', '?').replaceAll('\\*', '*'), optional};
  }

  /**
   * Returns the values of the holes, or null where headers and body do not fit.
   * @param {Envelope} envelope
   * @param {Map<string, string>} headers by lower-case name
   * @param {Json} body
   */
  function matchEnvelope(envelope, headers, body) {
    /** @type {Found} */
    const found = new Map();
    for (const [name, pattern] of Object.entries(envelope.headers)) {
      const value = headers.get(name.toLowerCase());
      if (value === undefined || !matchText(pattern, value, found)) return null;
    }
    return envelope.body === null || match(envelope.body, body, found) ? found : null;
  }

  /**
   * @param {Json} value
   * @returns {value is Record<string, Json>}
   */
  function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }

  /**
   * @param {Json} pattern
   * @param {Json} value
   * @param {Found} found
   * @returns {boolean}
   */
  function match(pattern, value, found) {
    if (Array.isArray(pattern)) {
      return Array.isArray(value) && pattern.every((item) => matchAny(item, value, found));
    }
    if (isObject(pattern)) return isObject(value) && matchObject(pattern, value, found);
    return typeof pattern === 'string' ? matchText(pattern, value, found) : pattern === value;
  }

  /**
   * @param {Record<string, Json>} pattern
   * @param {Record<string, Json>} value
   * @param {Found} found
   */
  function matchObject(pattern, value, found) {
    const names = new Set(Object.keys(pattern).map((written) => parseKey(written)?.name));
    for (const [written, inner] of Object.entries(pattern)) {
      const key = parseKey(written);
      if (!key) {
        const rest = Object.entries(value).filter(([name]) => !names.has(name));
        found.set('details', Object.fromEntries(rest));
      } else if (Object.hasOwn(value, key.name)) {
        if (!match(inner, value[key.name], found) && !key.optional) return false;
      } else if (!key.optional) {
        return false;
      }
    }
    return true;
  }

  /**
   * Matches an element of a list's pattern: the first item that fits is the one that counts.
   * @param {Json} pattern
   * @param {Json[]} values
   * @param {Found} found
   */
  function matchAny(pattern, values, found) {
    for (const value of values) {
      /** @type {Found} */
      const inner = new Map();
      if (match(pattern, value, inner)) {
        inner.forEach((item, name) => keep(found, name, item));
        return true;
      }
    }
    return false;
  }

  /**
   * @param {string} pattern
   * @param {Json} value
   * @param {Found} found
   */
  function matchText(pattern, value, found) {
    const parts = parseText(pattern);
    const [hole] = parts;
    if (parts.length !== 1 || typeof hole === 'string') {
      return typeof value === 'string' && matchParts(parts, value, found);
    }
    if (hole.name === 'code' && typeof value !== 'string' && !Number.isInteger(value)) return false;
    if (hole.type && !hasType(hole.type, value)) return false;
    keep(found, hole.name, value);
    return true;
  }

  /**
   * @param {string} type
   * @param {Json} value
   */
  function hasType(type, value) {
    return type === 'integer' ? Number.isInteger(value) : typeof value === type;
  }

  /**
   * Matches constants from left to right, each at its first place: linear, never backtracking.
   * @param {Part[]} parts
   * @param {string} text
   * @param {Found} found
   */
  function matchParts(parts, text, found) {
    let at = 0;
    let open = '';
    for (const [index, part] of parts.entries()) {
      if (typeof part !== 'string') {
        open = part.name;
        continue;
      }
      const last = index === parts.length - 1 && text.endsWith(part);
      const start = last ? text.length - part.length : text.indexOf(part, at);
      if (open ? start <= at : start !== at) return false;
      if (open) keep(found, open, text.slice(at, start));
      at = start + part.length;
      open = '';
    }
    if (!open) return at === text.length;
    if (at === text.length) return false;
    keep(found, open, text.slice(at));
    return true;
  }

  /**
   * Keeps what a hole took first.
   * @param {Found} found
   * @param {string} name
   * @param {Json} value
   */
  function keep(found, name, value) {
    if (!found.has(name)) found.set(name, value);
  }

  /**
   * Returns the response that a text holds: a JSON body, with the status line and headers before
   * it. Null for a text without JSON.
   * @param {string} text
   * @returns {Paste | null}
   */
  function readPaste(text) {
    const spans = [
      {from: text.indexOf('{'), to: text.lastIndexOf('}')},
      // Elsewhere than at the begin of a line, a bracket is part of a text.
      {from: text.search(/^[ \t]*\[/m), to: text.lastIndexOf(']')},
    ].sort((one, other) => one.from - other.from);
    for (const {from, to} of spans) {
      const body = from < 0 ? undefined : parseJson(text.slice(from, to + 1));
      if (body !== undefined) return {body, ...readHead(text.slice(0, from))};
    }
    return null;
  }

  /**
   * @param {string} text
   * @returns {Json | undefined}
   */
  function parseJson(text) {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  /**
   * Reads what `curl -i` or `curl -v` prints before a body. Of several responses, as after a
   * redirect, the last one counts.
   * @param {string} text
   */
  function readHead(text) {
    /** @type {number | null} */
    let status = null;
    /** @type {Map<string, string>} */
    const headers = new Map();
    for (const line of text.split(/\r?\n/)) {
      const [, number, name, value] =
        /^(?:< )?(?:HTTP\/[\d.]+ (\d{3})\b|([\w-]+):(.*))/.exec(line) ?? [];
      if (number) {
        status = Number(number);
        headers.clear();
      } else if (name && status) {
        headers.set(name.toLowerCase(), value.trim());
      }
    }
    return {status, headers};
  }

  /**
   * Returns every way to read a paste, the best first. An API that knows the code wins over those
   * that merely send bodies of this shape.
   * @param {Catalog} catalog
   * @param {Paste} paste
   * @returns {Fit[]}
   */
  function decode(catalog, paste) {
    const fits = catalog.apis.flatMap((api) => bestFit(api, paste) ?? []);
    const known = fits.filter((fit) => fit.entry);
    return (known.length ? known : fits).sort((one, other) => doubt(one) - doubt(other));
  }

  /**
   * Returns what the first envelope that gives a known code says, else the first that fits.
   * @param {Api} api
   * @param {Paste} paste
   */
  function bestFit(api, paste) {
    const fits = api.envelopes.flatMap((envelope, index) => {
      const found = matchEnvelope(envelope, paste.headers, paste.body);
      return found ? [fitOf(api, index, found, paste)] : [];
    });
    return fits.find((fit) => fit.entry) ?? fits[0];
  }

  /**
   * @param {Api} api
   * @param {number} envelope
   * @param {Found} found
   * @param {Paste} paste
   * @returns {Fit}
   */
  function fitOf(api, envelope, found, paste) {
    const code = String(found.get('code') ?? '');
    const beside = found.get('details');
    const holes = [...found].filter(([name]) => !NO_DETAILS.includes(name));
    return {
      api,
      envelope,
      code,
      entry: api.entries.get(code) ?? null,
      status: Number(found.get('status') ?? paste.status) || null,
      details: new Map([...(isObject(beside) ? Object.entries(beside) : []), ...holes]),
      paste,
    };
  }

  /**
   * Returns how little a fit explains: a retired code, a status that is not the error's, details
   * it must have and does not, details nobody knows. Each weighs more than all that follow.
   * @param {Fit} fit
   */
  function doubt({entry, status, details}) {
    if (!entry) return 0;
    const described = entry.more.details ?? [];
    const known = new Map(described.map(([name, , , required]) => [name, required]));
    const missing = [...known].filter(([name, required]) => required && !details.has(name)).length;
    const unknown = [...details.keys()].filter((name) => !known.has(name)).length;
    const doubts = [unknown, missing, agrees(entry, status) ? 0 : 1, entry.retired ? 1 : 0];
    return doubts.reduce((sum, one, place) => sum + Math.min(one, 999) * 1000 ** place, 0);
  }

  /**
   * Tells whether an error may come with a status; it may where one of them says none.
   * @param {Entry} entry
   * @param {number | null} status
   */
  function agrees({statuses}, status) {
    return !status || !statuses.length || statuses.includes(status);
  }

  /**
   * Returns where in a response an envelope has its code, such as `error.code`.
   * @param {Envelope} envelope
   */
  function placeOfCode(envelope) {
    const header = Object.keys(envelope.headers).find((name) => holdsCode(envelope.headers[name]));
    return header ? `${header}:` : (pathOfCode(envelope.body) ?? []).join('.');
  }

  /** @param {Json} pattern */
  function holdsCode(pattern) {
    return (
      typeof pattern === 'string' &&
      parseText(pattern).some((part) => typeof part !== 'string' && part.name === 'code')
    );
  }

  /**
   * @param {Json} pattern
   * @returns {string[] | null}
   */
  function pathOfCode(pattern) {
    if (holdsCode(pattern)) return [];
    if (typeof pattern !== 'object' || pattern === null) return null;
    for (const [key, inner] of Object.entries(pattern)) {
      const rest = pathOfCode(inner);
      if (rest) return [Array.isArray(pattern) ? '[]' : parseKey(key)?.name ?? key, ...rest];
    }
    return null;
  }


  // Searching: every term must stand somewhere in an error's text; how its code compares to what
  // was typed decides the order.

  /**
   * @param {Index} index
   * @param {string} scope id of the only API wanted, or ""
   * @param {URL} root of the site
   * @returns {Catalog}
   */
  function readIndex(index, scope, root) {
    const apis = Object.entries(index.apis)
      .filter(([id]) => !scope || id === scope)
      .map(([id, api]) => readApi(id, api));
    const entries = apis.flatMap((api) => [...api.entries.values()]);
    return {apis, entries, actions: index.actions, root};
  }

  /**
   * @param {string} id
   * @param {IndexedApi} indexed
   * @returns {Api}
   */
  function readApi(id, indexed) {
    const {title = id, envelopes = [], statuses = {}, groups = {}, exit_codes = {}} = indexed;
    const {errors = [], retired = []} = indexed;
    /** @type {Api} */
    const api = {id, title, envelopes, statuses, groups, exit_codes, entries: new Map()};
    for (const record of retired) api.entries.set(record[0], readEntry(api, record, true));
    for (const record of errors) api.entries.set(record[0], readEntry(api, record, false));
    return api;
  }

  /**
   * @param {Api} api
   * @param {Row} record
   * @param {boolean} retired
   * @returns {Entry}
   */
  function readEntry(api, record, retired) {
    const [code, statuses, exception, exit, group, meaning, link, more] = record;
    const words = wordsOf(code);
    const text = [
      `${api.id}/${code}`, ...words, squeeze(code), `api:${api.id}`, api.title,
      ...statuses.flatMap((status) => [status, family(status), api.statuses[status]]),
      exception, exit === null ? '' : `exit:${exit}`, api.exit_codes[exit ?? -1]?.[0],
      `group:${group ?? '-'}`, api.groups[group ?? ''], ...(retired ? ['retired'] : []),
      meaning, more.fix, ...(more.causes ?? []), ...(more.actions ?? []).flat(),
      ...(more.operations ?? []), more.reason,
      ...(more.details ?? []).flatMap(([name, , , , what]) => [name, what]),
    ].join(' ').toLowerCase();
    return {
      api, ref: `${api.id}/${code}`, code, statuses, exception, exit, group, meaning, link, more,
      retired, text: ` ${text} `, squeezed: squeeze(code), words,
    };
  }

  /** @param {number} status */
  function family(status) {
    return `${Math.floor(status / 100)}xx`;
  }

  /** @param {string} text */
  function squeeze(text) {
    return text.toLowerCase().replace(/[\s_."'-]+/g, '');
  }

  /** @param {string} code */
  function wordsOf(code) {
    const parted = code.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
    return parted.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  const EXIT_CODE = /\bexit(?:[ _-]?(?:code|status))?[ :=]*(\d+)/g;

  /** @typedef {{text: string, squeezed: string, whole: boolean}} Term */

  /**
   * Returns the errors that have every term of the query, those first that are called like it.
   * @param {Entry[]} entries
   * @param {string} query
   */
  function search(entries, query) {
    const text = query.toLowerCase().replace(EXIT_CODE, 'exit:$1');
    const wanted = squeeze(text);
    const terms = text.split(/\s+/).filter(Boolean).map((term) =>
      ({text: term, squeezed: squeeze(term), whole: /^(?:api|group|exit):/.test(term)}));
    /** @type {Entry[][]} */
    const ranked = [[], [], [], [], [], []];
    for (const entry of entries) {
      if (terms.every((term) => holds(entry, term))) ranked[rank(entry, terms, wanted)].push(entry);
    }
    return ranked.flat();
  }

  /**
   * @param {Entry} entry
   * @param {Term} term
   */
  function holds(entry, {text, squeezed, whole}) {
    if (whole) return entry.text.includes(` ${text} `);
    return entry.text.includes(text) || (squeezed !== '' && entry.squeezed.includes(squeezed));
  }

  /**
   * @param {Entry} entry
   * @param {Term[]} terms
   * @param {string} wanted
   */
  function rank({squeezed, retired, statuses, exception}, terms, wanted) {
    if (squeezed === wanted) return 0;
    if (retired) return 5;
    if (squeezed.startsWith(wanted)) return 1;
    if (statuses.includes(Number(wanted)) || exception?.toLowerCase() === wanted) return 2;
    return terms.every((term) => squeezed.includes(term.squeezed)) ? 3 : 4;
  }

  /**
   * Returns the few errors whose codes look most like a text, if any do. Codes are compared as a
   * whole, and word by word for what is incomplete or out of order.
   * @param {Entry[]} entries
   * @param {string} text
   */
  function nearest(entries, text) {
    const terms = wordsOf(text.slice(0, 80));
    const whole = terms.join('');
    // Thousands of codes are made of a few hundred words.
    const known = terms.map(() => /** @type {Map<string, number>} */ (new Map()));
    /** @type {(word: string, index: number) => number} */
    const fromTerm = (word, index) => {
      const far = known[index].get(word) ?? apart(terms[index], word);
      known[index].set(word, far);
      return far;
    };
    /** @type {(entry: Entry) => number} */
    const farness = ({squeezed, words}) => {
      const least = terms.map((_, index) =>
        Math.min(1, ...words.map((word) => fromTerm(word, index))));
      const average = least.reduce((sum, one) => sum + one, 0) / terms.length;
      return Math.min(apart(whole, squeezed), average + 0.05);
    };
    return entries
      .filter((entry) => whole && !entry.retired)
      .map((entry) => ({entry, far: farness(entry)}))
      .filter(({far}) => far <= FAR)
      .sort((one, other) => one.far - other.far)
      .slice(0, 5)
      .map(({entry}) => entry);
  }

  /**
   * Returns how far two words are apart, from 0 to 1: edits, with a swap of neighbours as one.
   * @param {string} one
   * @param {string} other
   */
  function apart(one, other) {
    const longer = Math.max(one.length, other.length);
    if (Math.abs(one.length - other.length) > FAR * longer) return 1;
    /** @type {number[]} */
    let before = [];
    let last = Array.from({length: other.length + 1}, (_, index) => index);
    for (let row = 1; row <= one.length; row += 1) {
      const next = [row];
      let least = row;
      for (let column = 1; column <= other.length; column += 1) {
        const edit = one[row - 1] === other[column - 1] ? 0 : 1;
        const swaps = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
        const swapped = swaps ? before[column - 2] + 1 : longer;
        next[column] = Math.min(
          last[column] + 1, next[column - 1] + 1, last[column - 1] + edit, swapped);
        least = Math.min(least, next[column]);
      }
      if (least > FAR * longer) return 1;
      before = last;
      last = next;
    }
    return last[other.length] / longer;
  }


  // Showing. Catalog and paste reach the page as text nodes and attributes only.

  /**
   * Roles that say again what the elements say: a table that a narrow page lays out as cards is
   * a table no longer to some screen readers.
   * @type {Record<string, string>}
   */
  const ROLES = {table: 'table', thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', td: 'cell'};

  /**
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {...(Node | string)} children
   */
  function make(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (ROLES[name]) node.setAttribute('role', ROLES[name]);
    node.append(...children);
    return node;
  }

  /**
   * @param {string} name
   * @param {...(Node | string)} children
   */
  function line(name, ...children) {
    return make('p', {class: name}, ...children);
  }

  /**
   * @param {Record<string, string>} attributes which say what it does
   * @param {...(Node | string)} children
   */
  function button(attributes, ...children) {
    return make('button', {type: 'button', class: 'eb-x-button', ...attributes}, ...children);
  }

  /**
   * Shows an identifier: it may break after a separator or before a capital, nowhere else.
   * @param {string} text
   */
  function identifier(text) {
    const pieces = text.split(/(?<=[_./:])|(?<=[a-z0-9])(?=[A-Z])/);
    const node = make('code', {class: 'eb-x-id'});
    pieces.forEach((piece, index) => node.append(...(index ? [make('wbr', {})] : []), piece));
    return node;
  }

  /**
   * Shows prose of the index: text with `code` marks.
   * @param {string} text
   */
  function prose(text) {
    const node = document.createDocumentFragment();
    let at = 0;
    for (const mark of text.matchAll(/\\([\\`])|`([^`]+)`/g)) {
      node.append(text.slice(at, mark.index), mark[1] ?? make('code', {}, mark[2]));
      at = mark.index + mark[0].length;
    }
    node.append(text.slice(at));
    return node;
  }

  /** @param {string} ref */
  function hashOf(ref) {
    return `#error=${encodeURIComponent(ref).replace('%2F', '/')}`;
  }

  /**
   * @param {Entry} entry
   * @param {boolean} long
   */
  function pills(entry, long) {
    const node = make('span', {class: 'eb-x-pills'});
    for (const status of entry.statuses) {
      const meaning = entry.api.statuses[status] ?? '';
      const text = long ? `${status} ${meaning.replaceAll('`', '')}`.trim() : String(status);
      node.append(make('span', {class: `eb-status eb-status-${family(status)}`}, text), ' ');
    }
    const badge = entry.retired ? 'Retired' : entry.more.deprecated && 'Deprecated';
    if (badge) node.append(make('span', {class: 'eb-badge'}, badge));
    return node;
  }

  /**
   * @param {Entry} entry
   * @param {...(Node | string)} children
   */
  function linkTo(entry, ...children) {
    return make('a', {href: hashOf(entry.ref), 'data-ref': entry.ref}, ...children);
  }

  /** @type {{head: string, name: string, show: (entry: Entry) => Node | string}[]} */
  const COLUMNS = [
    {head: 'HTTP', name: 'eb-x-statuses', show: (entry) => pills(entry, false)},
    {head: 'Meaning', name: 'eb-x-means', show: ({meaning}) => prose(meaning)},
    {
      head: 'Exception', name: 'eb-x-class',
      show: ({exception}) => exception ? identifier(exception) : '',
    },
    {head: 'Exit code', name: 'eb-x-exit', show: ({exit}) => String(exit ?? '')},
  ];

  /**
   * Shows errors as a table, without the columns that would be empty.
   * @param {Entry[]} entries
   * @param {boolean} several whether rows say which API they are of
   */
  function table(entries, several) {
    const columns = COLUMNS
      .map(({head, name, show}) => {
        const cells = entries.map((entry) => make('td', {class: name}, show(entry)));
        return {head, cells};
      })
      .filter(({cells}) => cells.some((cell) => cell.textContent));
    const heads = ['Code', ...columns.map(({head}) => head)];
    const rows = entries.map((entry, index) => make('tr', {},
      make('th', {scope: 'row', role: 'rowheader'},
        linkTo(entry, identifier(entry.code)),
        several ? make('div', {class: 'eb-x-quiet'}, entry.api.title) : ''),
      ...columns.map(({cells}) => cells[index])));
    return make('table', {class: 'eb-x-table', 'aria-label': 'Errors'},
      make('thead', {}, make('tr', {}, ...heads.map((head) =>
        make('th', {scope: 'col', role: 'columnheader'}, head)))),
      make('tbody', {}, ...rows));
  }

  /**
   * @param {Catalog} catalog
   * @param {Entry[]} entries
   * @param {number} limit
   * @returns {Node[]}
   */
  function rows(catalog, entries, limit) {
    const shown = table(entries.slice(0, limit), catalog.apis.length > 1);
    const left = Math.min(ROWS, entries.length - limit);
    return left > 0 ? [shown, button({'data-more': ''}, `Show ${left} more`)] : [shown];
  }

  /**
   * Shows what there is before anything is typed: everything, or where to start.
   * @param {Catalog} catalog
   * @param {number} limit
   * @returns {View}
   */
  function everything(catalog, limit) {
    const live = catalog.entries.filter((entry) => !entry.retired);
    const nodes = live.length <= ROWS
      ? rows(catalog, live, limit)
      : catalog.apis.map((api) => groupsOf(api, catalog.apis.length > 1));
    return {nodes, message: count(live.length)};
  }

  /**
   * Shows the groups of an API, or its families of statuses, as buttons that filter.
   * @param {Api} api
   * @param {boolean} several whether to say which API it is
   */
  function groupsOf(api, several) {
    const prefix = `api:${api.id} group:`;
    /** @type {Map<string, {text: string, size: number}>} */
    const groups = new Map(Object.entries(api.groups).map(([id, text]) =>
      [prefix + id, {text, size: 0}]));
    for (const {group, statuses: [status], retired} of api.entries.values()) {
      if (retired) continue;
      const query = prefix + (group ?? (status ? `- ${family(status)}` : '-'));
      const text = status ? `HTTP ${family(status)}` : 'No status';
      const known = groups.get(query) ?? {text, size: 0};
      groups.set(query, {...known, size: known.size + 1});
    }
    const list = [...groups].map(([query, {text, size}]) =>
      make('li', {}, button({'data-query': query}, text, ' ', make('small', {}, String(size)))));
    return make('div', {},
      several ? line('eb-x-label', api.title) : '',
      make('ul', {class: 'eb-x-chips'}, ...list));
  }

  /**
   * @param {Catalog} catalog
   * @param {string} query
   * @param {number} limit
   * @returns {View}
   */
  function filtered(catalog, query, limit) {
    const hits = search(catalog.entries, query);
    if (hits.length) {
      const shown = hits.length > limit ? `, the first ${limit} shown` : '';
      return {nodes: rows(catalog, hits, limit), message: count(hits.length) + shown};
    }
    const lead = line('eb-x-lead', 'Nothing here has all of these words.');
    return {nodes: [lead, ...nearby(catalog, query)], message: 'No errors found'};
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
  function nearby(catalog, text) {
    const near = nearest(catalog.entries, text);
    if (!near.length) return [];
    return [line('eb-x-label', 'Did you mean'), table(near, catalog.apis.length > 1)];
  }

  /**
   * Shows what a paste is.
   * @param {Catalog} catalog
   * @param {Paste} paste
   * @returns {View}
   */
  function decoded(catalog, paste) {
    const fits = decode(catalog, paste);
    if (!fits.length) return noEnvelope(catalog);
    const [{entry, code, api}] = fits;
    const nodes = fits.flatMap((fit) => fit.entry ? [card(catalog, fit.entry, fit)] : unknown(fit));
    if (!entry) return {nodes, message: code ? `${code} is no known code` : 'No code in this'};
    const others = fits.length > 1 ? `, or ${fits.length - 1} more` : '';
    return {nodes, message: `Decoded: ${entry.code} of ${api.title}${others}`};
  }

  /**
   * @param {Catalog} catalog
   * @returns {View}
   */
  function noEnvelope(catalog) {
    const lead = line('eb-x-lead', 'This is JSON, but no error body known here looks like it.');
    lead.dataset.kind = 'no_envelope';
    const shapes = catalog.apis.flatMap((api) => api.envelopes.map((envelope) =>
      make('li', {}, `${api.title}: the code stands in `, identifier(placeOfCode(envelope)))));
    return {nodes: [lead, make('ul', {}, ...shapes)], message: 'No known error body'};
  }

  /**
   * Shows a code that an API is not known to send, or a body without one.
   * @param {Fit} fit
   */
  function unknown({api, code, envelope, status}) {
    const all = [...api.entries.values()];
    const near = code
      ? nearest(all, code)
      : all.filter(({statuses}) => status && statuses.includes(status));
    const lead = line('eb-x-lead', `This looks like an error of the ${api.title}, but `);
    lead.append(...code ? [identifier(code), ' is none of its known codes.'] : ['it names no code.']);
    Object.assign(lead.dataset, {kind: 'unknown_code', api: api.id, code, envelope});
    if (!near.length) return [lead];
    const label = code ? 'Nearest codes' : `Errors with status ${status}`;
    return [lead, line('eb-x-label', label), table(near, false)];
  }

  /**
   * Shows an error, or a retired code; with `fit`, also what a paste says of it.
   * @param {Catalog} catalog
   * @param {Entry} entry
   * @param {Fit} [fit]
   */
  function card(catalog, entry, fit) {
    const {api, code, ref, link, meaning, group, retired, more} = entry;
    const facts = [
      api.title, api.groups[group ?? ''], more.since && `since ${more.since}`, more.stability,
    ];
    const causes = more.causes?.map((cause) => make('li', {}, prose(cause)));
    const node = make('article', {class: 'eb-x-card'},
      make('header', {class: 'eb-x-head'},
        make('h2', {class: 'eb-x-title', tabindex: '-1'}, identifier(code)),
        pills(entry, true),
        button({'data-copy': ref}, 'Copy link')),
      line('eb-x-quiet', facts.filter(Boolean).join(' · ')),
      ...(fit ? evidence(fit) : []),
      ...lifecycle(entry),
      line('eb-x-meaning', prose(meaning || more.reason || '')),
      ...part('What to do', actions(catalog, entry)),
      ...summary(entry, fit),
      ...part('Causes', causes && make('ul', {}, ...causes)),
      ...part('Fix', more.fix && make('p', {}, prose(more.fix))),
      ...part('Details', details(entry, fit)),
      ...part('Example', example(entry)));
    Object.assign(node.dataset, {kind: retired ? 'retired' : 'error', api: api.id, code});
    if (fit) node.dataset.envelope = String(fit.envelope);
    if (link) {
      const {href} = new URL(`./${link}`, catalog.root);
      node.append(line('eb-x-reference', make('a', {href}, 'Reference')));
    }
    return node;
  }

  /**
   * @param {string} title
   * @param {Node | string | undefined} content
   * @returns {(Node | string)[]}
   */
  function part(title, content) {
    return content ? [make('h3', {class: 'eb-x-label'}, title), content] : [];
  }

  /**
   * Says what in a paste decided, and what in it does not agree.
   * @param {Fit} fit
   */
  function evidence({api, envelope, entry, status}) {
    const place = identifier(placeOfCode(api.envelopes[envelope]));
    const {length} = api.envelopes;
    const which = length > 1 ? ` (shape ${envelope + 1} of ${length})` : '';
    const nodes = [
      line('eb-x-quiet', 'The code stands in ', place, `, as in errors of the ${api.title}${which}.`),
    ];
    if (entry && !agrees(entry, status)) {
      const text = `The response has status ${status}, which this error is not known to have.`;
      nodes.push(line('eb-x-notice', text));
    }
    return nodes;
  }

  /**
   * Says that an error is going away or gone, and what takes its place.
   * @param {Entry} entry
   * @returns {Node[]}
   */
  function lifecycle({api, retired, meaning, more}) {
    if (!retired && !more.deprecated) return [];
    const since = more.removed ? ` since ${more.removed}` : '';
    const end = more.sunset ? `, and gone from ${more.sunset}` : '';
    const node = line('eb-x-notice', retired
      ? `This code is retired: it is not sent any more${since}.`
      : `This code is deprecated since ${more.deprecated}${end}.`);
    if (meaning && more.reason) node.append(' ', prose(more.reason));
    const next = api.entries.get(more.replaced_by ?? '');
    if (next) node.append(' ', linkTo(next, identifier(next.code)), ' takes its place.');
    return [node];
  }

  /**
   * @param {Catalog} catalog
   * @param {Entry} entry
   */
  function actions(catalog, {more}) {
    const list = more.actions?.map(([word, how, when]) => {
      const [title, meaning] = catalog.actions[word] ?? [word, ''];
      return make('li', {class: 'eb-x-action'},
        make('p', {},
          make('span', {class: `eb-do eb-do-${word}`}, title), ' ',
          make('span', {class: 'eb-when'}, prose(when))),
        make('p', {}, prose(how || meaning)));
    });
    return list && make('ul', {class: 'eb-x-actions'}, ...list);
  }

  /**
   * Shows names and what there is to say of each.
   * @param {string} kind
   * @param {[name: Node | string, ...what: (Node | string)[]][]} items
   */
  function list(kind, items) {
    return make('dl', {class: kind}, ...items.map(([name, ...what]) =>
      make('div', {}, make('dt', {}, name), make('dd', {}, ...what))));
  }

  /**
   * @param {Entry} entry
   * @param {Fit} [fit]
   * @returns {Node[]}
   */
  function summary(entry, fit) {
    const {api, exception, exit, more} = entry;
    /** @type {[string, ...(Node | string)[]][]} */
    const items = [];
    if (more.retry) items.push(['Retry', ...retryText(more.retry, entry, fit)]);
    if (exception) items.push(['Exception', identifier(exception)]);
    if (exit !== null) {
      const [name, meaning] = api.exit_codes[exit] ?? ['', ''];
      const what = make('div', {class: 'eb-x-quiet'}, prose(meaning));
      items.push(['Exit code', `${exit} `, name ? identifier(name) : '', what]);
    }
    if (more.operations) items.push(['Answered by', more.operations.join(', ')]);
    return items.length ? [list('eb-x-facts', items)] : [];
  }

  /** @type {Record<string, string>} */
  const PAUSES = {exponential: 'with growing pauses', fixed: 'with even pauses'};

  /**
   * @param {Retry} retry
   * @param {Entry} entry
   * @param {Fit} [fit]
   * @returns {(Node | string)[]}
   */
  function retryText(retry, entry, fit) {
    if (retry.when === 'never') return ['Never.'];
    const nodes = [retry.when === 'as_is'
      ? 'Yes, unchanged'
      : 'Only after a change of the request, the state or the credentials'];
    const sources = (retry.after ?? []).flatMap((source, index) =>
      [index ? ' or ' : ', after ', ...waitingTime(source, entry, fit)]);
    const rest = [
      PAUSES[retry.backoff ?? ''],
      retry.needs && `with an ${retry.needs.replaceAll('_', ' ')}`,
      retry.max_attempts && `at most ${retry.max_attempts} attempts`,
    ].filter(Boolean).map((text) => `, ${text}`);
    return [...nodes, ...sources, ...rest, '.'];
  }

  /**
   * Names where a response says how long to wait, and what this one says there.
   * @param {string} source
   * @param {Entry} entry
   * @param {Fit} [fit]
   * @returns {(Node | string)[]}
   */
  function waitingTime(source, entry, fit) {
    const header = source.startsWith('header:') ? source.slice(7) : '';
    const value = header ? fit?.paste.headers.get(header.toLowerCase()) : fit?.details.get(source);
    const unit = entry.more.details?.find(([name]) => name === source)?.[2] ?? '';
    const here = value === undefined ? '' : ` (here ${show(value)} ${unit}`.trimEnd() + ')';
    return [header ? 'the header ' : '', identifier(header || source), here];
  }

  /** @param {Json} value */
  function show(value) {
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  /**
   * Shows the fields beside the code: those that are described, then others that a paste has.
   * @param {Entry} entry
   * @param {Fit} [fit]
   */
  function details({more}, fit) {
    const described = more.details ?? [];
    const names = described.map(([name]) => name);
    const others = [...fit?.details.keys() ?? []].filter((name) => !names.includes(name));
    const items = [
      ...described.map(([name, type, unit, required, meaning]) => {
        const facts = [type, unit, required ? 'required' : 'optional'].filter(Boolean).join(', ');
        return item(name, fit, prose(meaning), make('div', {class: 'eb-x-quiet'}, facts));
      }),
      ...others.map((name) => item(name, fit, 'Not described in the catalog.')),
    ];
    return items.length ? list('eb-x-details', items) : undefined;
  }

  /**
   * @param {string} name
   * @param {Fit | undefined} fit
   * @param {...(Node | string)} what
   * @returns {[Node, ...(Node | string)[]]}
   */
  function item(name, fit, ...what) {
    const node = make('span', {}, identifier(name));
    const value = fit?.details.get(name);
    if (value !== undefined) node.append(' ', make('strong', {class: 'eb-x-value'}, show(value)));
    return [node, ...what];
  }

  /** @param {Entry} entry */
  function example({more: {example: shown}}) {
    if (!shown) return undefined;
    const {headers = {}, body} = shown;
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const text = [lines.join('\n'), body === undefined ? '' : JSON.stringify(body, null, 2)];
    const code = make('code', {tabindex: '0'}, text.filter(Boolean).join('\n\n'));
    return make('pre', {class: 'eb-x-example'}, code);
  }

  /**
   * Shows the error that an address names, whether or not there is one.
   * @param {Catalog} catalog
   * @param {string} ref
   * @returns {View}
   */
  function named(catalog, ref) {
    const back = line('eb-x-back', button({'data-close': ''}, '← All errors'));
    const hits = catalog.entries.filter((entry) => entry.ref === ref || entry.code === ref);
    const cards = hits.map((entry) => card(catalog, entry));
    if (cards.length) return {nodes: [back, ...cards], message: `Showing ${ref}`};
    const lead = line('eb-x-lead', 'There is no error ', identifier(ref), '.');
    const near = nearby(catalog, ref.slice(ref.indexOf('/') + 1));
    return {nodes: [back, lead, ...near], message: 'No such error'};
  }


  // The element.

  /** @type {Map<string, Promise<Index>>} */
  const loading = new Map();

  /**
   * Loads an index once, however many elements and pages ask for it.
   * @param {URL} url
   */
  function load(url) {
    const known = loading.get(url.href);
    if (known) return known;
    /** @type {Promise<Index>} */
    const promise = new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = url.href;
      script.addEventListener('error', () => reject(new Error(`${url} cannot be loaded`)));
      script.addEventListener('load', () => {
        const index = /** @type {{errorbook?: Index}} */ (window).errorbook;
        if (index?.format === FORMAT) resolve(index);
        else reject(new Error(`${url} has another format`));
      });
      document.head.append(script);
    });
    promise.catch(() => loading.delete(url.href));
    loading.set(url.href, promise);
    return promise;
  }

  /** @returns {{error: string, q: string | null}} what the address asks for */
  function readHash() {
    try {
      const [, name, value] = /^#(error|q)=(.*)$/.exec(location.hash) ?? [];
      const text = decodeURIComponent(value ?? '');
      return name === 'error' ? {error: text, q: null} : {error: '', q: name ? text : null};
    } catch {
      return {error: '', q: null};
    }
  }

  let created = 0;

  class ErrorExplorer extends HTMLElement {
    /** @type {ChildNode[] | null} */
    #fallback = null;
    /** @type {AbortController | null} */
    #connection = null;
    /** @type {Catalog | null} */
    #catalog = null;
    #box = /** @type {HTMLTextAreaElement} */ (make('textarea', {class: 'eb-x-box', rows: '1'}));
    #clear = button({class: 'eb-x-button eb-x-clear', 'data-query': '', hidden: ''}, 'Clear');
    #status = make('p', {class: 'eb-x-count', role: 'status', 'aria-atomic': 'true'});
    #results = make('div', {class: 'eb-x-results'});
    #limit = ROWS;
    #timer = 0;
    /** The error whose card the address names. */
    #open = '';
    /** Whether Back leads from that card to where it was opened. */
    #canGoBack = false;
    /** Whether what stands in the box filters, rather than being decoded. */
    #filters = true;
    /** Whether every key of it was typed: only that may show in the address. */
    #typed = true;

    connectedCallback() {
      this.#connection = new AbortController();
      const {signal} = this.#connection;
      if (document.readyState !== 'loading') this.#start(signal);
      // The parser may not have reached the fallback yet.
      else document.addEventListener('DOMContentLoaded', () => this.#start(signal), {signal});
    }

    disconnectedCallback() {
      this.#connection?.abort();
      clearTimeout(this.#timer);
      if (this.#fallback) this.replaceChildren(...this.#fallback);
      this.#fallback = null;
    }

    /** @param {AbortSignal} signal */
    async #start(signal) {
      this.#fallback = [...this.childNodes];
      this.#results.replaceChildren(...this.#fallback);
      this.replaceChildren(this.#form(), this.#status, this.#results);
      this.#box.addEventListener('input', (event) => this.#onInput(event), {signal});
      this.addEventListener('click', (event) => this.#onClick(event), {signal});
      this.addEventListener('keydown', (event) => this.#onKey(event), {signal});
      // A step to another hash fires both, in an order that depends on who took it.
      for (const type of ['popstate', 'hashchange']) {
        window.addEventListener(type, () => this.#follow(), {signal});
      }
      const url = new URL(this.dataset.index ?? '', document.baseURI);
      const index = await load(url).catch(() => null);
      if (signal.aborted) return;
      if (index) {
        this.#catalog = readIndex(index, this.dataset.api ?? '', new URL('../../', url));
        this.#follow(true);
      } else {
        const note = line('eb-x-hint', 'The live search cannot be loaded.');
        this.replaceChildren(...this.#fallback, note);
      }
    }

    #form() {
      created += 1;
      const id = `eb-x-box-${created}`;
      for (const [name, value] of Object.entries({
        id, 'aria-describedby': `${id}-hint`, autocapitalize: 'off', autocomplete: 'off',
        spellcheck: 'false', placeholder: 'rate_limited, 429, or {"error": …}',
      })) this.#box.setAttribute(name, value);
      return make('search', {class: 'eb-x-form', 'aria-label': 'Errors'},
        make('label', {for: id}, 'Find an error, or paste a response'),
        make('div', {class: 'eb-x-field'}, this.#box, this.#clear),
        make('p', {id: `${id}-hint`, class: 'eb-x-hint'},
          'Takes codes, statuses, exceptions, exit codes and words. ' +
          'A JSON body is decoded, and never leaves this page.'));
    }

    /**
     * Goes where the address says.
     * @param {boolean} first
     */
    #follow(first = false) {
      const {error, q} = readHash();
      const {api} = this.dataset;
      const open = api && error.includes('/') && !error.startsWith(`${api}/`) ? '' : error;
      const asked = q !== null && q !== this.#box.value;
      if (asked) this.#fill(q);
      if (!asked && !first && open === this.#open) return;
      const before = this.#open;
      this.#open = open;
      this.#limit = ROWS;
      this.#render(first);
      if (open) this.#focusCard();
      else if (before) this.#focusRow(before);
    }

    /** @param {boolean} [quiet] whether nothing needs to be announced */
    #render(quiet = false) {
      const text = this.#box.value;
      this.#clear.hidden = !text;
      this.#box.rows = Math.min(8, text.split('\n').length);
      const paste = readPaste(text);
      this.#filters = !paste && !/^\s*[{[]/.test(text);
      if (!this.#catalog) return;
      const {nodes, message} = this.#view(this.#catalog, text, paste);
      this.#results.replaceChildren(...nodes);
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#settle(message), quiet ? 0 : QUIET_MS);
    }

    /**
     * @param {Catalog} catalog
     * @param {string} text
     * @param {Paste | null} paste
     * @returns {View}
     */
    #view(catalog, text, paste) {
      if (this.#open) return named(catalog, this.#open);
      if (!text.trim()) return everything(catalog, this.#limit);
      if (paste) return decoded(catalog, paste);
      if (this.#filters) return filtered(catalog, text, this.#limit);
      const lead = line('eb-x-lead', 'This begins like JSON, but it is not complete.');
      lead.dataset.kind = 'not_json';
      return {nodes: [lead], message: 'Not complete'};
    }

    /**
     * Says what was found and puts a typed filter into the address, once typing rests.
     * @param {string} message
     */
    #settle(message) {
      clearTimeout(this.#timer);
      this.#status.textContent = message;
      this.#writeFilter();
    }

    #writeFilter() {
      if (this.#open) return;
      const text = this.#typed && this.#filters ? this.#box.value.trim() : '';
      const asked = text && `#q=${encodeURIComponent(text)}`;
      const hash = asked || (/^#(?:error|q)=/.test(location.hash) ? '' : location.hash);
      if (hash === location.hash) return;
      // The theme keeps its scroll position in the state.
      history.replaceState(history.state, '', location.pathname + location.search + hash);
    }

    /** @param {Event} event */
    #onInput(event) {
      const {inputType} = /** @type {InputEvent} */ (event);
      const byHand = /^(?:insertText|insertComposition|insertLineBreak|delete)/.test(inputType);
      this.#typed = !this.#box.value || (this.#typed && byHand);
      this.#leaveCard();
    }

    /** @param {MouseEvent} event */
    #onClick(event) {
      const target = /** @type {Element} */ (event.target).closest('a, button');
      if (!(target instanceof HTMLElement)) return;
      const {ref, query, copy, more, close} = target.dataset;
      if (ref !== undefined) {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        // Handled here, so that no theme takes it for a way to another page.
        event.preventDefault();
        event.stopPropagation();
        this.#openCard(ref);
      } else if (query !== undefined) this.#ask(query);
      else if (copy !== undefined) this.#copy(copy, target);
      else if (close !== undefined) this.#closeCard();
      else if (more !== undefined) this.#showMore();
    }

    /** @param {string} query */
    #ask(query) {
      this.#fill(query);
      this.#leaveCard();
      this.#box.focus();
    }

    /**
     * Puts a query into the box that may show in the address, or comes from there.
     * @param {string} query
     */
    #fill(query) {
      this.#box.value = query;
      this.#typed = true;
    }

    #showMore() {
      const next = this.#links().length;
      this.#limit += ROWS;
      this.#render();
      this.#links()[next]?.focus();
    }

    /** @param {string} ref */
    #openCard(ref) {
      this.#writeFilter();
      this.#canGoBack = !this.#open;
      location.hash = hashOf(ref);
      this.#follow();
    }

    #closeCard() {
      if (this.#canGoBack) {
        history.back();
        return;
      }
      const before = this.#open;
      this.#leaveCard();
      this.#focusRow(before);
    }

    /** Shows what the box asks for; a card leaves the address without a step in the history. */
    #leaveCard() {
      const hadCard = this.#open;
      this.#open = '';
      this.#canGoBack = false;
      this.#limit = ROWS;
      this.#render();
      if (hadCard) this.#writeFilter();
    }

    #focusCard() {
      const title = this.#one('.eb-x-title') ?? this.#one('[data-close]');
      title?.focus({preventScroll: true});
      title?.scrollIntoView({block: 'nearest'});
    }

    /** @param {string} ref */
    #focusRow(ref) {
      (this.#links().find((link) => link.dataset.ref === ref) ?? this.#box).focus();
    }

    /**
     * @param {string} selector
     * @returns {HTMLElement | null}
     */
    #one(selector) {
      return this.#results.querySelector(selector);
    }

    /** @returns {HTMLElement[]} the links of the rows */
    #links() {
      return Array.from(this.#results.querySelectorAll('.eb-x-table a'));
    }

    /**
     * @param {string} ref
     * @param {HTMLElement} button
     */
    async #copy(ref, button) {
      const url = location.href.replace(/#.*/, '') + hashOf(ref);
      try {
        await navigator.clipboard.writeText(url);
        button.textContent = 'Link copied';
        this.#settle('Link copied');
      } catch {
        this.#settle(`The browser does not allow copying. The link is ${url}`);
      }
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
      const {key, ctrlKey, metaKey, altKey} = event;
      if (event.isComposing || ctrlKey || metaKey || altKey) return;
      // Themes bind single keys (n, p, s, f, /) on the window.
      if (key.length === 1) event.stopPropagation();
      const done = event.target === this.#box ? this.#onBoxKey(event) : this.#onResultsKey(key);
      if (done) event.preventDefault();
    }

    /**
     * @param {KeyboardEvent} event
     * @returns {boolean} whether the key has done its work
     */
    #onBoxKey({key, shiftKey}) {
      const {value, selectionEnd} = this.#box;
      const links = this.#links();
      if (key === 'Escape') {
        if (value || this.#open) this.#ask('');
      } else if (key === 'Enter' && !shiftKey && this.#filters) {
        if (value.trim()) links[0]?.click();
      } else if (key === 'ArrowDown' && (this.#filters || selectionEnd === value.length)) {
        (links[0] ?? this.#one('.eb-x-title, button'))?.focus();
      } else {
        return false;
      }
      return true;
    }

    /**
     * @param {string} key
     * @returns {boolean} whether the key has done its work
     */
    #onResultsKey(key) {
      const links = this.#links();
      const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1}[key];
      if (key === 'Escape') {
        if (this.#open) this.#closeCard();
        else this.#box.focus();
      } else if (at < 0 || to === undefined) {
        return false;
      } else {
        (to < 0 ? this.#box : links[Math.min(to, links.length - 1)]).focus();
      }
      return true;
    }
  }

  customElements.define('error-explorer', ErrorExplorer);
})();
