"""A real history in a scratch repository, and what `errorbook diff` answers at each step of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from errorbook import cli
from tests.baseline.repositories import Repository, repository

CODES = [f"code_{number}" for number in range(12)]


@dataclass(frozen=True)
class Answer:
    """What the command line said: its exit code, and the report where there is one."""

    code: int
    report: dict[str, Any]
    said: str

    @property
    def against(self) -> str:
        return str(self.report["against"]["name"])

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """The severity, rule and subject of each change that counts."""
        return [(one["severity"], one["rule"], one["subject"]) for one in self.report["changes"]]


class Diff:
    """Runs `errorbook diff` for a catalog of a repository, from its root."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, shop: Repository, *words: str, catalog: str = "errors.yaml") -> Answer:
        self._monkeypatch.chdir(shop.root)
        before = shop.git("status", "--porcelain")
        self._capsys.readouterr()
        code = cli.run(["diff", "--catalog", catalog, "--format", "json", *words])
        assert shop.git("status", "--porcelain") == before
        said = self._capsys.readouterr()
        return Answer(code, json.loads(said.out) if said.out else {}, " ".join(said.err.split()))


@pytest.fixture(name="diff")
def _diff(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Diff:
    return Diff(capsys, monkeypatch)


def _breaking(*codes: str) -> list[tuple[str, str, str]]:
    return [("breaking", "code-removed", code) for code in codes]


def _safe(*codes: str) -> list[tuple[str, str, str]]:
    return [("safe", "code-added", code) for code in codes]


def _refused(answer: Answer, code: int) -> str:
    """Return why nothing was compared, which no report may pass over."""
    assert answer.code == code
    assert not answer.report or not answer.report["complete"]
    assert answer.report.get("changes", []) == []
    return "; ".join([answer.said, *answer.report.get("not_checked", [])])


def _released(root: Path) -> Repository:
    """Return a repository with one release of `CODES`."""
    shop = repository(root)
    shop.write(CODES)
    shop.commit("v1.0.0")
    return shop


def test_from_the_first_file_to_the_second_release(tmp_path: Path, diff: Diff) -> None:
    shop = repository(tmp_path)
    shop.write(CODES)

    born = diff(shop)
    assert (born.code, born.report["first_version"]) == (0, True)
    assert born.report["notes"] == ["first version: there is no commit yet"]

    shop.commit()
    unreleased = diff(shop)
    assert (unreleased.code, unreleased.report["first_version"]) == (0, True)
    assert "no tag here is that of a release" in unreleased.report["notes"][0]
    asked = _refused(diff(shop, "--against", "latest-tag"), 2)
    assert "no tag of a release leads to this commit" in asked

    shop.git("tag", "--annotate", "v1.0.0", "--message", "the first")
    same = diff(shop)
    assert (same.code, same.report["first_version"]) == (0, True)
    assert "no release came before it" in same.report["notes"][0]

    shop.write([*CODES, "more"])
    drafted = diff(shop)  # not even staged
    assert (drafted.code, drafted.told) == (0, _safe("more"))
    shop.commit("v1.1.0")
    assert diff(shop, "--against", "v1.0.0").told == _safe("more")
    released = diff(shop)
    assert (released.against, released.told) == ("v1.0.0", _safe("more"))
    assert released.report["codes"] == len(CODES) + 1

    shop.write(CODES)
    assert diff(shop).told == _breaking("more")  # against the lightweight tag, which is newer
    assert diff(shop, "--against", "v1.0.0").told == []
    assert diff(shop, "--against", "HEAD").told == _breaking("more")


def test_a_branch_while_main_goes_on_and_is_rebased_and_squashed(
    tmp_path: Path, diff: Diff
) -> None:
    shop = _released(tmp_path)
    began = shop.git("rev-parse", "HEAD")
    shop.git("checkout", "--quiet", "-b", "feature")
    shop.write([*CODES, "mine"])
    shop.commit()
    shop.git("checkout", "--quiet", "main")
    shop.write(["theirs", *CODES[1:]])
    ahead = shop.commit()

    shop.git("checkout", "--quiet", "feature")
    branch = diff(shop)
    assert (branch.code, branch.told) == (0, _safe("mine"))  # what main did is none of its doing
    assert branch.against == f"main (merge-base {began[:7]})"

    shop.git("rebase", "--quiet", "-X", "theirs", "main")
    rebased = diff(shop)
    assert (rebased.told, rebased.report["against"]["commit"]) == (_safe("mine"), ahead)

    shop.git("checkout", "--quiet", "--detach")
    detached = diff(shop, "--branch", "main")
    assert (detached.told, detached.against) == (_safe("mine"), f"main (merge-base {ahead[:7]})")

    shop.git("checkout", "--quiet", "main")
    shop.git("merge", "--quiet", "--squash", "feature")
    squashed = diff(shop)  # on main: what the next release would bring
    assert (squashed.code, squashed.against) == (1, "v1.0.0")
    assert squashed.told == [*_breaking("code_0"), *_safe("mine", "theirs")]

    shop.write("squashed\n", "notes.txt")  # or it would be the very commit of the branch
    shop.commit()
    shop.git("checkout", "--quiet", "feature")
    merged = diff(shop)  # its squashed commit is not the one on main
    assert (merged.code, merged.told) == (0, _safe("mine"))


def test_a_file_that_is_renamed_split_deleted_and_made_again(tmp_path: Path, diff: Diff) -> None:
    shop = _released(tmp_path)
    (shop.root / "api").mkdir()
    shop.git("mv", "errors.yaml", "api/faults.yaml")
    moved = diff(shop, catalog="api/faults.yaml")
    assert (moved.code, moved.told) == (0, [])
    assert moved.report["notes"] == ["it was called errors.yaml at v1.0.0"]
    shop.commit("v1.1.0")

    text = (shop.root / "api/faults.yaml").read_text("utf-8").splitlines(keepends=True)
    shop.write("".join([*text[:3], *text[9:]]), "api/parts/late.yaml")
    shop.write("include: [parts/late.yaml]\n" + "".join(text[:9]), "api/faults.yaml")
    split = diff(shop, catalog="api/faults.yaml")
    assert (split.code, split.told, split.report["codes"]) == (0, [], len(CODES))
    shop.commit("v1.2.0")

    changed = [line.replace("code_11: {status: 409}", "code_11: {status: 404}") for line in text]
    shop.write("".join([*changed[:3], *changed[9:]]), "api/parts/late.yaml")
    part = diff(shop, catalog="api/faults.yaml")
    assert part.told == [("breaking", "status-changed", "code_11")]
    (change,) = part.report["changes"]
    assert (change["file"], change["line"]) == ("api/parts/late.yaml", 9)

    shop.git("rm", "--quiet", "-r", "--force", "api")
    shop.commit("v2.0.0")
    shop.write(["other"], "api/faults.yaml")
    again = diff(shop, catalog="api/faults.yaml")
    assert (again.code, again.report["first_version"]) == (0, True)
    assert again.report["notes"][-1] == "first version: there is no faults.yaml at v2.0.0"
    older = diff(shop, "--against", "v1.2.0", catalog="api/faults.yaml")
    assert (older.code, len(older.told)) == (1, len(CODES) + 1)


def test_a_shallow_clone_and_a_second_working_tree(tmp_path: Path, diff: Diff) -> None:
    shop = _released(tmp_path / "shop")
    shop.git("checkout", "--quiet", "-b", "feature")
    shop.write(CODES[1:])
    shop.commit()
    shop.git("checkout", "--quiet", "main")
    clone = shop.clone(tmp_path / "clone", "--depth=1", "--branch=feature")

    for words, against in ((("--against", "v1.0.0"), "v1.0.0"), ((), "origin/main (merge-base ")):
        shallow = diff(clone, *words)
        command = re.search(r"run: (git fetch [^;]+)", _refused(shallow, 3))
        assert command, shallow.said
        clone.run(command[1])
        fetched = diff(clone, *words)
        assert (fetched.code, fetched.told) == (1, _breaking("code_0"))
        assert fetched.against.startswith(against)

    shop.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "second"), "main")
    second = Repository(tmp_path / "second")
    assert (diff(second).against, diff(second).told) == ("v1.0.0", [])
    second.write([*CODES, "more"])
    assert diff(second).told == _safe("more")


