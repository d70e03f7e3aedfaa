"""A former catalog is found by file, commit, branch, tag and merge-base, and never guessed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from errorbook.baseline import BaselineError, Former, UnknownBaselineError, former
from tests.baseline.repositories import Repository, repository

COMMAND = re.compile(r"run: (git fetch .+)\Z")
"""The command is the last of the message, so that the rest of the line can be copied."""


@pytest.fixture(scope="module", name="released")
def _released(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Three releases on main, and a fourth step that is none."""
    shop = repository(tmp_path_factory.mktemp("released"))
    for number, tag in enumerate(("v1.9.0", "v1.10.0", "v1.10.1-rc.1"), 1):
        shop.write([f"code_{one}" for one in range(number)])
        shop.commit(tag)
    shop.write(["code_0"])
    shop.commit()
    return shop


@pytest.fixture(name="shop")
def _shop(tmp_path: Path, released: Repository) -> Repository:
    """A copy of that repository, for one test."""
    return released.copy(tmp_path / "shop")


def _former(shop: Repository, against: str | None = None, branch: str | None = None) -> Former:
    return former(shop.root / "errors.yaml", against, branch)


def _codes(found: Former) -> list[str]:
    assert found.catalog is not None
    return [code for api in found.catalog.apis.values() for code in api.errors]


def _command(caught: pytest.ExceptionInfo[BaselineError]) -> str:
    match = COMMAND.search(str(caught.value))
    assert match, caught.value
    return match[1]


def test_a_file_needs_no_repository(tmp_path: Path) -> None:
    old = tmp_path / "old.yaml"
    old.write_text("apis: {shop: {errors: {gone: {}}}}", encoding="utf-8")
    assert _codes(former(tmp_path / "errors.yaml", str(old))) == ["gone"]


