"""Small pieces of HTML that views share: a code, a status, what to do, a retry policy.

They are Python rather than templates because a table may hold 10,000 of each, and calling a
template's macro takes several times as long. Every text is escaped unless it is Markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Protocol

from markupsafe import Markup, escape

from errorbook.site.labels import Labels
from errorbook.site.markup import LANGUAGE, breakable, code_html, trusted

NOTHING: Final = Markup()


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


def status(number: int) -> Markup:
    """Return one HTTP status as a pill."""
    return trusted(f'<span class="eb-status eb-status-{number // 100}xx">{number}</span>')


def _action(item: Mapping[str, Any]) -> str:
    when, told = escape(item["when"]), how(item["how"])
    html = f'<span class="eb-do eb-do-{item["word"]}">{escape(item["label"])}</span>'
    if when:
        html += f' <span class="eb-when">{when}{":" if told else ""}</span>'
    return f"{html} {told}" if told else html


def how(text: Markup) -> Markup:
    """Return how something is done, or mended; nothing where nobody said how."""
    return trusted(f'<span class="eb-how">{escape(text)}</span>') if text else NOTHING


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
            f'<p class="eb-label">{escape(title)}</p>\n{code_block(language, text)}'
            for title, language, text in pieces
        )
    )


def code_block(language: str, text: Markup) -> Markup:
    """Return coloured text of a language, to copy."""
    return trusted(
        f'<div class="language-{escape(language)} highlight">{_preformatted(text)}</div>\n'
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


class Cells:
    """The pieces that say something by themselves, in the words of ``labels``."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._or = f" {labels.html('retry.or')} "
        self._statuses: dict[tuple[int, ...], Markup] = {}
        self.none = trusted(f'<span class="eb-none">{labels.html("codes.none")}</span>')

    @property
    def by_name(self) -> Mapping[str, Callable[..., Markup]]:
        """The pieces by the name that templates call them by."""
        own = (
            self.actions,
            self.code_links,
            self.exceptions,
            self.exit_code,
            self.retry,
            self.statuses,
        )
        return {cell.__name__: cell for cell in (badges, code_link, response, status, *own)}

    def code_links(self, errors: Iterable[Shown]) -> Markup:
        """Return the codes of ``errors`` in a row, or a word for none."""
        return self._row(", ", [code_link(one.code, one.address) for one in errors])

    def statuses(self, numbers: tuple[int, ...]) -> Markup:
        """Return HTTP statuses as pills, each in the colour of its family."""
        known = self._statuses.get(numbers)
        if known is None:
            known = self._row(" ", [status(number) for number in numbers])
            self._statuses[numbers] = known
        return known

    def actions(self, items: Sequence[Mapping[str, Any]]) -> Markup:
        """Return what to do: one action, or a list of them; nothing where nobody said what.

        A word for none would be a claim: that there is nothing that a client could do.
        """
        if not items:
            return NOTHING
        if len(items) == 1:
            return trusted(f'<div class="eb-action">{_action(items[0])}</div>')
        rows = "".join(f'<li class="eb-action">{_action(item)}</li>' for item in items)
        return trusted(f'<ul class="eb-actions">{rows}</ul>')

    def exceptions(self, raised: Sequence[Mapping[str, str]]) -> Markup:
        """Return the classes that are raised for an error: one, or one of each language."""
        return trusted(", ".join(map(self._exception, raised)))

    def _exception(self, one: Mapping[str, str]) -> Markup:
        name = code_html(one["name"])
        if not one["language"]:
            return name
        told = name
        if one["title"]:
            told = self._labels.html("exceptions.in_language", name=name, language=one["title"])
        return trusted(f'<span {LANGUAGE}="{escape(one["language"])}">{told}</span>')

    def retry(self, policy: Mapping[str, Any]) -> Markup:
        """Return a retry policy in words."""
        label = f'<span class="eb-retry eb-retry-{policy["when"]}">{escape(policy["label"])}</span>'
        clauses = [label]
        if policy["after"]:
            sources = trusted(self._or.join(self._after(source) for source in policy["after"]))
            clauses.append(self._labels.html("retry.after", sources=sources))
        clauses += [escape(one) for one in (policy["pauses"], policy["needs"]) if one]
        if most := policy["max_attempts"]:
            key = "retry.at_most_one" if most == 1 else "retry.at_most"
            clauses.append(self._labels.html(key, count=most))
        return trusted(", ".join(clauses))

    def _after(self, source: Mapping[str, str]) -> str:
        name = code_html(source["name"])
        return self._labels.html("retry.header", name=name) if source["kind"] == "header" else name

    def exit_code(self, code: Mapping[str, Any] | None) -> Markup:
        """Return an exit code with its name."""
        if not code:
            return self.none
        name = f' <span class="eb-name">{breakable(code["name"])}</span>' if code["name"] else ""
        return trusted(f"<code>{code['number']}</code>{name}")

    def _row(self, separator: str, pieces: Sequence[Markup]) -> Markup:
        return trusted(separator).join(pieces) if pieces else self.none
