/** Copying: with the clipboard where a page may use it, else as old browsers did. */
import {button, make} from './dom.js';

/** What tells the explorer to announce something. */
export const SAY = 'errorbook:say';
const SHOWN_MS = 2000;

/**
 * @param {string} label says what is copied
 * @param {() => string} getText
 * @param {string} [done] says that it was
 * @param {string} [short] what the button shows of its label
 */
export function copyButton(label, getText, done = 'Copied', short = label) {
  const node = button({'aria-label': label}, short);
  node.addEventListener('click', async () => {
    const text = getText();
    const copied = await copy(text, node);
    const message = copied ? done : 'The browser does not allow copying';
    node.textContent = message;
    node.ariaLabel = message;
    setTimeout(() => {
      node.textContent = short;
      node.ariaLabel = label;
    }, SHOWN_MS);
    node.dispatchEvent(new CustomEvent(SAY, {bubbles: true, detail: message}));
  });
  return node;
}

/**
 * @param {string} text
 * @param {HTMLElement} near which has the focus, and keeps it
 */
async function copy(text, near) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = make('textarea', {class: 'eb-x-hidden', tabindex: '-1'});
    box.value = text;
    near.after(box);
    box.select();
    const copied = document.execCommand('copy');
    box.remove();
    near.focus({preventScroll: true});
    return copied;
  }
}
