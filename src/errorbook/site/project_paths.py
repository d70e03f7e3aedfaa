"""Where the files of a MkDocs project are, and what problems call them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File


def project_folder(config: MkDocsConfig) -> Path:
    """Return the folder of mkdocs.yml; mike names the file by a relative path."""
    return Path(config.config_file_path or ".").resolve().parent


def source_name(file: File, config: MkDocsConfig) -> str:
    """Return the path of a page's source as problems name it, from the folder of mkdocs.yml."""
    docs, project = Path(config.docs_dir).resolve(), project_folder(config)
    folder = docs.relative_to(project) if docs.is_relative_to(project) else docs
    return str(PurePosixPath(folder.as_posix()) / file.src_uri)
