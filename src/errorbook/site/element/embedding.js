/** The explorer in pages that were not made for it: its place, its styles, its other scripts. */
import {make} from './dom.js';

// Scripts have no other way to tell where they came from, and only while they first run.
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
// Read at once: a page that is navigated without being loaded anew reads it differently later.
const source = script?.src || document.baseURI;

/** @param {string} name of a file in the folder of the script */
export function beside(name) {
  return new URL(name, source);
}

/**
 * Runs a script, and returns what it left in `window.errorbook`.
 * @param {URL} url
 * @returns {Promise<unknown>}
 */
export function run(url) {
  return new Promise((resolve, reject) => {
    const node = document.createElement('script');
    node.src = url.href;
    node.onerror = reject;
    node.onload = () => {
      const page = /** @type {{errorbook?: unknown}} */ (window);
      const {errorbook} = page;
      // A script that leaves nothing must not pass for the one before it.
      delete page.errorbook;
      if (errorbook) resolve(errorbook);
      else reject(url);
    };
    document.head.append(node);
    node.remove();
  });
}

/** Puts an explorer behind a script that names an errors.json. */
export function placeExplorer() {
  const {errors, api = ''} = script?.dataset ?? {};
  if (errors) script?.after(make('error-explorer', {'data-index': errors, 'data-api': api}));
}
