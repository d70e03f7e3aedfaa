"""Templates of messages, in whichever way a class fills them."""

from __future__ import annotations

import pytest

from tests.importing.python.read import module

BASE = "class ApiError(Exception): ...\n"


def message(written: str) -> object:
    """Return the message of a class that hands ``written`` to its base."""
    lines = (
        "    code = 'a'",
        "    def __init__(self, name, n):",
        f"        super().__init__({written})",
    )
    return module("\n".join((BASE, "class A(ApiError):", *lines))).of("a").get("message")


def test_templates_in_other_forms() -> None:
    said = module(
        """
class ApiError(Exception): ...
class A(ApiError):
    code = "a"
    default_message = _("Book %(id)s is\\n   gone.")
class B(ApiError):
    code = "b"
    def __init__(self, id):
        text = "No %s." % id
        super().__init__(text)
class C(ApiError):
    code = "c"
    def __init__(self, id):
        super().__init__("No {id!r} in {self.shop:>5}.".format(id=id))
"""
    )
    assert said.of("a")["message"] == "Book {id} is gone."
    assert "message" not in said.of("b")
    assert said.of("c")["message"] == "No {id} in {shop}."


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('f"{name} is gone"', "{name} is gone"),
        ('f"write {{code}} for {name}"', None),
        ('f"write {{}} for {name}"', "write {} for {name}"),
        ('"write {{code}} for {name}".format(name=name)', None),
        ('"{name!r:>{n}} is gone"', "{name} is gone"),
        ('"{} is gone"', None),
        ('"{0} is gone"', None),
        ('"no { here"', "no { here"),
        ('"%(name)s is 100%% full"', "{name} is 100% full"),
        ('"%(name)s is 100%% full" % {}', "{name} is 100% full"),
        ('"%(n)05d rows"', "{n} rows"),
        ('"%(n)-8.2f rows" % {}', "{n} rows"),
        ('"%5d rows" % n', None),
        ('"%5d rows"', None),
        ('"%*d rows" % (n, n)', None),
        ('"100% of %(name)s"', None),
        ('"%(a b)s is gone" % {}', None),
        ('"%(name)s holds {n}" % {}', None),
        ('"It is 50% full"', "It is 50% full"),
    ],
)
def test_what_is_filled_keeps_its_names_and_what_is_text_stays(
    written: str, expected: str | None
) -> None:
    assert message(written) == expected
