"""Labels and templates of a site's own: what they change, what is refused, what the docs say."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Final

import pytest
from markdown import Markdown
from mkdocs.commands.build import build
from mkdocs.config import load_config

from errorbook.site.label_texts import LABELS
from errorbook.site.own_look import AROUND, LookError, OwnLook, template_names
from errorbook.site.settings import SettingsError
from tests.site.project import CATALOG, HOOK, ROOT, SMALL, Project

DOCS: Final = (ROOT / "docs/overrides.md").read_text("utf-8")
LABELS_PAGE: Final = (ROOT / "docs/labels.md").read_text("utf-8")
TABLE: Final = "# Errors\n\n/// errors | codes\n///\n"
GERMAN: Final = """\
columns: {code: Code, status: HTTP, meaning: Bedeutung, action: Was tun}
codes: {none: keine, caption: "Fehler von {api}"}
headings: {related: Verwandte Fehler}
page: {api: Schnittstelle, same_status_one: "{codes}: <gleicher> Status."}
"""


def read(project: Project, **options: Any) -> OwnLook:
    return OwnLook(project.folder, **options)


def refused(project: Project, **options: Any) -> list[str]:
    """Return every problem of labels and templates that cannot be used."""
    with pytest.raises(LookError) as error:
        read(project, **options).read()
    return [str(problem) for problem in error.value.problems]


def plugin(**options: Any) -> dict[str, Any]:
    return {"plugins": ["search", {"errorbook": options}]}


def test_labels_reach_tables_pages_and_the_explorer(project: Project) -> None:
    project.write("labels.yaml", GERMAN + "actions: {abort: Aufgeben}\n")
    project.write("errors.yaml", SMALL.replace("402", "409\n        actions: [{do: abort}]"))
    page = (
        "# Errors\n\n/// errors | codes\n    columns: [code, status, meaning, action, exit_code]\n"
    )
    page += "///\n\n/// errors | explorer\n///\n"
    built = project.build(page, **plugin(labels="labels.yaml"))
    assert built.warnings == []
    table = built.main().all("table")[0]
    assert [cell.text for cell in table.all("th")][:4] == ["Code", "HTTP", "Bedeutung", "Was tun"]
    assert "keine" in table.text
    assert "Aufgeben" in table.text
    assert 'aria-label="Fehler von Bookshop"' in built.text()
    own = built.text("shop/errors/unpaid/index.html")
    assert "Schnittstelle" in own
    assert "Verwandte Fehler" in own
    assert "&lt;gleicher&gt; Status." in own
    assert "Aufgeben" in built.text("assets/errorbook/explorer-index.js")


def test_the_hook_takes_labels_that_stand_in_mkdocs_yml(project: Project) -> None:
    extra = {"errorbook": {"labels": {"columns": {"action": "Was tun"}}}}
    built = project.build(TABLE, plugins=[], hooks=[str(HOOK)], extra=extra)
    assert "Was tun" in built.main().text


def test_the_extension_takes_labels_and_templates_and_sees_them_change(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.folder)
    options = {"errorbook": {"labels": "labels.yaml", "templates": "own"}}
    project.write("own/contract.html.jinja", "<p>unused</p>")
    for word in ("Handlung", "Was zu tun ist"):
        project.write("labels.yaml", f"columns: {{action: {word}}}\n")
        markdown = Markdown(extensions=["errorbook"], extension_configs=options)
        assert f">{word}</th>" in markdown.convert(TABLE)


def test_a_template_takes_the_place_of_ours_and_its_values_stay_text(project: Project) -> None:
    project.write("errors.yaml", SMALL.replace("No copy is left.", '"<b>gone</b>"'))
    rows = "<ul>{% for one in errors %}<li>{{ one.meaning }}</li>{% endfor %}</ul>"
    project.write("own/codes.html.jinja", "{% include '_row.html.jinja' %}" + rows)
    project.write("own/_row.html.jinja", "<p>{{ label('codes.caption', api=name) }}</p>")
    built = project.build(TABLE, **plugin(templates="own", error_pages=False))
    assert built.warnings == []
    assert [one.text for one in built.main().all("li")] == ["<b>gone</b>", "The order is not paid."]
    assert "Error codes of Bookshop" in built.main().text


def test_a_template_may_include_the_one_that_it_stands_for(project: Project) -> None:
    text = '<div class="mine">{% include "errorbook/codes.html.jinja" %}</div>'
    project.write("own/codes.html.jinja", text)
    main = project.build(TABLE, **plugin(templates="own", error_pages=False)).main()
    assert len(main.one("div", of="mine").all("table")) == 1


def test_templates_of_pages_stand_around_what_is_there(project: Project) -> None:
    project.write("own/page_facts.html.jinja", "<hr>{{ ours }}<i>{{ api.id }}/{{ error.code }}</i>")
    built = project.build("# Home\n", **plugin(templates="own"))
    for code in ("sold_out", "unpaid"):
        html = built.text(f"shop/errors/{code}/index.html")
        assert f"<i>shop/{code}</i>" in html
        assert html.index("<hr>") < html.index("eb-facts") < html.index("<i>shop/")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\n\n{{ nothing }}", "own/codes.html.jinja:3: 'nothing' is undefined"),
        ("{{ label('codes.capton') }}", ":1: there is no label 'codes.capton' (did you mean"),
        ("{{ label('codes.caption') }}", ":1: the label 'codes.caption' needs api=…"),
        ("{{ ''.__class__ }}", ":1: SecurityError: access to attribute '__class__'"),
        ("{{ errors[0]._error }}", ":1: SecurityError: access to attribute '_error'"),
        ("{% include 'x' %}", ":1: there is no template x"),
        ("\n{{ 1 // 0 }}", ":2: ZeroDivisionError"),
        ("{% for one in range(10000000) %}{% endfor %}", ":1: OverflowError"),
    ],
)
def test_a_template_that_cannot_be_rendered_is_named_with_its_line(
    project: Project, text: str, told: str
) -> None:
    project.write("own/codes.html.jinja", text)
    built = project.build(TABLE, **plugin(templates="own", error_pages=False))
    (warning,) = built.warnings
    assert "docs/index.md:3:1: warning[broken-template]: own/codes.html.jinja:" in warning
    assert told in warning
    assert "This block could not be shown" in built.main().text


def test_a_broken_note_is_replaced_by_ours(project: Project) -> None:
    project.write("own/problem.html.jinja", "{{ nothing }}")
    page = "/// errors | code\n///\n"
    built = project.build(page, **plugin(templates="own", error_pages=False))
    assert "own/problem.html.jinja:1" in built.main().one("div", of="eb-problem").text


def test_a_broken_template_of_pages_stops_the_build(project: Project) -> None:
    project.write("own/page_fix.html.jinja", "{{ ours }}")
    project.write("own/page_facts.html.jinja", "\n{{ errr.code }}")
    built = project.build("# Home\n", **plugin(templates="own"))
    assert built.aborted
    assert "own/page_facts.html.jinja:2: error[broken-template]: 'errr'" in built.warnings[-1]


def test_every_template_that_is_no_template_is_named(project: Project) -> None:
    project.write("own/codes.html.jinja", "\n{% for x %}")
    project.write("own/error.html.jinja", "{{ x ")
    problems = refused(project, templates="own")
    assert [one.partition(" error[broken-template]")[0] for one in problems] == [
        "own/codes.html.jinja:2:",
        "own/error.html.jinja:1:",
    ]


def test_a_template_of_another_name_is_refused(project: Project) -> None:
    project.write("own/codes.html", "x")
    project.write("own/codes.html.jinja~", "an editor's")
    (problem,) = refused(project, templates="own")
    assert problem.startswith("own/codes.html: error[unknown-template]")
    assert "did you mean 'codes.html.jinja'?" in problem


def test_a_label_that_there_is_not_is_refused(project: Project) -> None:
    project.write("labels.yaml", "colums: {code: x}\ncolumns:\n  cod: x\n")
    group, label = refused(project, labels="labels.yaml")
    assert group.startswith("labels.yaml:1:1: error[unknown-label]")
    assert "'columns'" in group
    assert label.startswith("labels.yaml:3:3: error[unknown-label]")
    assert "'code'" in label
    (problem,) = refused(project, labels={"columns": {"cod": "x"}})
    assert problem.startswith("mkdocs.yml: error[unknown-label]: there is no label 'columns.cod'")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("columns: {code: 3}", "columns.code is a text, not the number 3"),
        ("columns: [code]", "columns takes a mapping of labels, not a list"),
        ("columns: {code: ''}", "columns.code is empty"),
        ("columns: {code: 'a{api}'}", "columns.code knows nothing of {api}"),
        ("codes: {caption: Fehler}", "codes.caption has no place for {api}"),
        ('columns: {code: "a\\x1b[2J"}', "columns.code holds what cannot be printed on a line"),
        (f"columns: {{code: {'a' * 501}}}", "columns.code has more than 500 characters"),
    ],
)
def test_a_label_that_cannot_be_shown_is_refused(project: Project, written: str, told: str) -> None:
    project.write("labels.yaml", written + "\n")
    (problem,) = refused(project, labels="labels.yaml")
    assert "error[bad-label]" in problem
    assert told in problem


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"templates": "none"}, "templates: there is no folder 'none'"),
        ({"labels": "none.yaml"}, "labels: there is no file 'none.yaml'"),
        ({"templates": ".."}, "templates: '..' leads out of the project"),
        ({"labels": "/etc/passwd"}, "labels: '/etc/passwd' leads out of the project"),
        ({"templates": "linked"}, "templates: 'linked/codes.html.jinja' is no file of the project"),
    ],
)
def test_what_is_not_of_the_project_is_not_read(
    project: Project, tmp_path_factory: pytest.TempPathFactory, options: Any, told: str
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret"
    outside.write_text("secret")
    (project.folder / "linked").mkdir()
    (project.folder / "linked/codes.html.jinja").symlink_to(outside)
    with pytest.raises(SettingsError, match=re.escape(told)):
        read(project, **options).read()


def test_a_wrong_path_stops_the_build_in_one_line(project: Project) -> None:
    built = project.build(TABLE, **plugin(templates="none"))
    assert built.aborted
    assert built.warnings == ["mkdocs.yml: templates: there is no folder 'none'"]


def test_a_look_is_read_again_only_when_it_has_changed(project: Project) -> None:
    own = read(project, templates="own", labels="labels.yaml")
    file = project.write("own/codes.html.jinja", "x")
    project.write("labels.yaml", "columns: {code: A}\n")
    first = own.read()
    assert own.read() is first
    os.utime(file, ns=(1, 1))
    second = own.read()
    assert second is not first
    project.write("own/_more.html.jinja", "x")
    assert own.read() is not second


def test_a_server_follows_labels_and_templates_and_outlives_broken_ones(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    project.write("docs/index.md", TABLE)
    project.write("own/_row.html.jinja", "x")
    labels = project.write("labels.yaml", "columns: {code: First}\n")
    options = {"labels": "labels.yaml", "templates": "own", "error_pages": False}
    config = load_config(str(project.configure(**plugin(**options))))
    config.plugins.on_startup(command="serve", dirty=False)
    shown = []
    for text in ("columns: {code: First}\n", "columns: {code: 3}\n", "", "columns: {code: Last}\n"):
        if text:
            labels.write_text(text)
        else:
            labels.unlink()
        build(config)
        html = (Path(config.site_dir) / "index.html").read_text("utf-8")
        shown += re.findall(">(First|Last)</th>", html)
    assert shown == ["First", "First", "First", "Last"]
    assert "labels.yaml:1:17: error[bad-label]" in caplog.text
    assert "mkdocs.yml: labels: there is no file 'labels.yaml'" in caplog.text
    assert {str(project.folder / "own"), str(labels)} <= set(config.watch)


def test_every_label_of_a_site_is_one_of_these_and_can_be_said_otherwise(project: Project) -> None:
    """With every label said otherwise, nothing of ours is left on the pages of a whole catalog."""
    project.write("errors.yaml", CATALOG)
    marked = {
        group: {name: f"Q{text}" for name, text in texts.items()} for group, texts in LABELS.items()
    }
    views = ("response", "contract", "statuses", "codes", "exceptions", "exit-codes")
    blocks = "".join(f"/// errors | {view}\n    api: artifacta\n///\n\n" for view in views)
    built = project.build(blocks, **plugin(labels=marked, error_pages=False))
    assert built.warnings == []
    heads = [cell.text for cell in built.main().all("th") if cell.attributes.get("scope") == "col"]
    assert len(heads) > 15
    assert [text for text in heads if not text.startswith("Q")] == []


def test_the_docs_list_every_template_and_what_it_is_given() -> None:
    listed = set(re.findall(r"^\| `([a-z_]+\.html\.jinja)` \|", DOCS, re.MULTILINE))
    assert listed == template_names()
    for name in template_names() - {f"{one}.html.jinja" for one in AROUND}:
        text = (ROOT / "src/errorbook/site/templates" / name).read_text("utf-8")
        (row,) = re.findall(rf"^\| `{re.escape(name)}` \|(.*)$", DOCS, re.MULTILINE)
        given = set(re.findall(r"`(\w+)`", row.split(" | ")[-1]))
        assert given == _variables(text) | _UNUSED.get(name, set()), name


def _variables(text: str) -> set[str]:
    from jinja2 import Environment, meta  # noqa: PLC0415  # for this alone

    environment = Environment(autoescape=True)
    environment.filters.update({"code": str, "breakable": str})
    return meta.find_undeclared_variables(environment.parse(text)) - _GLOBALS


_UNUSED: Final = {"codes.html.jinja": {"errors"}}
"""What templates are given that ours have no use for."""
_GLOBALS: Final = {"m", "p", "label", "actions", "badges", "code_link", "code_links"} | {
    "exceptions",
    "exit_code",
    "response",
    "retry",
    "status",
    "statuses",
}


def test_the_docs_list_every_label() -> None:
    rows = re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \| `(.*)` \|$", LABELS_PAGE, re.MULTILINE)
    listed = dict(rows)
    ours = {
        f"{group}.{name}": text for group, texts in LABELS.items() for name, text in texts.items()
    }
    assert listed == ours


def test_the_page_that_is_not_there_is_in_the_docs_as_it_is() -> None:
    template = (ROOT / "overrides/404.html").read_text("utf-8")
    script = (ROOT / "docs/assets/not-found.js").read_text("utf-8")
    blocks = re.findall(
        r"^```(?:html|js|jinja|javascript)[^\n]*\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL
    )
    assert template in blocks
    assert script in blocks
