"""Small pieces of HTML that views share: a code, a status, what to do, a retry policy.

They are Python rather than templates because a table may hold 10,000 of each, and calling a
template's macro takes several times as long. Every text is escaped unless it is Markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Protocol

from markupsafe import Markup, escape

from errorbook.site.markup import breakable, code_html, trusted

_NONE: Final = Markup('<span class="eb-none">none</span>')


class Shown(Protocol):
    """An error as far as a link to it needs to know."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def address(self) -> str | None:
        """Where it is shown, if anything shows it."""


@lru_cache(maxsize=4096)
def code_link(code: str, address: str | None) -> Markup:
    """Return a code that leads to where its error is shown, if anything shows it."""
    if not address:
        return trusted(f'<span class="eb-code">{code_html(code)}</span>')
    return trusted(f'<a class="eb-code" href="{escape(address)}">{code_html(code)}</a>')


def code_links(errors: Iterable[Shown]) -> Markup:
    """Return the codes of ``errors`` in a row, or a word for none."""
    return _row(", ", [code_link(one.code, one.address) for one in errors])


@lru_cache(maxsize=1024)
def statuses(numbers: tuple[int, ...]) -> Markup:
    """Return HTTP statuses as pills, each in the colour of its family."""
    return _row(" ", [status(number) for number in numbers])


def status(number: int) -> Markup:
    """Return one HTTP status as a pill."""
    return trusted(f'<span class="eb-status eb-status-{number // 100}xx">{number}</span>')


def actions(items: Sequence[Mapping[str, Any]]) -> Markup:
    """Return what to do: one action, or a list of them."""
    if not items:
        return _NONE
    if len(items) == 1:
        return trusted(f'<div class="eb-action">{_action(items[0])}</div>')
    rows = "".join(f'<li class="eb-action">{_action(item)}</li>' for item in items)
    return trusted(f'<ul class="eb-actions">{rows}</ul>')


def _action(item: Mapping[str, Any]) -> str:
    when, how = escape(item["when"]), escape(item["how"])
    html = f'<span class="eb-do eb-do-{item["word"]}">{escape(item["label"])}</span>'
    if when:
        html += f' <span class="eb-when">{when}{":" if how else ""}</span>'
    return f'{html} <span class="eb-how">{how}</span>' if how else html


def retry(policy: Mapping[str, Any]) -> Markup:
    """Return a retry policy in words."""
    label = f'<span class="eb-retry eb-retry-{policy["when"]}">{escape(policy["label"])}</span>'
    after = " or ".join(_after(source) for source in policy["after"])
    waits = f", after {after}" if after else ""
    pauses = f", {policy['pauses']}" if policy["pauses"] else ""
    needs = f", with an {escape(policy['needs'])}" if policy["needs"] else ""
    most = f", at most {policy['max_attempts']} attempts" if policy["max_attempts"] else ""
    return trusted(f"{label}{waits}{pauses}{needs}{most}")


def _after(source: Mapping[str, str]) -> str:
    kind = "the header " if source["kind"] == "header" else ""
    return f"{kind}{code_html(source['name'])}"


def exit_code(code: Mapping[str, Any] | None) -> Markup:
    """Return an exit code with its name."""
    if not code:
        return _NONE
    name = f' <span class="eb-name">{breakable(code["name"])}</span>' if code["name"] else ""
    return trusted(f"<code>{code['number']}</code>{name}")


def response(one: Mapping[str, Any]) -> Markup:
    """Return a response: its first line and headers as text, its body in colours."""
    lines = [one["status_line"]] if one["status_line"] else []
    lines += [f"{name}: {value}" for name, value in one["headers"]]
    head = "".join(f'<p class="eb-status-line"><code>{escape(line)}</code></p>\n' for line in lines)
    body = f'<div class="language-json highlight">{_preformatted(one["body"])}</div>'
    return trusted(f'<div class="eb-example">\n{head}{body}\n</div>')


def snippets(pieces: Iterable[tuple[str, str, Markup]]) -> Markup:
    """Return pieces of code to copy: the title, language and coloured text of each."""
    return trusted(
        "".join(
            f'<p class="eb-label">{escape(title)}</p>\n'
            f'<div class="language-{escape(language)} highlight">{_preformatted(text)}</div>\n'
            for title, language, text in pieces
        )
    )


def _preformatted(code: Markup) -> str:
    return f"<pre><span></span><code>{code}</code></pre>"


def line(label: str, content: Markup, attributes: str = "") -> Markup:
    """Return one fact with its label; ``attributes`` are those of the element around both."""
    opening = f'<p class="eb-line"{attributes}>'
    return trusted(f'{opening}<strong class="eb-label">{escape(label)}</strong> {content}</p>\n')


def link(address: str, text: str) -> Markup:
    """Return a link to an address of the site."""
    return trusted(f'<a href="{escape(address)}">{escape(text)}</a>')


def badges(items: Iterable[Mapping[str, str]]) -> Markup:
    """Return the badges of an error that is not simply stable and current."""
    return trusted(
        "".join(
            f' <span class="eb-badge eb-badge-{item["kind"]}">{escape(item["text"])}</span>'
            for item in items
        )
    )


def _row(separator: str, pieces: Sequence[Markup]) -> Markup:
    return trusted(separator).join(pieces) if pieces else _NONE


CELLS: Final[Mapping[str, Callable[..., Markup]]] = {
    cell.__name__: cell
    for cell in (actions, badges, code_link, code_links, exit_code, response, retry, status)
} | {"statuses": statuses}
"""The pieces by the name that templates call them by."""
