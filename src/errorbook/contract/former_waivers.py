"""Waivers that were agreed on before: a new one, added with the change it waives, is told apart."""

from __future__ import annotations

from pathlib import Path

from errorbook.baseline.former import file_at
from errorbook.baseline.refusals import BaselineError
from errorbook.catalog.yaml_reader import read_yaml
from errorbook.contract.waivers import WAIVERS, Key

_KEYS = ("fingerprint", "rule", "subject")


def former_waivers(project_file: Path, commit: str) -> frozenset[Key] | None:
    """Return what each waiver of ``project_file`` was about in the commit with that hash.

    What cannot be read there was agreed on by nobody. None if the commit is one of another
    repository, so that nothing can be told.
    """
    try:
        content = file_at(project_file, commit)
    except BaselineError:
        return None
    data, _ = (None, []) if content is None else read_yaml(content, project_file.name)
    listed = data.get(WAIVERS) if isinstance(data, dict) else None
    entries = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    keys = (tuple(str(entry.get(name)) for name in _KEYS) for entry in entries)
    return frozenset((first, second, third) for first, second, third in keys)
