"""What is read of exceptions as people write them, and what is told instead of guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.python.read import module, package

SHOP = '''
class ShopError(Exception):
    """Base of all errors of the shop."""

    status_code: int | None = None

    def __init__(self, message="", *, request_id: str | None = None):
        super().__init__(message)
        self.request_id = request_id


class OutOfStock(ShopError):
    """No copy of the book is left. Ask again in a week.

    Causes:

    - The last copy was sold.
    - The printer is late, as
      printers are.

    Fix: Order another edition.
    """

    code = "out_of_stock"
    status_code = 409
    retryable = False
    exit_code = 4
    message = "{title} is out of stock until {date}."

    def __init__(self, title: str, copies: int = 0, *, shelf: str | None, until: "date"):
        super().__init__()
        self.title = title
        self.copies = copies
        self.shelf = shelf
        self.until = until
        self._hidden = 1


class SlowDownError(ShopError):
    code = "slow_down"
    status_code = 429
    retryable = True

    def __init__(self, retry_after: float):
        super().__init__(f"Wait {retry_after} seconds, {self.name}.")
        self.retry_after: float = retry_after


SlowDown = SlowDownError
BookshopError = ShopError
'''


def test_a_class_says_what_the_catalog_has_a_place_for() -> None:
    said = module(SHOP)
    assert said.facts["sdk.python.base"] == "ShopError"
    assert said.of("out_of_stock") == {
        "sdk.python.exception": "OutOfStock",
        "status": 409,
        "meaning": "No copy of the book is left.",
        "causes": ["The last copy was sold.", "The printer is late, as printers are."],
        "fix": "Order another edition.",
        "retry.when": "never",
        "exit_code": 4,
        "details.title.type": "string",
        "details.title.required": True,
        "details.copies.type": "integer",
        "details.shelf.type": "string",
        "message": "{title} is out of stock until {date}.",
        "placeholders.date": {},
    }
    assert said.of("slow_down") == {
        "status": 429,
        "retry.when": "as_is",
        "details.retry_after.type": "number",
        "details.retry_after.required": True,
        "retry.after": ["retry_after"],
        "message": "Wait {retry_after} seconds, {name}.",
        "placeholders.name": {},
        "sdk.python.aliases": ["SlowDown"],
    }
    assert said.facts["sdk.python.aliases.BookshopError"] == "ShopError"
    assert said.places["errors.out_of_stock.status"] == "errors.py:25"
    assert said.untold == [
        "errors.py:35: OutOfStock.until has no type that JSON has",
        "errors.py:12: a docstring says more than was taken: a first sentence, causes and a fix",
    ]


def test_classes_of_a_status_are_parents_and_give_it_to_those_below() -> None:
    said = module(
        """
class ApiError(Exception): ...
class NotFound(ApiError):
    '''The server does not have it.'''
    status_code = 404
class NoBook(NotFound):
    code = "no_book"
class NoAuthor(NotFound):
    code = "no_author"
class Gone(ApiError):
    status_code = 404
"""
    )
    assert said.of("no_book")["status"] == 404
    assert said.facts["sdk.python.parents.404"] == "NotFound"
    assert said.facts["statuses.404.meaning"] == "The server does not have it."
    assert said.untold == ["errors.py:11: Gone is for 404, as NotFound is"]


def test_a_code_named_like_a_class_of_a_status_is_raised_as_it() -> None:
    said = module(
        "from typing import Literal\nclass ApiError(Exception): ...\n"
        "class NotFoundError(ApiError): status = 404\n"
        "ErrorCode = Literal['not_found', 'slow']\n"
    )
    assert said.of("not_found") == {"status": 404, "sdk.python.exception": "none"}
    assert said.of("slow") == {}


def test_a_class_that_several_errors_come_below_is_a_group() -> None:
    said = module(
        """
class ApiError(Exception): ...
class OrderError(ApiError):
    '''Something about an order.'''
class Unpaid(OrderError):
    code = "unpaid"
class Sent(OrderError):
    code = "sent"
class Down(ApiError):
    code = "down"
class Slow(ApiError):
    code = "slow"
