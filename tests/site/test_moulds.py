"""Pages that cannot be cast: a theme or plugin does more with a title than to show it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from errorbook.site.moulds import CODE, DESCRIPTION, NAME, Marks
from tests.site.project import Built, Project

PAGE = "shop/errors/sold_out/index.html"
CATALOG: dict[str, Any] = {
    "apis": {
        "shop": {
            "errors": {
                "sold_out": {"status": 409, "meaning": "It went x onload=alert(1) wrong."},
                "unpaid": {"status": 402, "meaning": "The order is not paid, <b>not</b> at all."},
            }
        }
    }
}
THEME = """\
<!doctype html>
<html><head><title>{title}</title><meta name="description" content="{description}"></head>
<body><main>{{{{ page.content }}}}</main></body></html>
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write("errors.yaml", json.dumps(CATALOG))
    return project


def built(project: Project, title: str, description: str, **options: Any) -> tuple[Built, Built]:
    """Build the site with cast pages, and with pages that MkDocs renders."""
    project.write("theme/main.html", THEME.format(title=title, description=description))
    cast, rendered = (
        project.build(
            "# Shop\n",
            plugins=["search", {"errorbook": {"cast_pages": is_cast}}],
            site_dir=f"site-{is_cast}",
            **options,
        )
        for is_cast in (True, False)
    )
    return cast, rendered


PLAIN = ("{{ page.meta.title }}", "{{ page.meta.description }}")


@pytest.mark.parametrize(
    ("title", "description"),
    [
        PLAIN,
        ("{{ page.meta.title | upper }}", PLAIN[1]),
        ("{{ page.meta.title | title }}", PLAIN[1]),
        (PLAIN[0], "{{ page.meta.description | truncate(12, true) }}"),
        ("{{ page.meta.title | replace(' ', '_') }}", PLAIN[1]),
        ("{{ page.meta.title | urlencode }}", PLAIN[1]),
    ],
)
def test_what_a_theme_does_to_texts_is_done_to_those_of_each_page(
    project: Project, title: str, description: str
) -> None:
    cast, rendered = built(project, title, description)
    for code in ("sold_out", "unpaid"):
        path = f"shop/errors/{code}/index.html"
        assert cast.text(path) == rendered.text(path)
    assert not re.search(r"eb[0-9a-f]{16}", cast.text(PAGE), re.IGNORECASE)


def test_attributes_stay_closed_where_a_minifier_unquotes_what_needs_no_quotes(
    project: Project,
) -> None:
    project.write(
        "minify.py",
        """
        import re

        def on_post_page(output, page, config):
            return re.sub(r'="([^"\\s=<>`\\']+)"', r"=\\1", output)
        """,
    )
    cast, rendered = built(project, *PLAIN, hooks=["minify.py"])
    assert 'content="It went x onload=alert(1) wrong."' in cast.text(PAGE)
    head = [one.text(PAGE).split("</head>")[0] for one in (cast, rendered)]
    assert head[0] == head[1]


def test_marks_are_whole_as_they_were_written() -> None:
    marks = Marks()
    text = f'<a href="{marks.of(NAME)}">{marks.of(CODE)}</a><p title="{marks.of(DESCRIPTION)}">'
    assert marks.are_whole(text)
    assert [role for _, role in marks.split(text)] == [NAME, CODE, DESCRIPTION, ""]


@pytest.mark.parametrize(
    "change",
    [str.upper, str.title, lambda text: text[:20], lambda text: text.replace(" ", "_")],
)
def test_marks_that_were_changed_are_not(change: Any) -> None:
    marks = Marks()
    assert not marks.are_whole(f"<p>{change(marks.of(CODE))}</p>")
    assert not marks.are_whole(f"<p title={marks.of(DESCRIPTION)}>")
