"""What exceptions usually call the code, the status and so on of an error."""

from __future__ import annotations

from typing import Final

CODE: Final = ("code", "_code", "CODE", "error_code", "ERROR_CODE", "errorCode")
STATUS: Final = (
    *("status", "status_code", "http_status", "http_status_code", "STATUS", "HTTP_STATUS"),
)
RETRYABLE: Final = (
    *("retryable", "is_retryable", "retriable", "is_retriable", "should_retry", "RETRYABLE"),
)
EXIT_CODE: Final = ("exit_code", "EXIT_CODE", "exit_status", "exitcode")
