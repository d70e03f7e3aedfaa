// Decodes each line of JSON on stdin as the explorer does: a text, and whether no text is a query.
// The first line holds the index.
// Node reads modules of this folder's package.json only as such by this file's name.
import {createInterface} from 'node:readline';

// What a page has, and the modules look at as they load.
Object.assign(globalThis, {document: {currentScript: null}, window: globalThis});
const element = new URL('../../src/errorbook/site/element/', import.meta.url);
const {Catalog} = await import(new URL('catalog.js', element));
const {decode} = await import(new URL('decode/decoding.js', element));
const {decision} = await import(new URL('decode/decision.js', element));

let catalog = null;
for await (const line of createInterface({input: process.stdin, crlfDelay: Infinity})) {
  const value = JSON.parse(line);
  if (catalog) {
    const begin = performance.now();
    const decoding = decode(catalog, ...value);
    const milliseconds = performance.now() - begin;
    console.log(JSON.stringify({milliseconds, decision: decision(decoding)}));
  } else {
    catalog = new Catalog(value, new URL('file:///assets/errorbook/explorer-index.js'), '');
  }
}