"""
    )
    assert said.facts["sdk.python.parents.order"] == "OrderError"
    assert said.facts["groups.order.meaning"] == "Something about an order."
    groups = {path: value for path, value in said.facts.items() if path.endswith(".group")}
    assert groups == {"errors.unpaid.group": "order", "errors.sent.group": "order"}


def test_a_family_of_statuses_has_its_class() -> None:
    said = module(
        """
class ApiError(Exception): ...
class ClientError(ApiError): ...
class Bad(ClientError): code, status = "bad", 400
class Gone(ClientError):
    code = "gone"
    status = 410
class Missing(ClientError):
    code = "missing"
    status = 404
class Broken(ApiError):
    code = "broken"
    status = 500
"""
    )
    assert said.facts["sdk.python.parents.4xx"] == "ClientError"
    assert "errors.gone.group" not in said.facts


@pytest.mark.parametrize(
    "choice",
    [
        "BY_CODE = {'gone': Gone, 'slow': Slow}",
        "BY_CODE = MappingProxyType({Code.GONE: Gone, Code.SLOW: Slow})",
        "def made(code):\n    if code == 'gone':\n        return Gone()\n"
        "    elif code in ('slow',):\n        raise Slow('x')",
        "def made(body):\n    match body['code']:\n        case 'gone' | 'away':\n"
        "            return Gone()\n        case 'slow':\n            error = Slow()",
    ],
)
def test_codes_stand_in_dictionaries_and_branches(choice: str) -> None:
    said = module(
        "class ApiError(Exception): ...\nclass Gone(ApiError): ...\nclass Slow(ApiError): ...\n"
        f"class Code:\n    GONE = 'gone'\n    SLOW = 'slow'\n{choice}\n"
    )
    assert {"errors.gone", "errors.slow"} <= said.facts.keys()
    assert said.of("slow") == {"sdk.python.exception": "Slow"}


def test_statuses_stand_in_dictionaries_and_branches() -> None:
    said = module(
        """
from http import HTTPStatus
class ApiError(Exception): ...
class Gone(ApiError): ...
class Slow(ApiError): ...
class Lost(ApiError):
    code = "lost"
BY_STATUS = {HTTPStatus.GONE: Gone}
STATUS_BY_CODE = {"lost": 404}
def made(response):
    if response.status_code == 429:
        raise Slow(response)
    if response.status_code == 500 and response.body:
        raise Gone(response)
"""
    )
    assert said.facts["sdk.python.parents.410"] == "Gone"
    assert said.facts["sdk.python.parents.429"] == "Slow"
    assert said.of("lost") == {"sdk.python.exception": "Lost", "status": 404}


def test_lists_of_codes_and_what_stands_beside_them() -> None:
    said = module(
        """
from enum import StrEnum
from typing import Literal
class ErrorCode(StrEnum):
    GONE = "gone"  # The book is gone.
    TooSlow = "slow"  # noqa: N815
    "lines between"
class Colour(StrEnum):
    RED = "red"
KnownErrorCode = Literal["gone", "lost"]
"""
    )
    codes = [path for path in said.facts if path.count(".") == 1 and path.startswith("errors.")]
    assert codes == ["errors.gone", "errors.slow", "errors.lost"]
    assert said.of("gone") == {"meaning": "The book is gone."}
    assert said.of("slow") == {"sdk.python.constant": "TooSlow"}


def test_exit_codes_with_their_names() -> None:
    said = module(
        '''
from enum import IntEnum
class ExitCode(IntEnum):
    OK = 0
    """All is well. Or nearly."""
    CLIENT_ERROR = 2  # The request was at fault.
EXIT_CODE_NETWORK = 3
EXIT_FAR = 300
EXIT_CODES = {"4xx": ExitCode.CLIENT_ERROR, "network": 3, "gone": 2, "nonsense": 2}
class ApiError(Exception): ...
class Gone(ApiError):
    code = "gone"
'''
    )
    numbers = {path: value for path, value in said.facts.items() if path.startswith("exit_codes")}
    assert numbers == {
        "exit_codes.0.name": "OK",
        "exit_codes.0.meaning": "All is well.",
        "exit_codes.2.name": "CLIENT_ERROR",
        "exit_codes.2.meaning": "The request was at fault.",
        "exit_codes.3.name": "NETWORK",
        "exit_codes.2.for": ["4xx"],
        "exit_codes.3.for": ["network"],
    }
    assert said.of("gone")["exit_code"] == 2


def test_what_frameworks_call_code_is_the_status_where_all_are() -> None:
    said = module(
        "class HTTPError(Exception): ...\nclass Gone(HTTPError): code = 410\n"
        "class Lost(HTTPError): code = 404\n"
    )
    assert said.facts["sdk.python.parents.410"] == "Gone"
    assert not any(path.startswith("errors") for path in said.facts)


def test_dataclasses_stubs_and_annotations() -> None:
    said = module(
        """
