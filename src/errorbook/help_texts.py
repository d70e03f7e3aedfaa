"""What ``--help`` shows below the options: examples, and what the exit codes mean."""

from __future__ import annotations

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
  errorbook validate                   the project here or above, and its catalog
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
  errorbook generate --audience internal    what is internal, and nothing else
  errorbook generate --exit-code            for a hook: 1 if anything changed
  errorbook generate -p ../sdk --catalog errors.yaml"""

NO_PROJECT: Final = f"nothing to generate: there is no errorbook.yaml\n\n{GENERATE[2:]}"
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
  errorbook mock --port 0              at any free port; the line it prints names it
  errorbook mock --audience internal   with those that are internal
  errorbook mock --catalog errors.yaml

\b
Any request may say which error it wants:
  curl -i -H 'Prefer: error=artifacta/rate_limited, fail=2' http://127.0.0.1:8900/any
  curl -i 'http://127.0.0.1:8900/any?error=artifacta/rate_limited'
  curl -i http://127.0.0.1:8900/errors/artifacta/rate_limited/any"""

EXPLAIN: Final = """\
\b
Examples:
  errorbook explain rate_limited            a code, or artifacta/rate_limited
  errorbook explain rate_                   every code that begins so
  errorbook explain 429                     a status, or 4xx, or 'HTTP 429'
  errorbook explain RateLimitedError        an exception, with or without its module
  errorbook explain exit 3                  an exit code, as --exit-code 3
  errorbook explain stale-file              a rule that errorbook itself reported
  errorbook explain --api artifacta --all   every error of an API in full
  curl -si https://… | errorbook explain -  a response, a traceback, a log of any length

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
