"""What `init` lays out in a folder: found out before anything is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from errorbook.checks.disk import look
from errorbook.init import ci, pages, subject
from errorbook.init.answers import Answers, likely_title, title_after
from errorbook.init.contents import rendered
from errorbook.init.layout import Layout
from errorbook.init.mkdocs_file import HOOK, NAMES
from errorbook.init.refusal import Refusal
from errorbook.init.subject import Subject
from errorbook.init.surroundings import Forge, Surroundings
from errorbook.outputs import python
from errorbook.outputs.languages import LANGUAGES
from errorbook.project import LoadedProject, all_files
from errorbook.project_file import CATALOG_FILE, PROJECT_FILE

Purpose = Literal["all", "api", "docs", "sdk"]
"""Which part of it all a repository is for."""

TEST: Final = "tests/test_docs_match_sdk.py"
_HOOKS: Final = (HOOK, "hooks/error_pages.py", "hooks/errorbook_pages.py")
"""What the hook may be called: the first that is free, or ours already."""
_COPIES: Final = "*.orig"
_BYTECODE: Final = ("__pycache__/", "__pycache__", "*.pyc", "*.py[cod]")
"""What Python leaves beside hook and tests, as people write it."""


@dataclass(frozen=True)
class Wanted:
    """What somebody wants laid out."""

    purpose: Purpose
    ci: Forge
    answers: Answers | None = None
    """For a new errors.yaml; None where there is a catalog."""
    source: str | None = None
    """Where a published catalog is fetched from."""
    url: str = ""
    title: str = ""
    remarks: tuple[str, ...] = ()
    """What options cannot do here."""
    is_published: bool = False
    """Whether the jobs are to publish the site."""


def planned(around: Surroundings, wanted: Wanted, start: Path) -> Layout:
    """Return what is to be written for ``wanted``; sources are seen from ``start``.

    Raises:
        Refusal: if something in the folder is in the way.
        ErrorbookError: if the catalog or errorbook.yaml is not valid.
        OSError: if something cannot be read.
    """
    layout = Layout(around.root, remarks=list(wanted.remarks))
    known = subject.existing_project(around.root)
    about = _subject(layout, around, wanted, known, start)
    project = _project(layout, around, wanted.purpose, about, known)
    has_sdk = _has_module(project, about)
    has_docs = wanted.purpose in ("all", "docs")
    mkdocs = around.mkdocs.name if around.mkdocs else NAMES[0]
    if has_docs:
        _docs(layout, around, wanted, about)
    if wanted.purpose in ("all", "sdk"):
        if has_sdk and any(api.errors for api in about.public.apis.values()):
            text = rendered("test_docs_match_sdk.py", has_docs=has_docs, mkdocs=mkdocs)
            layout.new(
                TEST, text, "compares docs, SDK and catalog" if has_docs else "tests the SDK"
            )
        else:
            layout.remarks.append(f"no {TEST}: {PROJECT_FILE} generates no Python module to test")
    is_tested = any(one.path == TEST for one in layout.steps) or (around.root / TEST).is_file()
    job = ci.Job(wanted.ci, has_docs, is_tested, _is_own(about), wanted.is_published)
    ci.add(layout, around, job)
    ci.add_pre_commit(layout)
    _ignore(layout, ci.built(around) if has_docs else None)
    _generated(layout, project, about, is_new=known is None)
    return layout


def _subject(
    layout: Layout,
    around: Surroundings,
    wanted: Wanted,
    known: LoadedProject | None,
    start: Path,
) -> Subject:
    name = subject.existing_name(around.root, known, around.mkdocs)
    if name is not None:
        layout.left.append(name)
        return subject.existing(around.root, name)
    if wanted.source is not None:
        return subject.fetched(layout, wanted.source, start)
    if wanted.answers is None:
        raise Refusal("The catalog is missing: name the published one with --catalog.")
    if known is not None and known.project.catalog != CATALOG_FILE:
        raise Refusal(f"{known.project.catalog}, the catalog of {PROJECT_FILE}, is not there.")
    return subject.new(layout, wanted.answers)


def _is_own(about: Subject) -> bool:
    """Tell whether the catalog is written here, rather than fetched."""
    return about.name.endswith((".yaml", ".yml"))


def _project(
    layout: Layout,
    around: Surroundings,
    purpose: Purpose,
    about: Subject,
    known: LoadedProject | None,
) -> LoadedProject:
    """Return the project, and add its errorbook.yaml if it has none."""
    if known is not None:
        layout.left.append(PROJECT_FILE)
        return known
    targets: list[tuple[str, str, list[str]]] = []
    if purpose in ("all", "sdk") and any(map(python.has_exceptions, about.public.apis.values())):
        targets.append((python.NAME, _python_folder(around, purpose, about), []))
    if purpose in ("all", "sdk"):
        targets += _other_languages(about)
    if purpose == "api":
        targets += [("catalog", "published", []), ("openapi", "published", [])]
    if _is_own(about):
        targets.append(("schema", ".", []))
    content = rendered(
        "errorbook.yaml", catalog=about.name, targets=targets, is_api=purpose == "api"
    )
    if not layout.new(PROJECT_FILE, content, "what is made of the catalog, and where"):
        raise Refusal(f"{PROJECT_FILE} is there and is no file: move it away.")
    return subject.project_of(content, around.root)


def _other_languages(about: Subject) -> Iterator[tuple[str, str, list[str]]]:
    """Yield a target for each language beside Python, of the APIs that ask for it."""
    apis = about.public.apis
    for name, language in LANGUAGES.items():
        asking = [one for one, api in apis.items() if language.is_told(api)]
        if asking and name != python.NAME:
            yield name, f"sdk/{name}", [] if len(asking) == len(apis) else asking


def _python_folder(around: Surroundings, purpose: Purpose, about: Subject) -> str:
    """Return where exceptions go: beside the package's own code, unless that has such a module."""
    if purpose != "sdk" and not (around.root / "src").is_dir():
        return "sdk/python"
    raised = [(name, api) for name, api in about.public.apis.items() if python.has_exceptions(api)]
    paths = [around.root / "src" / python.module_path(name, api) for name, api in raised]
    return "sdk/python" if any(map(Path.exists, paths)) else "src"


