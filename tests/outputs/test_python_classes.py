"""The classes of a module, and the tree that its documentation draws of them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.outputs.modules import catalog_of, module_of


def test_a_class_with_two_parents_is_drawn_below_each(tmp_path: Path) -> None:
    parents = {"limits": "LimitError", "4xx": "ClientError"}
    error = {"status": 429, "group": "limits"}
    api = {"groups": {"limits": {}}, "sdk": {"python": {"parents": parents}}}
    text = json.dumps({"apis": {"shop": {**api, "errors": {"too_many": error}}}})
    doc = module_of(catalog_of(text, tmp_path), tmp_path).__doc__ or ""
    assert (
        "\n".join(
            [
                "    ShopError",
                "    ├── ClientError",
                "    │   └── TooManyError  too_many",
                "    └── LimitError",
                "        └── TooManyError  too_many",
            ]
        )
        in doc
    )
