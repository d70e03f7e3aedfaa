"""One error, as templates see it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from markupsafe import Markup

from errorbook.catalog.facts import Example, exit_code
from errorbook.catalog.models import RetryWhen
from errorbook.catalog.statuses import reason_phrase
from errorbook.outputs.language import Language
from errorbook.outputs.languages import LANGUAGES
from errorbook.site import labels
from errorbook.site.code_html import json_html
from errorbook.site.frame import Frame


class Entry:
    """One error in a frame. Each fact is worked out when a template asks for it.

    ``language`` is the one that its class and attributes are told in: the first of the API, if
    nobody says.
    """

    def __init__(self, frame: Frame, code: str, language: Language | None = None) -> None:
        self._frame = frame
        self._error = frame.api.errors[code]
        self._language = language or next(iter((*frame.languages, *LANGUAGES.values())))
        self.code = code
        self.status = self._error.status
        self.since = self._error.since

    @property
    def anchor(self) -> str | None:
        """The id of the error, if this view owns it."""
        return self._frame.anchor(self.code)

    @property
    def address(self) -> str | None:
        """Where the error is shown."""
        return self._frame.address(self.code)

    @property
    def shows_status(self) -> bool:
        """Whether to say that there is none, where there is none: not of what is no response."""
        return bool(self.status or self._frame.api.envelopes)

    @property
    def meaning(self) -> Markup:
        """What happened."""
        return self._frame.prose(self._error.meaning)

    @property
    def causes(self) -> list[Markup]:
        """What brings it about."""
        return [self._frame.prose(cause) for cause in self._error.causes]

    @property
    def fix(self) -> Markup:
        """How a person mends it."""
        return self._frame.prose(self._error.fix)

    @property
    def actions(self) -> list[dict[str, Any]]:
        """What a client does, and when."""
        return [
            {
                "word": action.do,
                "label": self._frame.look.labels.actions[action.do],
                "how": self._frame.prose(action.how),
                "when": self._frame.prose(action.when),
            }
            for action in self._error.actions
        ]

    @property
    def retry(self) -> dict[str, object]:
        """Whether sending the request again makes sense."""
        return self._frame.look.labels.retry(self._error.retry)

    @property
    def retry_when(self) -> RetryWhen:
        """The word for it."""
        return self._error.retry.when

    @property
    def details(self) -> list[dict[str, Any]]:
        """The fields of the body beside the code."""
        return [
            {
                "name": name,
                "type": labels.detail_type(detail),
                "required": detail.required,
                "sensitive": detail.sensitive,
                "meaning": self._frame.prose(detail.meaning),
            }
            for name, detail in self._error.details.items()
        ]

    @property
    def attributes(self) -> list[dict[str, str]]:
        """The details as the SDK's exception has them."""
        return [
            {"name": self._attribute(name), "type": labels.detail_type(detail)}
            for name, detail in self._language.attributes(self._error)
        ]

    @property
    def operations(self) -> list[dict[str, str]]:
        """The only operations that answer it; none where any may."""
        return [labels.operation(self._frame.api, one) for one in self._error.operations]

    @property
    def exception(self) -> str:
        """The class that the SDK raises; "" where nothing is raised for errors of the API."""
        return self._language.raised_class(self._frame.name, self._frame.api, self.code)

    @property
    def exceptions(self) -> list[dict[str, str]]:
        """The classes: ``name``, and ``title`` and ``language`` where there are several languages.

        Where all have the same class it stands once, without a title, and for all of them. Where
        nothing is raised there is none.
        """
        name, api = self._frame.name, self._frame.api
        raised = [(one, one.raised_class(name, api, self.code)) for one in self._frame.languages]
        if len({known for _, known in raised}) == 1:
            whose = " ".join(one.NAME for one, _ in raised) if len(raised) > 1 else ""
            return [{"name": raised[0][1], "title": "", "language": whose}]
        return [{"name": known, "title": one.TITLE, "language": one.NAME} for one, known in raised]

    @property
    def exit_code(self) -> dict[str, Any] | None:
        """How the command line ends."""
        number = exit_code(self._frame.api, self.code)
        if number is None:
            return None
        entry = self._frame.api.exit_codes.get(number)
        return {"number": number, "name": entry.name if entry else ""}

    @property
    def group(self) -> str:
        """The title of its group."""
        return labels.group(self._frame.api, self._error.group)

    @property
    def lifecycle(self) -> list[dict[str, str]]:
        """Badges, where it is not simply stable and current."""
        return self._frame.look.labels.lifecycle(self._error)

    @cached_property
    def example(self) -> dict[str, Any] | None:
        """A response with it."""
        found = self._frame.index.derived(self.code).get("example")
        if found is None:
            return None
        example = Example(found.get("status"), found.get("headers", {}), found.get("body"))
        return shown_example(example)

    def parts(self, wanted: list[str]) -> list[str]:
        """Return those of the ``wanted`` parts that have something to show."""
        return [part for part in wanted if part in self._filled()]

    def _filled(self) -> Iterator[str]:
        error = self._error
        filled = {
            "meaning": error.meaning or error.status,
            "example": self._frame.api.envelopes,
            "causes": error.causes,
            "fix": error.fix,
            "actions": error.actions,
            "retry": True,
            "details": error.details,
            "operations": error.operations,
            "exception": self._frame.languages,
            "exit_code": self.exit_code,
        }
        return (part for part, content in filled.items() if content)

    def _attribute(self, detail: str) -> str:
        name = self._language.attribute(self._error, detail)
        return f".{name}" if name else f".details[{detail!r}]"


def shown_example(example: Example) -> dict[str, Any]:
    """Return a response as a template shows it: status line, headers, and the body in colours."""
    line = f"{example.status} {reason_phrase(example.status)}" if example.status else ""
    return {
        "status_line": f"HTTP/1.1 {line}".strip() if line else "",
        "headers": sorted(example.headers.items()),
        "body": json_html(example.body),
    }
