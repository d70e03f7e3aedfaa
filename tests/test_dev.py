"""What scripts/dev.py says and does, with stand-ins for the programs that it starts."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
NODE_FILES = ("package.json", "package-lock.json", ".npmrc")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")

# As `npm ci` would, it begins by removing what was there.
NPM = """
echo "$@" >> "$CLONE/npm.log"
rm -rf "$CLONE/node_modules" && mkdir -p "$CLONE/node_modules/.bin"
for name in $PACKAGES; do
  mkdir "$CLONE/node_modules/$name" && echo > "$CLONE/node_modules/$name/package.json"
done
echo > "$CLONE/node_modules/.bin/tsc"
printf '#!/bin/sh\\necho "bundle;"\\n' > "$CLONE/node_modules/.bin/esbuild"
chmod +x "$CLONE/node_modules/.bin/esbuild"
"""


class Clone:
    """A copy of what dev.py reads, and the only programs that it finds on the path."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = folder / "clone"
        self.programs = folder / "programs"
        for path in ("scripts", "src/errorbook/site/assets"):
            (self.root / path).mkdir(parents=True)
        for name in ("scripts/dev.py", *NODE_FILES):
            shutil.copy(ROOT / name, self.root / name)
        self.programs.mkdir()
        for name in ("sh", "rm", "mkdir", "chmod"):
            (self.programs / name).symlink_to(shutil.which(name) or name)
        monkeypatch.setenv("PATH", str(self.programs))
        monkeypatch.setenv("CLONE", str(self.root))
        listed = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
        monkeypatch.setenv("PACKAGES", " ".join(listed["devDependencies"]))
        self.script = self.root / "src/errorbook/site/assets/explorer.js"

    def has(self, name: str, source: str) -> None:
        program = self.programs / name
        program.write_text(f"#!/bin/sh\n{source}\n", encoding="utf-8")
        program.chmod(0o755)

    def run(self, *arguments: str) -> str:
        """Run the verb `script` and return the line that it fails with, or nothing."""
        try:
            _dev(self.root / "scripts/dev.py").run_script(list(arguments))
        except SystemExit as stop:
            return str(stop)
        return ""

    def installations(self) -> list[str]:
        log = self.root / "npm.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def _dev(path: Path) -> ModuleType:
    """Load dev.py from the copy; what it calls its root is where it stands."""
    spec = importlib.util.spec_from_file_location("dev_of_a_clone", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """A fresh clone on a machine without Node."""
    return Clone(tmp_path, monkeypatch)


@pytest.fixture
def equipped(clone: Clone) -> Clone:
    """A fresh clone on a machine with Node and npm."""
    clone.has("node", "echo v20.19.0")
    clone.has("npm", NPM)
    return clone


def test_a_machine_without_node_is_told_what_to_install(clone: Clone) -> None:
    assert re.fullmatch(r"dev\.py: Node is missing: install version 20\.19 or newer.*", clone.run())


@pytest.mark.parametrize("answer", ["v20.18.3", "v16.20.2", "v9.1.0"])
def test_an_old_node_is_told_from_a_new_one(clone: Clone, answer: str) -> None:
    clone.has("node", f"echo {answer}")
    assert re.fullmatch(rf"dev\.py: Node 20\.19 or newer is needed.* {answer}: .*", clone.run())


def test_a_node_that_does_not_run_is_not_new_enough(clone: Clone) -> None:
    clone.has("node", "exit 1")
    assert re.fullmatch(r"dev\.py: Node 20\.19 or newer is needed.* no version: .*", clone.run())


def test_node_without_npm_is_told_what_to_install(clone: Clone) -> None:
    clone.has("node", "echo v20.19.1")
    assert re.fullmatch(r"dev\.py: npm is missing.*", clone.run())


def test_packages_are_installed_once(equipped: Clone) -> None:
    assert [equipped.run(), equipped.run()] == ["", ""]
    assert equipped.installations() == ["ci --include=dev --include=optional --loglevel=error"]


@pytest.mark.parametrize("name", NODE_FILES)
def test_packages_are_installed_again_when_their_list_changed(equipped: Clone, name: str) -> None:
    equipped.run()
    with (equipped.root / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    equipped.run()
    assert len(equipped.installations()) == 2


@pytest.mark.parametrize("gone", [".bin", "typescript", "axe-core/package.json"])
def test_packages_of_which_half_was_removed_are_installed_again(equipped: Clone, gone: str) -> None:
    equipped.run()
    path = equipped.root / "node_modules" / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert equipped.run() == ""
    assert len(equipped.installations()) == 2


def test_half_an_installation_is_repeated(equipped: Clone) -> None:
    equipped.has("npm", f"{NPM}\nexit 1")
    assert equipped.run().startswith("dev.py: npm could not install package-lock.json")
    equipped.has("npm", NPM)
    assert equipped.run() == ""
    assert len(equipped.installations()) == 2


def test_the_bundle_says_what_it_is_made_from_and_by_what(equipped: Clone) -> None:
    equipped.run()
    heading, bundle = equipped.script.read_text(encoding="utf-8").splitlines()
    assert heading.startswith("// Generated from src/errorbook/site/element by `make script`")
    assert bundle == "bundle;"


def test_a_bundle_that_is_current_passes(equipped: Clone) -> None:
    equipped.run()
    assert equipped.run("--check") == ""


def test_a_bundle_that_is_stale_or_missing_is_named_and_left(equipped: Clone) -> None:
    stale = r"dev\.py: \S+/explorer\.js is not what .* makes: run `make script`"
    assert re.fullmatch(stale, equipped.run("--check"))
    assert not equipped.script.exists()
    equipped.script.write_text("bundle;\n", encoding="utf-8")
    assert re.fullmatch(stale, equipped.run("--check"))
    assert equipped.script.read_text(encoding="utf-8") == "bundle;\n"


@pytest.mark.parametrize("option", ["-a {}", "-a{}", "--dev-addr {}", "--dev-addr={}"])
def test_an_address_in_use_is_said_before_anything_is_built(clone: Clone, option: str) -> None:
    dev = _dev(clone.root / "scripts/dev.py")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SystemExit) as stop:
            dev.run_serve([*option.format(address).split(), "--dirty"])
    assert str(stop.value) == (
        f"dev.py: {address} is in use: name another, as in `make serve ARGS='-a 127.0.0.1:8001'`"
    )


@pytest.mark.parametrize("address", ["127.0.0.1:0", "nowhere", "127.0.0.1:http"])
def test_any_other_address_is_left_to_mkdocs(
    clone: Clone, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    dev = _dev(clone.root / "scripts/dev.py")
    monkeypatch.setattr(dev, "run", lambda command: command[1:])
    expected = ["-m", "mkdocs", "serve", "--livereload", "-a", address]
    assert dev.run_serve(["-a", address]) == expected


@dataclass
class Steps:
    """The verb `test` with stand-ins for its commands, and what it said."""

    clone: Clone
    dev: ModuleType
    capfd: pytest.CaptureFixture[str]
    out: str = ""
    err: str = ""

    def fails(self, program: str, code: int, *, of: str = "") -> None:
        """Let a stand-in fail, or only where its first word is ``of``."""
        self.clone.has(program, f'{STEP}[ "{of}" ] && [ "{of}" != "$1" ] || exit {code}')

    def run(self, *names: str) -> int:
        code: int = self.dev.run_test(list(names))
        self.out, self.err = self.capfd.readouterr()
        return code

    def ran(self) -> list[str]:
        return (self.clone.root / "steps.log").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def steps(
    clone: Clone, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Steps:
    """The steps of `test`, all of which pass."""
    dev = _dev(clone.root / "scripts/dev.py")
    for name in ("ruff", "tsc", "python", "mypy", "mkdocs", "errorbook", "pytest"):
        clone.has(name, STEP)
    for name in ("TSC", "PYTHON", "ERRORBOOK"):
        monkeypatch.setattr(dev, name, clone.programs / name.lower())
    monkeypatch.setattr(dev, "module", lambda name, *words: [clone.programs / name, *words])
    monkeypatch.setattr(dev, "SITE", [clone.programs / "mkdocs", "build"])
    for name in ("ensure_node_packages", "ensure_browser"):
        monkeypatch.setattr(dev, name, lambda: None)
    return Steps(clone, dev, capfd)


STEP = 'echo "${0##*/}${1:+ $1}" >> "$CLONE/steps.log"; echo "said by ${0##*/} $1"\n'
BEFORE = ["ruff check", "ruff format", "tsc --project", "python scripts/dev.py"]
BESIDE = ["mypy", "mkdocs build", "errorbook check", "errorbook diff"]


def test_what_takes_long_runs_beside_pytest_and_is_told_when_it_is_done(steps: Steps) -> None:
    assert steps.run() == 0
    assert steps.ran()[:4] == BEFORE
    assert [step for step in steps.ran()[4:] if not step.startswith("pytest")] == BESIDE
    assert "==> catalog: errorbook check --html site\nsaid by errorbook check\n" in steps.out
    assert steps.err == ""


def test_a_failure_beside_pytest_is_told_and_ends_the_run(steps: Steps) -> None:
    steps.fails("errorbook", 2, of="check")
    assert steps.run() == 2
    assert "errorbook diff" not in steps.ran()
    assert "said by errorbook check" in steps.out
    assert steps.err.splitlines() == [
        "dev.py: catalog failed; to repeat it alone: python scripts/dev.py test catalog",
        "dev.py: catalog failed; not run: contract: see above",
    ]


def test_the_exit_code_of_pytest_wins(steps: Steps) -> None:
    steps.fails("pytest", 1)
    steps.fails("mypy", 2)
    assert steps.run() == 1
    told = [line.partition(" failed")[0] for line in steps.err.splitlines()]
    assert sorted(told) == ["dev.py: pytest", "dev.py: types", "dev.py: types"]


def test_nothing_runs_behind_a_step_that_failed(steps: Steps) -> None:
    steps.fails("ruff", 1, of="check")
    assert steps.run() == 1
    assert steps.ran() == ["ruff check"]


@pytest.mark.parametrize(
    ("program", "step"), [("ruff", "lint"), ("mypy", "types"), ("pytest", "pytest")]
)
def test_a_command_that_cannot_be_started_is_told_in_a_line(
    steps: Steps, program: str, step: str
) -> None:
    (steps.clone.programs / program).unlink()
    assert steps.run() == 3
    told = f"dev.py: {step}: {program} could not be started: No such file or directory"
    assert steps.err.splitlines()[0] == told
    assert len(steps.err.splitlines()) == (2 if step == "types" else 1)


def test_without_pytest_the_others_run_one_after_another(steps: Steps) -> None:
    assert steps.run("contract", "types") == 0
    assert steps.ran() == ["mypy", "errorbook diff"]
    with pytest.raises(SystemExit, match="the steps of test are lint, format"):
        steps.run("typos")


def test_make_has_the_verbs_of_dev() -> None:
    targets = re.findall(r"^(\w+): ##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert targets == ["help", *_dev(ROOT / "scripts/dev.py").VERBS]


def test_the_node_that_is_asked_for_is_the_oldest_that_all_packages_run_on() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    asked = {one.get("engines", {}).get("node", ">=1") for one in lock["packages"].values()}
    oldest = {min(map(_version, each.split(" || "))) for each in asked}
    assert max(oldest) == _dev(ROOT / "scripts/dev.py").NODE_VERSION


def _version(asked: str) -> tuple[int, int]:
    """Return the oldest version that fits ``^20.19.0``, ``>= 4`` and the like."""
    major, minor, *_ = [*asked.lstrip("^>= ").split("."), "0"]
    return int(major), int(minor)


def test_the_lock_of_node_packages_holds_digests_and_no_addresses() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/')
