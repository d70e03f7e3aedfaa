"""Work on Errorbook from a fresh clone: python scripts/dev.py VERB.

Only the standard library is imported, so that a clone needs nothing but Python.
What a verb needs besides is installed into .venv, from the locked and hashed
lists in requirements/, the first time it is needed and when those lists change.
Likewise package-lock.json into node_modules: `test` and `script`, and no other
verb, need Node 20.19 or newer, with npm.
"""

import argparse
import errno
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, NoReturn

# An older Python must be able to read this whole file to get here: no walrus, no match.
if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told why it cannot go on
    sys.exit(
        "dev.py: Errorbook needs Python 3.11 or newer, this is {}.{}: name a newer one, "
        "as in `make test PYTHON=python3.11`".format(*sys.version_info[:2])
    )

Command = list[str | Path]

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "errorbook-installed"
PROGRAMS, SUFFIX = (VENV / "Scripts", ".exe") if os.name == "nt" else (VENV / "bin", "")
PYTHON = PROGRAMS / f"python{SUFFIX}"
ERRORBOOK = PROGRAMS / f"errorbook{SUFFIX}"

BROWSER_VARIABLE = "ERRORBOOK_CHROMIUM"
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe",
    "%LocalAppData%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
)
PLAYWRIGHT_HAS_BROWSER = """
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
"""

NODE_VERSION = (20, 19)  # what eslint asks for
NODE_MODULES = ROOT / "node_modules"
NODE_STAMP = NODE_MODULES / "errorbook-installed"
NODE_PROGRAMS, NODE_SUFFIX = NODE_MODULES / ".bin", ".cmd" if os.name == "nt" else ""
ESBUILD = NODE_PROGRAMS / f"esbuild{NODE_SUFFIX}"
TSC = NODE_PROGRAMS / f"tsc{NODE_SUFFIX}"

ELEMENT = "src/errorbook/site/element"
ASSETS = "src/errorbook/site/assets"
SCRIPTS = {"explorer.js": "main.js", "explorer-read.js": "read.js"}
SCRIPT_HEADING = f"// Generated from {ELEMENT} by `make script`: edit that, not this.\n"
# In ASCII, since a page that embeds the script may be in any encoding.
BUNDLE: Command = [
    ESBUILD,
    "--bundle",
    "--minify",
    "--format=iife",
    "--target=es2022",
    "--charset=ascii",
    "--legal-comments=none",
    "--log-level=warning",
]

LISTS = ("site", "dev", "bench")
PEERS = "peers"  # not in .venv: bench/sdk_environment.py installs these
CACHES = (".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis")
OUTPUTS = ("site", "dist", "htmlcov", ".coverage*")


def say(text: str) -> None:
    """Print a heading at once, so that it stands before what a child prints."""
    sys.stdout.write(f"==> {text}\n")
    sys.stdout.flush()


def tell(text: str) -> None:
    """Print a message, with its end of line in one call: two lanes may speak at once."""
    sys.stderr.write(f"dev.py: {text}\n")
    sys.stderr.flush()


def fail(text: str) -> NoReturn:
    """Stop with one line that says what to do."""
    sys.exit(f"dev.py: {text}")


def run(command: Command, stdout: int | None = None) -> int:
    """Run a command in the repository's root and return its exit code."""
    return subprocess.call(command, cwd=ROOT, stdout=stdout)


def succeeds(command: Command) -> bool:
    """Tell quietly whether a command works; one that cannot start, or hangs, does not."""
    null = subprocess.DEVNULL
    try:
        return subprocess.call(command, stdin=null, stdout=null, stderr=null, timeout=900) == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def module(name: str, *arguments: str) -> Command:
    """Run a tool as a module: its own script holds the path of the .venv it was made in."""
    return [PYTHON, "-m", name, *arguments]


def environment_works() -> bool:
    """Tell whether .venv has a living interpreter of the running version, with pip."""
    version = sys.version_info[:2]
    return succeeds([PYTHON, "-c", f"import pip, sys; sys.exit(sys.version_info[:2] != {version})"])


