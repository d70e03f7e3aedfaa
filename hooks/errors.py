"""The MkDocs hook: every event comes from ``errorbook.site``.

MkDocs runs this file once, by path, outside of any package: no relative import works here, and
it is not read again before ``mkdocs serve`` is started again.
"""

from errorbook.site.plugin import hook_events

globals().update(hook_events())
