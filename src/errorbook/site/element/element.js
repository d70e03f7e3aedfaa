/**
 * The element: its box, what it shows, and where in the address that stands.
 *
 * @import {View} from './dom.js'
 */
import {hashFor, hashOf, readHash} from './address.js';
import {Box} from './box.js';
import {Catalog, catalogAt} from './catalog.js';
import {SAY} from './copy.js';
import {decoded} from './decoded.js';
import {line, make, ROWS} from './dom.js';
import {beside} from './embedding.js';
import {FACET_NAMES, Facets} from './facets.js';
import {prepare, search} from './find.js';
import {isLong} from './huge.js';
import {isChord, onSlash, step} from './keys.js';
import {named} from './named.js';
import {loadReader} from './reader.js';
import {everything, found, unnamed} from './results.js';
import {inSlices} from './slices.js';

const QUIET_MS = 250;
/** Entries that are searched so fast that a typed query may be decoded as well. */
const FEW = 1000;

export class ErrorExplorer extends HTMLElement {
  /** @type {ChildNode[] | null} */
  #fallback = null;
  /** @type {AbortController | null} */
  #connection = null;
  /** @type {Catalog | null} */
  #catalog = null;
  #facets = new Facets();
  #box = new Box();
  #filter = make('div', {}, this.#facets.node);
  #status = make('p', {class: 'eb-x-count', role: 'status', 'aria-atomic': 'true'});
  #results = make('div', {class: 'eb-x-results'});
  #limit = ROWS;
  #timer = 0;
  /** Abandons the search that is under way. */
  #abandon = () => {};
  /** What to do once its results are shown. */
  #then = () => {};
  /** What is left to do once the page has painted them. */
  #later = () => {};
  /** Shows them again. */
  #again = () => {};
  #pending = false;
  #prepared = false;
  /** The error whose card the address names. */
  #open = '';
  /**
   * The hash to which Back leads from that card, if it does.
   * @type {string | null}
   */
  #from = null;
  /** What was last to be in the address. */
  #written = '';
  /** What is said of a paste that cannot be read yet. */
  #unread = 'Reading…';
  /** Whether what stands in the box filters, rather than being decoded. */
  #filters = true;
  /** Of the page it stands on: a theme may go on to the next before it takes this one away. */
  #path = location.pathname;

