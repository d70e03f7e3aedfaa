"""What errorbook.yaml says of `errorbook diff`, through the command line: options win."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errorbook import cli
from tests.baseline.repositories import Repository, repository


@pytest.fixture(name="made", scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository with releases of two packages, on a branch of its own."""
    shop = repository(tmp_path_factory.mktemp("made") / "shop")
    shop.write(["one"])
    shop.commit("api-v1.2.0", "v9.0.0")
    shop.write(["one", "two"])
    shop.commit("api-v1.10.0")
    shop.write(["one", "two", "three"])
    shop.commit("sdk-v7.0.0", "api-docs-v9.9.9")
    return shop


@pytest.fixture(name="shop")
def _shop(made: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A copy of it, for one test."""
    shop = made.copy(tmp_path / "shop")
    monkeypatch.chdir(shop.root)
    return shop


def _settings(shop: Repository, text: str) -> None:
    shop.write(f"diff: {text}\n", "errorbook.yaml")


class Diff:
    """Runs the command line, and keeps what it says."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str]:
        code = cli.run(["diff", *words])
        said = self._capsys.readouterr()
        return code, " ".join((said.out + said.err).split())


@pytest.fixture(name="diff")
def _diff(capsys: pytest.CaptureFixture[str]) -> Diff:
    return Diff(capsys)


def test_the_latest_of_tags_that_begin_with_a_prefix(shop: Repository, diff: Diff) -> None:
    _, said = diff("--against", "latest-tag", "--tag-prefix", "api-")
    assert "against api-v1.10.0 " in said
    assert "against v9.0.0 " in diff("--against", "latest-tag")[1]
    code, said = diff("--against", "latest-tag", "--tag-prefix", "web-")
    assert code == 2
    assert "no tag of a release that begins with 'web-' leads to this commit" in said


def test_a_prefix_stands_in_errorbook_yaml_and_an_option_wins(shop: Repository, diff: Diff) -> None:
    _settings(shop, "{against: latest-tag, tag_prefix: sdk-}")
    assert "against sdk-v7.0.0 " in diff()[1]
    assert "against api-v1.10.0 " in diff("--tag-prefix", "api-")[1]
    assert "against v9.0.0 " in diff("--tag-prefix", "")[1]
    assert "against api-v1.2.0 " in diff("--against", "api-v1.2.0")[1]


def test_a_shallow_clone_fetches_a_tag_with_a_prefix_as_a_tag(
    shop: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, diff: Diff
) -> None:
    clone = shop.clone(tmp_path / "clone", "--depth=1")
    monkeypatch.chdir(clone.root)
    words = ("--against", "api-v1.2.0", "--tag-prefix", "api-")
    code, said = diff(*words)
    assert code == 3
    command = "git fetch --depth=1 origin refs/tags/api-v1.2.0:refs/tags/api-v1.2.0"
    assert command in said
    clone.run(command)
    assert diff(*words)[0] == 0


def test_the_branch_profile_and_limit_stand_in_errorbook_yaml(shop: Repository, diff: Diff) -> None:
    shop.git("branch", "develop", "api-v1.10.0")
    shop.git("checkout", "--quiet", "-b", "feature")
    _settings(shop, "{branch: develop, profile: strict, fail_on: dangerous}")
    code, said = diff()
    assert (code, "against develop (merge-base" in said, "1 dangerous" in said) == (1, True, True)
    assert "against main (merge-base" in diff("--branch", "main")[1]
    assert diff("--fail-on", "breaking")[0] == 0
    assert "1 safe" in diff("--profile", "default")[1]
    assert "against api-v1.2.0 " in diff("--against", "api-v1.2.0")[1]


def test_a_file_is_named_from_errorbook_yaml(
    shop: Repository, diff: Diff, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.write(["one", "gone"], "published/old.yaml")
    _settings(shop, "{against: published/old.yaml}")
    (shop.root / "deep").mkdir()
    monkeypatch.chdir(shop.root / "deep")
    code, said = diff()
    assert (code, "against ../published/old.yaml" in said) == (1, True)


@pytest.mark.parametrize("to", ["../secret.yaml", "link.yaml", "{root}/secret.yaml"])
def test_a_file_outside_of_the_project_is_not_read(
    shop: Repository, diff: Diff, tmp_path: Path, to: str
) -> None:
    (tmp_path / "secret.yaml").write_text("secret: it is one", "utf-8")
    (shop.root / "link.yaml").symlink_to("../secret.yaml")
    _settings(shop, json.dumps({"against": to.format(root=tmp_path)}))
    code, said = diff()
    assert (code, "leads outside of the project" in said) == (2, True)
    assert "it is one" not in said


@pytest.mark.parametrize("key", ["against", "branch", "tag_prefix"])
def test_what_would_be_an_option_is_refused_with_its_line(
    shop: Repository, diff: Diff, key: str
) -> None:
    _settings(shop, f"{{{key}: --upload-pack=x}}")
    code, said = diff()
    assert code == 2
    assert "errorbook.yaml:1:" in said
    assert "expected a name that does not begin with '-'" in said


def test_deprecation_windows_stand_in_errorbook_yaml(shop: Repository, diff: Diff) -> None:
    shop.write("apis: {shop: {errors: {one: {deprecated: 2026-06-01, sunset: 2026-07-15}}}}")
    today = ("--against", "api-v1.2.0", "--today", "2026-06-01")
    assert "sunset-too-soon" in diff(*today)[1]
    _settings(shop, "{windows: {stable: 44}}")
    assert diff(*today, "--verbose")[0] == 0
    _settings(shop, "{windows: {stable: -1}}")
    code, said = diff(*today)
    assert (code, "errorbook.yaml:1:" in said) == (2, True)


def test_waivers_that_match_nothing_fail_where_the_project_says_so(
    shop: Repository, diff: Diff
) -> None:
    waiver = {
        "rule": "code-removed",
        "subject": "shop/one",
        "fingerprint": "C-000000",
        "reason": "none",
        "expires": "2999-01-31",
    }
    _settings(shop, "{against: api-v1.2.0, strict_waivers: true}")
    with (shop.root / "errorbook.yaml").open("a", encoding="utf-8") as file:
        file.write(f"waivers: {json.dumps([waiver])}\n")
    assert diff()[0] == 1
    assert diff("--no-strict-waivers")[0] == 0


def test_a_version_that_stays_is_told_beside_what_breaks_and_can_be_waived(
    shop: Repository, diff: Diff
) -> None:
    shop.write("apis: {shop: {version: v1, errors: {one: {status: 409}, two: {status: 409}}}}")
    shop.commit("v10.0.0")
    shop.write("apis: {shop: {version: v1, errors: {one: {status: 409}}}}")
    code, said = diff("--format", "json", "--against", "v10.0.0")
    assert code == 1
    assert said.endswith("FAIL: 1 breaking, 1 dangerous; needs a new major version: shop v2")
    changes = json.JSONDecoder().raw_decode(said)[0]["changes"]
    assert [one["rule"] for one in changes] == ["code-removed", "version-not-bumped"]

    waivers = [
        {name: one[name] for name in ("rule", "fingerprint")}
        | {"subject": f"shop/{one['subject']}".removesuffix("/")}
        | {"reason": "agreed", "expires": "2999-01-31"}
        for one in changes
    ]
    _settings(shop, "{against: v10.0.0}")
    project = shop.root / "errorbook.yaml"
    settings = project.read_text("utf-8")
    project.write_text(f"{settings}waivers: {json.dumps(waivers[1:])}\n", "utf-8")
    assert "FAIL: 1 breaking, 1 waived" in diff()[1]
    project.write_text(f"{settings}waivers: {json.dumps(waivers[:1])}\n", "utf-8")
    code, said = diff()
    assert (code, "OK: 1 waived; no new version is needed" in said) == (0, True)
    assert "version-not-bumped" not in said
