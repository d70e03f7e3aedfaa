/**
 * Nodes. Catalog and paste reach the page as text nodes and attributes only.
 *
 * @typedef {object} View
 * @property {Node[]} nodes what is shown
 * @property {string} message how it is announced
 * @property {(all: boolean) => boolean} [later] adds some of what is not in sight at first, or all
 *   of it, and tells whether there is more
 * @typedef {Node | string} Child
 */

/** Rows of a table that are shown at first. */
export const ROWS = 50;

/**
 * Roles that say again what the elements say: a table that a narrow page lays out as cards is a
 * table no longer to some screen readers.
 * @type {Record<string, string>}
 */
const ROLES = {table: 'table', thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', td: 'cell'};

/**
 * @template {string} Name
 * @param {Name} name
 * @param {Record<string, string>} attributes
 * @param {...Child} children
 * @returns {Name extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Name] : HTMLElement}
 */
export function make(name, attributes, ...children) {
  const node = /** @type {ReturnType<typeof make<Name>>} */ (document.createElement(name));
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (ROLES[name]) node.setAttribute('role', ROLES[name]);
  node.append(...children);
  return node;
}

/**
 * @param {string} name
 * @param {...Child} children
 */
export function line(name, ...children) {
  return make('p', {class: name}, ...children);
}

/**
 * @param {Record<string, string>} attributes which say what it does
 * @param {...Child} children
 */
export function button(attributes, ...children) {
  return make('button', {type: 'button', class: 'eb-x-button', ...attributes}, ...children);
}

/**
 * Shows names and what there is to say of each.
 * @param {string} kind
 * @param {[name: Child, ...what: Child[]][]} items
 */
export function list(kind, items) {
  return make('dl', {class: kind}, ...items.map(([name, ...what]) =>
    make('div', {}, make('dt', {}, name), make('dd', {}, ...what))));
}

/**
 * Shows an identifier: it may break after a separator or before a capital, nowhere else.
 * @param {string} text
 */
export function identifier(text) {
  const pieces = text.split(/(?<=[_./:])|(?<=[a-z0-9])(?=[A-Z])/);
  const node = make('code', {class: 'eb-x-id'});
  pieces.forEach((piece, index) => node.append(...(index ? [make('wbr', {})] : []), piece));
  return node;
}

/**
 * Shows prose of the index: text with `code` marks.
 * @param {string} text
 */
export function prose(text) {
  const node = document.createDocumentFragment();
  let at = 0;
  for (const mark of text.matchAll(/\\([\\`])|`([^`]+)`/g)) {
    node.append(text.slice(at, mark.index), mark[1] ?? make('code', {}, mark[2]));
    at = mark.index + mark[0].length;
  }
  node.append(text.slice(at));
  return node;
}
