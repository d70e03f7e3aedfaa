"""Each value is checked on its own: where, what was found, what is allowed, the nearest word."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from errorbook.catalog.load import MAX_PROBLEMS, validate
from errorbook.catalog.models import LONGEST_CODE, Catalog, Model, Retry
from errorbook.catalog.refusals import finding_of, findings_of_refused
from tests.catalog.catalogs import Folder, api, errors

KEYS = {
    "at the root": (
        "apis: {demo: {}}\ninclde: [x]\n",
        "2:1: error[unknown-key]: unknown key 'inclde' (did you mean 'include'?)",
    ),
    "of an API": (
        api("titel: Demo\n"),
        "3:5: error[unknown-key]: unknown key 'titel' (did you mean 'title'?)",
    ),
    "of an API, like nothing that is known": (
        api("colour: {}\n"),
        "3:5: error[unknown-key]: unknown key 'colour' (one of: contract, docs, envelopes, errors,"
        " exit_codes, groups, operations, retired, sdk, server, statuses, summary, title,"
        " troubleshooting, version)",
    ),
    "of an error": (
        errors("bad: {satus: 404}\n"),
        "5:13: error[unknown-key]: unknown key 'satus' (did you mean 'status'?)",
    ),
    "of an action": (
        errors("bad: {actions: [{do: abort, hwo: Stop.}]}\n"),
        "5:35: error[unknown-key]: unknown key 'hwo' (did you mean 'how'?)",
    ),
    "of a retry policy": (
        errors("bad:\n  retry:\n    wen: never\n"),
        "7:11: error[unknown-key]: unknown key 'wen' (did you mean 'when'?)",
    ),
    "of a detail": (
        errors("bad: {details: {x: {type: integer, units: s}}}\n"),
        "5:42: error[unknown-key]: unknown key 'units' (did you mean 'unit'?)",
    ),
    "of an SDK": (
        api("sdk: {python: {pakage: x}}\n"),
        "3:20: error[unknown-key]: unknown key 'pakage' (did you mean 'package'?)",
    ),
    "of an error in an SDK": (
        errors("bad: {sdk: {python: {exeption: X}}}\n"),
        "5:28: error[unknown-key]: unknown key 'exeption' (did you mean 'exception'?)",
    ),
    "that is called otherwise in Python": (
        api("exit_codes: {1: {name: A, applies_to: [4xx]}}\n"),
        "3:31: error[unknown-key]: unknown key 'applies_to' (one of: for, meaning, name)",
    ),
    "that would act on a terminal": (
        api('"\\e[31m": 1\n'),
        "3:5: error[unknown-key]: unknown key '\\x1b[31m' (one of: contract, docs, envelopes,"
        " errors, exit_codes, groups, operations, retired, sdk, server, statuses, summary, title,"
        " troubleshooting, version)",
    ),
}


@pytest.mark.parametrize(("content", "expected"), KEYS.values(), ids=KEYS.keys())
def test_an_unknown_key_is_placed_at_the_key(folder: Folder, content: str, expected: str) -> None:
    assert folder.says(content) == [f"errors.yaml:{expected}"]


TYPES = {
    "a number for a text": (
        errors("bad: {message: 404}\n"),
        "5:22: error[wrong-type]: expected a text, found the number 404 (quote it)",
    ),
    "a word of YAML for a text": (
        errors("bad: {meaning: true}\n"),
        "5:22: error[wrong-type]: expected a text, found true (quote it)",
    ),
    "a list for a text": (
        api("version: [1]\n"),
        "3:14: error[wrong-type]: expected a text, found a list (quote the whole text)",
    ),
    "a text for a list": (
        errors("bad: {causes: none}\n"),
        "5:21: error[wrong-type]: expected a list, found 'none'"
        " (write it [in brackets], or one entry a line after '- ')",
    ),
    "a text for a mapping": (
        errors("bad: {sdk: {python: X}}\n"),
        "5:27: error[wrong-type]: expected a mapping, found 'X' "
        "(its keys are: exception, aliases, constant)",
    ),
    "a word for the mapping it belongs in": (
        errors("bad: {retry: never}\n"),
        "5:20: error[wrong-type]: expected a mapping, found 'never' (write '{when: never}')",
    ),
    "a type for a detail": (
        errors("bad: {details: {x: integer}}\n"),
        "5:26: error[wrong-type]: expected a mapping, found 'integer' (write '{type: integer}')",
    ),
    "a meaning for a status": (
        api("statuses: {404: Gone}\n"),
        "3:21: error[wrong-type]: expected a mapping, found 'Gone' (write '{meaning: …}')",
    ),
    "nothing for a mapping": (
        errors("bad:\nworse: {}\n"),
        "5:11: error[wrong-type]: expected a mapping, found nothing"
        " (write {} if there is nothing to say)",
    ),
    "no API": (
        "apis:\n",
        "1:6: error[wrong-type]: expected a mapping, found nothing"
        " (write {} if there is nothing to say)",
    ),
    "a list of APIs": (
        "apis: []\n",
        "1:7: error[wrong-type]: expected a mapping, found a list",
    ),
    "a quoted number": (
        errors("bad: {exit_code: '1'}\n"),
        "5:24: error[wrong-type]: expected a whole number, found '1'"
        " (write it without quotation marks)",
    ),
    "a word for true": (
        errors("bad: {details: {x: {type: string, required: yes}}}\n"),
        "5:51: error[wrong-type]: expected true or false, found 'yes'",
    ),
    "a very long text": (
        errors(f"bad: {{retry: {'x' * 500}}}\n"),
        f"5:20: error[wrong-type]: expected a mapping, found '{'x' * 59}…'"
        " (its keys are: when, after, backoff, needs, max_attempts)",
    ),
}


@pytest.mark.parametrize(("content", "expected"), TYPES.values(), ids=TYPES.keys())
def test_a_wrong_type_says_what_was_found(folder: Folder, content: str, expected: str) -> None:
    assert folder.says(content) == [f"errors.yaml:{expected}"]


STATUS = "error[invalid-status]: expected an HTTP status from 100 to 599, found"
STATUSES = {
    "too small": ("status: 99", f"5:21: {STATUS} the number 99"),
    "too large": ("status: 600", f"5:21: {STATUS} the number 600"),
    "a text": ("status: '404'", f"5:21: {STATUS} '404' (write it without quotation marks)"),
    "a family": ("status: 4xx", f"5:21: {STATUS} '4xx'"),
    "nothing": ("status: ", f"5:21: {STATUS} nothing"),
    "a mapping": ("status: {}", f"5:21: {STATUS} a mapping"),
    "with a fraction": ("status: 404.0", f"5:21: {STATUS} the number 404.0"),
    "one of a list": ("status: [400, 4040]", f"5:27: {STATUS} the number 4040"),
}


@pytest.mark.parametrize(("written", "expected"), STATUSES.values(), ids=STATUSES.keys())
def test_an_invalid_status_is_refused(folder: Folder, written: str, expected: str) -> None:
    assert folder.says(errors(f"bad: {{{written}}}\n")) == [f"errors.yaml:{expected}"]


@pytest.mark.parametrize("key", ["600", "4xx", "-1", "ok"])
def test_an_invalid_status_as_a_key_is_refused(folder: Folder, key: str) -> None:
    problem = folder.says(api(f"statuses: {{{key}: {{}}}}\n"))[0]
    assert problem.startswith(f"errors.yaml:3:16: {STATUS} the key '{key}'")


def test_an_error_may_have_one_status_or_several_or_none(folder: Folder) -> None:
    found = folder.api(errors("a: {status: 404}\nb: {status: [400, 422]}\nc: {}\n")).errors
    assert [error.status for error in found.values()] == [(404,), (400, 422), ()]


WORDS = {
    "an action": (
        errors("bad: {actions: [{do: fix_requst}]}\n"),
        "5:28: error[unknown-word]: expected abort, authenticate, clean_up, escalate,"
        " fix_request, redo_step, retry, treat_as_success, use_alternative or wait,"
        " found 'fix_requst' (did you mean 'fix_request'?)",
    ),
    "a retry policy": (
        errors("bad: {retry: {when: sometimes}}\n"),
        "5:27: error[unknown-word]: expected never, as_is, after_change or unknown,"
        " found 'sometimes'",
    ),
    "a flag": (
        errors("bad: {stability: true}\n"),
        "5:24: error[unknown-word]: expected stable, evolving or experimental, found true",
    ),
    "the only word there is": (
        errors("bad: {retry: {needs: idempotency-key}}\n"),
        "5:28: error[unknown-word]: expected idempotency_key, found 'idempotency-key'"
        " (did you mean 'idempotency_key'?)",
    ),
}


@pytest.mark.parametrize(("content", "expected"), WORDS.values(), ids=WORDS.keys())
def test_an_unknown_word_lists_what_is_allowed(folder: Folder, content: str, expected: str) -> None:
    assert folder.says(content) == [f"errors.yaml:{expected}"]


VALUES = {
    "a code with spaces around it": (
        errors("' bad': {}\n"),
        "5:7: error[bad-code]: expected a printable text without spaces around it,"
        " found the key ' bad'",
    ),
    "a code that is not printable": (
        errors('"a\\tb": {}\n'),
        "5:7: error[bad-code]: expected a printable text without spaces around it,"
        " found the key 'a\\tb'",
    ),
    "a code that writes from right to left": (
        errors('"\\u202e": {}\n'),
        "5:7: error[bad-code]: expected a printable text without spaces around it,"
        " found the key '\\u202e'",
    ),
    "a code in a list that is not printable": (
        api('troubleshooting: [{symptom: x, errors: ["a\\0"]}]\n'),
        "3:45: error[bad-code]: expected a printable text without spaces around it, found 'a\\x00'",
    ),
    "an address that cannot be taken apart": (
        api("docs: {url: 'https://['}\n"),
        "3:17: error[invalid-value]: expected an address such as https://docs.example.com/,"
        " found 'https://['",
    ),
    "an empty code": (
        errors("'': {}\n"),
        "5:7: error[invalid-value]: expected a text that is not empty, found the key ''",
    ),
    "a very long code": (
        errors("x" * (LONGEST_CODE + 1) + ": {}\n"),
        "5:7: error[invalid-value]: expected a text of at most 128 characters,"
        f" found the key '{'x' * 59}…'",
    ),
    "an API's id with a space": (
        "apis: {My API: {}}\n",
        "1:8: error[invalid-value]: expected lower-case letters, digits, '_' and '-',"
        " beginning with a letter, found the key 'My API' (did you mean 'my_api'?)",
    ),
    "an API's id without a letter": (
        "apis: {7: {}}\n",
        "1:8: error[invalid-value]: expected lower-case letters, digits, '_' and '-',"
        " beginning with a letter, found the key '7'",
    ),
    "an exit code that is too large": (
        api("exit_codes: {256: {name: A}}\n"),
        "3:18: error[invalid-value]: expected an exit code from 0 to 255, found the key '256'",
    ),
    "an exit code of an error that is too small": (
        errors("bad: {exit_code: -1}\n"),
        "5:24: error[invalid-value]: expected an exit code from 0 to 255, found the number -1",
    ),
    "a second spelling of a number": (
        api("exit_codes: {1: {name: A}, 01: {name: B}}\n"),
        "3:32: error[invalid-value]: expected an exit code from 0 to 255, found the key '01'"
        " (write its digits alone, without a zero or a sign before them)",
    ),
    "the name of an exit code": (
        api("exit_codes: {1: {name: client}}\n"),
        "3:28: error[invalid-value]: expected upper-case letters, digits and '_', beginning"
        " with a letter, found 'client'",
    ),
    "an address without a scheme": (
        api("docs: {url: docs.example}\n"),
        "3:17: error[invalid-value]: expected an address that begins with 'https://' or"
        " 'http://', found 'docs.example'",
    ),
    "a number of attempts": (
        errors("bad: {retry: {max_attempts: 0}}\n"),
        "5:35: error[invalid-value]: expected a number from 1, found the number 0",
    ),
}


@pytest.mark.parametrize(("content", "expected"), VALUES.values(), ids=VALUES.keys())
def test_an_invalid_value_says_what_is_allowed(folder: Folder, content: str, expected: str) -> None:
    assert folder.says(content) == [f"errors.yaml:{expected}"]


MISSING = {
    "the APIs": ("{}\n", "1:1: error[missing-key]: 'apis' is missing (add it)"),
    "the type of a detail": (
        errors("bad: {details: {x: {unit: s}}}\n"),
        "5:26: error[missing-key]: 'type' is missing (add it)",
    ),
    "the word of an action": (
        errors("bad:\n  actions:\n    - how: Stop.\n"),
        "7:13: error[missing-key]: 'do' is missing (add it)",
    ),
    "the symptom of a row": (
        api("troubleshooting: [{cause: x}]\n"),
        "3:23: error[missing-key]: 'symptom' is missing (add it)",
    ),
}


@pytest.mark.parametrize(("content", "expected"), MISSING.values(), ids=MISSING.keys())
def test_a_missing_key_is_named(folder: Folder, content: str, expected: str) -> None:
    assert folder.says(content) == [f"errors.yaml:{expected}"]


def test_all_problems_are_said_at_once_in_the_order_of_the_file(folder: Folder) -> None:
    content = errors(
        """
        a: {satus: 404, group: nowhere}
        a: {}
        b: {status: 999, message: "{x}", retry: {when: never}, actions: [{do: wait}]}
        c: {replaced_by: d, meaning: "See [x](error:y)."}
        """
    )
    assert [(one.place.line, one.place.column, one.rule) for one in folder.problems(content)] == [
        (5, 11, "unknown-key"),
        (5, 30, "unknown-group"),
        (6, 7, "duplicate-key"),
        (7, 19, "invalid-status"),
        (7, 33, "undeclared-placeholder"),
        (7, 77, "action-contradicts-retry"),
        (8, 24, "unknown-code"),
        (8, 36, "unknown-code"),
    ]


def test_what_an_alias_repeats_is_said_once(folder: Folder) -> None:
    content = errors("a: {retry: &r {wen: never}}\nb: {retry: *r}\nc: {retry: *r}\n")
    assert folder.says(content) == [
        "errors.yaml:5:22: error[unknown-key]: unknown key 'wen' (did you mean 'when'?)"
    ]


def test_a_code_may_read_like_the_marks_of_the_models(folder: Folder) -> None:
    assert folder.says(errors("'[key]': 3\n")) == [
        "errors.yaml:5:16: error[wrong-type]: expected a mapping, found the number 3"
    ]


def test_codes_may_be_named_like_fields(folder: Folder) -> None:
    content = errors("status: {meaning: 3}\nstatuses: {details: {status: {type: x}}}\n")
    assert [problem.rule for problem in folder.problems(content)] == ["wrong-type", "unknown-word"]


def test_what_is_not_json_is_one_problem() -> None:
    catalog, findings = validate(b'{"apis": ')
    assert catalog is None
    assert [finding.rule for finding in findings] == ["not-json"]


def test_a_file_cannot_keep_anybody_busy_with_its_problems() -> None:
    statuses = ",".join(["99"] * (MAX_PROBLEMS + 10))
    findings = validate(
        f'{{"apis":{{"x":{{"errors":{{"a":{{"status":[{statuses}]}}}}}}}}}}'.encode()
    )[1]
    assert len(findings) == MAX_PROBLEMS + 1
    assert findings[-1].rule == "too-many-problems"
    assert findings[-1].message == "there are more than 10,000 problems; the others are left out"


def test_no_message_of_the_models_own_is_left() -> None:
    """Whatever a model can refuse is said in our words."""
    content = b'{"apis": {"x": {"errors": {"a": {"status": 1.5}}}}}'
    with pytest.raises(ValidationError) as refused:
        Catalog.model_validate_json(content)
    messages = [finding.message for finding in findings_of_refused(content, refused.value)]
    assert not any("Input should" in message for message in messages)


class Settings(Model):
    """Another file than a catalog."""

    folder: str = ""
    retry: Retry = Retry()


def test_another_file_than_a_catalog_is_spoken_of_in_the_same_words() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({"foldr": "x", "retry": "never"})
    findings = [finding_of(detail, Settings) for detail in refused.value.errors()]
    assert [(finding.message, finding.hint) for finding in findings] == [
        ("expected a mapping, found 'never'", "write '{when: never}'"),
        ("unknown key 'foldr'", "did you mean 'folder'?"),
    ]