def _has_module(project: LoadedProject, about: Subject) -> bool:
    """Tell whether the project generates a Python module for everybody."""
    public = about.public.apis
    return any(
        target.output == "python"
        and any(
            python.has_exceptions(api)
            for name, api in public.items()
            if target.apis is None or name in target.apis
        )
        for target in project.targets("public")
    )


def _docs(layout: Layout, around: Surroundings, wanted: Wanted, about: Subject) -> None:
    """Add the site: its pages, the hook, and mkdocs.yml or the lines that it needs."""
    found = around.mkdocs
    is_set_up = found is not None and found.is_set_up
    hook = _hook(layout, is_needed=found is None or found.lacks_hook or not is_set_up)
    if found is not None and found.hides_docs_dir:
        said = "the pages went to docs/, move them if that is wrong"
        layout.remarks.append(f"docs_dir of {found.name} is no plain text: {said}")
    added = pages.add(layout, found.docs_dir if found else "docs", about.public)
    if found is None:
        apis = list(about.public.apis.values())
        name = next(iter(about.public.apis), "")
        likely = title_after(name) if apis else likely_title(around)
        title = wanted.title or next((api.title for api in apis if api.title), likely)
        pages.add_index(layout, "docs", title, added)
        url = wanted.url or next((api.docs.url for api in apis if api.docs.url), "")
        values = {"site_name": title, "url": url, "hook": hook, "catalog": about.name}
        layout.new(NAMES[0], rendered("mkdocs.yml", **values), "the documentation site")
    elif is_set_up:
        layout.left.append(found.name)
        if found.lacks_catalog(about.name):
            said = f"name the catalog {about.name} in it"
            layout.notes.append(f"{found.name} takes another catalog than {PROJECT_FILE}: {said}")
    else:
        edited = found.edited(hook, about.name, added)
        layout.notes += edited.left
        layout.change(found.name, edited.content, "lets the blocks and pages of errors work")


def _hook(layout: Layout, *, is_needed: bool) -> str:
    """Add the hook, and return its path; one of somebody else's stays, and this one has another.

    Raises:
        Refusal: if every name that it may have is taken.
    """
    if not is_needed:
        return HOOK
    content, why = rendered("hook.py"), "what mkdocs runs"
    for path in _HOOKS:
        file = layout.root / path
        is_ours = file.is_file() and b"errorbook.site" in file.read_bytes()
        if is_ours or not os.path.lexists(file):
            layout.new(path, content, why)
            return path
    raise Refusal(f"{', '.join(_HOOKS)} are somebody else's: rename one of them.")


def _ignore(layout: Layout, built: str | None) -> None:
    """Add what git need not keep: the site in ``built``, copies of edited files, bytecode."""
    path, why = ".gitignore", "keeps built sites, copies and bytecode out of git"
    wanted = {f"/{built}/": {built, f"{built}/", f"/{built}", f"/{built}/"}} if built else {}
    wanted[_COPIES] = {_COPIES}
    wanted[_BYTECODE[0]] = set(_BYTECODE)
    file = layout.root / path
    former = file.read_bytes() if file.is_file() else b""
    lines = {line.rstrip() for line in former.decode("utf-8-sig", errors="replace").splitlines()}
    missing = [line for line, spellings in wanted.items() if lines.isdisjoint(spellings)]
    end = "\r\n" if b"\r\n" in former else "\n"
    gap = end if former and not former.endswith(b"\n") else ""
    content = former + (gap + "".join(line + end for line in missing) if missing else "").encode()
    if file.is_file():
        layout.change(path, content, why)
    else:
        layout.new(path, content, why)


def _generated(layout: Layout, project: LoadedProject, about: Subject, *, is_new: bool) -> None:
    """Add the generated files that are not there yet.

    Raises:
        Refusal: if a new errorbook.yaml would have files of somebody else's overwritten.
    """
    stale = []
    for file in all_files(project, about.catalog):
        if file.target.audience != "public":
            continue
        condition = look(layout.root / file.path, file).condition
        if condition == "missing":
            layout.new(file.path, file.text.encode(), f"generated from {about.name}")
        elif condition == "foreign" and is_new:
            raise Refusal(f"{file.path} is in the way of a generated file: move it away.")
        elif condition != "fresh":
            stale.append(file.path)
    if stale:
        layout.notes.append(f"{stale[0]} is not what the catalog says: run errorbook generate")
