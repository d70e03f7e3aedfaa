"""HTML pages: the same facts as in Markdown, whatever is around them."""

from __future__ import annotations

import time

from tests.importing.docs.reading import gathered, said, untold

_PAGE = """\
<!doctype html>
<html><head><title>Errors</title><style>td { color: red }</style></head><body>
<nav><table><tr><th>Code</th><th>HTTP</th></tr><tr><td>in_nav</td><td>1</td></tr></table></nav>
<main>
<h1>Errors<a class="headerlink" href="#e">&para;</a></h1>
<table>
<thead><tr><th>HTTP</th><th>Code</th><th>Meaning</th><th colspan="2">What to do</th></tr></thead>
<tbody>
<tr><td rowspan="2">400</td><td><code>bad_crop</code></td><td>The <em>crop</em>&nbsp;is
&lt; 1.</td><td>Fix the request.</td><td></td></tr>
<tr><td><code>bad_size</code></td><td>See <a href="https://img.example/s">size</a>,
<a href="/x">x</a></td><td>-</td><td></td></tr>
<tr><td>404</td><td><code>no_image</code></td><td>Gone.</td><td>Abort.</td><td></td></tr>
</tbody></table>
<h2 id="x"><code>too_big</code> (413)</h2>
<p>It is too big.</p>
<p><strong>Causes:</strong></p><ul><li>A big file</li><li>A big <code>name</code></li></ul>
<dl><dt>Fix</dt><dd>Make it small.</dd><dt>Retryable</dt><dd>No</dd></dl>
<div class="highlight"><table class="highlighttable"><tr><td class="linenos"><pre>1</pre></td>
<td class="code"><pre><code class="language-json">{
  "error": {"code": "too_big", "message": "5 &gt; 4", "limit": 4}
}</code></pre></td></tr></table></div>
<h2>Other errors</h2>
<dl><dt><code>no_disk</code> (507)</dt><dd>No disk left.</dd></dl>
<div class="admonition failure"><p class="admonition-title">429 too_fast</p><p>Slow down.</p></div>
<div class="tabbed-set"><div class="tabbed-labels"><label>401 Unauthorized</label></div>
<div class="tabbed-content"><div class="tabbed-block">
<pre>{"error": {"code": "who_are_you", "message": "Who?"}}</pre></div></div></div>
</main><footer><table><tr><th>Code</th></tr><tr><td>in_footer</td></tr></table></footer></body></html>
"""


def test_a_page_of_every_shape() -> None:
    found = said("errors.html", _PAGE)
    envelope = {"error": {"code": "{code}", "message": "{message}", "*": "{details}"}}
    assert found == {
        "errors.bad_crop": {},
        "errors.bad_crop.status": 400,
        "errors.bad_crop.meaning": "The *crop* is < 1.",
        "errors.bad_crop.actions": [{"do": "fix_request", "how": "Fix the request."}],
        "errors.bad_size": {},
        "errors.bad_size.status": 400,
        "errors.bad_size.meaning": "See [size](https://img.example/s), x",
        "errors.no_image": {},
        "errors.no_image.status": 404,
        "errors.no_image.meaning": "Gone.",
        "errors.no_image.actions": [{"do": "abort", "how": "Abort."}],
        "errors.too_big": {},
        "errors.too_big.status": 413,
        "errors.too_big.meaning": "It is too big.",
        "errors.too_big.causes": ["A big file", "A big `name`"],
        "errors.too_big.fix": "Make it small.",
        "errors.too_big.retry.when": "never",
        "errors.too_big.message": "5 > {limit}",
        "errors.too_big.details.limit.type": "integer",
        "errors.too_big.details.limit.example": 4,
        "errors.no_disk": {},
        "errors.no_disk.status": 507,
        "errors.no_disk.meaning": "No disk left.",
        "errors.too_fast": {},
        "errors.too_fast.status": 429,
        "errors.too_fast.meaning": "Slow down.",
        "errors.who_are_you": {},
        "errors.who_are_you.status": 401,
        "errors.who_are_you.message": "Who?",
        "envelopes": [{"body": envelope}],
    }
    assert untold("errors.html", _PAGE) == []


def test_places_are_lines_of_the_file() -> None:
    lines = {
        fact.path[1:]: fact.place.line
        for fact in gathered("errors.html", _PAGE).facts
        if fact.path[0] == "errors"
    }
    assert lines["bad_size", "meaning"] == 11
    assert lines["too_big", "causes"] == 17
    assert lines["too_big", "fix"] == 18
    assert lines["no_disk", "meaning"] == 24


def test_lines_that_are_broken_begin_parts() -> None:
    parts = "<b>Cause:</b> Files.<br><b>Fix:</b> Delete <i>some</i>."
    page = f"<h2>no_disk (507)</h2>None left.<br>{parts}"
    assert said("a.htm", page) == {
        "errors.no_disk": {},
        "errors.no_disk.status": 507,
        "errors.no_disk.meaning": "None left.",
        "errors.no_disk.causes": ["Files."],
        "errors.no_disk.fix": "Delete *some*.",
    }


def test_html_within_markdown() -> None:
    rows = "<tr><th>Code</th><th>HTTP</th></tr>\n<tr><td>a_b</td><td>409</td></tr>\n"
    page = f"# Errors\n\n<table>\n{rows}</table>\n"
    assert said("a.md", page) == {"errors.a_b": {}, "errors.a_b.status": 409}
    assert gathered("a.md", page).facts[0].place.line == 5


def test_nothing_of_a_page_acts() -> None:
    page = (
        "<h1>Errors</h1><table><tr><th>Code<th>Meaning<tr><td>a_b"
        "<td><script>x()</script>\x1b[31m<img src=x onerror=y>*b* <a href='javascript:z'>c</a>"
        "<tr><td>\x1b[2Jc_d\u202e<td>x</table>"
    )
    found = said("a.html", page)
    assert found["errors.a_b.meaning"] == "\\[31m\\*b\\* c"
    assert all(path.isprintable() for path in found)


def test_deep_and_broken_pages_are_read() -> None:
    assert said("a.html", "<div>" * 3000 + "x") == {}
    assert said("a.html", "<table>" * 300 + "<tr><td rowspan=99999999 colspan=9999>x") == {}
    assert not untold("a.html", "<ul><li>" * 300 + "<b>x")


def test_tables_that_never_end_take_no_time() -> None:
    started = time.process_time()
    assert said("errors.html", "<table>\n" * 8000) == {}
    assert time.process_time() - started < 2
