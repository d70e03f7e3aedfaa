"""Sites as other generators build them, and the script that builds one from its catalog."""

from __future__ import annotations

from typing import Final

CATALOG: Final = """\
apis:
  shop:
    docs: {url: "https://shop.example/docs/", error: "errors#{code}"}
    errors:
      sold_out: {status: 409}
      too_fast: {status: 429, exit_code: 3, details: {retry_in: {type: integer}}}
      unpaid: {status: 402}
    exit_codes:
      3: {name: SLOW}
    retired:
      old_one: {removed: v1}
    operations:
      buy_book: {}
"""
PROJECT: Final = """\
check:
  html: [{site: site, build: python build.py}]
"""
BUILD: Final = '''\
"""Build the site from the catalog, as a generator that knows nothing of Errorbook would."""

import pathlib

import yaml

api = yaml.safe_load(pathlib.Path("errors.yaml").read_text())["apis"]["shop"]
rows = "".join(
    f"<tr id='{code}'><td><code>{code}</code></td><td>{error['status']}</td></tr>\\n"
    for code, error in api["errors"].items()
    if error.get("visibility") != "internal"
)
page = f"<main><article><table><tr><th>Code<th>Status</tr>\\n{rows}</table></article></main>"
pathlib.Path("site").mkdir(exist_ok=True)
pathlib.Path("site/errors.html").write_text(page)
'''
DOCUSAURUS: Final = """\
<!doctype html><html lang="en"><head><title>Errors</title>
<script>var a = "<code>x_y</code>"</script>
</head><body><nav><ul><li><a href="#old_thing">old_thing</a></li></ul></nav>
<main class="docMainContainer"><div class="row"><article>
<h1>Errors</h1>
<p>Send <code>retry_in</code> or <code>any_word</code>;
<code>buy_book</code> answers with these.</p>
<table><thead><tr><th>Error code</th><th>HTTP status</th><th>What to do</th></tr></thead><tbody>
<tr id="sold_out"><td><code>sold_out</code></td><td>409 Conflict</td><td>Take another.</td></tr>
<tr id="too_fast">
<td><a href="/docs/errors#too_fast"><code>too_fast</code></a></td><td>429</td><td>-</td></tr>
<tr id="unpaid"><td><code>unpaid</code></td><td>402</td><td>Pay.</td></tr>
<tr><td><code>old_one</code> (removed in v1)</td><td>410</td><td>-</td></tr>
<tr><td>any other</td><td>-</td><td>Ask.</td></tr>
</tbody></table>
<h2>Fields</h2><table><tr><th>Name</th><th>Type</th></tr>
<tr><td><code>retry_in</code></td><td>integer</td></tr><tr><td><code>some_field</code></td><td>string</td></tr>
</table>
<h2>Configuration</h2><h3><code>max_retries</code></h3><p>Status: 200 is fine.</p>
<pre><code>/// errors | codes
///
{{ errors.sold_out }} [x](error:shop/sold_out) &lt;tr id="sold_out"&gt;</code></pre>
</article></div></main><footer><code>built_with</code></footer></body></html>
"""
SPHINX: Final = """\
<!DOCTYPE html><html><body><div class="document"><div class="body" role="main">
<section id="errors"><h1>Errors<a class="headerlink" href="#errors">¶</a></h1>
<section id="sold-out"><span id="sold_out"></span>
<h2><code class="docutils literal"><span class="pre">sold_out</span></code>
<a class="headerlink" href="#sold-out">¶</a></h2>
<p>HTTP status: 409</p><p>No copy is left.</p></section>
<section id="too-fast"><span id="too_fast"></span>
<h2>too_fast (429)<a class="headerlink" href="#too-fast">¶</a></h2>
<dl class="field-list simple"><dt>Exit code</dt><dd><p>3</p></dd>
<dt>Exception</dt><dd><p><code>shop.errors.TooFastError</code></p></dd></dl></section>
</section><dl class="simple"><dt id="unpaid"><code>unpaid</code></dt>
<dd><p>Status 402. Pay.</p></dd></dl>
</div></div></body></html>
"""
