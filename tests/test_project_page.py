"""What docs/errorbook-yaml.md says is what errorbook.yaml may say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml

from errorbook.outputs import OUTPUTS
from errorbook.project_file import Project, Target

PAGE = (Path(__file__).parents[1] / "docs/errorbook-yaml.md").read_text("utf-8")


def first_column(heading: str) -> set[str]:
    """Return the words in the first column of a table, by the head of that column."""
    table = PAGE.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return set(re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE))


def test_it_has_every_key() -> None:
    assert first_column("Key") == {*Project.model_fields, *Target.model_fields}


def test_it_has_every_output() -> None:
    assert first_column("Output") == OUTPUTS.keys()


def test_its_examples_are_valid() -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    examples = [block for block in blocks if "generate:" in block]
    assert len(examples) == 2
    for example in examples:
        project = Project.model_validate_json(json.dumps(yaml.safe_load(example)))
        assert {target.output for target in project.generate} <= OUTPUTS.keys()
