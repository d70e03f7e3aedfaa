"""What runs the checks without anybody's doing: a job of the forge, and a hook of pre-commit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from errorbook import __version__
from errorbook.init.contents import rendered
from errorbook.init.layout import Layout
from errorbook.init.refusal import Refusal
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


def add(layout: Layout, around: Surroundings, job: Job) -> None:
    """Add the job for the forge.

    Raises:
        Refusal: if .gitlab-ci.yml is no YAML.
    """
    if job.forge == "github":
        content = rendered("github.yml", **_values(around, job, " --format github"))
        layout.new(_WORKFLOW, content, "runs it all for every push and pull request")
    elif job.forge == "gitlab":
        _add_gitlab(layout, around, job)


def add_pre_commit(layout: Layout) -> None:
    """Add the hook of pre-commit.

    Raises:
        Refusal: if its configuration is no YAML.
    """
    why = "checks before every commit, where pre-commit is installed"
    lines = _lines(layout, _PRE_COMMIT)
    if lines is None:
        lines = YamlLines("")
        lines.append("repos", _HOOK)
        layout.new(_PRE_COMMIT, lines.text.encode(), why)
    elif "errorbook" in lines.text:
        layout.left.append(_PRE_COMMIT)
    else:
        try:
            lines.append("repos", _HOOK)
        except EditError as error:
            layout.notes.append(f"add errorbook check to {_PRE_COMMIT} yourself: {error}")
            return
        layout.change(_PRE_COMMIT, lines.text.encode(), why)


def _values(around: Surroundings, job: Job, options: str) -> dict[str, object]:
    mkdocs = around.mkdocs
    built = mkdocs.site_dir if mkdocs else "site"
    extra = "[site]" if job.has_docs else ""
    packages = [f'"errorbook{extra}{_VERSION}"', *(["pytest"] if job.is_tested else [])]
    if job.has_docs and around.requirements:
        packages.append(f"-r {around.requirements}")
    commands = []
    if job.has_docs:
        commands += ["mkdocs build --strict", f"errorbook check --html {built}{options}"]
    else:
        commands.append(f"errorbook check{options}")
    if job.is_tested:
        commands.append("pytest tests/test_docs_match_sdk.py")
    return {
        "install": [f"python -m pip install {' '.join(packages)}"],
        "commands": commands,
        "has_catalog": job.has_catalog,
    }


def _add_gitlab(layout: Layout, around: Surroundings, job: Job) -> None:
    """Add the jobs: as the whole pipeline, or in a file of their own that the pipeline includes."""
    why = "runs it all for every push and merge request"
    values = _values(around, job, "")
    lines = _lines(layout, _PIPELINE)
    if lines is None:
        layout.new(_PIPELINE, rendered("gitlab.yml", stage="test", **values), why)
        return
    stages = lines.get("stages")
    known = [one for one in stages if isinstance(one, str)] if isinstance(stages, list) else []
    stage = "test" if "test" in known or not known else known[0]
    if "/errors.yml" in lines.text or "errorbook" in lines.text:
        layout.left.append(_PIPELINE)
        return
    layout.new(_INCLUDED, rendered("gitlab.yml", stage=stage, **values), why)
    try:
        lines.append("include", {"local": f"/{_INCLUDED}"})
    except EditError as error:
        layout.notes.append(f"include /{_INCLUDED} in {_PIPELINE} yourself: {error}")
        return
    layout.change(_PIPELINE, lines.text.encode(), f"includes {_INCLUDED}")


def _lines(layout: Layout, path: str) -> YamlLines | None:
    """Return the file, if there is one."""
    file = layout.root / path
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        content = opened.read(4 * MAX_CHARACTERS + 1)  # a character may have four bytes
    try:
        return YamlLines(content.decode())
    except (UnicodeDecodeError, NotYamlError) as error:
        raise Refusal(f"{path} is no YAML that can be added to ({error}): mend it first.") from None
