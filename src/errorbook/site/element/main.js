/**
 * <error-explorer>: filters a catalog's errors while somebody types, and decodes what somebody
 * pastes. types.js describes the index it reads. What is pasted stays in the page: it is never
 * sent, stored or put into the address.
 */
import {ErrorExplorer} from './element.js';
import {placeExplorer} from './embedding.js';
import {linkTabs} from './tabs.js';

// A page may name the script twice; an element can be defined only once.
if (!customElements.get('error-explorer')) customElements.define('error-explorer', ErrorExplorer);
placeExplorer();
linkTabs();
