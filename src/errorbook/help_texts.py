"""What ``--help`` shows below the options: examples, and what the exit codes mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

APP: Final = """\
\b
Exit codes:
  0  there is nothing to complain of
  1  there are findings
  2  wrong usage, or a catalog or project that is not valid
  3  the work could not be completed

\b
The smallest errors.yaml:
  apis:
    bookshop:
      errors:
        out_of_stock: {status: 409, meaning: No copy is left.}"""

VALIDATE: Final = """\
\b
Examples:
  errorbook validate                   the project here or above
  errorbook validate api/errors.yaml   one catalog and nothing else"""

GENERATE: Final = """\
\b
What errorbook.yaml says:
  generate:
    - {output: python, to: sdk/python}
    - {output: schema, to: .}
    - {output: reference, to: docs}
    - {output: catalog, to: internal, audience: internal}

\b
Examples:
  errorbook generate
  errorbook generate pages                  the files of one output
  errorbook generate --audience internal    what is internal, and nothing else
  errorbook generate --exit-code            for a hook: 1 if anything changed
  errorbook generate -p ../sdk --catalog errors.yaml"""

NO_PROJECT: Final = (
    "nothing to generate: there is no errorbook.yaml: `errorbook init` writes one, "
    "`errorbook generate --help` shows what it says"
)
NOTHING: Final = "nothing to generate: errorbook.yaml names no target and no Markdown"
NOTHING_PUBLIC: Final = "every target in errorbook.yaml is internal: add --audience internal"
NOTHING_INTERNAL: Final = (
    "no target is internal: add one to errorbook.yaml, such as "
    "{output: catalog, to: internal, audience: internal}"
)

CHECK: Final = """\
\b
Examples:
  errorbook check                      in CI, beside the tests
  errorbook check --audience internal  where the internal files are kept
  errorbook check -p sdk
  errorbook check --write-baseline     accepts what is found, or drops what is
                                       accepted and no longer found
  errorbook check --format github --format sarif:check.sarif

\b
Exit codes:
  0  everything that was asked for was compared, and no error found
  1  there are findings
  2  wrong usage, or the catalog or errorbook.yaml is not valid
  3  something could not be compared: the report says what"""

MOCK: Final = """\
\b
Examples:
  errorbook mock                       the errors of the project here or above
  errorbook mock --port 0              at any free port, which it prints
  errorbook mock --audience internal   with those that are internal
  errorbook mock --catalog errors.yaml

\b
Any request may say which error it wants:
  curl -i -H 'Prefer: error=artifacta/rate_limited' http://127.0.0.1:8900/any
  curl -i 'http://127.0.0.1:8900/any?error=artifacta/rate_limited'
  curl -i http://127.0.0.1:8900/errors/artifacta/rate_limited/any"""

EXPLAIN: Final = """\
\b
Examples:
  errorbook explain rate_limited            a code, or artifacta/rate_limited
  errorbook explain rate_                   every code that begins so
  errorbook explain 429                     a status, or 4xx, or 'HTTP 429'
  errorbook explain RateLimitedError        an exception, also with its module
  errorbook explain exit 3                  an exit code, as --exit-code 3
  errorbook explain stale-file              a rule that errorbook reported
  errorbook explain --api artifacta --all   every error of an API in full
  curl -si https://… | errorbook explain -  a response, traceback or log

\b
Where it looks:
  errorbook explain sealed --catalog errors.json
  errorbook explain sealed --catalog https://docs.example.com/errors.json
  errorbook explain sealed --package artifacta
  errorbook explain sealed --audience internal   among internal errors too

\b
Exit codes:
  0  found
  1  nothing matches
  2  wrong usage, or a catalog that cannot be read
  3  the catalog could not be fetched"""

SCHEMA: Final = """\
\b
Names:
  errors        errors.yaml, for editors; this is printed without a name
  check-report  what `errorbook check --format json` writes
  diff-report   what `errorbook diff --format json` writes

\b
Examples:
  errorbook schema > errors.schema.json
  errorbook schema check-report > check-report.schema.json

\b
Editors then read it from the first line of errors.yaml:
  # yaml-language-server: $schema=errors.schema.json"""

FORMAT: Final = """\
\b
Examples:
  errorbook format                  the project here or above
  errorbook format --check          in CI: names what is not in order
  errorbook format --diff           shows what would change
  errorbook format api/errors.yaml  one file and nothing else
  errorbook format - < errors.yaml  prints it in order, for an editor

\b
Exit codes:
  0  done; with --check or --diff, everything was in order
  1  with --check or --diff, something was not
  2  wrong usage, or a file that is no valid YAML: nothing was written
  3  a file could not be read or written: nothing was changed"""

INIT: Final = """\
\b
Examples:
  errorbook init                              asks what it has to know
  errorbook init --title "Bookshop API" --url https://docs.example.com/ --yes
  errorbook init --dry-run                    shows what it would do
  errorbook init --for docs --catalog https://docs.example.com/errors.json
  errorbook init --for sdk --catalog ../api/published/errors.json

\b
What goes where:
  all   errors.yaml, errorbook.yaml, mkdocs.yml, docs/, hooks/, tests, SDK, CI
  api   errors.yaml, errorbook.yaml, the published errors.json, CI
  docs  the fetched catalog, errorbook.yaml, mkdocs.yml, docs/, hooks/, CI
  sdk   the fetched catalog, errorbook.yaml, exceptions, tests/, CI

\b
Exit codes:
  0  everything is there; with --dry-run, everything was shown
  1  written, but lines are still missing in a file that was there before
  2  wrong usage, or something is in the way: nothing was written
  3  a file could not be written or fetched: nothing was written"""

_CHECK_NEXT: Final = ("errorbook check", "tells when anything no longer says what the catalog says")
_FETCH_NEXT: Final = ("errorbook fetch --check", "tells when the API has published a newer catalog")
AFTER_INIT: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "all": (
        ("mkdocs serve", "shows the site at http://127.0.0.1:8000"),
        _CHECK_NEXT,
        ("pytest", "compares docs, SDK and catalog"),
    ),
    "api": (
        ("errorbook validate", "says what is wrong in errors.yaml"),
        ("errorbook generate", "publishes an edit of it: published/errors.json and OpenAPI"),
        ("errorbook check", "tells when published/ no longer says what the catalog says"),
    ),
    "docs": (
        ("mkdocs serve", "shows the site at http://127.0.0.1:8000"),
        _CHECK_NEXT,
        _FETCH_NEXT,
    ),
    "sdk": (
        ("pytest", "tests every exception"),
        _CHECK_NEXT,
        _FETCH_NEXT,
    ),
}
"""The commands that come after `errorbook init`, by what a repository is for, and what they do."""