def test_an_unborn_branch_and_one_without_a_common_ancestor(tmp_path: Path, diff: Diff) -> None:
    shop = _released(tmp_path)
    shop.git("checkout", "--quiet", "--orphan", "fresh")
    unborn = diff(shop)
    assert (unborn.code, unborn.report["first_version"]) == (0, True)
    shop.write("fresh\n", "notes.txt")
    shop.commit()
    assert "share no history" in _refused(diff(shop), 3)
    assert diff(shop, "--against", "v1.0.0").told == []


def test_nothing_compared_is_no_green_tick_and_no_ref_is_an_option(
    tmp_path: Path, diff: Diff
) -> None:
    shop = repository(tmp_path)
    shop.write("apis: {shop: {}}\n")
    shop.commit("v1.0.0")
    shop.write("apis: {shop: {title: Shop}}\n")
    empty = _refused(diff(shop), 3)
    assert "nothing was compared: neither errors.yaml nor v1.0.0 has a code" in empty
    for word in ("--output=made", "-", "--upload-pack=x", "--all"):
        assert "begins with '-'" in _refused(diff(shop, f"--against={word}"), 2)
        assert diff(shop, "--against", "merge-base", f"--branch={word}").code == 2
    assert not (shop.root / "made").exists()


def test_a_waiver_of_the_same_change_is_told_as_new_and_a_former_one_is_not(
    tmp_path: Path, diff: Diff
) -> None:
    shop = _released(tmp_path)
    shop.write("catalog: errors.yaml\n", "errorbook.yaml")
    shop.commit()
    shop.git("checkout", "--quiet", "-b", "feature")
    shop.write(CODES[1:])
    (change,) = diff(shop, "--project", ".").report["changes"]
    waiver = {
        "rule": "code-removed",
        "subject": "shop/code_0",
        "fingerprint": change["fingerprint"],
        "reason": "never shipped",
        "expires": "2999-01-31",
        "approved_by": "the API's owners",
    }
    shop.write(f"waivers: {json.dumps([waiver])}\n", "errorbook.yaml")

    waived = diff(shop, "--project", ".", "--today", "2026-06-01")
    assert (waived.code, waived.told, waived.report["counts"]["waived"]) == (0, [], 1)
    told = f"waived in this change: {change['fingerprint']} code-removed of shop/code_0"
    assert waived.report["notes"] == [told]
    assert any("judged by today" in note for note in diff(shop, "--project", ".").report["notes"])

    shop.git("checkout", "--quiet", "main")
    shop.write(CODES)
    shop.commit()
    shop.git("checkout", "--quiet", "-b", "later")
    shop.write(CODES[1:])
    former = diff(shop, "--project", ".", "--today", "2026-06-01")
    assert (former.code, former.report["notes"]) == (0, [])


