"""A client of the Artifacta API: two calls, and when a request is sent again."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final
from urllib.parse import quote

import httpx

from artifacta.errors import EXIT_CODES, ArtifactaError, ExitCode, from_response

DEFAULT_URL: Final = "https://api.artifacta.example"
FIRST_PAUSE: Final = 0.5
"""Seconds before the second attempt, where the response asks for no more."""
LONGEST_PAUSE: Final = 60.0
"""Seconds that a call waits at most for its next attempt."""
JITTER: Final = 0.25
"""The share by which pauses are drawn out, so that many clients do not come back at once."""


class NetworkError(ArtifactaError):
    """No answer came. Nobody knows whether the request took effect, so it is not repeated."""

    @property
    def exit_code(self) -> ExitCode:
        return EXIT_CODES["network"]

    @property
    def how(self) -> str:
        return "Check the address and the network, then try again."


class TimedOutError(NetworkError):
    """No answer came in time."""

    @property
    def exit_code(self) -> ExitCode:
        return EXIT_CODES["timeout"]


class Client:
    """Calls the API, and repeats what the catalog of errors says may be repeated.

    Without ``base_url`` and ``api_key``, ``ARTIFACTA_URL`` and ``ARTIFACTA_API_KEY`` are used.
    ``transport``, ``sleep`` and ``chance`` are for tests.

    Raises:
        ValueError: if the address or the key cannot be used. The text holds neither.
    """

    def __init__(  # noqa: PLR0913  # most of them are for tests
        self,
        base_url: str | None = None,
        api_key: str | None = None,
        *,
        timeout: float = 10.0,
        max_attempts: int = 3,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        url = _usable_url(base_url or os.environ.get("ARTIFACTA_URL") or DEFAULT_URL)
        key = _usable_key(api_key or os.environ.get("ARTIFACTA_API_KEY") or "")
        self._http = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {key}", "Accept": "application/json"},
            timeout=timeout,
            transport=transport,
        )
        self._max_attempts = max_attempts
        self._sleep = sleep
        self._chance = chance

    def get(self, artifact_id: str) -> dict[str, object]:
        """Return an artifact.

        Raises:
            ArtifactaError: if there is no artifact to return. Its classes say why.
        """
        response = self._call("GET", f"/v1/artifacts/{_step(artifact_id)}")
        try:
            artifact = response.json()
        except (ValueError, RecursionError):
            artifact = None
        if not isinstance(artifact, dict):
            raise ArtifactaError(message="The answer is no artifact.", status=response.status_code)
        return artifact

    def seal(self, session_id: str) -> None:
        """Seal a session, so that it takes no further uploads.

        Raises:
            ArtifactaError: if it is not sealed, or if nobody knows.
        """
        self._call("POST", f"/v1/sessions/{_step(session_id)}/seal")

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _call(self, method: str, path: str) -> httpx.Response:
        attempt = 1
        while True:
            try:
                return self._send(method, path)
            except ArtifactaError as error:
                pause = self._pause_after(error, method, attempt)
                if pause is None:
                    raise
            self._sleep(pause)
            attempt += 1

    def _send(self, method: str, path: str) -> httpx.Response:
        """Send a request once; whatever goes wrong becomes an error of this API."""
        try:
            response = self._http.request(method, path)
        except httpx.TimeoutException as error:
            raise TimedOutError(message=f"{self._host} did not answer in time.") from error
        except httpx.DecodingError as error:
            raise ArtifactaError(message="The answer cannot be decoded.") from error
        except httpx.RequestError as error:
            raise NetworkError(message=f"{self._host} cannot be reached: {error}") from error
        if not response.is_success:
            raise from_response(response.status_code, response.headers, response.content)
        return response

    def _pause_after(self, error: ArtifactaError, method: str, attempt: int) -> float | None:
        """Return the seconds until the next attempt; None if there shall be none.

        Which errors are worth one, and how pauses grow, is what ``errors.yaml`` says of them.
        """
        facts = error.facts
        most = min(self._max_attempts, facts.max_attempts or self._max_attempts)
        if not error.retryable or attempt >= most:
            return None
        if facts.needs and method != "GET":
            return None  # a write that would be safe to repeat only with more than we send
        told = error.retry_after or 0.0
        if told > LONGEST_PAUSE:
            return None  # so long is for the caller to wait, who finds it in `retry_after`
        pause = max(told, FIRST_PAUSE)
        if facts.backoff == "exponential":
            pause *= 2.0 ** min(attempt - 1, 10)
        return min(pause * (1 + JITTER * self._chance()), LONGEST_PAUSE)

    @property
    def _host(self) -> str:
        return self._http.base_url.netloc.decode("ascii")


def _usable_url(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise ValueError("the base address is no URL") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("the base address has to begin with https:// or http:// and a host")
    if url.userinfo:
        raise ValueError("the base address holds a password: keys go into ARTIFACTA_API_KEY")
    return url


def _usable_key(text: str) -> str:
    key = text.strip()
    if not key:
        raise ValueError("there is no API key: set ARTIFACTA_API_KEY")
    if not (key.isascii() and key.isprintable()):
        # A transport would say so as well, and print the key.
        raise ValueError("the API key holds characters that no key has")
    return key


def _step(identifier: str) -> str:
    """Return an id as one step of a path; it cannot become two, or lead elsewhere."""
    if identifier in ("", ".", "..") or not identifier.isprintable() or len(identifier) > 1000:
        raise ValueError("this is no id of the Artifacta API")
    return quote(identifier, safe="")
