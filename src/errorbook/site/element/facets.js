/**
 * Facets: what results can be narrowed to. Values of one facet are alternatives, facets add up.
 * The numbers beside the values follow the query and the choices in the other facets.
 *
 * @import {Chosen} from './address.js'
 * @import {Catalog} from './catalog.js'
 * @import {Entry} from './types.js'
 */
import {button, make} from './dom.js';
import {family} from './entry.js';
import {each} from './slices.js';

/** Values of a facet shown before all of them are asked for. */
const SHOWN = 12;

/** @typedef {Map<string, number>[]} Counts how many errors have each value, by facet */

/**
 * @typedef {object} Facet
 * @property {string} name
 * @property {string} title
 * @property {(entry: Entry) => string[]} values
 * @property {(value: string, catalog: Catalog) => string} [label]
 */

/** @type {Facet[]} */
const FACETS = [
  {
    name: 'api', title: 'API', values: ({api}) => [api.id],
    label: (value, {apis}) => apis.find(({id}) => id === value)?.title ?? value,
  },
  {
    name: 'group', title: 'Group', values: ({api, group}) => [`${api.id}/${group ?? '-'}`],
    label: groupTitle,
  },
  {
    name: 'status', title: 'HTTP status',
    values: ({statuses}) => [...new Set(statuses.map(family))],
  },
  {
    name: 'action', title: 'What to do', values: ({actions}) => actions,
    label: (value, {words}) => words.actions[value]?.[0] ?? value,
  },
  {
    name: 'retry', title: 'Retry', values: ({retry}) => [retry],
    label: (value, {words}) => words.retry[value]?.[0] ?? value,
  },
  {
    name: 'exit', title: 'Exit code', values: ({exit}) => exit === null ? [] : [`${exit}`],
    // Each API has names of its own for the numbers.
    label: (value, {apis: [api, other]}) =>
      `${value} ${other ? '' : api.exit_codes[value]?.[0] ?? ''}`,
  },
];

export const FACET_NAMES = FACETS.map(({name}) => name);

/**
 * @param {string} value
 * @param {Catalog} catalog
 */
export function groupTitle(value, {apis}) {
  const [id, group] = value.split('/');
  const api = apis.find((one) => one.id === id);
  const title = api?.groups[group] ?? 'Others';
  const unclear = apis.some((one) => one !== api && Object.values(one.groups).includes(title));
  return group === '-' && apis.length > 1 || unclear ? `${title} (${api?.title})` : title;
}

/** @type {WeakMap<Entry, string[][]>} */
const known = new WeakMap();

/** @param {Entry} entry */
function valuesOf(entry) {
  const values = known.get(entry) ?? FACETS.map((facet) => facet.values(entry));
  known.set(entry, values);
  return values;
}

/**
 * @typedef {object} Option
 * @property {string} value
 * @property {string} label
 * @property {HTMLInputElement} box
 * @property {HTMLElement} number
 * @property {HTMLElement} chip
 */

