"""Tags are put in order by version."""

from __future__ import annotations

import pytest

from errorbook.baseline.tags import by_version, is_version


def test_versions_are_ordered_as_numbers_and_a_release_comes_before_its_candidates() -> None:
    tags = ["v1.9", "v1.10", "v1.10-rc.2", "1.10.1", "v1.10-rc.10", "nightly", "sdk-v7.0", "v1"]
    assert by_version(tags) == [
        "1.10.1",
        "v1.10",
        "v1.10-rc.10",
        "v1.10-rc.2",
        "v1.9",
        "v1",
        "sdk-v7.0",
    ]


def test_the_prefix_of_a_package_is_no_version() -> None:
    assert by_version(["api/v2.0", "api/v10.0", "latest", "v", "."]) == ["api/v10.0", "api/v2.0"]


def test_a_prefix_leaves_the_releases_of_one_package() -> None:
    tags = ["v9.0", "api-v1.9", "api-v1.10", "api-1.10.1", "api-docs-v7.0", "web-v8", "api-next"]
    assert by_version(tags, "api-") == ["api-1.10.1", "api-v1.10", "api-v1.9"]
    assert by_version(tags, "v") == ["v9.0"]
    assert by_version(tags, "none-") == []


@pytest.mark.parametrize("word", ["v1", "1.2", "v1.2.3-rc1"])
def test_words_that_read_like_a_release(word: str) -> None:
    assert is_version(word)


@pytest.mark.parametrize("word", ["main", "2024", "feature/v1.2", "release"])
def test_words_that_do_not(word: str) -> None:
    assert not is_version(word)
