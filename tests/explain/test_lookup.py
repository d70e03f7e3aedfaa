"""What a question finds, and how it is answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.explain.running import Command

CARD_KEYS = {
    "api", "code", "kind", "api_title", "statuses", "status_meanings", "meaning", "message",
    "actions", "retry", "causes", "fix", "details", "placeholders", "operations", "exception",
    "exceptions", "exit_code", "docs_url", "example", "snippets", "group", "stability", "since",
    "deprecated", "sunset", "removed", "reason", "replaced_by", "renamed_from", "visibility",
}  # fmt: skip
SHOP: dict[str, Any] = {
    "title": "Shop",
    "docs": {"url": "https://docs.example"},
    "envelopes": [{"body": {"code": "{code}", "*": "{details}"}}],
    "errors": {
        "out_of_stock": {
            "status": 409,
            "meaning": "No **copy** of `it` is left, see [how](https://x.example/a).",
            "renamed_from": ["sold_out"],
            "operations": ["buy"],
            "retry": {
                "when": "as_is",
                "after": ["header:Retry-After", "wait"],
                "needs": "idempotency_key",
                "max_attempts": 3,
            },
            "actions": [{"do": "wait", "when": "if it is new", "how": "Wait for it."}],
            "details": {"wait": {"type": "integer", "unit": "seconds", "meaning": "How long."}},
        },
        "out_of_time": {"status": [408, 504], "deprecated": "2.0", "replaced_by": "late"},
        "late": {"status": 504, "sdk": {"python": {"exception": "none"}}},
        "404": {"status": 410, "meaning": "A code of digits."},
        "hidden": {"visibility": "internal", "status": 418},
    },
    "operations": {"buy": {"title": "Buy"}},
    "retired": {
        "gone": {"replaced_by": "late", "removed": "3.0", "reason": "Nobody used it."},
        "sold_out": {"meaning": "It was sold."},
    },
    "exit_codes": {
        "3": {"name": "NETWORK", "meaning": "No answer.", "for": ["network"]},
        "4": {"name": "CALLER", "for": ["4xx"]},
    },
}


@pytest.fixture(name="shop")
def _shop(explain: Command, tmp_path: Path) -> Path:
    file = tmp_path / "errors.yaml"
    file.write_text(json.dumps({"apis": {"shop": SHOP}}), "utf-8")
    return file


def found(explain: Command, shop: Path, *words: str) -> list[str]:
    """Return the codes that words find."""
    said = explain(*words, "--catalog", shop, "--json").json
    return [one["code"] for one in said["matches"]]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["out_of_stock"], ["out_of_stock"]),
        (["shop/out_of_stock"], ["out_of_stock"]),
        (["sold_out"], ["sold_out"]),
        (["shop/sold_out"], ["sold_out"]),
        (["OutOfStockError"], ["out_of_stock"]),
        (["shop.errors.OutOfStockError"], ["out_of_stock"]),
        (["errors.OutOfStockError"], ["out_of_stock"]),
        (["shop.OutOfStockError"], ["out_of_stock"]),
        (["out-of-stock"], ["out_of_stock"]),
        (["Out", "of", "stock"], ["out_of_stock"]),
        (["out_"], ["out_of_stock", "out_of_time"]),
        (["shop/out"], ["out_of_stock", "out_of_time"]),
        (["shop"], ["out_of_stock", "out_of_time", "late", "404"]),
        (["409"], ["out_of_stock"]),
        (["404"], ["404"]),
        (["HTTP", "410"], ["404"]),
        (["HTTP/1.1 504"], ["out_of_time", "late"]),
        (["status=504"], ["out_of_time", "late"]),
        (["5xx"], ["out_of_time", "late"]),
        (["4XX"], ["out_of_stock", "out_of_time", "404"]),
        (["exit", "4"], ["out_of_stock", "out_of_time", "404"]),
        (["exit code 4"], ["out_of_stock", "out_of_time", "404"]),
        (["$?", "=", "4"], ["out_of_stock", "out_of_time", "404"]),
        (["--exit-code", "4"], ["out_of_stock", "out_of_time", "404"]),
        (["CALLER"], ["out_of_stock", "out_of_time", "404"]),
        (["late", "out_of_stock"], ["late", "out_of_stock"]),
        (["gone"], ["gone"]),
        (["https://docs.example/shop/errors/late/"], ["late"]),
        (["https://docs.example/shop/errors/late"], ["late"]),
        (["https://docs.example/shop/errors/late/index.html"], ["late"]),
        (["https://docs.example/shop/errors/never/"], []),
        (["ShopError"], ["out_of_stock", "out_of_time", "late", "404"]),
        (["--all"], ["out_of_stock", "out_of_time", "late", "404"]),
        (["--api", "shop"], ["out_of_stock", "out_of_time", "late", "404"]),
        (["hidden"], []),
        (["418"], []),
        (["other.errors.OutOfStockError"], []),
        (["x" * 5000], []),
        ([" "], []),
    ],
)
def test_a_question_finds(explain: Command, shop: Path, words: list[str], codes: list[str]) -> None:
    assert found(explain, shop, *words) == codes


def test_one_error_is_shown_in_full(explain: Command, shop: Path) -> None:
    said = explain("out_of_stock", "--catalog", shop)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == "out_of_stock · 409 Conflict · Shop"
    for part in [
        "No copy of `it` is left, see how (https://x.example/a).",
        "- Wait, then retry if it is new: Wait for it.",
        "Yes, unchanged, after the header Retry-After or `wait`, with an\n",
        "idempotency key, at most 3 attempts.",
        "Exception   shop.errors.OutOfStockError",
        "Exit code   4 CALLER",
        "Answered by buy",
        "Was called  sold_out",
        "- wait (integer, seconds, optional): How long.",
        '"code": "out_of_stock"',
        "Retry-After: 1",
        "except OutOfStockError",
        "Docs        https://docs.example/shop/errors/out_of_stock/",
    ]:
        assert part in said.out, part


def test_several_are_a_list_and_with_all_in_full(explain: Command, shop: Path) -> None:
    said = explain("out_", "--catalog", shop)
    assert said.out.startswith("2 errors for out_\n")
    assert "Was called" not in said.out
    full = explain("out_", "--catalog", shop, "--all").out
    assert "Was called" in full
    assert "out_of_time · 408 Request Timeout or 504 Gateway Timeout · Shop" in full
    assert "This code is deprecated since 2.0." in full


def test_a_long_list_is_cut_and_says_so(explain: Command, tmp_path: Path) -> None:
    file = tmp_path / "errors.yaml"
    errors = {f"e_{number}": {"status": 400} for number in range(70)}
    file.write_text(json.dumps({"apis": {"a": {"errors": errors}}}), "utf-8")
    said = explain("e_", "--catalog", file)
    assert "… 20 more; --all shows all of them in full." in said.out
    assert len(explain("e_", "--catalog", file, "--json").json["matches"]) == 70


def test_a_retired_code_leads_to_what_took_its_place(explain: Command, shop: Path) -> None:
    said = explain("gone", "--catalog", shop)
    assert said.code == 0
    assert "This code is retired: it is not sent any more since 3.0." in said.out
    assert "Nobody used it." in said.out
    assert "`late` takes its place." in said.out
    assert "\nlate · 504 Gateway Timeout · Shop\n" in said.out
    cards = explain("gone", "--catalog", shop, "--json").json["errors"]
    assert [(card["code"], card["kind"]) for card in cards] == [
        ("gone", "retired"),
        ("late", "error"),
    ]


def test_codes_that_replace_each_other_end(explain: Command, tmp_path: Path) -> None:
    retired = {
        "first": {"replaced_by": "second"},
        "second": {"replaced_by": "now"},
        "round": {"replaced_by": "trip"},
        "trip": {"replaced_by": "round"},
    }
    file = tmp_path / "errors.json"
    apis = {"shop": {"errors": {"now": {}}, "retired": retired}}
    file.write_text(json.dumps({"format": 1, "apis": apis}), "utf-8")
    for word, codes in {"first": ["first", "now"], "round": ["round"]}.items():
        cards = explain(word, "--catalog", file, "--json").json["errors"]
        assert [card["code"] for card in cards] == codes


def test_a_renamed_code_leads_to_its_new_name(explain: Command, shop: Path) -> None:
    said = explain("sold_out", "--catalog", shop)
    assert "`out_of_stock` takes its place." in said.out
    assert "\nout_of_stock · 409 Conflict · Shop\n" in said.out


def test_a_typo_is_offered_the_nearest(explain: Command) -> None:
    said = explain("rate_limted")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "errorbook: nothing in errors.yaml matches 'rate_limted'\n"
        "  did you mean: artifacta/rate_limited, artworks/rate_limited\n"
    )
    document = explain("artworks/rate_limted", "--json").json
    assert document["kind"] == "nothing"
    assert document["missing"] == ["artworks/rate_limted"]
    assert [(one["api"], one["code"]) for one in document["nearest"]] == [
        ("artworks", "rate_limited")
    ]


def test_what_is_found_is_shown_beside_what_is_not(explain: Command, shop: Path) -> None:
    said = explain("late", "nonsense", "--catalog", shop)
    assert said.code == 1
    assert said.out.startswith("late · 504")
    assert "matches 'nonsense'" in said.err


def test_an_exit_code_without_errors_is_found(explain: Command, shop: Path) -> None:
    said = explain("exit", "3", "--catalog", shop)
    assert (said.code, said.out) == (0, "Exit code 3 of the Shop NETWORK: No answer.\n")
    assert explain("exit", "9", "--catalog", shop).code == 1
    assert explain("NETWORK", "--catalog", shop, "--json").json["exit_codes"] == [
        {"api": "shop", "number": 3, "name": "NETWORK", "meaning": "No answer."}
    ]


def test_one_api_only(explain: Command) -> None:
    said = explain("rate_limited", "--api", "artworks")
    assert said.out.splitlines()[0].endswith("· Artworks API")
    wrong = explain("rate_limited", "--api", "artwork")
    assert wrong.code == 2
    assert "did you mean 'artworks'?" in wrong.err


def test_a_card_has_all_its_keys_always(explain: Command, shop: Path) -> None:
    documents = [
        explain(word, "--json", *rest).json
        for word, *rest in (
            ["out_of_stock", "--catalog", str(shop)],
            ["gone", "--catalog", str(shop)],
            ["artifacta/rate_limited"],
        )
    ]
    for document in documents:
        assert document["format"] == 1
        for card in document["errors"]:
            assert card.keys() == CARD_KEYS
    card = documents[2]["errors"][0]
    assert card["exception"] == {
        "module": "artifacta.errors",
        "name": "RateLimitedError",
        "base": "ArtifactaError",
    }
    assert [(one["title"], one["module"]) for one in card["exceptions"]] == [
        ("Python", "artifacta.errors"),
        ("TypeScript", "artifacta/errors"),
    ]
    assert card["retry"]["retryable"] is True
    assert card["actions"][0]["do"] == "wait"
    assert card["exit_code"]["number"] == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["-", "rate_limited"],
        ["-", "--exit-code", "3"],
        ["--exit-code", "256"],
        ["x", "--package", "artifacta", "--catalog", "errors.yaml"],
        ["x", "--package", "not a name"],
        ["x", "--package", "json"],
        ["x", "--package", "nowhere_at_all"],
        ["x", "--catalog", "nowhere.yaml"],
        ["x", "--catalog", "tests"],
        ["x", "--catalog", "http://example.com/errors.json"],
        ["x", "--catalog", "https://user:pass@example.com/errors.json"],
        ["x", "--catalog", "https://"],
        ["-", "--catalog", "nowhere.yaml"],
    ],
)
def test_wrong_usage_and_unreadable_catalogs_exit_with_2(
    explain: Command, words: list[str]
) -> None:
    said = explain(*words)
    assert said.code == 2
    assert (said.out + said.err).strip()


@pytest.mark.parametrize(
    "broken",
    [
        {"format": 2, "apis": {}},
        {"format": 1, "apis": []},
        {"format": 1, "apis": {"a": 1}},
        {"format": 1, "apis": {"a": {"errors": {"x": []}}}},
        {"format": 1, "apis": {"a": {"errors": {"x": {"meaning": 7}}}}},
        {"format": 1, "apis": {"a": {"errors": {"x": {"status": "7"}}}}},
        {"format": 1, "apis": {"a": {"errors": {"x": {"causes": {"a": 1}}}}}},
        {"format": 1, "apis": {"a": {"errors": {"x": {"derived": {"snippets": [1]}}}}}},
    ],
)
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_published_file_that_is_wrong_is_one_line(
    explain: Command, tmp_path: Path, broken: object, options: list[str]
) -> None:
    file = tmp_path / "errors.json"
    file.write_text(json.dumps(broken), "utf-8")
    said = explain("x", "--catalog", file, *options)
    assert said.code == 2
    assert said.out.count("\n") == 1
    assert f"{file}:1:1: error[" in said.out


def test_a_text_that_asks_is_looked_up(explain: Command) -> None:
    said = explain("-", piped="session_sealed")
    assert said.out.startswith("session_sealed · 409")
    assert explain("-", piped="no such thing").code == 1
    assert explain("-", piped="").err == "errorbook: nothing was piped in\n"
    assert explain("-", "--json", piped=" \n").json["kind"] == "query"


def test_a_response_says_how_long_to_wait(explain: Command) -> None:
    text = (
        "HTTP/1.1 429 Too Many Requests\ndate: Sun, 22 Nov 2026 07:41:36 GMT\n\n"
        '{"error":{"code":"rate_limited","message":"Slow.","status":429,"retry_after_seconds":5}}'
    )
    said = explain("-", piped=text)
    assert said.code == 0
    assert "5 s after the response, at 2026-11-22 07:41:41 UTC" in said.out
    assert "Line 4: The code stands in `error.code`, as in errors of the Artifacta API." in said.out
    assert "retry_after_seconds 5" in said.out


def test_an_unknown_code_of_a_known_envelope_is_named(explain: Command) -> None:
    text = '{"error":{"code":"brand_new","message":"Oh.","status":400}}'
    said = explain("-", piped=text)
    assert said.code == 1
    assert "an error of the Artifacta API with the code `brand_new`" in " ".join(said.out.split())
    assert explain("-", "--json", piped=text).json["kind"] == "unknown_code"


def test_secrets_are_not_shown(explain: Command, tmp_path: Path) -> None:
    file = tmp_path / "errors.yaml"
    details = {"pin": {"type": "string", "sensitive": True}, "plain": {"type": "string"}}
    shop = {
        "envelopes": [{"body": {"code": "{code}", "*": "{details}"}}],
        "errors": {"no": {"details": details}},
    }
    file.write_text(json.dumps({"apis": {"shop": shop}}), "utf-8")
    body = '{"code":"no","pin":"1234567","plain":"seen","access_token":"abcdefg"}'
    for options in ([], ["--json"]):
        out = explain("-", "--catalog", file, *options, piped=body).out
        assert "seen" in out
        assert "1234567" not in out
        assert "abcdefg" not in out


def test_classes_of_every_language_are_told_and_found(explain: Command, tmp_path: Path) -> None:
    file = tmp_path / "errors.yaml"
    own = {"meaning": "Gone.", "sdk": {"typescript": {"exception": "Oops"}}}
    api = {"errors": {"gone": own, "late": {"meaning": "Late."}}, "sdk": {"typescript": {}}}
    file.write_text(json.dumps({"apis": {"shop": api}}), "utf-8")
    catalog = ("--catalog", file)
    said = " ".join(explain("gone", *catalog).out.split())
    assert "Exception GoneError (Python: shop.errors), Oops (TypeScript: shop/errors)" in said
    said = " ".join(explain("late", *catalog).out.split())
    assert "Exception LateError (Python: shop.errors; TypeScript: shop/errors)" in said
    for name in ("Oops", "shop/errors.Oops", "GoneError", "shop.errors.GoneError"):
        (match,) = explain(name, *catalog, "--json").json["matches"]
        assert (match["code"], match["by"]) == ("gone", "exception")
    assert len(explain("ShopError", *catalog, "--json").json["matches"]) == 2
    assert explain("python.errors.Oops", *catalog, "--json").code == 1
