"""What docs/exceptions.md shows does what the page says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from errorbook import outputs
from errorbook.catalog import load
from errorbook.catalog.models import SdkApi, SdkError
from errorbook.outputs.python import attribute, constant, own_class
from errorbook.outputs.python.naming import RESERVED_MEMBERS
from tests.outputs.modules import FOLDERS, ROOT, catalog_of

PAGE = (ROOT / "docs/exceptions.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def rows(first: str) -> list[list[str]]:
    """Return the cells of the table whose head begins with a word."""
    table = PAGE.partition(f"| {first} |")[2].partition("\n\n")[0]
    return [re.split(r" *(?<!\\)\| *", line.strip("| ")) for line in table.split("\n")[2:]]


@pytest.fixture(name="answered", autouse=True)
def _answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The generated module can be imported, and what is asked for is not there."""
    monkeypatch.syspath_prepend(str(FOLDERS["artifacta"]))
    body = {"error": {"code": "artifact_not_found", "message": "No such artifact."}}
    monkeypatch.setattr(httpx, "get", lambda _: httpx.Response(404, json=body))


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_its_python_runs(number: int) -> None:
    source = blocks("python")[number]
    names: dict[str, Any] = {}
    if "httpx" in source:
        with pytest.raises(Exception, match="artifact_not_found: No such artifact"):
            exec(source, names)  # noqa: S102  # that it runs is the point
    else:
        exec(source, names)  # noqa: S102
        assert names


def test_its_yaml_is_valid(tmp_path: Path) -> None:
    project, names, aliases, former = blocks("yaml")
    assert yaml.safe_load(project)["generate"][0]["output"] in outputs.OUTPUTS
    sdk = yaml.safe_load(names)["sdk"]["python"]
    SdkApi.model_validate({**sdk, "parents": {str(k): v for k, v in sdk["parents"].items()}})
    error = yaml.safe_load(aliases)["sold_out"]
    SdkError.model_validate_json(str(error["sdk"]["python"]).replace("'", '"'))
    sdk["aliases"] = yaml.safe_load(former)["sdk"]["python"]["aliases"]
    assert set(sdk["aliases"].values()) <= {"BookshopError", *sdk["parents"].values()}
    lines = [f"  {line}" for line in names.rstrip().split("\n")]
    text = "\n".join(["apis:", " bookshop:", "  groups: {orders: {}}", "  errors: {e: {}}", *lines])
    assert list(outputs.problems(catalog_of(text, tmp_path))) == []


def test_its_attributes_are_those_of_every_exception() -> None:
    written = {name for cells in rows("Attribute") for name in re.findall(r"`(\w+)`", cells[0])}
    others = {"actions", "add_note", "args", "example", "to_dict", "with_traceback"}
    assert written == RESERVED_MEMBERS - others


def test_its_names_are_those_that_follow() -> None:
    errors = load(ROOT / "errors.yaml").catalog.apis["artifacta"].errors
    plain = next(iter(errors.values())).model_copy(update={"sdk": {}, "details": {}})
    written = {cells[0]: re.findall(r"`([^`]+)`", cells[1]) for cells in rows("In errors.yaml")}
    for code in ("rate_limited", "42P01"):
        cls, name = written[f"`{code}`"]
        assert (cls, name) == (own_class(code, plain), f"Code.{constant(code, plain)}")
    details = "from", "status", "retry-after"
    detail = errors["rate_limited"].details["retry_after_seconds"]
    with_details = plain.model_copy(update={"details": dict.fromkeys(details, detail)})
    cells = written["a detail `from`, `status` or `retry-after`"]
    assert cells == [attribute(with_details, one) for one in details]
