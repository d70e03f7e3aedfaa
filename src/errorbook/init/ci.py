"""What runs the checks without anybody's doing: a job of the forge, and a hook of pre-commit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from errorbook import __version__
from errorbook.init.contents import rendered
from errorbook.init.layout import Layout
from errorbook.init.surroundings import Forge, Surroundings
from errorbook.init.yaml_lines import MAX_CHARACTERS, EditError, NotYamlError, YamlLines

_WORKFLOW: Final = ".github/workflows/errors.yml"
_PIPELINE: Final = ".gitlab-ci.yml"
_INCLUDED: Final = ".gitlab/errors.yml"
_PRE_COMMIT: Final = ".pre-commit-config.yaml"
_VERSION: Final = f"~={__version__}"
_HOOK: Final[JsonValue] = {
    "repo": "local",
    "hooks": [
        {
            "id": "errorbook-check",
            "name": "errorbook check",
            "entry": "errorbook check",
            "language": "python",
            "additional_dependencies": [f"errorbook{_VERSION}"],
            "always_run": True,
            "pass_filenames": False,
        }
    ],
}


@dataclass(frozen=True)
class Job:
    """What a job runs, and where."""

    forge: Forge
    has_docs: bool
    is_tested: bool
    has_catalog: bool
    """Whether the catalog is written in this repository."""
    is_published: bool = False
    """Whether the forge is to publish the site that it has built."""


def add(layout: Layout, around: Surroundings, job: Job) -> None:
    """Add the job for the forge."""
    _tell(layout, around, job)
    if job.forge == "github":
        content = rendered("github.yml", **_values(around, job, " --format github"))
        is_new = layout.new(_WORKFLOW, content, "runs it all for every push and pull request")
        _tell_left(layout, job, _WORKFLOW, is_new=is_new)
    elif job.forge == "gitlab":
        _add_gitlab(layout, around, job)


def add_pre_commit(layout: Layout) -> None:
    """Add the hook of pre-commit."""
    why = "checks before every commit, where pre-commit is installed"
    try:
        lines = _lines(layout, _PRE_COMMIT)
        if lines is not None and _is_set_up(lines):
            layout.left.append(_PRE_COMMIT)
            return
        written = lines or YamlLines("")
        written.append("repos", _HOOK)
    except EditError as error:
        layout.notes.append(f"add errorbook check to {_PRE_COMMIT} yourself: {error}")
        return
    add = layout.new if lines is None else layout.change
    add(_PRE_COMMIT, written.text.encode(), why)


def _is_set_up(lines: YamlLines) -> bool:
    """Tell whether a file runs Errorbook already; what its comments speak of does not count."""
    return any("errorbook" in one or "/errors.yml" in one for one in lines.texts())


def built(around: Surroundings) -> str | None:
    """Return the folder that the site is built into, if it may be written into a command."""
    return around.mkdocs.site_dir if around.mkdocs else "site"


def _tell(layout: Layout, around: Surroundings, job: Job) -> None:
    """Say what the jobs do not do, and why."""
    name = around.mkdocs.name if around.mkdocs else ""
    has_site = job.has_docs and job.forge != "none"
    if has_site and built(around) is None:
        layout.remarks.append(
            f"the job does not look at the built pages: site_dir of {name} is no plain path"
        )
    if job.is_published and not (has_site and built(around)):
        layout.remarks.append("--publish changed nothing: there is no job that builds the site")


def _tell_left(layout: Layout, job: Job, path: str, *, is_new: bool) -> None:
    if job.is_published and job.has_docs and not is_new:
        layout.remarks.append(f"--publish changed nothing: {path} is there already")


def _values(around: Surroundings, job: Job, options: str) -> dict[str, object]:
    folder = built(around)
    extra = "[site]" if job.has_docs else ""
    packages = [f'"errorbook{extra}{_VERSION}"', *(["pytest"] if job.is_tested else [])]
    if job.has_docs and around.requirements:
        packages.append(f"-r {around.requirements}")
    commands = []
    if job.has_docs:
        html = f" --html {folder}" if folder else ""
        commands += ["mkdocs build --strict", f"errorbook check{html}{options}"]
    else:
        commands.append(f"errorbook check{options}")
    if job.is_tested:
        commands.append("pytest tests/test_docs_match_sdk.py")
    return {
        "install": [f"python -m pip install {' '.join(packages)}"],
        "commands": commands,
        "has_catalog": job.has_catalog,
        "published": folder if job.is_published and job.has_docs else None,
    }


def _add_gitlab(layout: Layout, around: Surroundings, job: Job) -> None:
    """Add the jobs: as the whole pipeline, or in a file of their own that the pipeline includes."""
    why = "runs it all for every push and merge request"
    values = _values(around, job, "")
    stage = "test"
    try:
        lines = _lines(layout, _PIPELINE)
        if lines is None:
            layout.new(_PIPELINE, rendered("gitlab.yml", stage=stage, **values), why)
            return
        if _is_set_up(lines):
            layout.left.append(_PIPELINE)
            _tell_left(layout, job, _PIPELINE, is_new=False)
            return
        stage = _stage(lines)
        lines.append("include", {"local": f"/{_INCLUDED}"})
        layout.change(_PIPELINE, lines.text.encode(), f"includes {_INCLUDED}")
    except EditError as error:
        layout.notes.append(f"include /{_INCLUDED} in {_PIPELINE} yourself: {error}")
    layout.new(_INCLUDED, rendered("gitlab.yml", stage=stage, **values), why)


def _stage(lines: YamlLines) -> str:
    """Return the stage of a pipeline that tests belong in."""
    stages = lines.get("stages")
    known = [one for one in stages if isinstance(one, str)] if isinstance(stages, list) else []
    return "test" if "test" in known or not known else known[0]


def _lines(layout: Layout, path: str) -> YamlLines | None:
    """Return the file, if there is one.

    Raises:
        EditError: if it is no YAML that can be added to, such as one of several documents.
    """
    file = layout.root / path
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        content = opened.read(4 * MAX_CHARACTERS + 1)  # a character may have four bytes
    try:
        return YamlLines(content.decode())
    except (UnicodeDecodeError, NotYamlError) as error:
        raise EditError(f"it is no YAML that can be added to ({error})") from None
