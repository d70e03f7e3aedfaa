"""An API, its documentation and its SDK, each in a repository: a break turns the right one red.

The API publishes what its errors.yaml says, and tags it. The other two fetch that, pin it, and
make their files of it; nobody asks the network but `errorbook fetch`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.baseline.repositories import Repository, repository
from tests.fetch.running import Command, Said
from tests.site.project import run_build

FETCHED = "shop.errors.json"
PAGE = "# Errors\n\n/// errors | codes\n    api: shop\n    columns: [code, status]\n///\n"
TEMPLATE = "<!doctype html><html><body><main>{{ page.content }}</main></body></html>"
MKDOCS = {
    "site_name": "Shop",
    "theme": {"name": None, "custom_dir": "theme"},
    "plugins": [{"errorbook": {"catalog": FETCHED}}],
}


def _catalog(status: int, more: str = "") -> str:
    return (
        "apis:\n  shop:\n    title: Shop\n    sdk: {python: {package: shopping}}\n    errors:\n"
        f"      sold_out: {{status: {status}, meaning: No copy is left.}}\n{more}"
    )


NEW_CODE = "      closed: {status: 409, meaning: Nobody is there.}\n"


@dataclass(frozen=True)
class Three:
    """The three repositories, and errorbook run in each."""

    api: Repository
    docs: Repository
    sdk: Repository
    command: Command
    patch: pytest.MonkeyPatch

    def run(self, where: Repository, *words: str) -> Said:
        """Run errorbook in one of them."""
        self.patch.chdir(where.root)
        return self.command(*words)

    def codes(self, *words: str) -> tuple[int, int, int]:
        """Return what errorbook ends with in each."""
        codes = [self.run(where, *words).code for where in (self.api, self.docs, self.sdk)]
        return codes[0], codes[1], codes[2]

    def publish(self, catalog: str, tag: str) -> None:
        """Change the API, and release it."""
        self.api.write(catalog)
        assert self.run(self.api, "generate").code == 0
        self.api.commit(tag)

    def behind(self) -> tuple[int, int]:
        """Return what `errorbook fetch --check` ends with in the docs and in the SDK."""
        codes = [self.run(where, "fetch", "--check").code for where in (self.docs, self.sdk)]
        return codes[0], codes[1]

    def mend(self, where: Repository, said: Said, verb: str) -> None:
        """Run the command of ``verb`` that a report named."""
        words, *_ = [words for words in said.commands if words[0] == verb]
        assert self.run(where, *words).code == 0
        where.commit()

    def build(self) -> str:
        """Build the site of the docs strictly, and return its page."""
        self.patch.chdir(self.docs.root)
        built = run_build(self.docs.root / "mkdocs.yml", strict=True)
        assert (built.warnings, built.aborted) == ([], False)
        return built.text()


@pytest.fixture(name="three")
def _three(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Three:
    monkeypatch.setenv("ERRORBOOK_CACHE", "")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    api, docs, sdk = (repository(tmp_path / name) for name in ("api", "docs", "sdk"))
    three = Three(api, docs, sdk, Command(capsys), monkeypatch)
    three.api.write("generate: [{output: catalog, to: published}]\n", "errorbook.yaml")
    three.publish(_catalog(409), "v1.0.0")
    three.docs.write(f"catalog: {FETCHED}\n", "errorbook.yaml")
    three.docs.write(yaml.safe_dump(MKDOCS), "mkdocs.yml")
    three.docs.write(TEMPLATE, "theme/main.html")
    three.docs.write(PAGE, "docs/index.md")
    three.docs.write("site/\n", ".gitignore")
    settings = f"catalog: {FETCHED}\ngenerate: [{{output: python, to: src}}]\n"
    three.sdk.write(settings, "errorbook.yaml")
    source = f"git+{three.api.root.as_uri()}@latest-tag#published/errors.json"
    assert three.run(three.docs, "fetch", source).code == 0
    assert three.run(three.sdk, "fetch", source).code == 0
    assert three.run(three.sdk, "generate").code == 0
    three.docs.commit()
    three.sdk.commit()
    return three


def test_a_status_that_changes_goes_from_the_api_to_the_docs_and_the_sdk(three: Three) -> None:
    three.docs.write(f"catalog: {FETCHED}\ncheck: {{html: [{{site: site}}]}}\n", "errorbook.yaml")
    assert three.codes("check") == (0, 3, 0)  # the site is not built yet
    before = three.build()
    assert three.codes("check") == (0, 0, 0)
    assert three.run(three.api, "diff", "--against", "v1.0.0").code == 0
    assert three.behind() == (0, 0)

    # The API changes: its own diff is red, and nobody else's matter yet.
    three.api.write(_catalog(410))
    assert three.run(three.api, "diff", "--against", "v1.0.0").code == 1
    assert three.behind() == (0, 0)
    stale = three.run(three.api, "check")
    assert (stale.code, "[stale-file]" in stale.out) == (1, True)
    three.mend(three.api, stale, "generate")
    assert three.codes("check") == (0, 0, 0)

    # It is released: both are behind, and what they have made is still right for what they have.
    three.api.git("tag", "v2.0.0")
    assert three.behind() == (1, 1)
    assert three.codes("check") == (0, 0, 0)

    # The SDK fetches it: now its classes are stale.
    said = three.run(three.sdk, "fetch", "--check")
    assert "409 to 410 (breaking)" in said.out
    three.mend(three.sdk, said, "fetch")
    assert three.behind() == (1, 0)
    stale = three.run(three.sdk, "check")
    assert (stale.code, "[stale-file]" in stale.out) == (1, True)
    three.mend(three.sdk, stale, "generate")
    assert three.run(three.sdk, "check").code == 0

    # The docs fetch it: now the site that was built says something else.
    three.mend(three.docs, three.run(three.docs, "fetch", "--check"), "fetch")
    assert three.behind() == (0, 0)
    stale = three.run(three.docs, "check")
    assert (stale.code, "site/" in stale.out) == (1, True)
    after = three.build()
    assert three.codes("check") == (0, 0, 0)
    assert ("409" in before, "410" in before) == (True, False)
    assert ("409" in after, "410" in after) == (False, True)


def test_a_new_code_is_safe_in_the_api_and_news_to_the_others(three: Three) -> None:
    three.publish(_catalog(409, NEW_CODE), "v1.1.0")
    assert three.run(three.api, "diff", "--against", "v1.0.0").code == 0
    said = three.run(three.sdk, "fetch", "--check")
    assert said.code == 1
    assert said.out.splitlines()[1:] == ["    - Add shop/closed (safe)"]
    assert three.codes("check") == (0, 0, 0)


def test_the_docs_and_the_sdk_compare_with_the_api_itself(three: Three) -> None:
    three.publish(_catalog(410), "v2.0.0")
    source = f"git+{three.api.root.as_uri()}@v2.0.0#published/errors.json"
    said = three.run(three.sdk, "diff", "--against", source)
    assert said.code == 1
    assert "status-changed" in said.out


@pytest.mark.parametrize("edited", ["docs", "sdk"])
def test_an_edit_of_what_was_fetched_is_red_where_it_was_made(three: Three, edited: str) -> None:
    where = three.docs if edited == "docs" else three.sdk
    file = where.root / FETCHED
    file.write_text(file.read_text("utf-8").replace("No copy", "No book"), encoding="utf-8")
    expected = (0, int(edited == "docs"), int(edited == "sdk"))
    assert three.codes("check") == expected
    said = three.run(where, "check")
    assert "[edited-fetched-file]" in said.out
    three.mend(where, said, "fetch")
    assert three.codes("check") == (0, 0, 0)


def test_without_the_api_everything_goes_on_but_what_asks_for_it(three: Three) -> None:
    three.api.root.rename(three.api.root.with_name("elsewhere"))
    assert three.behind() == (3, 3)
    for where in (three.docs, three.sdk):
        assert three.run(where, "check").code == 0
    assert three.run(three.sdk, "generate").code == 0
    assert "sold_out" in three.build()


def test_a_docs_repository_may_have_the_errors_of_several_apis(three: Three) -> None:
    other = three.docs.root.parent / "cafe.yaml"
    other.write_text("apis: {cafe: {errors: {no_cake: {status: 404}}}}\n", encoding="utf-8")
    assert three.run(three.docs, "fetch", "../cafe.yaml").code == 0
    three.docs.write(f"include: [{FETCHED}, cafe.errors.json]\n", "errors.yaml")
    three.docs.write("catalog: errors.yaml\n", "errorbook.yaml")
    said = three.run(three.docs, "validate")
    assert (said.code, said.err) == (0, "errors.yaml: 2 APIs, 2 errors, no problems\n")
    assert three.run(three.docs, "check").code == 0
