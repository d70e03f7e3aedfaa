"""Text that would act on a terminal, a CI, a page or a reader of a file, if anything let it."""

from __future__ import annotations

NASTY = (
    "\x1b[31mred\x1b[0m \x1b]8;;http://evil.example\x07link\x1b]8;;\x07",
    "\x9b31m \x00 \x07 \x08 \x7f",
    "::error file=x,line=1::owned\n::set-output name=a::b",
    "a\r\n::add-mask::b\n##[group]c ##vso[task.complete]d ##teamcity[e]",
    "%0A::stop-commands::x %25 , : ;",
    "@everyone @org/team #1 GH-1 !2 $3 ~4 user@example.com",
    "<script>alert(1)</script><img src=x onerror=alert(1)><!-- errorbook check -->",
    "</details></summary><details open> --> <!--",
    "`code` ``more`` ```\nblock\n``` | cell | \\| \\` *b* _i_ ~~s~~",
    "[text](http://evil.example) ![img](javascript:alert(1)) <http://evil.example>",
    "http://evil.example www.evil.example mailto:a@b.example",
    "]]><![CDATA[ &lt; &amp; &#0; &unknown; <?php ?>",
    "\ud800 \udfff \ufffe \uffff \U0010ffff",
    "\u202eright to left\u202c \u2066\u2069 \u200b \ufeff \u2028 \u2029 \x85",
    "{0} {{1}} {retry_after} %s %(name)s ${HOME} $(id)",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "x" * 5_000,
    "é" * 700 + "@a" * 700,
    "",
    " ",
    "\n\n\n",
)