export class Facets {
  #summary = make('span', {});
  #sets = make('div', {class: 'eb-x-facets'});
  #reset = button({'data-reset': ''}, 'Clear the filter');
  node = make('details', {class: 'eb-x-filter'},
    make('summary', {}, 'Filter', this.#summary), this.#sets, this.#reset);
  #chosen = FACETS.map(() => /** @type {Set<string>} */ (new Set()));
  /** @type {Option[][]} */
  #options = FACETS.map(() => []);
  #counts = this.counts();
  #narrow = false;

  constructor() {
    // What is folded away costs nothing while somebody types.
    this.node.addEventListener('toggle', () => this.update());
  }

  /** @returns {Counts} */
  counts() {
    return FACETS.map(() => new Map());
  }

  /**
   * Tells whether an error has what is chosen.
   * @param {Entry} entry
   */
  passes(entry) {
    return this.#chosen.every((values, at) =>
      !values.size || valuesOf(entry)[at].some((value) => values.has(value)));
  }

  /**
   * Counts an error for each facet whose other facets it passes, and tells if it passes all.
   * @param {Entry} entry
   * @param {Counts} counts
   * @param {boolean} [all] whether what is chosen does not matter
   */
  count(entry, counts, all = false) {
    const values = valuesOf(entry);
    const failed = all || !this.#narrow ? [] : values.filter((own, at) =>
      this.#chosen[at].size && !own.some((value) => this.#chosen[at].has(value)));
    for (let at = 0; failed.length < 2 && at < values.length; at += 1) {
      if (failed.length && failed[0] !== values[at]) continue;
      for (const value of values[at]) counts[at].set(value, (counts[at].get(value) ?? 0) + 1);
    }
    return !failed.length;
  }

  /** @returns {Chosen} */
  get chosen() {
    return this.#chosen.flatMap((values, at) => [...values].map((value) =>
      /** @type {Chosen[0]} */ ([FACET_NAMES[at], value])));
  }

  set chosen(chosen) {
    this.#chosen = FACET_NAMES.map((name) =>
      new Set(chosen.filter(([facet]) => facet === name).map(([, value]) => value)));
    this.#narrow = chosen.length > 0;
    this.show(this.#counts);
  }

  /**
   * Takes over what was clicked.
   * @param {HTMLInputElement} box
   */
  toggle({name, value, checked}) {
    const others = this.chosen.filter((one) => one.join() !== `${name},${value}`);
    this.chosen = checked ? [...others, [name, value]] : others;
  }

  /**
   * Offers the values that a catalog has, those of many errors first.
   * @param {Catalog} catalog
   * @returns {Generator<void, void>}
   */
  * offer(catalog) {
    const totals = this.counts();
    yield* each(catalog.entries, (entry) => {
      if (!entry.retired) this.count(entry, totals, true);
    });
    this.#options = totals.map((values, at) => {
      const sorted = [...values].sort(([, one], [, other]) => other - one);
      const {name, label} = FACETS[at];
      return sorted.map(([value]) => optionOf(name, value, label?.(value, catalog) ?? value));
    });
    const sets = this.#options.map((options, at) =>
      options.length > 1 ? setOf(FACETS[at].title, options) : '');
    this.#sets.replaceChildren(...sets);
    this.node.hidden = !sets.some(Boolean);
    this.show(this.#counts);
    this.update();
  }

  /**
   * Says what is chosen, and takes over how many errors each value would leave.
   * @param {Counts} counts
   */
  show(counts) {
    this.#counts = counts;
    const labels = this.chosen.map(([name, value]) => {
      const options = this.#options[FACET_NAMES.indexOf(name)];
      return options.find((option) => option.value === value)?.label ?? value;
    });
    this.#summary.textContent = labels.length ? `: ${labels.join(' · ')}` : '';
    this.#reset.hidden = !labels.length;
  }

  update() {
    if (!this.node.open) return;
    this.#options.forEach((options, at) => options.forEach(({value, box, number, chip}) => {
      const count = this.#counts[at].get(value) ?? 0;
      if (number.textContent !== `${count}`) number.textContent = `${count}`;
      box.checked = this.#chosen[at].has(value);
      if (box.checked) chip.hidden = false;
      box.disabled = !count && !box.checked && box !== document.activeElement;
    }));
  }
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} label
 * @returns {Option}
 */
function optionOf(name, value, label) {
  const box = make('input', {type: 'checkbox', name, value});
  const number = make('small', {});
  const chip = make('label', {class: 'eb-x-chip'}, box, `${label} `, number);
  return {value, label, box, number, chip};
}

/**
 * @param {string} title
 * @param {Option[]} options
 */
function setOf(title, options) {
  const node = make('fieldset', {}, make('legend', {}, title), ...options.map(({chip}) => chip));
  const rest = options.slice(SHOWN);
  if (!rest.length) return node;
  const more = button({}, `${rest.length} more`);
  const fold = (/** @type {boolean} */ folded) => rest.forEach(({chip}) => chip.hidden = folded);
  fold(true);
  more.addEventListener('click', () => {
    fold(false);
    rest[0].box.focus();
    more.remove();
  });
  node.append(more);
  return node;
}
