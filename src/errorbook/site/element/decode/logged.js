/**
 * An exception as logs of JSON have it: as plain data, or as its properties with its stack.
 *
 * @import {Catalog} from '../catalog.js'
 * @import {Json} from '../types.js'
 * @import {Fit} from './bodies.js'
 */

import {asSeconds, asStatus, asText, fitWith} from './bodies.js';
import {isObject} from '../envelope.js';
import {withFacts, withHead} from './printed.js';

const EXPORTED = [
  'api', 'code', 'status', 'message', 'request_id', 'retryable', 'retry_after', 'details',
];

/**
 * Returns whichever exception an object tells of; nothing where it tells of none.
 * @param {Catalog} catalog
 * @param {Json | undefined} value
 */
export function readLogged(catalog, value) {
  return isObject(value) ? [...readExported(catalog, value), ...readStack(catalog, value)] : [];
}

/**
 * Reads what an exception of an SDK gives of itself as plain data.
 * @param {Catalog} catalog
 * @param {{[name: string]: Json}} value
 * @returns {Fit[]}
 */
function readExported({apis}, value) {
  if (EXPORTED.some((name) => !Object.hasOwn(value, name))) return [];
  const api = apis.find(({id}) => id === value.api);
  if (!api) return [];
  const code = asText(value.code);
  return [{
    ...fitWith(api, code, api.entries.get(code) ?? null, null, asText(value.message)),
    status: asStatus(value.status), request: asText(value.request_id),
    details: new Map(isObject(value.details) ? Object.entries(value.details) : []),
    wait: asSeconds(value.retry_after),
  }];
}

/**
 * Reads the properties that an exception of Node's has, where its stack has class and code.
 * @param {Catalog} catalog
 * @param {{[name: string]: Json}} value
 */
function readStack({apis}, value) {
  const code = asText(value.code);
  const [line] = asText(value.stack).split('\n', 1);
  const fits = apis.flatMap((api) => {
    const entry = api.entries.get(code);
    return entry ? entry.exceptions.flatMap((name) =>
      line.startsWith(`${name}: ${code}`) ?
        withHead([fitWith(api, code, entry, null)], line, 0, name.length) : []) : [];
  });
  const told = withFacts(fits, new Map(Object.entries(value)));
  // Where two have the class and the code, it is the one whose words these are.
  const own = told.filter(({values}) => values.size);
  return own.length ? own : told;
}
