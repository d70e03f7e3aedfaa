/**
 * The box: what somebody types or pastes into it, and what it shows of that.
 *
 * @import {Reader} from './read.js'
 */
import {button, make} from './dom.js';
import {isHuge} from './huge.js';

/** Letters that a key, or a word that is suggested or spoken, may bring. */
const MOST_AT_ONCE = 40;

let made = 0;

export class Box {
  node = make('textarea', {class: 'eb-x-box', rows: '1'});
  clear = button({class: 'eb-x-button eb-x-clear', 'data-query': '', hidden: ''}, 'Clear');
  /** Whether every key of it was typed: only that may show in the address. */
  typed = true;
  /** @type {Reader | null} */
  reader = null;
  /** What was pasted, and what the box shows of it. */
  #pasted = {raw: '', shown: ''};

  /** What stands in it, as it came. */
  get text() {
    const {raw, shown} = this.#pasted;
    return !this.typed && this.node.value === shown ? raw : this.node.value;
  }

  /** What of it may show in the address: nothing before it is known to be no credential. */
  get query() {
    const text = this.typed ? this.node.value.trim() : '';
    return this.reader?.maskText(text) === text ? text : '';
  }

  /**
   * Puts a query into it that may show in the address, or comes from there.
   * @param {string} query
   */
  fill(query) {
    this.node.value = query;
    this.typed = true;
  }

  /**
   * Takes what was pasted: it is decoded as it came, and shown without credentials.
   * @param {string} [raw]
   */
  take(raw = this.text) {
    this.typed = false;
    // What cannot be masked yet is not shown, if it is long.
    const shown = this.reader?.boxed(raw) ?? (isHuge(raw) ? '…' : raw);
    if (shown !== this.node.value) this.node.value = shown;
    // The box has its own line breaks.
    this.#pasted = {raw, shown: this.node.value};
  }

  /**
   * Tells by what brought it whether a text was typed, and takes it if it was not.
   * @param {InputEvent} event
   */
  input({inputType, data}) {
    const byHand = /^(?:insertText|insertComposition|insertLineBreak|delete)/.test(inputType) &&
      (data?.length ?? 0) < MOST_AT_ONCE;
    this.typed = !this.node.value || (this.typed && byHand);
    if (!this.typed && !byHand) this.take();
  }

  /**
   * Keeps a text out that would take seconds to lay out, and tells whether it was one.
   * @param {Event} event of a paste, or of something dropped
   */
  paste(event) {
    const {clipboardData, dataTransfer} =
      /** @type {{clipboardData?: DataTransfer, dataTransfer?: DataTransfer}} */ (event);
    const text = (clipboardData ?? dataTransfer)?.getData('text/plain') ?? '';
    if (!isHuge(text)) return false;
    event.preventDefault();
    this.take(text.replaceAll('\r', ''));
    return true;
  }

  /** Fits its height, and the button beside it, to what stands in it. */
  fit() {
    this.clear.hidden = !this.text;
    this.node.rows = Math.min(8, this.node.value.split('\n').length);
  }

  /** @param {HTMLElement} filter */
  form(filter) {
    made += 1;
    const id = `eb-x-box-${made}`;
    for (const [name, value] of Object.entries({
      id, 'aria-describedby': `${id}-hint`, autocapitalize: 'off', autocomplete: 'off',
      spellcheck: 'false', placeholder: 'rate_limited, 429, or {"error": …}',
    })) this.node.setAttribute(name, value);
    return make('search', {class: 'eb-x-form', 'aria-label': 'Errors'},
      make('label', {for: id}, 'Find an error, or paste a response'),
      make('div', {class: 'eb-x-field'}, this.node, this.clear),
      make('p', {id: `${id}-hint`, class: 'eb-x-hint'},
        'Takes codes, statuses, exceptions, exit codes and words. ' +
        'A response, a traceback or a log is decoded, and never leaves this page.'),
      filter);
  }
}
