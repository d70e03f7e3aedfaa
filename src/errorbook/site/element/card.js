/**
 * A card: all there is to say of one error, or of a retired code.
 *
 * @import {Catalog} from './catalog.js'
 * @import {Child} from './dom.js'
 * @import {Entry, Json} from './types.js'
 */
import {hashOf} from './address.js';
import {copyButton} from './copy.js';
import {identifier, line, list, make, prose} from './dom.js';
import {groupOf} from './entry.js';
import {linkTo} from './link.js';
import {show, summary} from './policy.js';
import {pills} from './results.js';
import {tabs} from './tabs.js';

const RELATED = 6;

/**
 * What a paste says of an error.
 * @typedef {object} Found
 * @property {Node[]} [lead] evidence and notices, under the title
 * @property {Node[]} [retry] what the response says of a retry
 * @property {Map<string, Json>} [details] values, by name
 * @property {Map<string, string>} [placeholders] values, by name
 * @property {(value: Json) => string} [shown] how a value is shown
 * @property {Node[]} [buttons] further ones for the head
 */

/**
 * @param {Catalog} catalog
 * @param {Entry} entry
 * @param {Found} [found]
 */
export function card(catalog, entry, found = {}) {
  const {api, code, ref, meaning, retired} = entry;
  const more = entry.more ?? {};
  const facts = [api.title, groupOf(entry), more.since && `since ${more.since}`, more.stability];
  const causes = more.causes?.map((cause) => make('li', {}, prose(cause)));
  const address = () => location.href.replace(/#.*/, '') + hashOf(ref);
  const node = make('article', {class: 'eb-x-card'},
    make('header', {class: 'eb-x-head'},
      make('h2', {class: 'eb-x-title', tabindex: '-1'}, identifier(code)),
      pills(entry, true),
      make('span', {class: 'eb-x-buttons'},
        ...found.buttons ?? [], copyButton('Copy link', address, 'Link copied'))),
    line('eb-x-quiet', facts.filter(Boolean).join(' · ')),
    ...found.lead ?? [],
    ...lifecycle(entry),
    line('eb-x-meaning', prose(meaning || more.reason || '')),
    ...part('What to do', actions(catalog, entry)),
    ...summary(catalog, entry, found),
    ...part('Causes', causes && make('ul', {}, ...causes)),
    ...part('Fix', more.fix && make('p', {}, prose(more.fix))),
    ...part('Message', message(entry, found)),
    ...part('Details', details(entry, found)),
    ...symptoms(entry),
    ...example(entry),
    ...snippets(entry),
    ...part('Related errors', related(entry)),
    ...reference(catalog, entry));
  Object.assign(node.dataset, {kind: retired ? 'retired' : 'error', api: api.id, code});
  if (!entry.more) node.dataset.waits = ref;
  return node;
}

/**
 * @param {string} title
 * @param {Child | undefined} content
 * @returns {Child[]}
 */
function part(title, content) {
  return content ? [make('h3', {class: 'eb-x-label'}, title), content] : [];
}

/**
 * Says that an error is going away or gone, and what takes its place.
 * @param {Entry} entry
 * @param {Child} [subject]
 * @param {Entry} [next] what takes its place
 * @returns {Node[]}
 */
export function lifecycle(
  {api, retired, meaning, more}, subject = 'This code',
  next = api.entries.get(more?.replaced_by ?? ''),
) {
  if (!retired && !more?.deprecated) return [];
  const since = more?.removed ? ` since ${more.removed}` : '';
  const end = more?.sunset ? `, and gone from ${more.sunset}` : '';
  const node = line('eb-x-notice', subject, retired
    ? ` is retired: it is not sent any more${since}.`
    : ` is deprecated since ${more?.deprecated}${end}.`);
  if (meaning && more?.reason) node.append(' ', prose(more.reason));
  if (next) node.append(' ', linkTo(next, identifier(next.code)), ' takes its place.');
  return [node];
}

/**
 * @param {Catalog} catalog
 * @param {Entry} entry
 */
function actions({words}, {actions: names, more}) {
  /** @type {string[][]} */
  const todo = more?.actions ?? names.map((word) => [word, '', '']);
  const items = todo.map(([word, how, when]) => {
    const [title, meaning] = words.actions[word] ?? [word, ''];
    return make('li', {class: 'eb-x-action'},
      make('p', {},
        make('span', {class: `eb-do eb-do-${word}`}, title), ' ',
        make('span', {class: 'eb-when'}, prose(when))),
      make('p', {}, prose(how || meaning)));
  });
  return items.length ? make('ul', {class: 'eb-x-actions'}, ...items) : undefined;
}

/**
 * Shows the template of the message, and what stands in its holes.
 * @param {Entry} entry
 * @param {Found} found
 */
function message({more}, found) {
  if (!more?.message) return undefined;
  const {placeholders: values = new Map()} = found;
  const names = new Set([...Object.keys(more.placeholders ?? {}), ...values.keys()]);
  const items = [...names].map((name) =>
    item(name, values.get(name), prose(more.placeholders?.[name] ?? '')));
  return make('div', {},
    line('eb-x-message', more.message),
    items.length ? list('eb-x-details', items) : '');
}

/**
 * Shows the fields beside the code: those that are described, then others that a paste has.
 * @param {Entry} entry
 * @param {Found} found
 */
function details({more}, {details: values = new Map(), shown = show}) {
  const described = more?.details ?? [];
  const names = described.map(([name]) => name);
  const others = [...values.keys()].filter((name) => !names.includes(name));
  /** @type {(name: string) => string | undefined} */
  const value = (name) => values.has(name) ? shown(values.get(name)) : undefined;
  const items = [
    ...described.map(([name, type, unit, required, meaning]) => {
      const facts = [type, unit, required ? 'required' : 'optional'].filter(Boolean).join(', ');
      return item(name, value(name), prose(meaning), make('div', {class: 'eb-x-quiet'}, facts));
    }),
    ...others.map((name) => item(name, value(name), 'Not described in the catalog.')),
  ];
  return items.length ? list('eb-x-details', items) : undefined;
}

/**
 * @param {string} name
 * @param {string | undefined} value
 * @param {...Child} what
 * @returns {[Node, ...Child[]]}
 */
function item(name, value, ...what) {
  const node = make('span', {}, identifier(name));
  if (value !== undefined) node.append(' ', make('strong', {class: 'eb-x-value'}, value));
  return [node, ...what];
}

/**
 * @param {Entry} entry
 * @returns {Child[]}
 */
function symptoms({more}) {
  if (!more?.symptoms) return [];
  const items = more.symptoms.map(([symptom, cause, solution]) =>
    /** @type {[Node, ...Node[]]} */ ([
      prose(symptom),
      ...[cause, solution].filter(Boolean).map((text) => make('p', {}, prose(text))),
    ]));
  return part('Symptoms', list('eb-x-details', items));
}

/**
 * @param {Entry} entry
 * @returns {Node[]}
 */
function example({more}) {
  if (!more?.example) return [];
  const {headers = {}, body} = more.example;
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('\n');
  const text = body === undefined ? '' : JSON.stringify(body, null, 2);
  return sample('Example', [head, text].filter(Boolean).join('\n\n'), 'json');
}

/**
 * Shows pieces of code: what several languages have to say stands in tabs.
 * @param {Entry} entry
 * @returns {Node[]}
 */
function snippets({api, more}) {
  const pieces = more?.snippets ?? [];
  const those = pieces.filter(([title]) => api.sdks.some(([language]) => language === title));
  return pieces.flatMap((piece) => {
    const [title, language, text] = piece;
    if (!those[1] || !those.includes(piece)) return sample(title, text, language);
    return piece === those[0] ? [tabs(those.map(([one, name, code]) =>
      [one, ...sample(one, code, name, '')]))] : [];
  });
}

/**
 * Shows text for a program, or of one.
 * @param {string} title
 * @param {string} text
 * @param {string} language
 * @param {string} [heading]
 * @returns {Node[]}
 */
function sample(title, text, language, heading = title) {
  const code = make('code', {class: `language-${language}`, tabindex: '0'}, text);
  return [
    make('div', {class: 'eb-x-head'},
      heading && make('h3', {class: 'eb-x-label'}, heading),
      copyButton(`Copy ${title}`, () => text, 'Copied', 'Copy')),
    make('pre', {class: 'eb-x-example'}, code),
  ];
}

/**
 * Links the errors that one may have meant or may meet next: those of the same status and group
 * first.
 * @param {Entry} entry
 */
function related(entry) {
  const {api, group, statuses, more, retired} = entry;
  // A notice names what takes the place of a code that goes away.
  const noted = retired || more?.deprecated;
  const items = [...api.entries.values()]
    .filter((other) => other !== entry && !other.retired)
    .map((other) => {
      const next = other.code === more?.replaced_by;
      const status = other.statuses.some((one) => statuses.includes(one));
      const grouped = group !== null && other.group === group;
      return {other, near: next ? noted ? 0 : 4 : Number(status) * 2 + Number(grouped)};
    })
    .filter(({near}) => near)
    .sort((one, two) => two.near - one.near)
    .slice(0, RELATED)
    .map(({other}) => make('li', {}, linkTo(other, identifier(other.code))));
  return items.length ? make('ul', {class: 'eb-x-chips'}, ...items) : undefined;
}

/**
 * @param {Catalog} catalog
 * @param {Entry} entry
 * @returns {Node[]}
 */
function reference({root}, {link}) {
  if (!link) return [];
  // Without the dot, a colon in the name of an API would make a scheme of it.
  const {href} = new URL(/^https?:/.test(link) ? link : `./${link}`, root);
  return [line('eb-x-reference', make('a', {href}, 'Reference'))];
}
