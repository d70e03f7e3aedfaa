"""The verb `init`: what it asks, what it shows before it writes, and what it says afterwards.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

import errno
import os
import shlex
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from errorbook import help_texts
from errorbook.exits import CLEAN, FINDINGS

if TYPE_CHECKING:
    from errorbook.init.answers import Answers
    from errorbook.init.layout import Layout, Step
    from errorbook.init.plan import Purpose, Wanted
    from errorbook.init.surroundings import Forge, Surroundings

_TESTS: Final = "pytest"
_NEXT: Final = 4
"""Commands that are named at the end."""


def init_command() -> click.Command:
    """Return the command ``init``."""

    @click.command("init", epilog=help_texts.INIT)
    @click.argument("folder", default=".", type=click.Path(path_type=Path))
    @click.option(
        "--for",
        "purpose",
        type=click.Choice(["all", "api", "docs", "sdk"]),
        default="all",
        show_default=True,
        help="What the repository is for, where API, docs and SDK live apart.",
    )
    @click.option("--title", metavar="TEXT", help="What people call the API.")
    @click.option("--api", metavar="ID", help="Its id in errors.yaml, such as bookshop.")
    @click.option("--package", metavar="NAME", help="Import name of its Python SDK.")
    @click.option("--url", metavar="ADDRESS", help="Where the docs are published.")
    @click.option(
        "--catalog",
        metavar="FILE|ADDRESS",
        help="With --for docs or sdk: where the API publishes its errors.json.",
    )
    @click.option(
        "--ci",
        type=click.Choice(["auto", "github", "gitlab", "none"]),
        default="auto",
        show_default=True,
        help="Whose CI to write a job for.",
    )
    @click.option("--publish", is_flag=True, help="Have that job publish the site, as Pages.")
    @click.option("-y", "--yes", is_flag=True, help="Change files that are there without asking.")
    @click.option("--no-input", is_flag=True, help="Ask nothing, as where there is no terminal.")
    @click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
    def init(  # noqa: PLR0913  # its options
        *,
        folder: Path,
        purpose: Purpose,
        title: str | None,
        api: str | None,
        package: str | None,
        url: str | None,
        catalog: str | None,
        ci: str,
        publish: bool,
        yes: bool,
        no_input: bool,
        dry_run: bool,
    ) -> int:
        """Lay out errors.yaml and all that is made of it, in FOLDER or here.

        Pages, exceptions, tests and CI jobs are written beside what is there. No file is
        overwritten. Lines that mkdocs.yml and the like need are shown as a diff first.
        """
        from errorbook.init.plan import planned
        from errorbook.init.surroundings import look_around

        root = _usable(folder)
        asks = not (no_input or yes or dry_run) and is_terminal()
        around = look_around(root)
        given = _Given(title, api, package, url, catalog)
        wanted = _wanted(around, purpose, ci, given, asks=asks)
        layout = planned(around, replace(wanted, is_published=publish), Path.cwd())
        if dry_run:
            return _shown(layout)
        return _done(layout, folder, purpose, _agrees(yes=yes, asks=asks))

    return init


class _Given:
    """What options say of the API; None where they say nothing."""

    def __init__(
        self,
        title: str | None,
        api: str | None,
        package: str | None,
        url: str | None,
        catalog: str | None,
    ) -> None:
        from errorbook.init import answers

        self.title = answers.checked_title(title) if title is not None else None
        self.api = answers.checked_id(api) if api is not None else None
        self.package = answers.checked_package(package) if package is not None else None
        self.url = answers.checked_url(url) if url is not None else None
        self.catalog = catalog

    def unused(self, purpose: Purpose, around: Surroundings) -> list[str]:
        """Return the options that change nothing where there is a catalog."""
        makes_site = purpose in ("all", "docs") and around.mkdocs is None
        names = ("api", "package") if makes_site else ("title", "api", "package", "url")
        return [f"--{name}" for name in names if getattr(self, name)]


def is_terminal() -> bool:
    """Tell whether somebody is there who could answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _usable(folder: Path) -> Path:
    """Return where ``folder`` is.

    Raises:
        Refusal: if it is none.
        OSError: if nothing can be written there.
    """
    from errorbook.init.refusal import Refusal

    root = Path.cwd() / folder
    if root.exists() and not root.is_dir():
        raise Refusal(f"{folder} is a file: name a folder.")
    if not root.parent.is_dir():
        raise Refusal(f"There is no folder {folder.parent} to make {folder.name} in.")
    nearest = root if root.exists() else root.parent
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    return root.resolve()


def _wanted(
    around: Surroundings, purpose: Purpose, ci: str, given: _Given, *, asks: bool
) -> Wanted:
    """Return what is wanted: as options say, else as its user answers, else what is likely."""
    from errorbook.init.plan import Wanted
    from errorbook.init.refusal import Refusal
    from errorbook.init.subject import existing_name, existing_project

    forge: Forge = around.forge
    if ci in ("github", "gitlab", "none"):
        forge = ci  # type: ignore[assignment]  # mypy does not narrow by the words of a tuple
    answers, source = None, given.catalog
    if purpose in ("all", "api") and source is not None:
        raise Refusal("--catalog goes with --for docs and --for sdk: an API has its own.")
    name = existing_name(around.root, existing_project(around.root), around.mkdocs)
    is_there = name is not None or around.has_project or around.has_lock
    if purpose in ("all", "api"):
        if name is None:
            answers = _answers(around, given, asks=asks)
    elif source is None and not is_there:
        if not asks:
            raise Refusal("Name the catalog that the API publishes: --catalog FILE|ADDRESS.")
        source = click.prompt("Where the API publishes errors.json (a file or an address)")
    remarks = []
    unused = given.unused(purpose, around) if answers is None else []
    unused += ["--catalog"] if source and name is not None else []
    if unused:
        remarks.append(f"there is a catalog, so {' and '.join(unused)} changed nothing")
    if ci == "auto" and forge == "none":
        remarks.append("no job of a CI, which belongs at the root of the git repository; see --ci")
    url, title = given.url or "", given.title or ""
    return Wanted(purpose, forge, answers, source, url, title, tuple(remarks))


