/**
 * Tabs of languages. Whichever is chosen in one set is chosen in all that have it, an author's as
 * well, and on the next page: they are marked up as pymdownx.tabbed does, and the titles kept where
 * Material keeps them. An author's tabs lead where Material links tabs.
 */
import {make} from './dom.js';

const KEY = '__tabs';
/** Material's own, by which each of several sites at one host has its own choice. */
const {__md_get: get, __md_set: set, document$: pages} = /** @type {any} */ (globalThis);

let count = 0;
let isRestoring = false;

/**
 * @param {[title: string, ...content: Node[]][]} pieces
 */
export function tabs(pieces) {
  count += 1;
  const name = `__tabbed_ebx${count}`;
  const wanted = kept();
  const best = wanted.find((title) => pieces.some(([one]) => one === title)) ?? pieces[0][0];
  const node = make('div',
    {class: 'tabbed-set tabbed-alternate eb-tabs', 'data-tabs': name, role: 'group',
      'aria-label': 'Language'},
    ...pieces.map(([title], at) => make('input', {
      type: 'radio', name, id: name + at, ...title === best ? {checked: ''} : {},
    })),
    make('div', {class: 'tabbed-labels'},
      ...pieces.map(([title], at) => make('label', {for: name + at}, title))),
    make('div', {class: 'tabbed-content'},
      ...pieces.map(([, ...content]) => make('div', {class: 'tabbed-block'}, ...content))));
  node.addEventListener('change', (event) => {
    event.stopPropagation(); // it is no filter of the explorer's
    follow(event);
  });
  return node;
}

/** Links the tabs of the page, and shows in them what was chosen before. */
export function linkTabs() {
  document.addEventListener('change', follow);
  restore();
  // Material sets a page in without loading it.
  pages?.subscribe?.(restore);
}

/** Shows in each set what was chosen last of what it has. */
function restore() {
  isRestoring = true;
  [...kept()].reverse().forEach(choose);
  isRestoring = false;
}

/** @param {Event} event */
function follow({target}) {
  if (isRestoring || !(target instanceof HTMLInputElement) || !target.closest('.eb-tabs')) return;
  const title = titleOf(target);
  // A theme that links tabs itself goes first; then there is nothing left to choose.
  setTimeout(() => {
    keep(title);
    const {top} = target.getBoundingClientRect();
    choose(title);
    scrollBy(0, target.getBoundingClientRect().top - top);
  });
}

/** @param {string} title */
function choose(title) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const inputs = document.querySelectorAll('.tabbed-set > input');
  for (const input of inputs) {
    if (!input.checked && titleOf(input) === title) input.click();
  }
}

/** @param {HTMLInputElement} input */
function titleOf(input) {
  return input.labels?.[0]?.textContent?.trim() ?? '';
}

/**
 * Returns the titles that were chosen, the last one first.
 * @returns {string[]}
 */
function kept() {
  try {
    const titles = get ? get(KEY) : JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(titles) ? titles : [];
  } catch {
    return []; // a page may not be allowed to keep anything
  }
}

/** @param {string} title */
function keep(title) {
  const titles = [...new Set([title, ...kept()])];
  try {
    if (set) set(KEY, titles);
    else localStorage.setItem(KEY, JSON.stringify(titles));
  } catch {
    // It holds for this page then.
  }
}
