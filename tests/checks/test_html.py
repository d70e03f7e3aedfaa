"""Sites that anybody built: what drifts is found once, and gone after what the hint says."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from errorbook import cli
from errorbook.checks.html_folder import LARGEST_PAGE
from tests.checks.html_sites import BUILD, CATALOG, DOCUSAURUS, PROJECT, SPHINX

EDITS: Final = {
    "a code that is gone": (r"\bsold_out:", "out_of_stock:", ["html-gone-code"]),
    "a new code": (
        r"(?=      unpaid:)",
        "      unsent: {status: 500}\n",
        ["html-undocumented-code"],
    ),
    "another status": ("429", "420", ["html-wrong-status"]),
    "an internal error": ("402", "402, visibility: internal", ["html-internal-code"]),
}
WRONG: Final = {
    "a row's code": (DOCUSAURUS, r"(?<=<td><code>)unpaid", "not_paid", "html-gone-code"),
    "a row's status": (DOCUSAURUS, "429", "428", "html-wrong-status"),
    "a row": (DOCUSAURUS, r'<tr id="unpaid">.*?</tr>', "", "html-undocumented-code"),
    "a row's id": (DOCUSAURUS, r' id="unpaid"', "", "html-dead-address"),
    "an id twice": (DOCUSAURUS, "<h2>Fields", '<h2 id="unpaid">Fields', "html-duplicate-anchor"),
    "a block": (DOCUSAURUS, "<h2>Fields", "<p>/// errors | codes</p><h2>", "html-unrendered-block"),
    "a heading's status": (SPHINX, "HTTP status: 409", "HTTP status: 410", "html-wrong-status"),
    "a title's status": (SPHINX, r"\(429\)", "(430)", "html-wrong-status"),
    "a term's status": (SPHINX, "Status 402", "Status 400", "html-wrong-status"),
    "a heading's code": (SPHINX, r"too_fast \(429\)", "too_slow", "html-undocumented-code"),
    "a section's exit code": (SPHINX, "<p>3</p>", "<p>4</p>", "html-wrong-exit-code"),
    "a section's class": (SPHINX, "shop.errors.TooFastError", "shop.errors.SlowError", ""),
}  # fmt: skip


HOSTILE: Final = (
    "<b>" * 50_000,
    "<a " * 100_000,
    '<a x="' * 50_000 + ">",
    "<!--" * 50_000,
    "{{" * 50_000,
    "///" * 50_000,
    "\n" * 50_000,
    "\nerrors" * 50_000,
    "{{ errors }}" * 30_000,
    "error:shop/sold_out " * 20_000,
    "<h2>sold_out</h2>" * 10_000,
    "<a href=x>sold_out</a>" * 20_000,
    "<a href=x>sold_out" * 20_000,
    "<meta" + " http-equiv" * 50_000,
    "<b id=sold_out></b><b id=unpaid></b>" * 20_000,
    "<table><tr>" + "<td>sold_out</td>" * 5_000 + "<tr><td>unpaid</td></tr>" * 5_000,
    "<table><tr><th>Code" + "".join(f"<tr><td>gone_{one}" for one in range(3000)),
    "<td>" * 20_000 + "</b>" * 20_000,
    "\x1b[31m<code>\u202e</code>" * 1000,
)


@pytest.fixture(name="folder", autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    write(tmp_path, "errors.yaml", CATALOG)
    write(tmp_path, "errorbook.yaml", PROJECT)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str], str]:
    """Return how `errorbook check` ends, the rules that it reports, and all it prints."""
    code = cli.run(["check", *words])
    printed = "".join(capsys.readouterr())
    return code, re.findall(r": error\[([a-z-]+)\]", printed), printed


@pytest.mark.parametrize("html", [DOCUSAURUS, SPHINX], ids=["docusaurus", "sphinx"])
def test_a_site_in_order_has_nothing_wrong(
    folder: Path, html: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "site/errors.html", html)
    code, rules, printed = run(capsys)
    assert (code, rules) == (0, []), printed
    assert "1 built page" in printed


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_once(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    html, pattern, new, rule = WRONG[name]
    edited, count = re.subn(pattern, new, html, flags=re.DOTALL)
    assert count == 1
    write(folder, "site/errors.html", edited)
    code, rules, printed = run(capsys)
    assert (code, rules) == (int(bool(rule)), [rule] if rule else []), printed


@pytest.mark.parametrize("name", EDITS)
def test_the_command_in_the_hint_mends_what_drifted(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "build.py", BUILD)
    subprocess.run([sys.executable, "build.py"], cwd=folder, check=True)
    assert run(capsys)[0] == 0
    pattern, new, expected = EDITS[name]
    write(folder, "errors.yaml", re.sub(pattern, new, CATALOG))

    code, rules, printed = run(capsys)
    assert (code, rules) == (1, expected), printed
    hint = re.search(r"run: (python [a-z.]+)", printed)
    assert hint

    _, script = hint[1].split()
    subprocess.run([sys.executable, script], cwd=folder, check=True)
    assert run(capsys)[:2] == (0, [])


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (None, "site is not there"),
        ("readme.txt", "holds no page of HTML"),
        ("index.html", "no page of site documents an error"),
    ],
)
def test_nothing_to_compare_is_never_a_pass(
    folder: Path, page: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if page:
        write(folder, f"site/{page}", "<main><p>Nothing of errors.</p></main>")
    code, rules, printed = run(capsys)
    assert (code, rules) == (3, [])
    assert said in printed
    assert "python build.py" in printed


def test_a_folder_may_be_named_on_the_command_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "errorbook.yaml", "")
    write(folder, "out/errors.html", DOCUSAURUS.replace("429", "428"))
    code, rules, printed = run(capsys, "--html", "out")
    assert (code, rules) == (1, ["html-wrong-status"])
    assert "out/errors.html:10: error[html-wrong-status]: shop/too_fast" in printed


def test_what_is_ignored_is_no_finding(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "errorbook.yaml", "check: {html: [{site: site, ignore: [not_*, unpaid]}]}")
    write(folder, "site/errors.html", re.sub(r"<code>unpaid", "<code>not_paid", DOCUSAURUS))
    assert run(capsys)[:2] == (0, [])


def test_unusual_columns_and_ids_can_be_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = "site: site, anchors: 'e-{code}', columns: {code: [Fehler], status: [Antwort]}"
    write(folder, "errorbook.yaml", f"check: {{html: [{{{settings}}}]}}")
    write(folder, "errors.yaml", CATALOG.replace("errors#", "errors#e-"))
    html = DOCUSAURUS.replace("Error code", "Fehler").replace("HTTP status", "Antwort")
    html = re.sub(r'id="(sold_out|too_fast|unpaid)"', r'id="e-\1"', html)
    html = html.replace("#too_fast", "#e-too_fast")
    write(folder, "site/errors.html", html)
    code, rules, printed = run(capsys)
    assert (code, rules) == (0, []), printed
    write(folder, "site/errors.html", html.replace("402", "401").replace('"e-sold_out"', '"x"'))
    assert sorted(run(capsys)[1]) == ["html-dead-address", "html-wrong-status"]


def test_a_site_for_internal_readers_is_left_to_their_run(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "errorbook.yaml", "check: {html: [{site: site, audience: internal}]}")
    write(folder, "errors.yaml", CATALOG.replace("402", "402, visibility: internal"))
    write(folder, "site/errors.html", DOCUSAURUS)
    assert run(capsys)[:2] == (0, [])
    assert run(capsys, "--audience", "internal")[:2] == (0, [])
    write(folder, "site/errors.html", DOCUSAURUS.replace("402", "403"))
    assert run(capsys, "--audience", "internal")[1] == ["html-wrong-status"]


@pytest.mark.parametrize("site", ["../site", "/site", ".git/site"])
def test_no_folder_outside_the_project_is_read(
    folder: Path, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "errorbook.yaml", f"check: {{html: [{{site: {site}}}]}}")
    code, rules, _ = run(capsys)
    assert (code, rules) == (2, ["bad-target"])


def test_a_page_behind_a_link_is_not_read(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere, "errors.html", DOCUSAURUS)
    (folder / "site").mkdir()
    (folder / "site/errors.html").symlink_to(elsewhere / "errors.html")
    assert run(capsys)[:2] == (3, [])


def test_a_page_that_is_too_large_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "site/errors.html", DOCUSAURUS)
    write(folder, "site/large.html", " " * (LARGEST_PAGE + 1))
    code, rules, printed = run(capsys)
    assert (code, rules) == (3, [])
    assert "site/large.html is too large" in printed


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_page_does_no_harm(
    folder: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "site/errors.html", DOCUSAURUS.replace("</article>", f"{text}</article>"))
    begin = time.perf_counter()
    code, _, printed = run(capsys)
    assert code in (0, 1)
    assert time.perf_counter() - begin < 20
    assert "\x1b" not in printed


@pytest.mark.parametrize(
    ("name", "published"),
    [
        (
            "errors.json",
            '{"format": 1, "apis": {"shop": {"docs": {"url": "https://shop.example/docs/"},'
            '"errors": {"unpaid": {"derived": {"link": "errors#paid"}}}}}}',
        ),
        (
            "shop/problem-types.json",
            '{"format": 1, "api": {"id": "shop"}, "types": [{"code": "unpaid",'
            '"type": "https://shop.example/docs/errors#paid"}]}',
        ),
    ],
)
def test_published_addresses_are_followed(
    folder: Path, name: str, published: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "site/errors.html", DOCUSAURUS)
    write(folder, f"site/{name}", published)
    code, rules, printed = run(capsys)
    assert (code, rules) == (1, ["html-dead-address"])
    assert f"site/{name}:1: " in printed
    write(folder, f"site/{name}", published.replace("#paid", "#unpaid"))
    assert run(capsys)[:2] == (0, [])


def test_an_internal_error_in_a_file_beside_the_pages_is_found(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        folder, "errors.yaml", CATALOG.replace("402", "402}\n      on_fire: {visibility: internal")
    )
    write(folder, "site/errors.html", DOCUSAURUS)
    write(folder, "site/errors/index.json", '{"see":\n"on_fire_alarm"}')
    assert run(capsys)[:2] == (0, [])
    write(folder, "site/errors/index.json", '{"see":\n"on_fire"}')
    code, rules, printed = run(capsys)
    assert (code, rules) == (1, ["html-internal-code"])
    assert "site/errors/index.json:2: " in printed
    write(folder, "site/errors/index.json", r'{"see": "First.\non_fire"}')
    assert run(capsys)[1] == ["html-internal-code"]


@pytest.mark.parametrize("ending", ["yaml", "yml", "js", "xml", "csv", "md", "txt"])
def test_internal_errors_are_looked_for_in_files_of_all_sorts(
    folder: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    errors = CATALOG.replace("402", "402}\n      unpaid_yet: {visibility: internal")
    write(
        folder, "errors.yaml", errors.replace("too_fast:", "unpaid_yet_long: {}\n      too_fast:")
    )
    write(folder, "site/errors.html", with_row(DOCUSAURUS, "unpaid_yet_long", "-"))
    write(folder, f"site/data.{ending}", "unpaid_yet_long\n")
    assert run(capsys)[:2] == (0, [])
    write(folder, f"site/data.{ending}", "unpaid_yet_long,\nunpaid_yet\n")
    code, rules, printed = run(capsys)
    assert (code, rules) == (1, ["html-internal-code"])
    assert f"site/data.{ending}:2: " in printed


def with_row(html: str, code: str, status: str) -> str:
    row = f'<tr id="{code}"><td><code>{code}</code></td><td>{status}</td></tr>'
    return html.replace("<tr><td>any", f"{row}<tr><td>any")


def test_a_hint_never_writes_to_a_folder_that_is_not_of_the_configuration(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "errorbook.yaml", "")
    write(folder, "mkdocs.yml", "site_name: Shop")
    wrong = DOCUSAURUS.replace("429", "428")
    for name in ("hand", "site"):
        write(folder, f"{name}/errors.html", wrong)
    for name, said in (("hand", "build the site again"), ("site", "run: mkdocs build)")):
        code, _, printed = run(capsys, "--html", name)
        assert code == 1
        assert said in printed
        assert "-d" not in printed


@pytest.mark.parametrize(
    ("meta", "rules"),
    [
        ('<meta http-equiv="X-UA-Compatible" content="IE=edge">', ["html-dead-address"]),
        ('<meta content="0; url=x" HTTP-EQUIV=Refresh>', []),
    ],
)
def test_only_a_page_that_sends_readers_on_may_lack_ids(
    folder: Path, meta: str, rules: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    html = DOCUSAURUS.replace(' id="unpaid"', "").replace("<head>", f"<head>{meta}")
    write(folder, "site/errors.html", html)
    assert run(capsys)[1] == rules


def test_a_dead_link_is_told_beside_dead_addresses(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    html = DOCUSAURUS.replace(' id="unpaid"', "")
    link = '<p><a href="{}"><code>unpaid</code></a></p></article>'
    write(folder, "site/errors.html", html.replace("</article>", link.format("#unpaid")))
    assert run(capsys)[1] == ["html-dead-address"]
    write(folder, "errorbook.yaml", PROJECT + "levels: {html-dead-address: off}\n")
    assert run(capsys)[1] == ["html-dead-link"]
    write(folder, "errorbook.yaml", PROJECT)
    write(folder, "site/errors.html", html.replace("</article>", link.format("gone.html")))
    assert run(capsys)[1] == ["html-dead-address", "html-dead-link"]


@pytest.mark.parametrize(
    ("link", "rules"),
    [
        ('<a href="#nope">too_fast</a>', ["html-dead-link"]),
        ('<a href="gone/">too_fast</a>', ["html-dead-link"]),
        ('<a href="#sold_out">too_fast</a>', ["html-dead-link"]),
        ('<a href="#too_fast">too_fast</a>', []),
        ('<a href="#too_fast:~:text=fast">too_fast</a>', []),
        ('<a href="notes.txt">too_fast</a>', []),
        ('<a href="#sold_out">unpaid</a>', []),
        ('<a href="#nope">slower than too_fast</a>', []),
        ('<a href="https://other.example/">too_fast</a>', []),
    ],
)
def test_links_are_followed_whose_whole_text_is_a_code(
    folder: Path, link: str, rules: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "site/notes.txt", "Notes.")
    write(folder, "site/errors.html", DOCUSAURUS.replace("</article>", f"<p>{link}</p></article>"))
    assert run(capsys)[1] == rules


def test_a_code_of_the_same_status_is_not_said_to_be_renamed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    html = DOCUSAURUS.replace("<code>unpaid", "<code>coffee_cold").replace(' id="unpaid"', "")
    write(folder, "site/errors.html", html)
    write(folder, "errors.yaml", re.sub(" *docs: .*", "", CATALOG))
    code, rules, printed = run(capsys)
    assert (code, rules) == (1, ["html-gone-code"])
    assert "'coffee_cold', which errors.yaml lacks, but not 'unpaid', which it has" in printed
    assert "if that was renamed" in printed
    write(folder, "errorbook.yaml", PROJECT + "levels: {html-gone-code: off}\n")
    assert run(capsys)[1] == ["html-undocumented-code"]


@pytest.mark.parametrize(
    "cell", ["n/a", "4O9", "five hundred (was 409)", "5xx", "410", "not 409 any more"]
)
def test_a_cell_without_the_status_is_found(
    folder: Path, cell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "site/errors.html", DOCUSAURUS.replace("409 Conflict", cell))
    code, rules, printed = run(capsys)
    assert (code, rules) == (1, ["html-wrong-status"])
    assert f"the status is '{cell}' here, but errors.yaml says 409" in printed


@pytest.mark.parametrize(
    "cell",
    [
        *("—", "-", "", "&nbsp;", "409", "HTTP 409", "HTTP/1.1 409 Conflict", "4xx"),
        *("Conflict (409)", "Konflikt (409)", "Conflict 409", "Status code: 409"),
        "<code>409</code>, for now",
    ],
)
def test_a_cell_with_the_status_or_nothing_is_in_order(
    folder: Path, cell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "site/errors.html", DOCUSAURUS.replace("409 Conflict", cell))
    code, rules, printed = run(capsys)
    assert (code, rules) == (0, []), printed


def test_a_column_that_is_about_another_status_is_not_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    html = DOCUSAURUS.replace("HTTP status", "Status")
    html = re.sub("<td>(409 Conflict|429|402|410)</td>", "<td>stable</td>", html)
    write(folder, "site/errors.html", html)
    assert run(capsys)[:2] == (0, [])


def test_a_table_beside_a_small_article_is_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    html = DOCUSAURUS.replace("<article>", "").replace("</article>", "<article>A note.</article>")
    write(folder, "site/errors.html", html)
    assert run(capsys)[:2] == (0, [])
    write(folder, "site/errors.html", html.replace("429", "428"))
    assert run(capsys)[1] == ["html-wrong-status"]


def test_what_was_found_tells_one_finding_from_another(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prints = set()
    for status in ("428", "427"):
        write(folder, "site/errors.html", DOCUSAURUS.replace("429", status))
        printed = run(capsys, "--format", "json")[2]
        prints.update(re.findall(r'"(F-[0-9a-f]+)"', printed))
    assert len(prints) == 2
