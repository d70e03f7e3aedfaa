"""Ways in which a built site of this repository's errors, or the catalog behind it, may drift.

Each is one cause, so it has to be one finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CATALOG: Final = "errors.yaml"
_A, _W = "site/artifacta/index.html", "site/artworks/index.html"
_OWN = "site/artifacta/errors/rate_limited/index.html"
_OTHER = "site/artworks/errors/rate_limited/index.html"


@dataclass(frozen=True)
class Mutation:
    """An edit of one file: ``pattern`` becomes the template ``new``; without one, it is removed."""

    name: str
    rule: str
    about: str
    """What the message has to name."""
    file: str
    pattern: str = ""
    new: str = ""
    count: int = 1

    def __str__(self) -> str:
        return self.name

    def make(self, folder: Path) -> None:
        """Edit the file; the pattern has to fit."""
        file = folder / self.file
        if not self.pattern:
            file.unlink()
            return
        text = file.read_text("utf-8")
        text, found = re.subn(self.pattern, self.new, text, count=self.count, flags=re.DOTALL)
        assert found, self.pattern
        file.write_text(text, "utf-8")


MUTATIONS: Final = (
    # The code itself.
    Mutation(
        *("a code misspelt in its row", "html-gone-code", "unautorized", _A),
        r"(?<=<code>)unauthorized(?=</code></a></th>)",
        "unautorized",
    ),
    Mutation(
        *("a code misspelt in the title of its page", "html-gone-code", "rate_limit", _OWN),
        r"rate_<wbr>limited(?=</code>)",
        "rate_limit",
    ),
    Mutation(
        *("a row of a code that never was", "html-gone-code", "teapot_cold", _A),
        r'(?=<tr id="unauthorized")',
        '<tr><th class="eb-cell-code"><code>teapot_cold</code></th>'
        '<td data-label="HTTP"><span class="eb-status">418</span></td></tr>',
    ),
    Mutation(
        *("a section of a code that never was", "html-gone-code", "teapot_cold", _W),
        r"(?=</main>)",
        '<h3 class="eb-heading" id="teapot_cold"><code>teapot_cold</code></h3>'
        '<div class="errorbook eb-error"><p class="eb-meaning"></p></div>',
    ),
    Mutation(
        *("a code renamed in the catalog", "html-gone-code", "quota_used_up", CATALOG),
        r"\bquota_exceeded(?=:|\])",
        "quota_used_up",
        0,
    ),
    Mutation(
        *("a code renamed, with its former name", "html-gone-code", "quota_used_up", CATALOG),
        r"\n      quota_exceeded:\n(.*?)(?=\n    exit_codes:)",
        "\n      quota_used_up:\n        renamed_from: quota_exceeded\n"
        r"\1\n    retired: {quota_exceeded: {replaced_by: quota_used_up}}",
    ),
    Mutation(
        *("a code that is taken out of the catalog", "html-gone-code", "session_sealed", CATALOG),
        r"\n      session_sealed:\n.*?(?=\n      \w)",
        "",
    ),
    Mutation(
        *("a code that is retired", "html-gone-code", "session_sealed", CATALOG),
        r"\n      session_sealed:\n.*?(?=\n      \w)(.*?)(?=\n    exit_codes:)",
        r"\1\n    retired: {session_sealed: {removed: v1}}",
    ),
    Mutation(
        *("a code that is new in the catalog", "html-undocumented-code", "teapot_cold", CATALOG),
        r"(?=\n      session_sealed:\n)",
        "\n      teapot_cold: {status: 418, meaning: It is cold.}",
    ),
    Mutation(
        *("an internal error since", "html-internal-code", "session_sealed", CATALOG),
        r"(?<=\n      session_sealed:\n)",
        "        visibility: internal\n",
    ),
    Mutation(
        *("an API that is new in the catalog", "html-undocumented-code", "zoo", CATALOG),
        r"\napis:\n",
        "\napis:\n  zoo:\n    docs: {url: 'https://errorbook.example/'}\n    errors:\n"
        "      lion_out: {status: 500}\n      bear_out: {status: 500}\n",
    ),
    # Facts.
    Mutation(
        *("a status in a row", "html-wrong-status", "artifacta/unauthorized", _A),
        r'(?<=<tr id="unauthorized">)(.*?)401',
        '<th class="eb-cell-code"><code>unauthorized</code></th>'
        '<td data-label="HTTP"><span class="eb-status">403',
    ),
    Mutation(
        *("a status on a page", "html-wrong-status", "artifacta/rate_limited", _OWN),
        r"(?<=4xx\">)429",
        "420",
    ),
    Mutation(
        *("a status in the table of statuses", "html-wrong-status", "artworks/forbidden", _W),
        r'(?<=eb-status-4xx">)403',
        "402",
    ),
    Mutation(
        *("a status in the catalog", "html-wrong-status", "artifacta/rate_limited", CATALOG),
        r"(\n      rate_limited:\n        status: )429",
        "\n      rate_limited:\n        status: 420",
    ),
    Mutation(
        *("another family of statuses", "html-wrong-status", "session_sealed", CATALOG),
        r"(\n      session_sealed:\n        status: )409",
        "\n      session_sealed:\n        status: 503",
    ),
    Mutation(
        *("a status that comes to a code", "html-wrong-status", "session_sealed", CATALOG),
        r"(\n      session_sealed:\n        status: )409",
        "\n      session_sealed:\n        status: [409, 423]",
    ),
    Mutation(
        *("an exception on a page", "html-wrong-exception", "artifacta/rate_limited", _OWN),
        r"(?<=typescript\"><code>)RateLimitedError",
        "SlowDownError",
    ),
    Mutation(
        *("an exception in its table", "html-wrong-exception", "artifacta/unauthorized", _A),
        r'(?<=eb-cell-code"><code>)UnauthorizedError',
        "AuthError",
    ),
    Mutation(
        *("an exception in the catalog", "html-wrong-exception", "TTLTooLongError", CATALOG),
        "TTLExceedsPlanLimitError",
        "TTLTooLongError",
    ),
    Mutation(
        *("the base class in the catalog", "html-wrong-exception", "StorageError", CATALOG),
        "base: ArtifactaError",
        "base: StorageError",
    ),
    Mutation(
        *("an exit code on a page", "html-wrong-exit-code", "artifacta/rate_limited", _OWN),
        r"(?<=Exit code</strong> <code>)1",
        "2",
    ),
    Mutation(
        *("the number of an exit code in its table", "html-wrong-exit-code", "exit code 7", _A),
        r"(?<=<code>)2(?=</code></th>)",
        "7",
    ),
    Mutation(
        *("the name of an exit code in its table", "html-wrong-exit-code", "exit code 2", _A),
        r"SERVER_<wbr>ERROR",
        "SERVER_FAULT",
    ),
    Mutation(
        *("an exit code that its table lacks", "html-wrong-exit-code", "130 is not in", _A),
        r'<tr><th scope="row"><code>130.*?</tr>',
        "",
    ),
    Mutation(
        *("what an exit code is for", "html-wrong-exit-code", "artifacta", CATALOG),
        r"\n      1:\n        name: CLIENT_ERROR",
        "\n      4:\n        name: CLIENT_ERROR",
    ),
    Mutation(
        *("a retry policy on a page", "html-wrong-retry", "artifacta/rate_limited", _OWN),
        "eb-retry-as_is",
        "eb-retry-never",
    ),
    Mutation(
        *("a retry policy in the catalog", "html-wrong-retry", "artworks/not_found", CATALOG),
        r"(\n      not_found:.*?retry: )\{when: \w+",
        r"\1{when: never",
    ),
    Mutation(
        *("an action in a row", "html-wrong-action", "artifacta/session_sealed", _A),
        r"eb-do-use_alternative(?=\">Use another way</span> <span class=\"eb-how\">Upload)",
        "eb-do-abort",
    ),
    # Places.
    Mutation(
        *("an id that stands twice", "html-duplicate-anchor", "unauthorized", _A),
        r"(?=</main>)",
        '<p id="unauthorized">Here.</p>',
    ),
    Mutation(
        *("a row that stands twice", "html-duplicate-anchor", "session_sealed", _A),
        r"(?=<tr id=\"artifact_expired\")",
        '<tr id="session_sealed"><th class="eb-cell-code"><code>session_sealed</code></th></tr>',
    ),
    Mutation(
        *("the id of a row", "html-wrong-anchor", "session_sealed", _A),
        r'tr id="session_sealed"',
        'tr id="sealed"',
    ),
    Mutation(
        *("the ids of two rows mixed up", "html-wrong-anchor", "session_sealed", _A),
        r'tr id="session_sealed"(.*?)tr id="artifact_expired"',
        r'tr id="artifact_expired"\1tr id="session_sealed"',
    ),
    Mutation(
        *("a row without its id", "html-wrong-anchor", "session_sealed", _A),
        r'tr id="session_sealed"',
        "tr",
    ),
    Mutation("a page that is gone", "html-dead-address", "artifacta/rate_limited", _OWN),
    Mutation(
        *("addresses that the catalog gives elsewhere", "html-dead-address", "artifacta", CATALOG),
        r'docs: \{url: "https://errorbook.example/"\}',
        'docs: {url: "https://errorbook.example/", error: "{api}/problems/{code}/"}',
    ),
    Mutation(
        *("a link to nowhere", "html-dead-link", "unauthorized", _A),
        r'href="errors/unauthorized/"(?=><code>unauthorized</code></a></th>)',
        'href="errors/unautorized/"',
    ),
    Mutation(
        *("a link to another error", "html-dead-link", "unauthorized", _A),
        r'href="errors/unauthorized/"(?=><code>unauthorized</code></a></th>)',
        'href="errors/session_sealed/"',
    ),
    # What nothing rendered.
    Mutation(
        *("a block as text", "html-unrendered-block", "/// errors | codes", _W),
        r"(?=</main>)",
        "<p>/// errors | codes\napi: artworks\n///</p>",
    ),
    Mutation(
        *("a link as text", "html-unrendered-block", "error:artifacta/rate_limited", _W),
        r"(?=</main>)",
        "<p>See [slow down](error:artifacta/rate_limited).</p>",
    ),
    Mutation(
        *("a link that keeps its scheme", "html-unrendered-block", "error:rate_limited", _W),
        r"(?=</main>)",
        '<p><a href="error:rate_limited">slow down</a></p>',
    ),
    Mutation(
        *("a call as text", "html-unrendered-block", "{{ errors.rate_limited }}", _W),
        r"(?=</main>)",
        "<p>{{ errors.rate_limited }}</p>",
    ),
    Mutation(
        *("a block that could not be shown", "html-unrendered-block", "errors | codse", _W),
        r"(?=</main>)",
        '<div class="errorbook eb-problem"><p>No.</p><pre>/// errors | codse</pre></div>',
    ),
)
