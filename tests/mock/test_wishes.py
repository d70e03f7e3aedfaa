"""Which error a request asks for, in every way there is to ask."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest

from errorbook.catalog import Catalog
from errorbook.mock.preferences import write_preferences
from errorbook.mock.wishes import Asked, RefusedWishError, error_path, wish_of
from tests.mock.catalogs import catalog_of, hostile

SMALL = catalog_of(
    {
        "shop": {
            "errors": {
                "sold_out": {"status": [409, 410]},
                "unpaid": {"status": 402},
                "odd": {"status": [103, 503]},
                "early": {"status": 103},
                "free": {},
            },
            "retired": {"gone": {"replaced_by": "unpaid"}, "lost": {}},
        },
        "cafe": {"errors": {"unpaid": {"status": 402}, "closed": {"status": 503}}},
    }
)


def by_header(*values: str, path: str = "/any") -> Asked:
    return Asked(path, prefer=[value.encode() for value in values])


def found(asked: Asked, catalog: Catalog = SMALL) -> tuple[str, str]:
    wish = wish_of(catalog, asked)
    assert wish is not None
    return wish.api, wish.code


def refusal(asked: Asked) -> RefusedWishError:
    with pytest.raises(RefusedWishError) as caught:
        wish_of(SMALL, asked)
    return caught.value


ALL = [(name, code) for name, api in hostile().apis.items() for code in api.errors]
IDS = [f"{name}-{ascii(code)[1:20]}" for name, code in ALL]


@pytest.mark.parametrize(("name", "code"), ALL, ids=IDS)
class TestEveryErrorIsReached:
    def test_by_a_header_in_quotation_marks(self, name: str, code: str) -> None:
        escaped = f"{name}/{code}".replace("\\", "\\\\").replace('"', '\\"')
        assert found(by_header(f'error="{escaped}"'), hostile()) == (name, code)

    def test_by_a_percent_encoded_header(self, name: str, code: str) -> None:
        written = f"error={name}/{quote(code, safe='')}"
        assert found(by_header(written), hostile()) == (name, code)

    def test_by_the_header_that_says_what_was_applied(self, name: str, code: str) -> None:
        wish = wish_of(hostile(), by_header(write_preferences({"error": f"{name}/{code}"})))
        assert wish is not None
        assert found(by_header(wish.applied), hostile()) == (name, code)

    def test_by_its_path_and_any_below(self, name: str, code: str) -> None:
        path = error_path(name, code)
        assert path.isascii()
        for asked in (path, f"{path}/", f"{path}/v1/things/7", f"{path};fail=2/v1"):
            assert found(Asked(asked), hostile()) == (name, code)

    def test_by_query(self, name: str, code: str) -> None:
        query = urlencode({"page": "2", "error": f"{name}/{code}"})
        assert found(Asked("/any", query), hostile()) == (name, code)

    def test_its_path_is_no_step_up(self, name: str, code: str) -> None:
        assert error_path(name, code).split("/")[3].lower() not in (".", "..", "%2e", "%2e%2e")


class TestBareCodes:
    def test_one_that_a_single_api_has(self) -> None:
        assert found(by_header("error=closed")) == ("cafe", "closed")

    def test_one_that_several_have_is_refused_with_all_of_them(self) -> None:
        error = refusal(by_header("error=unpaid"))
        assert (error.status, error.problem) == (400, "ambiguous-code")
        assert error.candidates == ("shop/unpaid", "cafe/unpaid")
        assert "'shop/unpaid' and 'cafe/unpaid'" in error.message

    def test_api_and_code_count_before_a_code_with_a_slash(self) -> None:
        assert found(by_header("error=shop/plain"), hostile()) == ("shop", "plain")
        assert found(by_header('error="z/shop/plain"'), hostile()) == ("z", "shop/plain")

    def test_a_path_always_names_the_api(self) -> None:
        with pytest.raises(RefusedWishError):
            wish_of(hostile(), Asked("/errors/a/b"))


class TestNothingAskedFor:
    @pytest.mark.parametrize(
        "asked",
        [
            Asked("/"),
            Asked("/any/path", "page=2&fail=2&status=active"),
            Asked("/errorsx/shop/unpaid"),
            Asked("/any", "error="),
            by_header("return=minimal, wait=10, status=9"),
            by_header("error="),
        ],
    )
    def test_is_no_wish(self, asked: Asked) -> None:
        assert wish_of(SMALL, asked) is None

    def test_but_how_often_without_what_is_refused(self) -> None:
        error = refusal(by_header("fail=2"))
        assert (error.status, error.problem) == (400, "no-error")


class TestOneSourceDecides:
    def test_a_header_before_a_path_before_a_query(self) -> None:
        path, query = error_path("shop", "unpaid"), "error=shop/free"
        assert found(Asked(path, query, [b"error=closed"])) == ("cafe", "closed")
        assert found(Asked(path, query)) == ("shop", "unpaid")
        assert found(Asked("/any", query)) == ("shop", "free")

    def test_its_numbers_come_from_the_same(self) -> None:
        path = error_path("shop", "sold_out") + ";fail=3;status=410"
        wish = wish_of(SMALL, Asked(path, "error=closed&fail=7", [b"fail=x, status=1"]))
        assert wish is not None
        assert (wish.code, wish.status, wish.fail, wish.applied) == ("sold_out", 410, 3, "")
        wish = wish_of(SMALL, Asked(path, prefer=[b"error=closed"]))
        assert wish is not None
        assert (wish.code, wish.status, wish.fail) == ("closed", 503, None)

    def test_the_first_of_several_in_a_query_counts(self) -> None:
        assert found(Asked("/any", "error=closed&error=shop/free")) == ("cafe", "closed")

    def test_only_a_header_is_applied(self) -> None:
        wish = wish_of(SMALL, by_header("error=sold_out; fail=2; status=410; wait=1"))
        assert wish is not None
        assert wish.applied == 'error="shop/sold_out", fail=2, status=410'


class TestStatus:
    @pytest.mark.parametrize(
        ("code", "written", "status"),
        [
            ("sold_out", "", 409),
            ("sold_out", "410", 410),
            ("unpaid", "402", 402),
            ("odd", "", 503),
            ("early", "", 500),
            ("free", "", 500),
            ("free", "204", 204),
            ("free", "599", 599),
        ],
    )
    def test_which_one_it_is(self, code: str, written: str, status: int) -> None:
        wish = wish_of(SMALL, by_header(f"error=shop/{code}, status={written}"))
        assert wish is not None
        assert wish.status == status

    @pytest.mark.parametrize(
        ("code", "written"),
        [
            ("sold_out", "404"),
            ("odd", "103"),
            ("early", "103"),
            ("early", "500"),
            ("free", "199"),
            ("free", "600"),
            ("free", "0404"),
            ("free", "\u0664\u0660\u0664"),
            ("free", "x"),
        ],
    )
    def test_one_that_it_has_not(self, code: str, written: str) -> None:
        error = refusal(by_header(f"error=shop/{code}, status={written}"))
        assert (error.status, error.problem) == (400, "bad-status")

    def test_the_refusal_lists_those_it_has(self) -> None:
        assert "409, 410" in refusal(by_header("error=sold_out, status=404")).message


class TestFail:
    @pytest.mark.parametrize("written", ["0", "1", "2", "007", "999999"])
    def test_a_number(self, written: str) -> None:
        wish = wish_of(SMALL, by_header(f"error=closed, fail={written}"))
        assert wish is not None
        assert wish.fail == int(written)

    @pytest.mark.parametrize(
        "written", ["-1", "1000000", "two", "1.5", "\u0662", "1e3", "9" * 5000]
    )
    def test_anything_else_is_refused(self, written: str) -> None:
        for asked in (
            by_header(f"error=closed, fail={written}"),
            Asked("/any", urlencode({"error": "closed", "fail": written})),
            Asked(f"{error_path('cafe', 'closed')};fail={quote(written)}"),
        ):
            error = refusal(asked)
            assert (error.status, error.problem) == (400, "bad-fail")
            assert len(error.message) < 200


class TestUnknown:
    @pytest.mark.parametrize(
        ("asked", "candidates", "said"),
        [
            (by_header("error=shop/sold_owt"), ["shop/sold_out"], "did you mean 'sold_out'?"),
            (Asked("/errors/shop/sold_owt/v1"), ["shop/sold_out"], "did you mean 'sold_out'?"),
            (Asked("/x", "error=clsed"), ["cafe/closed"], "did you mean 'closed'?"),
            (by_header("error=unpayd"), ["shop/unpaid", "cafe/unpaid"], "'unpaid'"),
            (by_header("error=shp/free"), ["shop/free"], "did you mean 'shop'?"),
            (Asked("/errors/shp/nothing"), [], "there is no API 'shp'"),
            (Asked("/errors/zzzzzz/nothing"), [], "one of: cafe, shop"),
            (by_header("error=cafe/zzzzzzzz"), [], "one of: closed, unpaid"),
            (by_header("error=shop/gone"), ["shop/unpaid"], "'unpaid' took its place"),
            (by_header("error=shop/lost"), [], "shop has retired 'lost'"),
        ],
    )
    def test_the_nearest_is_named(self, asked: Asked, candidates: list[str], said: str) -> None:
        error = refusal(asked)
        assert (error.status, error.problem) == (404, "unknown-error")
        assert list(error.candidates) == candidates
        assert said in error.message

    @pytest.mark.parametrize("path", ["/errors", "/errors/", "/errors/shop", "/errors/shop/"])
    def test_a_path_that_names_no_error(self, path: str) -> None:
        error = refusal(Asked(path))
        assert (error.status, error.problem) == (404, "no-error")

    def test_a_parameter_of_a_path_that_there_is_not(self) -> None:
        error = refusal(Asked("/errors/cafe/closed;fial=2"))
        assert (error.status, error.problem) == (400, "unknown-parameter")
        assert "did you mean 'fail'?" in error.message

    def test_a_catalog_without_errors_knows_none(self) -> None:
        for name in ("x", "demo/x"):
            with pytest.raises(RefusedWishError):
                wish_of(catalog_of({"demo": {}}), by_header(f"error={name}"))
