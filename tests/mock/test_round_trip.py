"""Every error of every catalog: from the mock, over HTTP, into the exception that it names."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
import uvicorn
from bench import synthetic

from errorbook.catalog import Api, Catalog, load
from errorbook.catalog.audience import public
from errorbook.catalog.facts import example_message, exit_code, retryable, seconds_in
from errorbook.mock import create_app
from errorbook.mock.app import served_of
from errorbook.mock.wishes import NO_STATUS, error_path
from errorbook.outputs.python import base_class, raised_class
from errorbook.outputs.python.module import render
from tests.mock.catalogs import catalog_of, hostile_apis
from tests.outputs.modules import import_text

ROOT = Path(__file__).parents[2]
FILES = ("errors.yaml", "tests/outputs/hard.yaml", "tests/site/full.yaml")
OTHERS = ("decode", "synthetic", "hostile")


@cache
def catalog(name: str) -> Catalog:
    """Return one of the catalogs of this repository, as the mock server shows it."""
    if name == "decode":
        shared = json.loads((ROOT / "tests/decode_cases.json").read_text("utf-8"))
        return public(catalog_of(shared["apis"]))
    if name == "synthetic":
        return public(Catalog.model_validate_json(json.dumps(synthetic.catalog(300))))
    return catalog_of(named_apis()) if name == "hostile" else public(load(ROOT / name).catalog)


def named_apis() -> dict[str, Any]:
    """Return the hostile APIs with a class for every second error, since few codes make a name."""
    apis = hostile_apis()
    for api in apis.values():
        for number, error in enumerate(api["errors"].values()):
            name = "none" if number % 2 else f"Hostile{number}Error"
            error["sdk"] = {"python": {"exception": name}}
    return apis


@contextmanager
def served(catalog: Catalog) -> Iterator[httpx.Client]:
    """Serve ``catalog`` on a port of its own, and yield a client of it."""
    config = uvicorn.Config(create_app(catalog), port=0, log_config=None, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def answers(client: httpx.Client, name: str, code: str) -> list[httpx.Response]:
    """Ask for an error in each way there is."""
    reference = f"{name}/{code}".replace("\\", "\\\\").replace('"', '\\"')
    return [
        client.get(f"{error_path(name, code)}/v1/things"),
        client.post("/v1/things", params={"error": f"{name}/{code}"}, json={"a": 1}),
        client.put("/v1/things", headers={b"Prefer": f'error="{reference}"'.encode()}),
    ]


def expected(name: str, api: Api, code: str) -> dict[str, Any]:
    """Return what the catalog says that the exception knows."""
    error = api.errors[code]
    possible = [status for status in error.status if status >= 200]
    return {
        "class": raised_class(name, api, code),
        "code": code,
        "status": possible[0] if possible else NO_STATUS,
        "retryable": retryable(error),
        "action": error.actions[0].do if error.actions else None,
        "exit_code": exit_code(api, code),
    }


def seen(exception: Any) -> dict[str, Any]:
    return {
        "class": type(exception).__name__,
        "code": exception.code,
        "status": exception.status,
        "retryable": exception.retryable,
        "action": exception.action,
        "exit_code": exception.exit_code,
    }


def waiting_time(api: Api, code: str) -> float | None:
    """Return the seconds that the response of an error asks to wait, as the catalog has them."""
    error = api.errors[code]
    for source in error.retry.after:
        detail = error.details.get(source)
        seconds = seconds_in(detail.unit) if detail else None
        if detail and seconds and isinstance(detail.example, int | float):
            return detail.example * seconds
        if source.lower() == "header:retry-after":
            return 1.0
    return None


def module_of(catalog: Catalog, name: str, folder: Path) -> ModuleType:
    alone = catalog.model_copy(update={"apis": {name: catalog.apis[name]}})
    (text,) = render(alone).values()
    return import_text(text, folder)


@pytest.mark.parametrize("which", [*FILES, *OTHERS])
def test_every_error_comes_back_as_itself(which: str, tmp_path: Path) -> None:
    checked = 0
    with served(catalog(which)) as client:
        for name, api in served_of(catalog(which), "public").apis.items():
            module = module_of(catalog(which), name, tmp_path)
            for code, error in api.errors.items():
                for answer in answers(client, name, code):
                    exception = module.from_response(
                        answer.status_code, answer.headers, answer.content
                    )
                    base = getattr(module, base_class(name, api))
                    assert isinstance(exception, base)
                    if not api.envelopes:
                        assert (exception.code, exception.status) == (None, answer.status_code)
                        continue
                    assert seen(exception) == expected(name, api, code)
                    for key, detail in error.details.items():
                        if detail.example is not None and not detail.sensitive:
                            assert exception.details[key] == detail.example
                    if "message" in answer.text and error.message:
                        assert exception.message == example_message(error)
                    if waiting_time(api, code) is not None:
                        assert exception.retry_after == waiting_time(api, code)
                    checked += 1
    assert checked >= 3 * len(next(iter(catalog(which).apis.values())).errors)
