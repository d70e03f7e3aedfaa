"""What a repository tests its own SDK, docs and commands with; the pytest plugin hands it out.

`errorbook.pytest_plugin` is what pytest loads, and imports nothing of this until it is asked.
"""

from errorbook.testing.cases import ErrorCase, ErrorResponse
from errorbook.testing.commands import NoCommandError
from errorbook.testing.docs import assert_docs_match_sdk, docs_differences
from errorbook.testing.exit_codes import ExitCodes, check_exit_codes
from errorbook.testing.mock_server import MockServer
from errorbook.testing.project import (
    ErrorbookProject,
    GeneratedModule,
    NoProjectError,
    open_project,
)

__all__ = [
    "ErrorCase",
    "ErrorResponse",
    "ErrorbookProject",
    "ExitCodes",
    "GeneratedModule",
    "MockServer",
    "NoCommandError",
    "NoProjectError",
    "assert_docs_match_sdk",
    "check_exit_codes",
    "docs_differences",
    "open_project",
]
