"""What names mean by the imports of a package alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook.python_source.imports import ImportedNames
from errorbook.python_source.sources import read_sources

FILES = {
    "__init__.py": "from .errors import Gone as Went\nfrom .all import *\n"
    "from . import errors as e\n",
    "all.py": "from .errors import *\nfrom .deep.more import Deep\nfrom .all import *\n",
    "errors.py": "class Gone(Exception):\n    class Inner(Exception): ...\n    CODE = 'gone'\n"
    "Left = Gone\nloop = loop\n_Private = Gone\n",
    "deep/more.py": "import outer.acme.errors as far\nfrom ..errors import Gone\n"
    "class Deep(far.Gone): ...\n",
}


@pytest.mark.parametrize(
    ("scope", "name", "path"),
    [
        ("acme", "Went", "acme.errors.Gone"),
        ("acme", "Gone", "acme.errors.Gone"),
        ("acme", "Left", "acme.errors.Gone"),
        ("acme", "_Private", "_Private"),
        ("acme", "Deep", "acme.deep.more.Deep"),
        ("acme", "e.Gone.Inner", "acme.errors.Gone.Inner"),
        ("acme", "e.Gone.CODE", "acme.errors.Gone.CODE"),
        ("acme.errors.Gone", "Inner", "acme.errors.Gone.Inner"),
        ("acme.errors.Gone", "Left", "acme.errors.Gone"),
        ("acme.errors", "loop", "acme.errors.loop"),
        ("acme.deep.more", "far.Gone", "acme.errors.Gone"),
        ("acme.deep.more", "ValueError", "ValueError"),
        ("elsewhere", "Gone", "Gone"),
    ],
)
def test_a_name_leads_to_what_it_stands_for(
    tmp_path: Path, scope: str, name: str, path: str
) -> None:
    for below, text in FILES.items():
        (tmp_path / "acme" / below).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "acme" / below).write_text(text, encoding="utf-8")
    sources = read_sources(tmp_path / "acme", (), follow=True)
    assert ImportedNames(sources, "outer").resolve(scope, name) == path
