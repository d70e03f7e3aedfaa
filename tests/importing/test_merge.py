"""What an import leaves, adds, lists and replaces in a catalog that is there."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from errorbook.importing.catalog_files import catalog_files
from errorbook.importing.gathered import Gathered
from errorbook.importing.merge import Winner
from errorbook.importing.outcome import Heard, Outcome, imported
from errorbook.problems import Place
from tests.importing.conftest import Folder

CATALOG = """\
# The head that somebody wrote.
apis:
  shop:
    title: Shop   # of ours
    errors:

      # Why there is a limit.
      limited:
        status: 429
        meaning: Written by hand.   # keep

      sealed: {status: 409}
include:
  - parts/more.yaml
"""
MORE = """\
apis:
  shop:
    errors:
      lost:
        # once found
        status: 404
      gone: {status: 410}
      moved: {status: 410}
"""


@pytest.fixture(name="merging")
def _merging(folder: Folder) -> Folder:
    folder.write(errors_yaml=CATALOG, parts__more_yaml=MORE)
    return folder


def test_what_is_new_is_added_and_all_else_stays(merging: Folder) -> None:
    merging.write(list_csv="code,status,message\nlimited,429,Too fast\nsealed,409,\n")
    said = merging.run("import", "list.csv")
    assert (said.code, "3 errors of the catalog are not in list.csv" in said.out) == (0, True)
    assert merging.read() == CATALOG.replace("# keep\n", "# keep\n        message: Too fast\n")
    assert merging.read("parts/more.yaml") == MORE


def test_a_file_that_is_included_is_the_one_that_is_edited(merging: Folder) -> None:
    merging.write(list_csv="code,meaning,status\nlost,It is lost.,404\nfresh,,422\n")
    assert merging.run("import", "list.csv").code == 0
    assert merging.read() == CATALOG
    expected = MORE.replace("status: 404\n", "status: 404\n        meaning: It is lost.\n")
    assert merging.read("parts/more.yaml") == f"{expected}      fresh:\n        status: 422\n"


def test_windows_newlines_and_a_mark_stay(folder: Folder) -> None:
    folder.write(
        errors_yaml="\ufeff# head\r\napis:\r\n  shop:\r\n    errors:\r\n      a: {status: 400}\r\n",
        list_csv="code,status\nb,401\n",
    )
    folder.run("import", "list.csv")
    text = folder.read()
    assert text.startswith("\ufeff# head\r\napis:\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert "b:" in text


def test_a_contradiction_is_told_with_both_places(merging: Folder) -> None:
    merging.write(list_csv="code,status,meaning\nlimited,503,Too fast.\nlost,410,\n")
    said = merging.run("import", "list.csv")
    assert said.code == 1
    hint = "(the catalog was kept; --take source takes this one)"
    assert [line for line in said.out.splitlines() if "[import-conflict]" in line] == [
        "list.csv:2: warning[import-conflict]: errors.limited.status is 503 here and 429 at "
        f"errors.yaml:9 {hint}",
        "list.csv:2: warning[import-conflict]: errors.limited.meaning is 'Too fast.' here and "
        f"'Written by hand.' at errors.yaml:10 {hint}",
        "list.csv:3: warning[import-conflict]: errors.lost.status is 410 here and 404 at "
        f"parts/more.yaml:6 {hint}",
    ]
    assert (merging.read(), merging.read("parts/more.yaml")) == (CATALOG, MORE)


def test_a_message_that_the_template_makes_is_no_contradiction(folder: Folder) -> None:
    lost = "lost: {message: 'Book {id} is lost.', placeholders: {id: {}}}"
    folder.write(
        errors_yaml=f"apis: {{shop: {{errors: {{{lost}}}}}}}\n",
        list_csv="code,message\nlost,Book b_7 is lost.\n",
    )
    said = folder.run("import", "list.csv")
    assert (said.code, "nothing new" in said.out) == (0, True)
    folder.write(list_csv="code,message\nlost,Book b_7 is gone.\n")
    assert folder.run("import", "list.csv").code == 1


def test_take_source_replaces_and_says_so(merging: Folder) -> None:
    merging.write(list_csv="code,status,meaning\nlimited,503,Too fast.\nlost,410,\n")
    said = merging.run("import", "list.csv", "--take", "source")
    assert said.code == 0
    assert "list.csv:2: errors.limited.status was 429, is now 503" in said.out
    assert (
        "list.csv:2: errors.limited.meaning was 'Written by hand.', is now 'Too fast.'" in said.out
    )
    assert "3 values replaced" in said.out
    assert "# Why there is a limit.\n      limited:\n        status: 503\n" in merging.read()
    assert "# once found\n        status: 410\n" in merging.read("parts/more.yaml")
    again = merging.run("import", "list.csv", "--take", "source")
    assert "nothing new" in again.out


def test_the_first_of_several_sources_is_believed(folder: Folder) -> None:
    folder.write(
        one_csv="code,status,causes\na,400,x\n",
        two_csv="code,status,causes,meaning\na,422,y,Bad.\n",
    )
    said = folder.run("import", "one.csv", "two.csv", "--api", "shop")
    error = folder.catalog().apis["shop"].errors["a"]
    assert (said.code, error.status, error.causes, error.meaning) == (1, (400,), ("x", "y"), "Bad.")
    assert (
        "two.csv:2: warning[import-conflict]: errors.a.status is 422 here and 400 at one.csv:2"
        in (said.out)
    )


@pytest.mark.parametrize(
    ("known", "row"),
    [
        ("status: [404, 400]", 'status\na,"400, 404"'),
        ("status: [400]", "status\na,400"),
        ("since: 1.10", "since\na,1.10"),
        ("meaning: >-\n  Too\n  fast.", "meaning\na,Too  fast."),
        ("causes: [x, y]", "cause\na,y"),
        ("retry: {when: never}", "retry\na,no"),
        ("{}", "exception\na,AError"),
    ],
)
def test_what_says_the_same_is_left_however_it_is_written(
    folder: Folder, known: str, row: str
) -> None:
    indented = known.replace("\n", "\n          ")
    catalog = f"apis:\n  shop:\n    errors:\n      a:\n        {indented}\n"
    folder.write(errors_yaml=catalog, list_csv=f"code,{row}\n")
    assert (folder.run("import", "list.csv").code, folder.read()) == (0, catalog)


def test_holes_of_a_message_become_placeholders(folder: Folder) -> None:
    folder.write(
        errors_yaml="apis: {shop: {errors: {a: {details: {size: {type: integer}}}, b: {}}}}\n",
        list_csv='code,message\na,"{size} of {most}, {0}"\n',
    )
    assert folder.run("import", "list.csv").code == 0
    assert list(folder.catalog().apis["shop"].errors["a"].placeholders) == ["most"]


def test_an_errors_json_that_is_included_is_not_edited(folder: Folder) -> None:
    published = '{"format": 1, "apis": {"shop": {"errors": {"a": {"status": 400}}}}}'
    folder.write(
        errors_yaml="apis: {shop: {errors: {b: {}}}}\ninclude: [theirs.errors.json]\n",
        list_csv="code,status,meaning\na,400,Bad.\nb,401,\n",
    )
    (folder.path / "theirs.errors.json").write_text(published, "utf-8")
    said = folder.run("import", "list.csv")
    assert "errors.a.meaning was left out: the catalog includes it published" in said.out
    assert folder.read("theirs.errors.json") == published
    assert folder.catalog().apis["shop"].errors["b"].status == (401,)


ROWS = """\
apis:
  shop:
    errors: {a: {status: 400}}
    troubleshooting:
      # Seen most.
      - symptom: It is slow.
        solution: Wait.  # for long

      - symptom: It is down.  # at night
        solution: Call us.
