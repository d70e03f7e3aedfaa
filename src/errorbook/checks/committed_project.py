"""What errorbook.yaml and its catalog said in the last commit, as far as that can be known."""

from __future__ import annotations

import posixpath
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError

from errorbook.baseline.git import Git
from errorbook.baseline.reading import read, write_out
from errorbook.baseline.refs import Commit
from errorbook.baseline.refusals import BaselineError
from errorbook.baseline.tree import Tree
from errorbook.catalog import Catalog
from errorbook.catalog.yaml_reader import read_yaml
from errorbook.project import LoadedProject
from errorbook.project_file import CATALOG_FILE, Target


@dataclass(frozen=True)
class CommittedProject:
    """The targets of errorbook.yaml in the last commit, and all of its catalog there."""

    targets: tuple[Target, ...]
    catalog: Catalog


def committed_project(project: LoadedProject) -> CommittedProject | None:
    """Return what the last commit has of ``project``; None where it has nothing, or git is silent.

    Nothing depends on it but what would be removed: not to know is no problem.
    """
    if project.source is None:
        return None
    try:
        git = Git(project.root)
        commit = git.line("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        path = project.source.path.resolve().relative_to(git.root.resolve()).as_posix()
        return _at(Tree(git, Commit(commit, "HEAD")), path) if commit else None
    except (BaselineError, OSError, ValueError):
        return None


def _at(tree: Tree, path: str) -> CommittedProject | None:
    content = tree.read(path)
    data = read_yaml(content, path, first_key="generate")[0] if content else None
    named = (data or {}).get("catalog", CATALOG_FILE)
    catalog = posixpath.normpath(posixpath.join(posixpath.dirname(path), str(named)))
    if data is None or ".." in PurePosixPath(catalog).parts or tree.read(catalog) is None:
        return None
    with tempfile.TemporaryDirectory(prefix="errorbook-") as folder:
        whole = read(write_out(tree, catalog, Path(folder)), catalog, "HEAD").catalog
    return CommittedProject(_targets(data.get("generate")), whole)


def _targets(data: Any) -> tuple[Target, ...]:
    """Return the targets, as far as they can be read."""
    found: list[Target] = []
    for one in data if isinstance(data, list) else []:
        try:
            found.append(Target.model_validate(one))
        except ValidationError:
            continue
    return tuple(found)
