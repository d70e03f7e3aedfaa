"""One slip is one problem: what is only missing because it was refused is not complained of."""

from __future__ import annotations

import pytest

from tests.catalog.catalogs import Folder, text

WHOLE = text(
    """
    apis:
      demo:
        title: Demo
        envelopes:
          - body:
              error: {code: "{code}", message: "{message}", "*": "{details}"}
            fields: {code: {meaning: The code.}, details: {meaning: More.}}
        groups:
          limits: {title: Limits}
        operations:
          seal: {title: Seal}
        errors:
          slow_down:
            status: 429
            meaning: Too fast, see <error:closed>.
            message: Wait {seconds} seconds, {user}.
            placeholders:
              user: {example: Ada}
            actions:
              - {do: wait, how: Wait., when: Always.}
              - {do: abort, when: After ten attempts.}
            retry: {when: as_is, after: [seconds, header:Retry-After]}
            details:
              seconds: {type: integer, example: 5}
            operations: [seal]
            group: limits
            deprecated: 2026-01-01
            sunset: 2026-02-01
            renamed_from: [too_fast]
          closed:
            status: 409
            group: limits
            replaced_by: slow_down
        exit_codes:
          1: {name: FAILED, for: [4xx, closed]}
        troubleshooting:
          - {symptom: All is slow., errors: [slow_down]}
          - {symptom: All is closed., errors: [closed, slow_down]}
        retired:
          too_fast: {replaced_by: slow_down, reason: Renamed.}
      other:
        summary: See [this](error:demo/slow_down).
    """
)

SLIPS = {
    "the APIs": ("apis:", "apsi:"),
    "an API's id": ("  demo:", "  Demo:"),
    "the envelopes": ("    envelopes:", "    envelops:"),
    "the body of an envelope": ("      - body:", "      - bdoy:"),
    "the hole of the code": ('code: "{code}"', 'code: "{coed}"'),
    "the place of the details": ('"*": "{details}"', '"*": "{detials}"'),
    "the fields of an envelope": ("        fields:", "        feilds:"),
    "the groups": ("    groups:", "    grups:"),
    "a group": ("limits: {title: Limits}", "limits: Limits"),
    "a field of a group": ("{title: Limits}", "{titel: Limits}"),
    "the operations": ("    operations:\n", "    operatons:\n"),
    "the errors": ("    errors:\n", "    erors:\n"),
    "a code": ("      closed:\n", '      "closed ":\n'),
    "a status": ("status: 409", "status: 4090"),
    "a message": ("        message:", "        mesage:"),
    "the placeholders of a message": ("        placeholders:", "        placeholder:"),
    "a hole of a message": ("{user}", "{usr}"),
    "the details": ("        details:", "        detals:"),
    "the type of a detail": ("{type: integer,", "{tpye: integer,"),
    "a type": ("integer", "intger"),
    "the actions": ("        actions:", "        action:"),
    "the case of an action": ("when: After", "wehn: After"),
    "an action": ("do: wait", "do: wiat"),
    "the retry policy": ("        retry:", "        rety:"),
    "a word of the retry policy": ("when: as_is", "when: asis"),
    "what the retry policy waits for": ("after: [seconds", "after: [second"),
    "the deprecation": ("        deprecated:", "        deprecatd:"),
    "the exit codes": ("    exit_codes:", "    exit_code:"),
    "the troubleshooting": ("    troubleshooting:", "    troubleshoting:"),
    "a row of it": ("{symptom: All is slow., errors", "{symtom: All is slow., errors"),
    "the retired codes": ("    retired:", "    retird:"),
    "a retired code": ("too_fast: {replaced_by: slow_down, reason: Renamed.}", "too_fast: Renamed"),
}


def _line_of(content: str, slip: str) -> int:
    return content[: content.index(slip)].count("\n") + 1


def test_the_catalog_is_fine_without_a_slip(folder: Folder) -> None:
    assert folder.says(WHOLE) == []


@pytest.mark.parametrize(("right", "wrong"), SLIPS.values(), ids=SLIPS.keys())
def test_one_slip_is_one_problem(folder: Folder, right: str, wrong: str) -> None:
    assert WHOLE.count(right) >= 1
    content = WHOLE.replace(right, wrong, 1)
    problems = folder.problems(content)
    assert len(problems) == 1, [str(problem) for problem in problems]
    assert problems[0].place.line == _line_of(content, wrong)


@pytest.mark.parametrize(
    ("slip", "other"),
    [
        (("status: 4090", "status: 409"), ("replaced_by: slow_down\n", "replaced_by: slow\n")),
        (("symtom: All is slow", "symptom: All is slow"), ("[closed, slow", "[close, slow")),
        (("do: wiat", "do: wait"), ("sunset: 2026-02", "sunset: 2025-02")),
        (("hwo: Wait", "how: Wait"), ("when: as_is", "when: never")),
        (("titel: Demo", "title: Demo"), ("{user}", "{users}")),
    ],
)
def test_a_slip_does_not_hide_what_is_wrong_elsewhere(
    folder: Folder, slip: tuple[str, str], other: tuple[str, str]
) -> None:
    wrong, right = slip
    content = WHOLE.replace(right, wrong, 1)
    hidden = folder.says(content)
    both = folder.says(content.replace(*other, 1))
    assert len(both) == len(hidden) + 1


def test_slips_in_an_api_whose_id_is_refused_are_said_as_well(folder: Folder) -> None:
    content = WHOLE.replace("  demo:", "  Demo:").replace("    groups:", "    grups:")
    content = content.replace("{user}", "{usr}").replace("demo/slow", "Demo/slow")
    rules = [one.rule for one in folder.problems(content)]
    assert rules == ["invalid-value", "unknown-key", "undeclared-placeholder", "unknown-code"]


def test_an_api_whose_id_means_nothing_does_not_hide_what_is_wrong_in_another(
    folder: Folder,
) -> None:
    content = "apis:\n  7: {}\n  demo: {errors: {a: {group: x}}}\n"
    assert [one.rule for one in folder.problems(content)] == ["invalid-value", "unknown-group"]


def test_links_to_an_api_that_is_refused_are_not_dead(folder: Folder) -> None:
    content = "apis:\n  demo: 3\n  other: {summary: 'See <error:demo/slow_down>.'}\n"
    assert [one.rule for one in folder.problems(content)] == ["wrong-type"]


def test_what_a_slip_may_have_caused_waits_until_it_is_mended(folder: Folder) -> None:
    content = WHOLE.replace("group: limits", "group: limts", 1)
    assert [one.rule for one in folder.problems(content)] == ["unknown-group"]
    content = content.replace("    groups:", "    grups:")
    assert [one.rule for one in folder.problems(content)] == ["unknown-key"]


def test_what_stands_behind_a_refused_entry_of_a_list_keeps_its_place(folder: Folder) -> None:
    content = WHOLE.replace("symptom: All is slow.", "cause: Haste.").replace("[closed", "[closd")
    assert [(one.rule, one.place.line) for one in folder.problems(content)] == [
        ("missing-key", _line_of(content, "cause: Haste.")),
        ("unknown-code", _line_of(content, "errors: [closd")),
    ]