from dataclasses import dataclass
from typing import ClassVar, Literal, Optional
class ApiError(Exception):
    status: int
    code: str
@dataclass
class Gone(ApiError):
    code: ClassVar[str] = "gone"
    book: str
    tags: list[str] | None = None
class Slow(ApiError):
    code: Literal["slow"]
    status: Literal[429]
    seconds: Optional[int]
    wait: "float"
    def __init__(self, *, seconds: int | None = ...) -> None: ...
""",
        "errors.pyi",
    )
    assert said.of("gone") == {
        "sdk.python.exception": "Gone",
        "details.book.type": "string",
        "details.book.required": True,
        "details.tags.type": "array",
    }
    assert said.of("slow") == {
        "sdk.python.exception": "Slow",
        "status": 429,
        "details.seconds.type": "integer",
        "details.wait.type": "number",
    }


def test_a_class_without_code_or_status_is_told_and_gets_none() -> None:
    said = module(
        "class ApiError(Exception): ...\nclass ConnectionLost(ApiError): ...\n"
        "class Gone(ApiError): code = 'gone'\nclass Unrelated(Exception): ...\n"
        "class Old(ApiError, DeprecationWarning): ...\n"
    )
    assert said.untold == ["errors.py:2: ConnectionLost has no code and no status"]
    assert not any("lost" in path for path in said.facts)


def test_a_class_for_several_codes_names_none_of_them() -> None:
    said = module(
        "class ApiError(Exception): ...\n"
        "class Card(ApiError):\n    '''A card.'''\n    status = 402\n"
        "class Slow(ApiError): code = 'slow'\n"
        "CODES = {'declined': Card, 'expired': Card, 'other': ApiError}\n"
    )
    assert said.of("declined") == {"status": 402}
    assert said.of("other") == {"sdk.python.exception": "none"}
    assert said.untold == ["errors.py:6: Card stands for 2 codes (declined, expired)"]


def test_a_docstring_that_several_classes_share_is_no_meaning() -> None:
    said = module(
        "class ApiError(Exception):\n    '''An error.'''\n"
        "class Gone(ApiError):\n    '''An error.'''\n    code = 'gone'\n"
        "class Lost(ApiError):\n    ''':class:`Lost` is ``lost``, e.g. stolen. Yes.'''\n"
        "    code = 'lost'\n"
    )
    assert "meaning" not in said.of("gone")
    assert said.of("lost")["meaning"] == "`Lost` is `lost`, e.g. stolen."


def test_a_package_is_read_as_a_whole(tmp_path: Path) -> None:
    said = package(
        tmp_path / "acme",
        {
            "__init__.py": "from .errors import *\n",
            "codes.py": "from enum import Enum\nclass Code(str, Enum):\n    GONE = 'gone'\n",
            "http.py": "GONE = 410\n",
            "errors/__init__.py": "from acme.errors.all import GoneError as GoneError\n",
            "errors/all.py": "from .. import http as h\nfrom ..codes import Code as C\n"
            "from ._base import Root\n"
            "class GoneError(Root):\n    code = C.GONE\n    status = h.GONE\n",
            "errors/_base.py": "class Root(Exception): ...\n",
            "broken.py": "class Root(Exception:\n",
        },
    )
    assert said.facts["sdk.python.package"] == "acme"
    assert said.facts["sdk.python.base"] == "Root"
    assert said.of("gone") == {"status": 410}
    assert said.places["errors.gone"] == "acme/errors/all.py:5"
    assert len(said.untold) == 1
    assert said.untold[0].startswith("acme/broken.py:1: is no Python")
