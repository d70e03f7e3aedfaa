"""The texts of a catalog: what is missing is found, at its line, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from errorbook import cli
from errorbook.catalog.audience import Audience
from errorbook.catalog.positions import Positions
from errorbook.checks.quality import check, is_wanted
from errorbook.checks.quality_rules import LEVELS, TextRule
from errorbook.checks.result import Checked, Context
from errorbook.problems import ErrorbookError, Finding
from errorbook.project import open_workspace
from tests.checks.projects import SmallProject

ROOT = Path(__file__).parents[2]
FULL: dict[str, Any] = {
    "status": 409,
    "meaning": "No copy is left.",
    "message": "This book is sold out.",
    "causes": ["A sale."],
    "fix": "Choose another book.",
    "actions": [{"do": "use_alternative", "how": "Offer another book."}],
    "retry": {"when": "never"},
}
"""An error of which nothing is missing."""
BUSY: dict[str, Any] = {
    **FULL,
    "status": 503,
    "actions": [{"do": "wait", "how": "Wait."}],
    "retry": {"when": "as_is", "after": "header:Retry-After"},
}
PLACEHOLDER = {"title": {"example": "Emma", "meaning": "The book."}}
DETAIL = {"title": {"type": "string", "example": "Emma", "meaning": "The book."}}


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    project = SmallProject(tmp_path)
    project.write_project("check: {quality: {}}")
    return project


def _write(project: SmallProject, error: dict[str, Any], **api: Any) -> None:
    shop = {**api, "errors": {"sold_out": error}}
    project.write_catalog(yaml.safe_dump({"apis": {"shop": shop}}, sort_keys=False))


def _checked(project: SmallProject, audience: Audience = "public", settings: str = "{}") -> Checked:
    project.write_project(f"check: {{quality: {settings}}}")
    workspace = open_workspace(project.folder / "errorbook.yaml", None, project.folder, audience)
    context = Context(workspace, audience, "errorbook generate", project.folder)
    assert is_wanted(context)
    return check(context)


def _rules(checked: Checked) -> list[str]:
    return [one.problem.rule for one in checked.found]


def test_a_project_that_does_not_ask_for_it_is_left_alone(project: SmallProject) -> None:
    _write(project, {})
    project.write_project("")
    workspace = project.workspace()
    assert not is_wanted(Context(workspace, "public", "", project.folder))
    assert cli.run(["check"]) == 0


@pytest.mark.parametrize("error", [FULL, BUSY])
def test_of_a_full_error_nothing_is_said(project: SmallProject, error: dict[str, Any]) -> None:
    _write(project, error)
    assert _rules(_checked(project)) == []


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("no-meaning", {"meaning": None}),
        ("no-cause", {"causes": None}),
        ("no-fix", {"fix": None}),
        ("no-action", {"actions": None}),
        ("retry-unknown", {"status": 429, "retry": None}),
        ("retry-unknown", {"status": [429, 503], "retry": {"when": "unknown"}}),
        ("retry-without-pause", {"status": 503, "actions": [{"do": "retry"}],
                                 "retry": {"when": "as_is"}}),
        ("retry-without-pause", {"actions": [{"do": "wait"}], "retry": {"when": "as_is"}}),
        ("value-only-in-message", {"message": "{title} is out.", "placeholders": PLACEHOLDER}),
        ("sensitive-in-message", {"message": "{title} is out.",
                                  "details": {"title": {"type": "string", "sensitive": True}}}),
        ("meaning-repeats-code", {"meaning": "The request is sold out."}),
        ("meaning-repeats-code", {"meaning": "Conflict."}),
        ("meaning-repeats-code", {"meaning": "An error occurred."}),
        ("message-repeats-meaning", {"message": "no copy is  left"}),
        ("unfinished-text", {"fix": "TODO"}),
        ("unfinished-text", {"fix": "…"}),
        ("unfinished-text", {"causes": ["TODO: ask Emma"]}),
        ("unfinished-text", {"fix": "Buy it (TBD: where)."}),
        ("unfinished-text", {"meaning": "Lorem ipsum dolor."}),
        ("actions-without-when", {"actions": [{"do": "abort"}, {"do": "escalate"}]}),
    ],
)  # fmt: skip
def test_one_slip_is_one_finding(
    project: SmallProject, rule: TextRule, changed: dict[str, Any]
) -> None:
    error = {key: value for key, value in {**FULL, **changed}.items() if value is not None}
    _write(project, error)
    (found,) = _checked(project).found
    assert (found.problem.rule, found.problem.severity) == (rule, LEVELS[rule])
    assert found.subject.startswith("shop/sold_out")
    assert found.problem.hint


@pytest.mark.parametrize(
    "changed",
    [
        {"status": 429, "retry": {"when": "never"}},
        {"status": 503, "actions": [{"do": "retry"}], "fix": "",
         "retry": {"when": "as_is", "backoff": "fixed"}},
        {"actions": [{"do": "treat_as_success"}], "fix": ""},
        {"actions": [{"do": "abort"}, {"do": "escalate", "when": "if it stays so"}]},
        {"message": "{title} is out.", "details": DETAIL},
        {"message": "Wait {retry_after}.", "placeholders": {"retry_after": {"example": 1}},
         "retry": {"when": "never", "after": "header:Retry-After"}},
        {"meaning": "The TODO list is sold out, and Todo pads, too."},
        {"meaning": "Say `TODO:` in it."},
        {"meaning": 'It has "TODO:" or "lorem ipsum" in it.'},
        {"meaning": "Every copy is sold out."},
    ],
)  # fmt: skip
def test_what_is_right_is_no_finding(project: SmallProject, changed: dict[str, Any]) -> None:
    _write(project, {**FULL, **changed})
    assert _rules(_checked(project)) == []


@pytest.mark.parametrize("code", ["HTTPNotAllowed", "http.not-allowed", "HTTP_NOT_ALLOWED"])
def test_a_code_is_read_word_by_word_however_it_is_written(
    project: SmallProject, code: str
) -> None:
    errors = {code: {**FULL, "meaning": "HTTP is not allowed."}}
    project.write_catalog(yaml.safe_dump({"apis": {"shop": {"errors": errors}}}))
    assert _rules(_checked(project)) == ["meaning-repeats-code"]


def test_an_error_without_a_status_is_asked_for_no_action(project: SmallProject) -> None:
    _write(project, {"meaning": "It broke.", "causes": ["Rust."], "fix": "Mend it."})
    assert _rules(_checked(project)) == []


def test_a_value_that_the_envelope_carries_is_not_only_in_the_message(
    project: SmallProject,
) -> None:
    error = {**FULL, "message": "{title} is out.", "placeholders": PLACEHOLDER}
    body = {"code": "{code}", "title": "{title}"}
    _write(project, error, envelopes=[{"body": body}])
    assert _rules(_checked(project)) == []


def test_a_value_that_the_client_sent_itself_is_no_news(project: SmallProject) -> None:
    error = {**FULL, "message": "{title} is out.", "placeholders": PLACEHOLDER}
    operations = {"get": {"path": "/books/{title}"}, "list": {"path": "/books"}}
    _write(project, error, operations=operations)
    assert _rules(_checked(project)) == []
    _write(project, {**error, "operations": ["list"]}, operations=operations)
    assert _rules(_checked(project)) == ["value-only-in-message"]


def test_a_message_that_never_changes_may_be_read_by_programs(project: SmallProject) -> None:
    error = {**FULL, "message": "{title} is out.", "placeholders": PLACEHOLDER}
    _write(project, error, contract={"messages": "permanent"})
    assert _rules(_checked(project)) == []


def test_a_row_of_troubleshooting_gives_a_cause(project: SmallProject) -> None:
    row = {"symptom": "No book.", "cause": "A sale.", "errors": ["sold_out"]}
    _write(project, {**FULL, "causes": []}, troubleshooting=[row])
    assert _rules(_checked(project)) == []


@pytest.mark.parametrize(
    ("method", "needs", "expected"),
    [
        ("POST", None, ["retry-not-safe"]),
        ("PATCH", None, ["retry-not-safe"]),
        ("PUT", None, []),
        ("POST", "idempotency_key", []),
    ],
)
def test_what_may_be_done_already_is_not_sent_again_as_it_is(
    project: SmallProject, method: str, needs: str | None, expected: list[str]
) -> None:
    retry = {"when": "as_is", "backoff": "fixed", "needs": needs}
    retry = {key: value for key, value in retry.items() if value}
    error = {**FULL, "status": 500, "actions": [{"do": "retry"}], "retry": retry}
    operations = {"buy": {"method": method}}
    _write(project, {**error, "operations": ["buy"]}, operations=operations)
    assert _rules(_checked(project)) == expected
    _write(project, {**error, "status": 409, "operations": ["buy"]}, operations=operations)
    assert _rules(_checked(project)) == []


@pytest.mark.parametrize("lenient", [{"stability": "experimental"}, {"deprecated": "2.0"}])
def test_of_what_is_on_trial_or_on_its_way_out_nothing_is_demanded(
    project: SmallProject, lenient: dict[str, str]
) -> None:
    _write(project, {"status": 503, **lenient})
    checked = _checked(project)
    assert _rules(checked) == ["no-meaning", "no-cause", "no-fix", "no-action", "retry-unknown"]
    assert {one.problem.severity for one in checked.found} == {"warning"}


def test_a_leak_is_one_wherever_it_stands(project: SmallProject) -> None:
    secret = {"title": {**DETAIL["title"], "sensitive": True}}
    _write(project, {**FULL, "deprecated": "2", "message": "{title}!", "details": secret})
    assert [one.problem.severity for one in _checked(project).found] == ["error"]


def test_a_finding_is_at_the_error_or_at_the_text_it_speaks_of(project: SmallProject) -> None:
    project.write_catalog(
        "apis:\n"
        "  shop:\n"
        "    errors:\n"
        "      sold_out:\n"
        "        meaning: TBD\n"
        "        causes: [A sale.]\n"
    )
    places = {one.problem.rule: str(one.problem.place) for one in _checked(project).found}
    assert places == {"no-fix": "errors.yaml:4:7", "unfinished-text": "errors.yaml:5:9"}


def test_internal_errors_are_looked_at_for_those_who_may_read_them(project: SmallProject) -> None:
    _write(project, {**FULL, "visibility": "internal", "fix": ""})
    assert _rules(_checked(project)) == []
    assert "sold_out" not in str(_checked(project))
    assert _rules(_checked(project, "internal")) == ["no-fix"]
    assert cli.run(["check", "--audience", "internal"]) == 1


def test_only_the_apis_that_are_named_are_looked_at(project: SmallProject) -> None:
    project.write_catalog("apis: {shop: {errors: {a: {}}}, store: {errors: {b: {}}}}")
    subjects = {one.subject for one in _checked(project, settings="{apis: [store]}").found}
    assert subjects == {"store/b"}


def test_an_api_that_is_not_there_is_refused(project: SmallProject) -> None:
    _write(project, FULL)
    with pytest.raises(ErrorbookError, match=r"errorbook\.yaml:1:\d+: error\[unknown-api\]"):
        _checked(project, settings="{apis: [shp]}")


def test_levels_of_the_project_say_how_bad_a_rule_is(project: SmallProject) -> None:
    _write(project, {"meaning": "It broke.", "causes": ["Rust."]})
    asks = "check: {quality: {}}\n"
    for level, code in (("off", 0), ("warning", 0), ("error", 1)):
        project.write_project(f"{asks}levels: {{no-fix: {level}}}")
        assert cli.run(["check"]) == code


def test_every_rule_has_a_level() -> None:
    assert sorted(LEVELS) == sorted(get_args(TextRule))


def test_the_figure_is_shown_and_may_not_be_below_its_floor(project: SmallProject) -> None:
    _write(project, {**FULL, "causes": []})
    checked = _checked(project, settings="{completeness: 85.7}")
    assert checked.looked_at == "texts of 1 error, complete to 85.7 % in shop"
    assert checked.completeness == {"shop": 85.7}
    assert _rules(checked) == ["no-cause"]
    _, found = _checked(project, settings="{completeness: 90}").found
    assert found.problem.rule == "completeness-low"
    assert found.problem.message.endswith("and 90.0 % is the least; missing: sold_out (causes)")
    assert not found.may_wait


def test_of_many_apis_the_lowest_figures_are_shown(project: SmallProject) -> None:
    apis: dict[str, Any] = {name: {"errors": {"x": {}}} for name in ("a", "b", "c")}
    full = {"errors": {"x": FULL}}
    project.write_catalog(yaml.safe_dump({"apis": {"z": full, **apis}}))
    lowest = "the lowest complete to 0.0 % in a, 0.0 % in b, 0.0 % in c"
    assert _checked(project).looked_at == f"texts of 4 errors, {lowest}"


def test_the_catalog_of_this_repository_has_no_error_in_its_texts() -> None:
    workspace = open_workspace(ROOT / "errorbook.yaml", None, ROOT)
    checked = check(Context(workspace, "public", "errorbook generate", ROOT))
    assert [one for one in checked.found if one.problem.severity == "error"] == []


def test_another_value_is_another_finding(project: SmallProject) -> None:
    texts = {"meaning": "TODO", "fix": "Buy another."}, {"meaning": "No copy.", "fix": "TODO"}
    statuses = {"status": 429}, {"status": 503}
    for rule, errors in (("unfinished-text", texts), ("retry-unknown", statuses)):
        prints = set()
        for error in errors:
            _write(project, error)
            found = (one for one in _checked(project).found if one.problem.rule == rule)
            prints |= {one.fingerprint for one in found}
        assert len(prints) == 2


def test_many_findings_are_placed_at_once_and_other_places_can_be_found_still(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = "".join(f"      code_{number}: {{status: 500}}\n" for number in range(50))
    project.write_catalog(f"apis:\n  shop:\n    errors:\n{codes}")
    workspace = open_workspace(project.folder / "errorbook.yaml", None, project.folder)
    read = []
    once = Positions.__init__

    def init(positions: Positions, *arguments: Any) -> None:
        read.append(arguments)
        once(positions, *arguments)

    monkeypatch.setattr(Positions, "__init__", init)
    found = check(Context(workspace, "public", "errorbook generate", project.folder)).found
    assert len(read) == 1
    assert {one.problem.place.line for one in found} == set(range(4, 54))
    status = Finding("x", ("apis", "shop", "errors", "code_7", "status"), "x")
    assert workspace.catalog.place([status])[0].place.column == 24
