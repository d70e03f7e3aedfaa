"""Files that were rendered before, kept until the catalog or Errorbook itself changes.

Outputs are pure functions: what one gave for a catalog, it gives again. To look that up takes a
tenth of the time that templates need to be compiled and filled.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Final

from errorbook import __version__
from errorbook.cache_files import built, cache_folder, file_of, key_of, unsealed
from errorbook.catalog import Catalog, cache
from errorbook.outputs import OUTPUTS, Files

MOST_KEPT: Final = 16 * 1024 * 1024
"""Bytes of the files of one output, above which they are rendered each time."""
_FORMAT: Final = b"errorbook files 1"


def rendered(output: str, catalog: Catalog) -> Files:
    """Return every file that the output of that name makes of ``catalog``."""
    folder = cache_folder()
    if folder is None:
        return OUTPUTS[output].render(catalog)
    said = (__version__, built(), output, catalog.model_dump_json())
    key = key_of(_FORMAT, *(part.encode(errors="surrogatepass") + b"\0" for part in said))
    with suppress(OSError, ValueError):
        kept = unsealed(key, file_of(folder, key).read_bytes())
        if kept is not None:
            files: dict[str, str] = json.loads(kept)
            return files
    made = OUTPUTS[output].render(catalog)
    kept = json.dumps(dict(made)).encode()
    if len(kept) <= MOST_KEPT:
        cache.write(folder, key, kept)
    return made