def test_a_release_after_a_sunset_and_one_before_it(tmp_path: Path, diff: Diff) -> None:
    shop = repository(tmp_path)
    entry = "{status: 410, deprecated: 2026-01-01, sunset: 2026-09-01}"
    shop.write(f"apis: {{shop: {{errors: {{stays: {{status: 409}}, going: {entry}}}}}}}\n")
    shop.commit("v1.0.0")
    shop.write("apis: {shop: {errors: {stays: {status: 409}}, retired: {going: {removed: v2}}}}\n")

    early = diff(shop, "--today", "2026-08-31")
    assert (early.code, early.told) == (
        1,
        [("breaking", "code-removed-before-sunset", "going")],
    )
    late = diff(shop, "--today", "2026-09-01")
    assert (late.code, late.told) == (0, [("safe", "code-removed-after-sunset", "going")])


def test_a_project_outside_of_the_repository_of_its_catalog_has_no_new_waivers(
    tmp_path: Path, diff: Diff
) -> None:
    shop = _released(tmp_path / "shop")
    shop.write(CODES[1:])
    (change,) = diff(shop).report["changes"]
    waiver = {
        "rule": "code-removed",
        "subject": "code_0",
        "fingerprint": change["fingerprint"],
        "reason": "never shipped",
        "expires": "2999-01-31",
    }
    for folder in (repository(tmp_path / "other").root, tmp_path / "none"):
        folder.mkdir(exist_ok=True)
        (folder / "errorbook.yaml").write_text(f"waivers: {json.dumps([waiver])}\n", "utf-8")
        apart = diff(shop, "--project", str(folder), "--today", "2026-06-01")
        assert (apart.code, apart.report["counts"]["waived"]) == (0, 1)
        assert apart.report["notes"] == []
