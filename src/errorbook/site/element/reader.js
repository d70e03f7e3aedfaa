/**
 * The script that reads pastes and other sites' catalogs, which comes when the explorer stands.
 *
 * @import {Reader} from './read.js'
 */
import {beside, run} from './embedding.js';

/** @type {Promise<Reader> | undefined} */
let loading;

export function loadReader() {
  loading ??= /** @type {Promise<Reader>} */ (run(beside('explorer-read.js')));
  loading.catch(() => loading = undefined);
  return loading;
}