def create_environment() -> None:
    """Make .venv; `--clear` empties one that is broken or of another Python first."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        fail("Python's venv module is missing; on Debian or Ubuntu: apt install python3-venv")
    say("creating .venv with Python {}.{}.{}".format(*sys.version_info[:3]))
    if run([sys.executable, "-m", "venv", "--clear", VENV]) != 0:
        fail("could not create .venv: remove that folder, then run this again")


def install_key(requirements: str) -> str:
    """Digest what decides an installation; the editable install holds the clone's path."""
    digest = hashlib.sha256(f"{requirements} {sys.version_info[:2]} {ROOT}".encode())
    for path in (ROOT / f"requirements/{requirements}.txt", ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def install(requirements: str) -> None:
    """Install a locked list, then Errorbook; the stamp comes last, so half is never whole."""
    locked = f"requirements/{requirements}.txt"
    say(f"installing {locked} into .venv")
    STAMP.unlink(missing_ok=True)
    pip = module("pip", "install", "-qq", "--disable-pip-version-check")
    editable = ("--no-deps", "--no-build-isolation", "--editable", ".")
    for arguments in (("--require-hashes", "--requirement", locked), editable):
        if run([*pip, *arguments]) != 0:
            fail(f"pip could not install {locked} or Errorbook: see above, then run this again")
    STAMP.write_text(install_key(requirements), encoding="utf-8")


def ensure_environment(requirements: str) -> None:
    """Bring .venv up to date; each list contains those before it and stands in for them."""
    if not environment_works():
        create_environment()
    stamp = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
    if stamp not in map(install_key, LISTS[LISTS.index(requirements) :]):
        install(requirements)


def check_node() -> None:
    """Stop unless there is a Node that is new enough."""
    node, wanted = shutil.which("node"), "{}.{}".format(*NODE_VERSION)
    if not node:
        fail(
            f"Node is missing: install version {wanted} or newer, with npm; "
            "on Debian or Ubuntu: apt install nodejs npm"
        )
    answer = subprocess.run([node, "--version"], stdout=subprocess.PIPE, text=True, check=False)
    version = re.match(r"v(\d+)\.(\d+)\.", answer.stdout)
    if not version or (int(version[1]), int(version[2])) < NODE_VERSION:
        said = answer.stdout.strip() or "no version"
        fail(f"Node {wanted} or newer is needed, `node --version` says {said}: install one")


def node_install_key() -> str:
    """Digest what decides an installation; the packages hold programs for one kind of machine."""
    digest = hashlib.sha256(f"{sys.platform} {platform.machine()}".encode())
    for name in ("package.json", "package-lock.json", ".npmrc"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def node_packages_are_there() -> bool:
    """Tell whether what was installed is still there: somebody may have cleared half of it."""
    listed = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    files = [ESBUILD, TSC, *(NODE_MODULES / name / "package.json" for name in listed)]
    return all(map(Path.is_file, files))


def ensure_node_packages() -> None:
    """Bring node_modules up to date; npm empties it first, and so removes the stamp."""
    check_node()
    key = node_install_key()
    stamp = NODE_STAMP.read_text(encoding="utf-8") if NODE_STAMP.exists() else ""
    if stamp == key and node_packages_are_there():
        return
    npm = shutil.which("npm")
    if not npm:
        fail("npm is missing, which comes with Node; on Debian or Ubuntu: apt install npm")
    say("installing package-lock.json into node_modules")
    # Whatever is set elsewhere: in production, npm would leave out all that is listed.
    include = ("--include=dev", "--include=optional")
    if run([npm, "ci", *include, "--loglevel=error"], stdout=subprocess.DEVNULL) != 0:
        fail("npm could not install package-lock.json: see above, then run this again")
    NODE_STAMP.write_text(key, encoding="utf-8")


def installed_browser() -> str:
    """Find a browser of the system's; an explicit choice that is wrong is an error."""
    chosen = os.environ.get(BROWSER_VARIABLE, "")
    if chosen and not shutil.which(chosen):
        fail(f"{BROWSER_VARIABLE} names {chosen}, which is no program: correct or unset it")
    names = filter(None, (chosen, *map(os.path.expandvars, BROWSERS)))
    return next(filter(None, map(shutil.which, names)), "")


def install_with_apt() -> bool:
    """Install Debian's Chromium, where that asks nobody for a password."""
    superuser = getattr(os, "geteuid", lambda: 1)() == 0
    prefix: Command = [] if superuser else ["sudo", "-n"]
    if not shutil.which("apt-get") or not succeeds([*prefix, "true"]):
        return False
    say("installing Chromium with apt-get")
    apt: Command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    succeeds([*apt, "update"])  # where some list of packages is out of reach, the rest will do
    return succeeds([*apt, "install", "-y", "chromium"])


def install_with_playwright() -> bool:
    """Let Playwright download its own Chromium, which it then finds by itself."""
    say("installing Chromium with Playwright")
    return succeeds(module("playwright", "install", "chromium"))


def ensure_browser() -> None:
    """Set the variable that the tests read; when empty, they use Playwright's Chromium."""
    browser = installed_browser()
    if not browser and not succeeds([PYTHON, "-c", PLAYWRIGHT_HAS_BROWSER]):
        browser = installed_browser() if install_with_apt() else ""
        if not browser and not install_with_playwright():
            fail(f"no browser for the tests: install Chromium, or name one in {BROWSER_VARIABLE}")
    os.environ[BROWSER_VARIABLE] = browser


def bundled_script(entry: str) -> bytes:
    """Bundle a module of the explorer's and all that it imports into one script."""
    command = [*BUNDLE, f"{ELEMENT}/{entry}"]
    bundle = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if bundle.returncode != 0:
        fail(f"esbuild could not bundle {entry} of {ELEMENT}: see above")
    return SCRIPT_HEADING.encode() + bundle.stdout


def run_script(arguments: list[str]) -> int:
    """Write the bundles, which are committed, so that nobody who installs Errorbook needs Node."""
    if arguments not in ([], ["--check"]):
        fail("script takes --check, and nothing else")
    ensure_node_packages()
    for name, entry in SCRIPTS.items():
        path, bundle = ROOT / ASSETS / name, bundled_script(entry)
        if not arguments:
            path.write_bytes(bundle)
        elif not path.exists() or path.read_bytes() != bundle:
            fail(f"{ASSETS}/{name} is not what {ELEMENT} makes: run `make script`")
    return 0


def heading(name: str, command: Command) -> str:
    """Name a step of `test`, and what it runs."""
    return f"{name}: {' '.join([Path(command[0]).stem, *map(str, command[1:])])}"


def tell_failure(name: str) -> None:
    """Tell how to repeat just the step that failed."""
    again = f"python scripts/dev.py test {name}"
    tell(f"{name} failed; to repeat it alone: {again}")


def tell_missing(name: str, command: Command, error: OSError) -> int:
    """Tell that the program of a step is not there, or none; return the exit code for that."""
    why = f"{Path(command[0]).name} could not be started: {error.strerror}"
    tell(f"{name}: {why}")
    return 3


def run_step(name: str, command: Command) -> int:
    """Run one step of `test`, and return its exit code."""
    if name == "script":
        ensure_node_packages()
    say(heading(name, command))
    try:
        code = run(command)
    except OSError as error:
        return tell_missing(name, command, error)
    if code != 0:
        tell_failure(name)
    return code


class Beside(NamedTuple):
    """What became of the steps beside pytest: the exit code, and what to say at the end."""

    code: int = 0
    failure: str = ""


def run_beside(steps: dict[str, Command]) -> Beside:
    """Run steps one after another while something else runs; each is told when it is done."""
    left = list(steps)
    for name, command in steps.items():
        left.remove(name)
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
            )
        except OSError as error:
            return Beside(tell_missing(name, command, error), ended_by(name, left))
        say(f"{heading(name, command)}\n{done.stdout}".rstrip())
        if done.returncode != 0:
            tell_failure(name)
            return Beside(done.returncode, ended_by(name, left))
    return Beside()


def ended_by(name: str, left: list[str]) -> str:
    """Say which step ended those beside pytest, and which did not run for that."""
    skipped = f"; not run: {', '.join(left)}" if left else ""
    return f"{name} failed{skipped}: see above"


def run_test(names: list[str]) -> int:
    """Run the named steps, or all; what takes long runs beside pytest, told when it is done."""
    steps: dict[str, Command] = {
        "lint": module("ruff", "check"),
        "format": module("ruff", "format", "--check"),
        "script": [TSC, "--project", "tsconfig.json"],
        "bundle": [PYTHON, Path("scripts/dev.py"), "script", "--check"],
        "types": module("mypy"),
        "site": SITE,
        "catalog": [ERRORBOOK, "check", "--html", "site"],
        "contract": [ERRORBOOK, "diff"],
        "pytest": module("pytest", *PARALLEL),
    }
    if not steps.keys() >= set(names):
        fail(f"the steps of test are {', '.join(steps)}")
    chosen = {name: steps[name] for name in steps if not names or name in names}
    pytest = chosen.pop("pytest", None)
    long = {name: chosen.pop(name) for name in BESIDE if pytest and name in chosen}
    code = next(filter(None, (run_step(name, command) for name, command in chosen.items())), 0)
    if code or not pytest:
        return code
    ensure_node_packages()
    ensure_browser()
    with ThreadPoolExecutor(1) as lane:
        running = lane.submit(run_beside, long)
        code = run_step("pytest", pytest)
        beside = running.result()
    if beside.failure:
        tell(beside.failure)
    return code or beside.code


def run_generate(arguments: list[str]) -> int:
    """Write what follows from errors.yaml, then the pages about commands and docstrings."""
    return run([ERRORBOOK, "generate", *arguments]) or run(REFERENCES)


def is_taken(address: str) -> bool:
    """Tell whether something listens at HOST:PORT already; what is no address is not."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_server((host, int(port))).close()
    except (OSError, ValueError) as error:
        return getattr(error, "errno", None) == errno.EADDRINUSE
    return False


def run_serve(arguments: list[str]) -> int:
    """Serve the site; MkDocs would build it first, and then show where in its code it failed."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("-a", "--dev-addr", default="127.0.0.1:8000")
    address = parser.parse_known_args(arguments)[0].dev_addr
    if is_taken(address):
        fail(f"{address} is in use: name another, as in `make serve ARGS='-a 127.0.0.1:8001'`")
    return run([*SERVE, *arguments])


def run_format(paths: list[str]) -> int:
    """Fix what Ruff can fix, then lay the code out even if something is left to fix."""
    left = run([*module("ruff", "check", "--fix"), *paths])
    return run([*module("ruff", "format"), *paths]) or left


def run_lock(arguments: list[str]) -> int:
    """Compile the lists in order, since each is held to the versions of the one before.

    The fewest forks give every Python and system the same versions, so the same site.
    """
    compiler = "uv pip compile --quiet --generate-hashes --universal --fork-strategy fewest"
    command = module(*compiler.split(), "--python-version", "3.11")
    command += ["--custom-compile-command", "python scripts/dev.py lock"]
    for name in (*LISTS, PEERS):
        stem = f"requirements/{name}"
        ours = ["--extra", "site", "pyproject.toml"] if name in LISTS else []
        say(f"compiling {stem}.txt")
        code = run([*command, *ours, f"{stem}.in", "--output-file", f"{stem}.txt", *arguments])
        if code != 0:
            return code
    return 0


def run_clean(_: list[str]) -> int:
    """Remove what the other verbs made, but not what takes long to install again."""
    folders = [path for path in ROOT.glob("[!.]*") if path.is_dir() and path != NODE_MODULES]
    bytecode = [path for folder in folders for path in folder.rglob("__pycache__")]
    for path in (*bytecode, *(found for name in CACHES + OUTPUTS for found in ROOT.glob(name))):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return 0


class Verb(NamedTuple):
    """A verb's one line of help, the list of requirements/ it needs, and how it runs.

    A command gets the verb's arguments at its end, a function as a list.
    """

    summary: str
    requirements: str
    action: Command | Callable[[list[str]], int]


SERVE = module("mkdocs", "serve", "--livereload")
SITE = module("mkdocs", "build", "--strict")
FAST = module("pytest", "-m", "not browser")
BESIDE = ("types", "site", "catalog", "contract")  # long, and on one core
PARALLEL = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")
REFERENCES: Command = [PYTHON, Path("scripts/references.py")]
BENCH = module("bench.run")

VERBS = {
    "serve": Verb(
        "serve the site, reloading on each change; takes -a HOST:PORT", "site", run_serve
    ),
    "site": Verb("build the site into site/; a warning is an error", "site", SITE),
    "test": Verb("run every check, or only those named: test lint types", "dev", run_test),
    "fast": Verb("run the tests that need no browser; takes pytest's options", "dev", FAST),
    "script": Verb("bundle the explorer's script; takes --check", "", run_script),
    "generate": Verb("write the files that follow from errors.yaml", "site", run_generate),
    "format": Verb("lay out the code and fix what Ruff can fix", "dev", run_format),
    "lock": Verb("compile the lists in requirements/; takes --upgrade", "dev", run_lock),
    "bench": Verb("measure speed; takes a bench's name, and --help", "bench", BENCH),
    "clean": Verb("remove what the other verbs made, but nothing installed", "", run_clean),
}


def parse_arguments() -> argparse.Namespace:
    """Read the verb, and leave the words after it to the tool that it starts."""
    verbs = "\n".join(f"  {name:<10}{verb.summary}" for name, verb in VERBS.items())
    parser = argparse.ArgumentParser(
        prog="python scripts/dev.py",
        usage="%(prog)s VERB [ARGUMENT ...]",
        description=f"{__doc__}\nverbs:\n{verbs}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", choices=VERBS, help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser.parse_args(sys.argv[1:] or ["--help"])


def main() -> int:
    """Prepare .venv as the verb needs it, then run the verb."""
    options = parse_arguments()
    verb = VERBS[options.verb]
    # The tests start hundreds of processes, each of which would compile all of its modules.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # a notice of the theme's about another MkDocs
    if verb.requirements:
        ensure_environment(verb.requirements)
    if callable(verb.action):
        return verb.action(options.arguments)
    return run([*verb.action, *options.arguments])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
