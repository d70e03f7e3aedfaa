/**
 * A site's errors.json as an index, for an explorer in a page of another site. There prose is as
 * in errors.yaml; an index has the `code` marks only.
 *
 * @import {Detail, Envelope, Index, IndexedApi, Json} from './types.js'
 * @import {More, Retry, Row, Snippet, Words} from './types.js'
 */

const FORMAT = 1;
const INDEX_FORMAT = 3;

/**
 * @typedef {object} Derived
 * @property {Record<string, string>} [exception] by language
 * @property {number} [exit_code]
 * @property {{headers?: Record<string, string>, body?: Json}} [example]
 * @property {string} [link] relative to the file
 * @property {Snippet[]} [snippets]
 *
 * @typedef {object} JsonDetail
 * @property {string} [type]
 * @property {string} [unit]
 * @property {boolean} [required]
 * @property {boolean} [sensitive]
 * @property {string} [meaning]
 *
 * @typedef {object} JsonError
 * @property {number | number[]} [status]
 * @property {string} [meaning]
 * @property {string} [fix]
 * @property {string[]} [causes]
 * @property {string} [message]
 * @property {Record<string, {meaning?: string}>} [placeholders]
 * @property {{do: string, how?: string, when?: string}[]} [actions]
 * @property {Retry} [retry]
 * @property {Record<string, JsonDetail>} [details]
 * @property {string[]} [operations]
 * @property {string} [group]
 * @property {string} [since]
 * @property {string} [deprecated]
 * @property {string} [sunset]
 * @property {string} [replaced_by]
 * @property {string[]} [renamed_from]
 * @property {string} [stability]
 * @property {string} [removed]
 * @property {string} [reason]
 * @property {Derived} [derived]
 *
 * @typedef {object} JsonApi
 * @property {string} [title]
 * @property {Partial<Envelope>[]} [envelopes]
 * @property {Record<string, {title?: string, method?: string, path?: string}>} [operations]
 * @property {Record<string, {title?: string}>} [groups]
 * @property {Record<string, {name?: string, meaning?: string}>} [exit_codes]
 * @property {Record<string, JsonError>} [errors]
 * @property {Record<string, JsonError>} [retired]
 * @property {JsonSymptom[]} [troubleshooting]
 * @property {Record<string, {parents?: Record<string, string>}>} [sdk] by language
 * @property {DerivedApi} [derived]
 *
 * @typedef {{symptom: string, cause?: string, solution?: string, errors?: string[]}} JsonSymptom
 *
 * What an SDK is called, by language; and the meanings of statuses.
 * @typedef {{statuses?: Record<string, string>} & Record<string, Named>} DerivedApi
 * @typedef {{package?: string, base?: string}} Named
 */

/**
 * Returns the index that says the same; undefined for a file of another format.
 * @param {unknown} read
 * @returns {Index | undefined}
 */
export function indexOf(read) {
  const file = /** @type {{format?: number, words: Words, apis: Record<string, JsonApi>}} */ (read);
  if (file?.format !== FORMAT) return undefined;
  const apis = mapped(file.apis, (api, id) => apiOf(id, api));
  return {format: INDEX_FORMAT, shards: 0, per_shard: 0, words: file.words, apis};
}

/**
 * @param {string} id
 * @param {JsonApi} api
 * @returns {IndexedApi}
 */
function apiOf(id, api) {
  const {errors = {}, retired = {}, derived: {statuses = {}, ...named} = {}} = api;
  const languages = Object.keys(named).filter((language) => named[language].base);
  const titles = new Map(Object.values(errors).flatMap(({derived}) =>
    (derived?.snippets ?? []).map(([title, language]) => [language, title])));
  const renamed = new Map(Object.entries(errors).flatMap(([code, {renamed_from: old = []}]) =>
    old.map((name) => [name, code])));
  return {
    title: api.title ?? id,
    sdks: languages.map((language) => [
      titles.get(language) ?? language, named[language].package ?? '', named[language].base ?? '',
      ...Object.values(api.sdk?.[language]?.parents ?? {}),
    ]),
    envelopes: (api.envelopes ?? []).map(({body = null, headers = {}}) => ({body, headers})),
    statuses: mapped(statuses, reduced),
    groups: mapped(api.groups ?? {}, ({title}, group) => title ?? group),
    exit_codes: mapped(api.exit_codes ?? {}, ({name = '', meaning}) => [name, reduced(meaning)]),
    errors: Object.entries(errors).map(([code, error]) =>
      row(code, languages, error, moreOf(api, code, error))),
    retired: Object.entries(retired).map(([code, {removed, reason, replaced_by, ...error}]) =>
      row(code, [], error, filled({
        removed, reason: reduced(reason), replaced_by: replaced_by ?? renamed.get(code),
      }))),
  };
}