def test_a_file_that_is_no_catalog_is_refused(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text('{"format": 99, "apis": {}}', encoding="utf-8")
    with pytest.raises(BaselineError, match="newer than format"):
        former(tmp_path / "errors.yaml", str(old))


def test_a_tag_a_branch_a_hash_and_an_expression_name_commits(shop: Repository) -> None:
    shop.git("branch", "old", "v1.9.0")
    by_hash = shop.git("rev-parse", "v1.9.0")
    for word in ("v1.9.0", "old", by_hash, by_hash[:8], "HEAD~3", "refs/tags/v1.9.0"):
        found = _former(shop, word)
        assert (_codes(found), found.commit) == (["code_0"], by_hash)


def test_what_is_not_committed_does_not_count(shop: Repository) -> None:
    shop.write(["draft"])
    assert _codes(_former(shop, "HEAD")) == ["code_0"]
    assert shop.git("status", "--porcelain") == "M errors.yaml"


def test_the_latest_tag_is_that_of_the_highest_version(shop: Repository) -> None:
    found = _former(shop, "latest-tag")
    assert (found.name, len(_codes(found))) == ("v1.10.1-rc.1", 3)
    shop.git("tag", "v1.10.1", "v1.10.0")
    shop.git("tag", "nightly")
    assert _former(shop, "latest-tag").name == "v1.10.1"


def test_a_tag_that_does_not_lead_here_is_no_release_of_this_branch(shop: Repository) -> None:
    shop.git("checkout", "--quiet", "-b", "next")
    shop.commit("v9.0.0")
    shop.git("checkout", "--quiet", "main")
    assert _former(shop, "latest-tag").name == "v1.10.1-rc.1"


@pytest.mark.parametrize("against", [None, "latest-tag"])
def test_a_release_that_is_checked_out_is_compared_with_the_one_before_it(
    shop: Repository, against: str | None
) -> None:
    shop.git("tag", "v2.0.0")
    shop.git("tag", "v2.0.0-rc.1")  # in the same commit
    found = _former(shop, against)
    assert found.name == "v1.10.1-rc.1"
    assert found.notes == (
        "v2.0.0 is what is checked out: this compares with the release before it",
    )
    shop.git("checkout", "--quiet", "v2.0.0")
    shop.write((shop.root / "errors.yaml").read_text("utf-8").replace("\n", "\r\n"))
    assert _former(shop, against) == found


@pytest.mark.parametrize("part", ["errors.yaml", "parts/one.yaml"])
def test_what_changed_since_the_release_is_compared_with_that_release(
    shop: Repository, part: str
) -> None:
    shop.write("include: [parts/one.yaml]\n" + _api("two"))
    shop.write(_api("one"), "parts/one.yaml")
    shop.commit("v2.0.0")
    assert _former(shop).name == "v1.10.1-rc.1"
    (shop.root / part).write_text(_api("mine"), encoding="utf-8")
    found = _former(shop)
    assert (found.name, found.notes) == ("v2.0.0", ())


def test_the_tag_of_a_branch_that_is_never_merged_is_compared_with_the_release_before(
    shop: Repository,
) -> None:
    shop.git("checkout", "--quiet", "-b", "maintenance", "v1.10.0")
    shop.write(["code_0"])
    shop.commit("v1.10.1")
    shop.git("checkout", "--quiet", "v1.10.1")
    assert _former(shop).name == "v1.10.0"


def test_the_first_release_has_none_to_be_compared_with(tmp_path: Path) -> None:
    shop = repository(tmp_path)
    shop.write(["one"])
    shop.commit("v1.0.0")
    for against in (None, "latest-tag"):
        found = _former(shop, against)
        assert found.catalog is None
        assert found.notes == (
            "first version: v1.0.0 is checked out, and no release came before it",
        )


def test_a_branch_is_compared_with_where_it_began(shop: Repository) -> None:
    began = shop.git("rev-parse", "HEAD")
    shop.git("checkout", "--quiet", "-b", "feature")
    shop.write(["code_0", "mine"])
    shop.commit()
    shop.git("checkout", "--quiet", "main")
    shop.write(["code_0", "theirs"])
    shop.commit()
    shop.git("checkout", "--quiet", "feature")
    for against in (None, "merge-base"):
        found = _former(shop, against)
        assert (found.name, found.commit) == (f"main (merge-base {began[:7]})", began)
        assert _codes(found) == ["code_0"]


def test_a_branch_may_be_for_another_than_main(shop: Repository) -> None:
    shop.git("checkout", "--quiet", "-b", "release", "v1.10.0")
    shop.git("checkout", "--quiet", "-b", "fix")
    shop.commit()
    assert len(_codes(_former(shop, None, "release"))) == 2
    with pytest.raises(UnknownBaselineError, match="did you mean 'release'"):
        _former(shop, "merge-base", "relaese")


def test_main_is_compared_with_the_latest_release(shop: Repository) -> None:
    assert _former(shop).name == "v1.10.1-rc.1"


def test_a_fresh_branch_is_compared_with_main_and_a_lone_commit_with_the_release(
    shop: Repository,
) -> None:
    shop.git("checkout", "--quiet", "-b", "feature")
    assert _former(shop).name.startswith("main (merge-base")
    shop.git("checkout", "--quiet", "--detach", "main")
    assert _former(shop).name == "v1.10.1-rc.1"


def test_main_without_a_release_is_a_first_version_unless_one_is_asked_for(tmp_path: Path) -> None:
    shop = repository(tmp_path)
    shop.write(["one"])
    shop.commit("nightly")
    found = _former(shop)
    assert (found.name, found.catalog) == ("no release", None)
    assert "no tag here is that of a release" in found.notes[0]
    with pytest.raises(UnknownBaselineError, match="no tag of a release leads to this commit"):
        _former(shop, "latest-tag")
    with pytest.raises(UnknownBaselineError, match="no tag of a release that begins with 'api-'"):
        former(shop.root / "errors.yaml", tag_prefix="api-")


def test_main_without_a_release_is_compared_with_its_commit_where_it_is_named(
    tmp_path: Path,
) -> None:
    shop = repository(tmp_path)
    shop.write(["one"])
    shop.commit("nightly")
    shop.write(["renamed"])
    found = _former(shop, None, "main")
    assert (_codes(found), found.commit) == (["one"], shop.git("rev-parse", "HEAD"))
    assert found.name.startswith("main (merge-base ")


def test_a_release_that_does_not_lead_here_is_no_reason_for_a_first_version(
    shop: Repository,
) -> None:
    shop.git("checkout", "--quiet", "--orphan", "anew")
    shop.write(["anew"])
    shop.commit()
    shop.git("branch", "--delete", "--force", "main")
    with pytest.raises(UnknownBaselineError, match="no tag of a release leads to this commit"):
        _former(shop)


def test_branches_that_share_no_history_cannot_be_compared(shop: Repository) -> None:
    shop.git("checkout", "--quiet", "--orphan", "other")
    shop.write(["other"])
    shop.commit()
    with pytest.raises(BaselineError, match="share no history"):
        _former(shop, "merge-base")


def test_a_ref_that_is_missing_is_told_with_the_nearest(shop: Repository) -> None:
    with pytest.raises(UnknownBaselineError, match=r"'v1\.10\.9'; did you mean 'v1\.10\.0'\?"):
        _former(shop, "v1.10.9")


@pytest.mark.parametrize(
    "word", ["--output=x", "-", "--all", "-- main", "", " ", "a\nb", "\x1b[31m"]
)
def test_what_looks_like_an_option_is_never_given_to_git(shop: Repository, word: str) -> None:
    with pytest.raises(UnknownBaselineError):
        _former(shop, word)
    with pytest.raises(UnknownBaselineError):
        _former(shop, "merge-base", word)


def test_a_tag_that_begins_like_an_option_harms_nothing(shop: Repository) -> None:
    """git itself refuses such names, so one is written into its folder by hand."""
    head = shop.git("rev-parse", "HEAD")
    (shop.root / ".git/refs/tags/-v9.9").write_text(f"{head}\n", encoding="utf-8")
    assert _former(shop, "latest-tag").name in ("-v9.9", "v1.10.1-rc.1")
    with pytest.raises(UnknownBaselineError, match="begins with '-'"):
        _former(shop, "-v9.9")


def test_a_file_that_was_not_there_yet_is_a_first_version(shop: Repository) -> None:
    shop.write(["fine"], "api/errors.yaml")
    found = former(shop.root / "api/errors.yaml", "v1.9.0")
    assert found.catalog is None
    assert found.notes == ("first version: there is no errors.yaml at v1.9.0",)


def test_another_path_may_be_named_and_must_be_there(shop: Repository) -> None:
    shop.write(["fine"], "api/errors.yaml")
    assert _codes(former(shop.root / "api/errors.yaml", "v1.9.0:errors.yaml")) == ["code_0"]
    for path in ("api/errors.yaml", "../errors.yaml", "/etc/passwd"):
        with pytest.raises(UnknownBaselineError, match="there is no file"):
            former(shop.root / "api/errors.yaml", f"v1.9.0:{path}")


def test_a_repository_without_a_commit_has_a_first_version(tmp_path: Path) -> None:
    shop = repository(tmp_path)
    shop.write(["one"])
    assert _former(shop).catalog is None


@pytest.mark.parametrize("steps", ["staged", "committed", "twice"])
def test_a_file_that_was_renamed_is_followed(shop: Repository, steps: str) -> None:
    codes = [f"code_{number}" for number in range(30)]
    shop.write(codes)
    shop.commit("v3.0.0")
    (shop.root / "api").mkdir()
    shop.git("mv", "errors.yaml", "api/faults.yaml")
    if steps != "staged":
        shop.write(codes[1:], "api/faults.yaml")
        shop.commit()
    path = "api/faults.yaml"
    if steps == "twice":
        shop.write([f"other_{number}" for number in range(60)] + codes[5:], path)
        shop.commit()
        shop.git("mv", path, "catalog.yaml")
        shop.commit()
        path = "catalog.yaml"
    found = former(shop.root / path, "v3.0.0")
    assert _codes(found) == codes
    assert found.notes == ("it was called errors.yaml at v3.0.0",)


def test_files_that_are_included_come_from_the_same_commit(shop: Repository) -> None:
    shop.write("include: [parts/one.yaml, parts/two.yaml]\n")
    shop.write("include: [deep/er.yaml]\n" + _api("one"), "parts/one.yaml")
    shop.write(_api("deeper"), "parts/deep/er.yaml")
    shop.write(_api("two"), "parts/two.yaml")
    shop.commit("v3.0.0")
    shop.write(_api("later"), "parts/two.yaml")
    (shop.root / "parts/deep/er.yaml").unlink()
    assert sorted(_codes(_former(shop, "v3.0.0"))) == ["deeper", "one", "two"]


def test_a_part_that_is_missing_is_no_catalog_with_fewer_codes(shop: Repository) -> None:
    shop.write("include: [parts/one.yaml]\n" + _api("two"))
    shop.commit("v3.0.0")
    with pytest.raises(BaselineError, match="does not exist"):
        _former(shop, "v3.0.0")


def test_nothing_outside_the_catalogs_folder_is_read(shop: Repository) -> None:
    shop.write("include: [../secret.yaml]\n", "api/errors.yaml")
    shop.write(_api("secret"), "secret.yaml")
    shop.commit("v3.0.0")
    with pytest.raises(BaselineError, match="leads outside"):
        former(shop.root / "api/errors.yaml", "v3.0.0")


def test_a_catalog_behind_a_link_is_followed_at_the_commit(shop: Repository) -> None:
    shop.write(["linked"], "api/real.yaml")
    (shop.root / "link.yaml").symlink_to("api/real.yaml")
    shop.commit("v3.0.0")
    assert _codes(former(shop.root / "link.yaml", "v3.0.0")) == ["linked"]
    (shop.root / "link.yaml").unlink()
    shop.write(["plain"], "link.yaml")
    assert _codes(former(shop.root / "link.yaml", "v3.0.0")) == ["linked"]


def test_a_catalog_that_todays_rules_refuse_is_read_as_far_as_it_can_be(shop: Repository) -> None:
    shop.write("apis: {shop: {errors: {one: {status: 9, colour: red}, two: {group: none}}}}")
    shop.commit("v3.0.0")
    found = _former(shop, "v3.0.0")
    assert _codes(found) == ["one", "two"]
    (note,) = found.notes
    assert note.startswith("the catalog of v3.0.0 has ")
    assert "as far as it can be" in note


@pytest.mark.parametrize(
    "text", ["", "apis: [", "- 1", "\x00", "apis: 3", "apis: {shop: {errors: 3}}"]
)
def test_what_is_no_catalog_at_all_is_refused(shop: Repository, text: str) -> None:
    shop.write(text)
    shop.commit("v3.0.0")
    with pytest.raises(BaselineError, match=r"the catalog of v3\.0\.0 cannot be read"):
        _former(shop, "v3.0.0")


@pytest.mark.parametrize(
    ("against", "codes"),
    [
        ("v1.9.0", ["code_0"]),
        ("v1.9.0~0", ["code_0"]),
        ("main", ["ahead"]),
        ("origin/main", ["ahead"]),
        ("merge-base", ["code_0"]),
        ("latest-tag", ["code_0", "code_1", "code_2"]),
    ],
)
def test_a_shallow_clone_is_told_the_command_that_mends_it(
    shop: Repository, tmp_path: Path, against: str, codes: list[str]
) -> None:
    shop.git("checkout", "--quiet", "-b", "feature")
    shop.commit()
    shop.git("checkout", "--quiet", "main")
    shop.write(["ahead"])
    shop.commit()
    clone = shop.clone(tmp_path / "clone", "--depth=1", "--branch=feature")
    with pytest.raises(BaselineError, match="shallow clone") as caught:
        _former(clone, against)
    clone.run(_command(caught))
    assert _codes(_former(clone, against)) == codes


def test_what_a_ci_checks_out_of_a_pull_request_is_told_to_fetch_the_branch_it_is_for(
    shop: Repository, tmp_path: Path
) -> None:
    shop.git("checkout", "--quiet", "-b", "feature")
    pull = shop.commit()
    shop.git("checkout", "--quiet", "main")
    ci = repository(tmp_path / "ci")
    ci.git("remote", "add", "origin", shop.root.as_uri())
    ci.git("fetch", "--quiet", "--depth=1", "origin", pull)
    ci.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
    with pytest.raises(BaselineError, match="the branch this one is for") as caught:
        _former(ci)
    ci.run(_command(caught))
    found = _former(ci)
    assert found.name.startswith("origin/main (merge-base ")
    assert _codes(found) == ["code_0"]


@pytest.mark.parametrize("against", [None, "latest-tag"])
@pytest.mark.parametrize("of", ["the tag", "main", "the tag without a remote"])
def test_a_shallow_clone_of_a_release_is_never_compared_with_itself(
    shop: Repository, tmp_path: Path, of: str, against: str | None
) -> None:
    shop.git("tag", "v3.0.0")
    options = ["--branch=main"] if of == "main" else ["--branch=v3.0.0"]
    clone = shop.clone(tmp_path / "clone", "--depth=1", *options)
    clone.git("fetch", "--quiet", "--depth=1", "origin", "refs/tags/v3.0.0:refs/tags/v3.0.0")
    if of.endswith("remote"):
        clone.git("remote", "remove", "origin")
        with pytest.raises(BaselineError, match="and no remote to fetch it from"):
            _former(clone, against)
        return
    with pytest.raises(BaselineError, match=r"has no release before v3\.0\.0; run: ") as caught:
        _former(clone, against)
    clone.run(_command(caught))
    assert _former(clone, against).name == "v1.10.1-rc.1"
    assert len(_codes(_former(clone, against))) == 3


def test_a_shallow_clone_is_told_the_command_alone(shop: Repository, tmp_path: Path) -> None:
    clone = shop.clone(tmp_path / "clone", "--depth=1", "--branch=v1.10.0")
    with pytest.raises(BaselineError) as caught:
        _former(clone, "v1.9.0")
    assert _command(caught) == "git fetch --depth=1 origin refs/tags/v1.9.0:refs/tags/v1.9.0"
    clone.run(_command(caught))
    assert _codes(_former(clone, "v1.9.0")) == ["code_0"]


def test_a_hash_that_a_shallow_clone_lacks_can_be_fetched(shop: Repository, tmp_path: Path) -> None:
    wanted = shop.git("rev-parse", "v1.10.0")
    clone = shop.clone(tmp_path / "clone", "--depth=1")
    with pytest.raises(BaselineError, match="shallow clone") as caught:
        _former(clone, wanted)
    assert _command(caught) == f"git fetch --depth=1 origin {wanted}"
    clone.run(_command(caught))
    assert _codes(_former(clone, wanted)) == ["code_0", "code_1"]


def test_a_shallow_branch_that_does_not_reach_back_is_told_so(
    shop: Repository, tmp_path: Path
) -> None:
    shop.git("checkout", "--quiet", "-b", "feature")
    shop.commit()
    shop.git("checkout", "--quiet", "main")
    shop.write(["ahead"])
    shop.commit()
    clone = shop.clone(tmp_path / "clone", "--depth=1", "--no-single-branch", "--branch=feature")
    with pytest.raises(BaselineError, match="does not reach back to origin/main") as caught:
        _former(clone)
    clone.run(_command(caught))
    assert _codes(_former(clone)) == ["code_0"]


def test_a_clone_compares_with_what_its_origin_has(shop: Repository, tmp_path: Path) -> None:
    clone = shop.clone(tmp_path / "clone")
    clone.git("checkout", "--quiet", "-b", "feature")
    clone.git("branch", "--delete", "--force", "main")
    assert _former(clone).name.startswith("origin/main (merge-base ")
    assert _codes(_former(clone, "main")) == ["code_0"]


def test_a_folder_without_a_repository_cannot_be_compared(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="not a git repository"):
        former(tmp_path / "errors.yaml", "v1")


def test_a_machine_without_git_cannot_compare(
    shop: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BaselineError, match="git is not installed"):
        _former(shop, "v1.9.0")


def test_variables_of_a_hook_do_not_lead_to_another_repository(
    shop: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert _codes(_former(shop, "v1.9.0")) == ["code_0"]


def _api(code: str) -> str:
    return f"apis: {{shop: {{errors: {{{code}: {{}}}}}}}}\n"