  connectedCallback() {
    this.classList.add('errorbook', 'errorbook-explorer');
    this.#connection = new AbortController();
    const {signal} = this.#connection;
    if (document.readyState !== 'loading') this.#start(signal);
    // The parser may not have reached the fallback yet.
    else document.addEventListener('DOMContentLoaded', () => this.#start(signal), {signal});
  }

  disconnectedCallback() {
    this.#connection?.abort();
    this.#abandon();
    this.#later = () => {};
    clearTimeout(this.#timer);
    if (this.#fallback) this.replaceChildren(...this.#fallback);
    this.#fallback = null;
    // A theme may hold on to pages that it left.
    this.#results.replaceChildren();
  }

  /** @param {AbortSignal} signal */
  async #start(signal) {
    this.#fallback = [...this.childNodes];
    this.#results.replaceChildren(...this.#fallback);
    this.replaceChildren(
      this.#box.form(this.#filter), this.#status, this.#results);
    this.#box.node.addEventListener('input', (event) => this.#onInput(event), {signal});
    for (const type of ['paste', 'drop']) {
      this.#box.node.addEventListener(type, (event) => {
        if (this.#box.paste(event)) this.#leaveCard();
      }, {signal});
    }
    this.#box.node.addEventListener('focus', () => this.#complete(), {signal});
    this.addEventListener('change', (event) => this.#onChange(event), {signal});
    // The numbers in the filter are counted once it is open.
    this.addEventListener('toggle', () => {
      this.#render(true);
      this.#later();
    }, {signal, capture: true});
    this.addEventListener('click', (event) => this.#onClick(event), {signal});
    this.addEventListener('keydown', (event) => this.#onKey(event), {signal});
    this.addEventListener(SAY, (event) => this.#say(event), {signal});
    onSlash(() => this.#box.node.focus(), signal);
    // A step to another hash fires both, in an order that depends on who took it.
    for (const type of ['popstate', 'hashchange']) {
      window.addEventListener(type, () => this.#follow(), {signal});
    }
    const url = new URL(this.dataset.index ?? '', document.baseURI);
    const catalog = await catalogAt(url, this.dataset.api ?? '').catch(() => null);
    if (signal.aborted) return;
    if (catalog) this.#begin(catalog, signal);
    else {
      const note = line('eb-x-hint', `The live search cannot be loaded from ${url}.`);
      this.replaceChildren(...this.#fallback, note);
    }
  }

  /**
   * @param {Catalog} catalog
   * @param {AbortSignal} signal
   */
  #begin(catalog, signal) {
    this.#catalog = catalog;
    this.#prepared = false;
    this.#follow(true);
    const again = () => {
      if (!signal.aborted && (this.#open || this.#box.text.trim())) this.#render(true);
    };
    catalog.addEventListener('change', again, {signal});
    // Without it nothing is decoded, but everything is found.
    loadReader().then((reader) => {
      this.#box.reader = reader;
      reader.ensureStyles(this, beside('.'));
      if (!this.#box.typed) this.#box.take();
      again();
    }, () => {
      this.#unread = 'What was pasted cannot be read: a script is missing.';
      again();
    });
  }

  /**
   * Goes where the address says.
   * @param {boolean} first
   */
  #follow(first = false) {
    const {error, q, chosen, ours} = readHash(FACET_NAMES);
    // A hash of the page's is no step of the explorer's, unless a card was opened from there.
    if (!ours && !first && location.hash !== this.#from) return;
    const {api} = this.dataset;
    const open = api && error.includes('/') && !error.startsWith(`${api}/`) ? '' : error;
    // What cannot be in an address stays where one has none of it.
    const stays = first || !ours || error || !this.#query;
    const wanted = q ?? (stays ? this.#box.node.value : '');
    const asked = wanted !== this.#box.node.value;
    const narrowed = String(this.#facets.chosen);
    if (asked) this.#box.fill(wanted);
    if (ours && !error) this.#facets.chosen = chosen;
    const same = !asked && narrowed === String(this.#facets.chosen);
    if (same && !first && open === this.#open) return;
    const before = this.#open;
    this.#open = open;
    this.#limit = ROWS;
    if (before) this.#from = null;
    // Another explorer on the page may have the focus.
    const {activeElement} = document;
    const mayFocus = first || activeElement === document.body || this.contains(activeElement);
    if (mayFocus) this.#then = () => open ? this.#focusCard() : before && this.#focusRow(before);
    this.#render(first);
  }

  /** @param {boolean} [quiet] whether nothing needs to be announced */
  #render(quiet = false) {
    this.#abandon();
    this.#later = () => {};
    const text = this.#box.text;
    const query = text.trim();
    this.#box.fit();
    const catalog = this.#catalog;
    if (!catalog) return;
    const view = this.#view(catalog, text);
    if (!this.#open) this.#filters = !view;
    this.#filter.hidden = view !== null;
    if (view) {
      this.#show(view, quiet);
      return;
    }
    this.#pending = true;
    this.#abandon = inSlices(search(catalog, query, this.#facets), (hits) => {
      const chosen = this.#facets.chosen.length > 0;
      this.#facets.show(hits.counts);
      const isRead = query && !chosen && !hits.entries.length &&
        (!this.#box.typed || catalog.entries.length < FEW);
      const told = isRead && this.#box.reader && decoded(this.#box.reader, catalog, text, true);
      this.#again = () => this.#show(told || (query
        ? found(catalog, hits, chosen, this.#limit, query)
        : everything(catalog, hits, chosen, this.#limit)), quiet);
      this.#again();
    });
  }

  /** Fetches the long texts as well, for whoever is about to look for something. */
  #complete() {
    if (this.#catalog && !this.#catalog.complete) this.#catalog.all().catch(() => {});
  }

  /**
   * Returns what is shown without a search; null where there is one to do.
   * @param {Catalog} catalog
   * @param {string} text
   */
  #view(catalog, text) {
    if (this.#open) return named(catalog, this.#open);
    // Words that somebody types are searched for; to decode them would take longer than a key may.
    if (!text.trim() || this.#box.typed && !/[\n{[=(]|: /.test(text)) return null;
    const view = this.#box.reader && decoded(this.#box.reader, catalog, text);
    if (view || this.#box.typed) return view;
    if (this.#box.reader) return isLong(text.trim()) ? unnamed(catalog, text) : null;
    return {nodes: [line('eb-x-lead', this.#unread)], message: this.#unread};
  }

  /**
   * @param {View} view
   * @param {boolean} quiet
   */
  #show({nodes, message, later}, quiet) {
    this.#pending = false;
    const focused = this.#results.contains(document.activeElement) ? document.activeElement : null;
    this.#results.replaceChildren(...nodes);
    // What took its place has the focus now.
    const same = this.#all('a, button, [tabindex]').find((one) => one.isEqualNode(focused));
    same?.focus({preventScroll: true});
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#settle(message), quiet ? 0 : QUIET_MS);
    const add = (all = true) => {
      if (this.#later !== add) return;
      if (later?.(all)) frame();
      else this.#finish();
    };
    // To lay out all rows at once would take longer than a key may.
    const frame = () => requestAnimationFrame(() => setTimeout(() => add(false)));
    this.#later = add;
    setTimeout(frame, quiet ? 0 : QUIET_MS);
    const then = this.#then;
    this.#then = () => {};
    then();
    for (const {dataset} of this.#all('[data-waits]')) {
      const entry = this.#catalog?.entries.find(({ref}) => ref === dataset.waits);
      if (entry) this.#catalog?.ready(entry).catch(() => {});
    }
  }

  /** Does what can wait until results are shown: the next key finds all words at hand. */
  #finish() {
    this.#later = () => {};
    this.#facets.update();
    if (this.#box.node.value.trim() || document.activeElement === this.#box.node) this.#complete();
    const signal = this.#connection?.signal;
    const catalog = this.#catalog;
    if (!catalog || !signal || signal.aborted || this.#prepared) return;
    this.#prepared = true;
    const words = () => signal.addEventListener('abort', inSlices(prepare(catalog), () => {}));
    signal.addEventListener('abort', inSlices(this.#facets.offer(catalog), words));
  }

  /**
   * Says what was found and puts a typed filter into the address, once typing rests.
   * @param {string} message
   */
  #settle(message) {
    clearTimeout(this.#timer);
    if (this.#status.textContent !== message) this.#status.textContent = message;
    this.#writeFilter();
  }

  /** What of the box may show in the address. */
  get #query() {
    return this.#filters ? this.#box.query : '';
  }

  #writeFilter() {
    if (this.#open || this.#path !== location.pathname) return;
    const wanted = hashFor(this.#query, this.#facets.chosen);
    const {ours} = readHash(FACET_NAMES);
    const hash = ours || wanted && wanted !== this.#written ? wanted : location.hash;
    this.#written = wanted;
    if (hash === location.hash) return;
    // The theme keeps its scroll position in the state.
    history.replaceState(history.state, '', location.pathname + location.search + hash);
  }

  /**
   * Decodes a text without showing it.
   * @param {string} text
   * @returns {Promise<unknown>} what it is, as data: decision.js says what is in it
   */
  async decode(text) {
    const url = new URL(this.dataset.index ?? '', document.baseURI);
    const found = catalogAt(url, this.dataset.api ?? '');
    const [reader, catalog] = await Promise.all([loadReader(), found]);
    await catalog.all();
    return reader.decision(reader.decode(catalog, text));
  }

  /** @param {Event} event */
  #onInput(event) {
    this.#then = () => {};
    this.#box.input(/** @type {InputEvent} */ (event));
    this.#leaveCard();
  }

  /** @param {Event} event */
  #onChange({target}) {
    if (!(target instanceof HTMLInputElement)) return;
    this.#facets.toggle(target);
    this.#leaveCard();
  }

  /** @param {Event} event */
  #say(event) {
    this.#settle(/** @type {CustomEvent<string>} */ (event).detail);
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const target = /** @type {Element} */ (event.target).closest('a, button');
    if (!(target instanceof HTMLElement)) return;
    const {ref, query, more, close, reset} = target.dataset;
    if (ref !== undefined) {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      // Handled here, so that no theme takes it for a way to another page.
      event.preventDefault();
      event.stopPropagation();
      this.#openCard(ref);
    } else if (query !== undefined) this.#ask(query);
    else if (reset !== undefined) this.#widen();
    else if (close !== undefined) this.#closeCard();
    else if (more !== undefined) this.#showMore();
  }

  /** @param {string} query */
  #ask(query) {
    this.#box.fill(query);
    this.#leaveCard();
    this.#box.node.focus();
  }

  #widen() {
    this.#facets.chosen = [];
    this.#leaveCard();
    this.#box.node.focus();
  }

  #showMore() {
    const next = this.#links().length;
    this.#limit += ROWS;
    this.#again();
    this.#later();
    this.#links()[next]?.focus();
  }

  /** @param {string} ref */
  #openCard(ref) {
    this.#writeFilter();
    if (!this.#open) this.#from = location.hash;
    location.hash = hashOf(ref);
    this.#follow();
  }

  #closeCard() {
    if (this.#from !== null && location.hash === hashOf(this.#open)) {
      history.back();
      return;
    }
    const before = this.#open;
    this.#then = () => this.#focusRow(before);
    this.#leaveCard();
  }

  /** Shows what the box asks for; a card leaves the address without a step in the history. */
  #leaveCard() {
    const hadCard = this.#open;
    this.#open = '';
    this.#from = null;
    this.#limit = ROWS;
    this.#render();
    if (hadCard) this.#writeFilter();
  }

  #focusCard() {
    const [title] = this.#all('.eb-x-title, [data-close]').reverse();
    title?.focus({preventScroll: true});
    title?.scrollIntoView({block: 'nearest'});
  }

  /** @param {string} ref */
  #focusRow(ref) {
    this.#later();
    (this.#all('a').find((link) => link.dataset.ref === ref) ?? this.#box.node).focus();
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement[]} what of the results it selects
   */
  #all(selector) {
    return Array.from(this.#results.querySelectorAll(selector));
  }

  #links() {
    return this.#all('.eb-x-table a');
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const {key, target} = event;
    if (isChord(event)) return;
    // Themes bind single keys (n, p, s, f, /) on the window.
    if (key.length === 1) event.stopPropagation();
    const done = target === this.#box.node ? this.#onBoxKey(event) : this.#onResultsKey(key);
    if (done) event.preventDefault();
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key has done its work
   */
  #onBoxKey({key, shiftKey}) {
    const {value, selectionEnd} = this.#box.node;
    const links = this.#links();
    if (key === 'Escape') {
      if (this.#open) this.#closeCard();
      else if (value) this.#ask('');
    } else if (key === 'Enter' && !shiftKey && this.#filters) {
      const open = () => this.#links()[0]?.click();
      if (this.#pending) this.#then = open;
      else if (value.trim()) open();
    } else if (key === 'ArrowDown' && (this.#filters || selectionEnd === value.length)) {
      (links[0] ?? this.#all('.eb-x-title, button')[0])?.focus();
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
    const to = at < 0 ? undefined : step(key, at, links.length);
    if (key === 'Escape' && this.#open) this.#closeCard();
    else if (key === 'Escape' || key === '/' || to === -1) this.#box.node.focus();
    else if (to === undefined) return false;
    else links[to].focus();
    return true;
  }
}