/**
 * @param {string} code
 * @param {string[]} languages
 * @param {JsonError} error
 * @param {More} more
 * @returns {Row}
 */
function row(code, languages, {status = [], group, meaning, actions = [], retry, derived = {}}, more) {
  return [
    code, [status].flat(), languages.map((language) => derived.exception?.[language] || null),
    derived.exit_code ?? null, group ?? null, reduced(meaning), derived.link ?? '',
    [...new Set(actions.map((action) => action.do))], retry?.when ?? 'unknown', more,
  ];
}

/**
 * @param {JsonApi} api
 * @param {string} code
 * @param {JsonError} error
 * @returns {More}
 */
function moreOf({operations = {}, troubleshooting = []}, code, error) {
  const {derived = {}, stability} = error;
  const {message, retry, since, deprecated, sunset, replaced_by} = error;
  return filled({
    message, retry, since, deprecated, sunset, replaced_by,
    stability: stability === 'stable' ? undefined : stability,
    causes: error.causes?.map(reduced),
    fix: reduced(error.fix),
    placeholders: mapped(error.placeholders ?? {}, ({meaning}) => reduced(meaning)),
    actions: error.actions?.map(({do: word, how, when}) =>
      /** @type {[string, string, string]} */ ([word, reduced(how), reduced(when)])),
    details: error.details && Object.entries(error.details).map(([name, detail]) =>
      /** @type {Detail} */ ([
        name, detail.type ?? '', detail.unit ?? null, detail.required ?? false,
        reduced(detail.meaning), detail.sensitive ?? false,
      ])),
    operations: error.operations?.map((id) => {
      const {title, method, path} = operations[id] ?? {};
      return title || [method, path].filter(Boolean).join(' ') || id;
    }),
    symptoms: troubleshooting.filter(({errors = []}) => errors.includes(code)).map((one) =>
      /** @type {[string, string, string]} */ (
        [one.symptom, one.cause, one.solution].map(reduced))),
    example: derived.example,
    snippets: derived.snippets,
  });
}

/**
 * Leaves out what is empty, as an index does.
 * @param {More} more
 * @returns {More}
 */
function filled(more) {
  return Object.fromEntries(Object.entries(more).filter(([, value]) =>
    value !== undefined && value !== '' && !(Array.isArray(value) && !value.length)));
}

/**
 * @template Before, After
 * @param {Record<string, Before>} record
 * @param {(value: Before, key: string) => After} change
 * @returns {Record<string, After>}
 */
function mapped(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

const MARK = new RegExp([
  /\\([\\`*[\]<])/, /`([^`]+)`/, /\*\*([^*]+)\*\*/, /\*([^*\s](?:[^*]*[^*\s])?)\*/,
  /\[([^[\]]+)\]\([^()\s<>]+\)/, /<error:([^<>\s]+)>/,
].map(({source}) => source).join('|'), 'g');

/**
 * Reduces prose to its `code` marks.
 * @param {string} [text]
 * @returns {string}
 */
function reduced(text = '') {
  let at = 0;
  let reducedText = '';
  for (const mark of text.matchAll(MARK)) {
    const [whole, escape, code, strong, emphasis, label, error] = mark;
    reducedText += escaped(text.slice(at, mark.index));
    if (escape) reducedText += escaped(escape);
    else if (code ?? error) reducedText += `\`${code ?? error}\``;
    else reducedText += reduced(strong ?? emphasis ?? label);
    at = mark.index + whole.length;
  }
  return reducedText + escaped(text.slice(at));
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[\\`]/g, '\\$&');
}
