// On the page of what is not there: an address such as /api/errors/CODE/ asks the explorer for CODE.
(() => {
  const asked = /\/errors\/([^/]+?)(?:\.html|\.md|\.json)?\/?$/.exec(location.pathname);
  if (!asked || location.hash) {
    return;
  }
  try {
    const code = decodeURIComponent(asked[1]).slice(0, 200);
    history.replaceState(null, '', `#${new URLSearchParams({q: code})}`);
  } catch {
    // An address that was cut within a character asks for nothing.
  }
})();
