"""Links in the head of an error's page: the same as Markdown and JSON, and what lists them all."""

from __future__ import annotations

from html import escape
from typing import Final

from errorbook.site.links import relative_url

_END: Final = "</head>"


def with_alternates(html: str, url: str, stem: str, listing: str) -> str:
    """Return a page at ``url`` with links to its other forms, whose files begin with ``stem``.

    ``listing`` is the llms.txt that covers it. The relations are those of version 2 of the
    llms.txt convention. All paths are from the root of the site. Material takes what is an
    "alternate" and nothing else for the site in another language, and looks for its sitemap; the
    space, which means nothing in a list of words, keeps it from that.
    """
    links = (
        ("alternate ", ' type="text/markdown"', f"{stem}.md"),
        ("alternate ", ' type="application/json"', f"{stem}.json"),
        ("describedby", "", listing),
    )
    lines = "".join(
        f'<link rel="{relation}"{kind} href="{escape(relative_url(path, url))}">\n'
        for relation, kind, path in links
    )
    before, end, after = html.partition(_END)
    return f"{before}{lines}{end}{after}" if end else html
