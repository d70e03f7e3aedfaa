/**
 * Gives a page that was not made for the explorer its styles.
 * @param {HTMLElement} element
 * @param {URL} folder that the styles stand in
 */
export function ensureStyles(element, folder) {
  if (getComputedStyle(element).getPropertyValue('--eb-x-text')) return;
  for (const name of ['errorbook.css', 'explorer.css']) {
    const {href} = new URL(name, folder);
    if (document.querySelector(`link[href="${href}"]`)) continue;
    const link = document.createElement('link');
    Object.assign(link, {rel: 'stylesheet', href});
    document.head.append(link);
  }
}