def _answers(around: Surroundings, given: _Given, *, asks: bool) -> Answers:
    from errorbook.init import answers as known

    def ask(what: str, said: str | None, likely: str, check: Callable[[str], str]) -> str:
        if said is not None or not asks:
            return said if said is not None else check(likely)
        return _asked(what, likely, check)

    site = around.mkdocs.site_url if around.mkdocs else None
    title = ask("Title of the API", given.title, known.likely_title(around), known.checked_title)
    name = ask("Its id in errors.yaml", given.api, known.likely_id(title), known.checked_id)
    likely = known.likely_package(around.package or name)
    package = ask("Python package of its SDK", given.package, likely, known.checked_package)
    if given.url is None and site and known.is_url(site):
        return known.Answers(title, name, package, known.checked_url(site))
    where = "Address of the docs (empty if not known yet)"
    return known.Answers(title, name, package, ask(where, given.url, "", known.checked_url))


def _asked(what: str, likely: str, check: Callable[[str], str]) -> str:
    """Ask until there is an answer that holds."""
    answer: str = click.prompt(what, default=likely, show_default=bool(likely), value_proc=check)
    return answer


def _agrees(*, yes: bool, asks: bool) -> Callable[[Step], bool]:
    """Return what shows the change of a file, and tells whether it is to be made."""

    def agrees(step: Step) -> bool:
        _print_diff(step)
        return yes or (asks and click.confirm(f"Change {step.path}?"))

    return agrees


def _print_diff(step: Step) -> None:
    from errorbook.checks.printing import diff_lines, one_line, print_lines

    print_lines([one_line(f"{step.path}: {step.why}"), *diff_lines(step.diff())])


def _shown(layout: Layout) -> int:
    from errorbook.checks.printing import one_line, print_lines

    for step in layout.steps:
        if step.former is not None:
            _print_diff(step)
        else:
            print_lines([one_line(f"would write {step.path}: {step.why}")])
    _say_left(layout)
    return CLEAN


def _done(layout: Layout, folder: Path, purpose: Purpose, agrees: Callable[[Step], bool]) -> int:
    """Write everything that is agreed to, or nothing, and say what comes next."""
    from errorbook.checks.printing import one_line, print_lines
    from errorbook.writing import write_all

    refused = [step for step in layout.steps if step.former is not None and not agrees(step)]
    steps = [step for step in layout.steps if step not in refused]
    write_all({layout.root / step.path: step.content for step in steps})
    verbs = {True: "wrote", False: "changed"}
    print_lines(one_line(f"{verbs[one.former is None]} {one.path}: {one.why}") for one in steps)
    _say_left(layout)
    print_lines(one_line(f"left {step.path} without the lines above") for step in refused)
    _say_next(layout.root, folder, purpose, is_whole=not refused)
    return FINDINGS if refused or layout.notes else CLEAN


def _say_left(layout: Layout) -> None:
    from errorbook.checks.printing import one_line, print_lines

    left = dict.fromkeys(layout.left)
    print_lines(one_line(f"left {path}, which is there already") for path in left)
    print_lines(one_line(f"note: {remark}") for remark in layout.remarks)
    print_lines(one_line(f"to do: {note}") for note in layout.notes)


def _say_next(root: Path, folder: Path, purpose: Purpose, *, is_whole: bool) -> None:
    """Say which three commands come next."""
    from errorbook.checks.printing import one_line
    from errorbook.init.plan import TEST

    is_here = folder == Path()
    first = [] if is_here else [(f"cd {shlex.quote(str(folder))}", "goes there")]
    if not is_whole:
        options = "" if purpose == "all" else f" --for {purpose}"
        first.append((f"errorbook init --yes{options}", "adds the lines that are missing"))
    is_tested = (root / TEST).is_file()
    after = [one for one in help_texts.AFTER_INIT[purpose] if is_tested or one[0] != _TESTS]
    missing = _missing(command for command, _ in after)
    if missing:
        first.append((f"pip install {missing}", "brings what the next needs"))
    is_in_git = any((one / ".git").exists() for one in (root, *root.parents))
    if is_in_git:
        first.append(("git add .", "lets git know the files: errorbook check warns of others"))
    commands = [*first, *after][:_NEXT]
    width = max(len(command) for command, _ in commands)
    click.echo("\nNext:")
    for command, why in commands:
        click.echo(one_line(f"  {command:<{width}}  {why}"))


def _missing(commands: Iterable[str]) -> str:
    """Return what has to be installed for the commands that come next; nothing if it is there."""
    from importlib.util import find_spec

    needed = {"mkdocs serve": ("mkdocs", '"errorbook[site]"'), _TESTS: ("pytest", "pytest")}
    wanted = [needed[command] for command in commands if command in needed]
    return " ".join(package for module, package in wanted if find_spec(module) is None)
