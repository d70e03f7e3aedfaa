"""A page that sends its readers to another one, without any script."""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import urljoin

from errorbook.site.links import relative_url

_REDIRECT: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>This page has moved</title>
<link rel="canonical" href="{canonical}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={address}">
</head>
<body><p>This page has moved: <a href="{address}">go there</a>.</p></body>
</html>
"""


def redirect(url: str, instead: str, site_url: str | None) -> str:
    """Return a page at ``url`` that leads to the one that is there instead, from the same root."""
    address = relative_url(instead, url)
    canonical = urljoin(f"{site_url.rstrip('/')}/", instead) if site_url else address
    return _REDIRECT.format(address=escape(address), canonical=escape(canonical))
