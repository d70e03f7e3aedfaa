"""Who asks: origins and host names."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from errorbook.mock.origins import is_foreign, is_known


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "localhost:8900", "LocalHost:", "localhost.:80", "box.example"),
        *("127.0.0.1", "127.0.0.1:8900", "127.255.0.9:1", "192.0.2.1:80", "[::1]", "[::1]:8900"),
        "[fe80::1%eth0]:80",
    ],
)
def test_its_names_and_any_address_are_known(host: str) -> None:
    assert is_known(host, ("localhost", "Box.example"))


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8900", "localhost.evil.example", "evil.localhost", "local"),
        *("127.0.0.1.evil.example", "127.0.0.1:80@evil.example", "evil.example:127.0.0.1"),
        *("", ":8900", "[]", "[evil]", "[127.0.0.1]", "::1", "127.1", "2130706433", "0x7f.0.0.1"),
        *("[::1]evil.example", "localhost\n", "localhost:80\n", "localhost..", " localhost"),
    ],
)
def test_any_other_name_is_not(host: str) -> None:
    assert not is_known(host, ("localhost",))


@pytest.mark.parametrize(
    ("origin", "foreign"),
    [
        (None, False),
        ("http://127.0.0.1:8900", False),
        ("HTTP://127.0.0.1:8900", False),
        ("https://127.0.0.1:8900", True),
        ("http://127.0.0.1", True),
        ("http://127.0.0.1:89000", True),
        ("null", True),
        ("", True),
    ],
)
def test_an_origin_is_foreign_unless_it_is_the_server_s_own(
    origin: str | None, foreign: bool
) -> None:
    sent = {"host": "127.0.0.1:8900"} | ({} if origin is None else {"origin": origin})
    assert is_foreign(Headers(sent)) == foreign