"""


def _with_rows(folder: Folder, winner: Winner, *rows: JsonValue) -> Outcome:
    folder.write(errors_yaml=ROWS)
    gathered = Gathered()
    for row in rows:
        gathered.add(("troubleshooting",), [row], Place("source", 7))
    files = catalog_files(folder.path / "errors.yaml", "errors.yaml")
    outcome = imported([Heard("source", "table", gathered)], files, "shop", winner)
    for path, (_, content) in outcome.texts.items():
        path.write_bytes(content)
    return outcome


def test_a_row_is_added_and_the_others_stay_as_they_are(folder: Folder) -> None:
    slow: JsonValue = {"symptom": "It is  slow.", "solution": "Wait."}
    unknown: JsonValue = {"symptom": "Odd.", "errors": ["none"]}
    lost: JsonValue = {"symptom": "It is lost.", "solution": "Look."}
    report = _with_rows(folder, "catalog", slow, unknown, lost).report
    assert folder.read() == f"{ROWS}\n      - symptom: It is lost.\n        solution: Look.\n"
    (untold,) = report.untold
    assert untold.message.startswith("troubleshooting.2 was left out: ")
    assert (report.conflicts, report.replaced) == ([], [])


def test_a_row_that_says_otherwise_is_a_conflict(folder: Folder) -> None:
    down: JsonValue = {"symptom": "It is down.", "solution": "Write to us."}
    (conflict,) = _with_rows(folder, "catalog", down).report.conflicts
    assert conflict.message == "the row 'It is down.' is another one at errors.yaml:9"
    assert folder.read() == ROWS

    (change,) = _with_rows(folder, "source", down).report.replaced
    assert (change.within, change.value) == (("troubleshooting", "1"), down)
    assert folder.read() == ROWS.replace("Call us.", "Write to us.")


def test_what_replaces_a_list_leaves_the_comments_in_it(folder: Folder) -> None:
    causes = "\n          # why\n          - x  # so\n          - y\n"
    catalog = f"apis:\n  shop:\n    errors:\n      a:\n        fix: Old.\n        causes:{causes}"
    folder.write(errors_yaml=catalog, list_csv="code,status,causes\na,400,z; x\n")
    folder.run("import", "list.csv", "--take", "source")
    assert "          # why\n          - x  # so\n" in folder.read()


@pytest.mark.parametrize(
    "text",
    [
        "code,status,class\na_b,429,RateLimitError\n\u65e5\u672c,430,RateLimitError\n",
        "code,class\na,ShopError\nrate,RateError\nb,RateError\nc,object\nd,ValueError\n",
    ],
)
def test_a_class_that_is_taken_is_no_conflict_the_next_time(folder: Folder, text: str) -> None:
    folder.write(list_csv=text)
    assert folder.run("import", "list.csv", "--api", "shop").code == 0
    before = folder.read()
    said = folder.run("import", "list.csv")
    assert (said.code, folder.read()) == (0, before), said.out


def test_a_class_that_is_free_is_a_conflict(folder: Folder) -> None:
    folder.write(
        errors_yaml="apis: {shop: {errors: {a: {sdk: {python: {exception: none}}}}}}\n",
        list_csv="code,class\na,FreeError\n",
    )
    assert folder.run("import", "list.csv").code == 1
