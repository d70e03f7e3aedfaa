"""Text as it is copied out of a browser: cells with nothing between them, parts without titles."""

from __future__ import annotations

import pytest

from errorbook.importing import docs
from errorbook.importing.readers import UnreadableError
from errorbook.importing.sources import Source
from tests.importing.docs.reading import said, untold

_GLUED = """\
Skip to content

All error codes

CodeHTTPMeaningAgent action
bad_crop400Crop outside the imageAbort. Correct the crop.
no_image404There is no such imageUse another id.
too_fast429More than 5 crops/sWait for retry_in seconds.
More codes may follow in later versions.

SDK exceptions

ExceptionAPI error code
CropperErrorBase class of all
BadCropErrorbad_crop
TooFastErrortoo_fast (has .retry_in)
from cropper import Client

CLI exit codes

Exit codeMeaning
0Success
1The request was at fault

What helps

SymptomLikely CauseSolution
Every call answers 401No key was sentSend the key
"""

_UNTITLED = """\
CodeMeaningCause
200OKAll is well
404Not FoundThe image is not there
409Conflict
{
"error": "no_key",
"message": "Send a key"
}

Causes:

  • The header is missing
  • The key is old

Fix: Send a new key.


{
"error": "too_fast",
"message": "Slow down",
"retry_in": 45
}

Fix: Wait retry_in seconds.
"""


def test_cells_with_nothing_between_them() -> None:
    found = said("page.txt", _GLUED)
    assert found["errors.bad_crop.status"] == 400
    assert found["errors.bad_crop.meaning"] == "Crop outside the image"
    assert found["errors.bad_crop.actions"] == [{"do": "abort", "how": "Abort. Correct the crop."}]
    assert found["errors.no_image.fix"] == "Use another id."
    assert found["errors.too_fast.meaning"] == "More than 5 crops/s"
    assert found["errors.too_fast.sdk.python.exception"] == "TooFastError"
    assert found["sdk.python.base"] == "CropperError"
    assert found["troubleshooting"] == [
        {
            "symptom": "Every call answers 401",
            "cause": "No key was sent",
            "solution": "Send the key",
        }
    ]
    assert untold("page.txt", _GLUED) == [
        "21: exit codes without the name of a constant: 0, 1",
        "16: remarks behind codes were left out: too_fast (has .retry_in)",
        "13: the table of exceptions has no class for: no_image",
    ]


def test_parts_without_titles_belong_to_the_example_above() -> None:
    assert said("page.txt", _UNTITLED) == {
        "statuses.200.causes": ["All is well"],
        "statuses.404.causes": ["The image is not there"],
        "errors.no_key": {},
        "errors.no_key.message": "Send a key",
        "errors.no_key.causes": ["The header is missing", "The key is old"],
        "errors.no_key.fix": "Send a new key.",
        "errors.too_fast": {},
        "errors.too_fast.message": "Slow down",
        "errors.too_fast.details.retry_in.type": "integer",
        "errors.too_fast.details.retry_in.example": 45,
        "errors.too_fast.fix": "Wait retry_in seconds.",
        "envelopes": [{"body": {"error": "{code}", "message": "{message}", "*": "{details}"}}],
    }


def test_cells_with_tabs_between_them() -> None:
    page = "Code\tHTTP\tMeaning\nbad_crop\t400\tThe JPEG is no JPEG\n"
    assert said("page.txt", page) == {
        "errors.bad_crop": {},
        "errors.bad_crop.status": 400,
        "errors.bad_crop.meaning": "The JPEG is no JPEG",
    }


def test_a_row_that_may_be_cut_in_several_ways_is_told() -> None:
    rows = "bad_crop400The JavaScriptClient isWrongStop it\nno_image404GoneStop it\n"
    page = f"CodeHTTPMeaningFix\n{rows}"
    assert [path for path in said("page.txt", page) if path.count(".") == 1] == ["errors.no_image"]
    assert untold("page.txt", page) == ["2: 1 row has no code that can be told, at line 2"]


@pytest.mark.parametrize(
    ("name", "is_page"),
    [("a.md", True), ("a.HTML", True), ("a.txt", True), ("a.json", False), ("a.py", False)],
)
def test_which_sources_are_pages(name: str, *, is_page: bool) -> None:
    assert docs.is_one(Source(None, name, b"x")) is is_page


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"a\.md is no text"):
        said("a.md", "\0")
