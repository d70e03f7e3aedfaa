"""How often an error is answered before a success."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from errorbook.mock.countdowns import Countdowns


@pytest.mark.parametrize("times", [0, 1, 2, 5])
def test_so_many_failures_then_a_success_and_then_from_the_start(times: int) -> None:
    countdowns = Countdowns()
    one_round = [True] * times + [False]
    assert [countdowns.fails(times, "x") for _ in range(3 * len(one_round))] == 3 * one_round


def test_each_thing_has_its_own() -> None:
    countdowns = Countdowns()
    assert countdowns.fails(1, "api", "code", "GET", "/a")
    assert countdowns.fails(1, "api", "code", "GET", "/b")
    assert countdowns.fails(1, "api", "code", "PUT", "/a")
    assert countdowns.fails(1, "ap", "icode", "GET", "/a")
    assert not countdowns.fails(1, "api", "code", "GET", "/a")


def test_another_number_of_times_counts_what_was_answered_already() -> None:
    countdowns = Countdowns()
    assert countdowns.fails(3, "x")
    assert countdowns.fails(3, "x")
    assert not countdowns.fails(1, "x")
    assert countdowns.fails(1, "x")


def test_what_was_asked_for_longest_ago_is_forgotten() -> None:
    countdowns = Countdowns(most=2)
    for what in ("a", "b", "a", "c"):
        countdowns.fails(9, what)
    assert len(countdowns) == 2
    assert not countdowns.fails(2, "a"), "asked for just now, so it is remembered"
    assert countdowns.fails(1, "b"), "forgotten, so it begins anew"


def test_a_round_that_is_over_is_kept_no_longer() -> None:
    countdowns = Countdowns()
    countdowns.fails(1, "x")
    countdowns.fails(1, "x")
    assert len(countdowns) == 0


def test_threads_do_not_lose_count() -> None:
    countdowns = Countdowns()
    with ThreadPoolExecutor(16) as pool:
        failed = list(pool.map(lambda _: countdowns.fails(99, "x"), range(10_000)))
    assert failed.count(False) == 100
