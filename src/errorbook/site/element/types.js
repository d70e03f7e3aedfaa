/**
 * What the explorer's index holds, and what its modules hand to each other. explorer.py writes
 * the index; FORMAT there and here must be the same.
 *
 * @typedef {unknown} Json what JSON.parse returns
 *
 * @typedef {{body: Json, headers: Record<string, string>}} Envelope
 *
 * @typedef {object} Retry
 * @property {string} when `never`, `as_is` or `after_change`
 * @property {string[]} [after] details, or `header:Name`, which say how long to wait
 * @property {string} [backoff]
 * @property {string} [needs]
 * @property {number} [max_attempts]
 *
 * @typedef {[name: string, type: string, unit: string | null, required: boolean,
 *   meaning: string, sensitive: boolean]} Detail
 *
 * @typedef {[title: string, language: string, text: string]} Snippet
 *
 * What only a card and a search of long texts need. A large index ships it apart, in shards.
 * @typedef {object} More
 * @property {string[]} [causes]
 * @property {string} [fix]
 * @property {string} [message] template: `{name}` is a detail or placeholder
 * @property {Record<string, string>} [placeholders] meanings, by name
 * @property {[word: string, how: string, when: string][]} [actions]
 * @property {Retry} [retry]
 * @property {Detail[]} [details]
 * @property {string[]} [operations]
 * @property {[symptom: string, cause: string, solution: string][]} [symptoms]
 * @property {{body?: Json, headers?: Record<string, string>}} [example]
 * @property {Snippet[]} [snippets]
 * @property {string} [since]
 * @property {string} [deprecated]
 * @property {string} [sunset]
 * @property {string} [stability]
 * @property {string} [replaced_by]
 * @property {string} [removed]
 * @property {string} [reason]
 *
 * `exception` is the class of every language, or those of the API's `sdks`, in their order.
 * @typedef {[code: string, statuses: number[], exception: string | (string | null)[] | null,
 *   exit: number | null, group: string | null, meaning: string, link: string, actions: string[],
 *   retry: string, more?: More]} Row
 *
 * `base` is raised for codes without a class of their own.
 * So may be its `parents`.
 * @typedef {[language: string, module: string, base: string, ...parents: string[]]} Sdk
 *
 * An API as the index has it; what is empty is left out.
 * @typedef {object} IndexedApi
 * @property {string} [title]
 * @property {Sdk[]} [sdks] the languages in which its errors are raised
 * @property {Envelope[]} [envelopes]
 * @property {Record<string, string>} [statuses]
 * @property {Record<string, string>} [groups]
 * @property {Record<string, [name: string, meaning: string]>} [exit_codes]
 * @property {Row[]} [errors]
 * @property {Row[]} [retired]
 *
 * The words that views show for the words of the catalog.
 * @typedef {object} Words
 * @property {Record<string, [title: string, meaning: string]>} actions
 * @property {Record<string, [label: string, sentence: string]>} retry
 * @property {Record<string, string>} backoff
 *
 * @typedef {object} Index
 * @property {number} format
 * @property {number} shards how many files hold `more`; 0 where the rows hold it themselves
 * @property {number} per_shard rows whose `more` one shard holds
 * @property {Words} words
 * @property {Record<string, IndexedApi>} apis
 *
 * `more` of consecutive rows: of each API the errors, then the retired codes.
 * @typedef {{format: number, more: More[]}} Shard
 *
 * @typedef {Required<Omit<IndexedApi, 'errors' | 'retired'>>} ApiFacts
 * @typedef {ApiFacts & {id: string, entries: Map<string, Entry>}} Api
 *
 * One error, or a retired code. `place` is its number among all rows of the index.
 * @typedef {object} Entry
 * @property {Api} api
 * @property {string} ref `api/code`
 * @property {string} code
 * @property {number[]} statuses
 * @property {string[]} exceptions the classes that are raised for it, each name once
 * @property {(string | null)[]} raised the same by language, in the order of the API's `sdks`
 * @property {number | null} exit
 * @property {string | null} group
 * @property {string} meaning
 * @property {string} link relative to the root of the site, or ""
 * @property {string[]} actions the words, each once
 * @property {string} retry `never`, `as_is`, `after_change` or `unknown`
 * @property {boolean} retired
 * @property {number} place
 * @property {More | null} more null until its shard has come
 */

export {};
