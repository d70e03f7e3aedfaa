"""Errorbook's own catalog and its code agree: every rule, both ways, and each is reported."""

from __future__ import annotations

import re
from collections import Counter

from errorbook.catalog import load
from errorbook.contract.kind import capitalised
from errorbook.contract.kinds import KINDS
from errorbook.rules.shipped import API, FILE, prose_of, shipped_rules
from tests.contract.mutations import ROWS
from tests.rules.cases import ROOT, rule_cases
from tests.rules.reported import reported, unknown_compositions

RULES = load(ROOT / "errors.yaml").catalog.apis[API]


def test_every_rule_that_the_code_reports_is_in_the_catalog() -> None:
    missing = {rule: file for rule, file in reported().items() if rule not in RULES.errors}
    assert missing == {}


def test_every_rule_of_the_catalog_is_one_that_the_code_reports() -> None:
    assert sorted(RULES.errors.keys() - reported().keys()) == []


def test_no_rule_is_put_together_from_words_that_nobody_knows() -> None:
    assert unknown_compositions() == []


def test_every_rule_has_a_case_that_reports_it() -> None:
    told = {case.id for case in rule_cases()} | {row.rule for row in ROWS}
    assert sorted(RULES.errors.keys() - told) == []


def test_no_case_is_of_a_rule_that_there_is_not_or_stands_in_two_files() -> None:
    files = {(case.id, case.file) for case in rule_cases()}
    twice = [rule for rule, count in Counter(rule for rule, _ in files).items() if count > 1]
    assert (twice, sorted({rule for rule, _ in files} - RULES.errors.keys())) == ([], [])


def test_every_rule_says_what_it_means_why_it_comes_and_how_it_is_mended() -> None:
    silent = [
        rule
        for rule, said in RULES.errors.items()
        if not (said.meaning.endswith(".") and said.causes and said.fix.endswith("."))
    ]
    assert silent == []
    assert [rule for rule, said in RULES.errors.items() if said.group not in RULES.groups] == []


def test_every_group_has_rules() -> None:
    assert RULES.groups.keys() == {said.group for said in RULES.errors.values()}


def test_the_page_of_rules_has_a_search_and_a_section_for_every_group() -> None:
    page = (ROOT / "docs/rules.md").read_text("utf-8")
    assert re.findall(r"^/// errors \| explorer\n    api: (.*)\n", page, re.MULTILINE) == [API]
    assert set(re.findall(r"^    group: (.*)$", page, re.MULTILINE)) == RULES.groups.keys()


def test_a_kind_of_change_takes_its_texts_from_the_catalog() -> None:
    for rule, kind in KINDS.items():
        said = RULES.errors[rule]
        title, _, meaning = said.meaning.replace("`", "'").partition(": ")
        assert (title, capitalised(meaning)) == (capitalised(kind.title), kind.meaning)
        assert said.fix.replace("`", "'") == f"{capitalised(kind.fix)}."
        assert said.group == "changes"


def test_a_kind_that_fails_by_itself_says_so() -> None:
    for rule, kind in KINDS.items():
        fails = "breaking" in (kind.default, *(case.default for case in kind.cases))
        assert RULES.errors[rule].exit_code == (1 if fails else None), rule


def test_the_rules_are_shipped_and_small() -> None:
    document = shipped_rules()
    assert document is not None
    assert document["apis"][API]["errors"].keys() == RULES.errors.keys()
    assert FILE.stat().st_size < 256 * 1024
    assert prose_of("stale-file", "meaning") == RULES.errors["stale-file"].meaning
    assert prose_of("no-such-rule", "meaning") == ""
