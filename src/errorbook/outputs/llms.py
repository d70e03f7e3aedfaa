"""llms.txt: where a language model finds what it needs, after https://llmstxt.org, version 2.

One file at the root is about the whole catalog, and one beside the pages of each API about that
API; the nearest one covers a page. A file has one heading, a quotation that sums it up, the stamp
in a comment, details without headings (the groups, and how a code is looked up), and then only
lists of links below second headings. Of an API with more than ``MOST_LINKS`` codes it lists none:
its groups and the pattern of the addresses say as much, in a fraction of the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from errorbook.catalog import Api, Catalog
from errorbook.catalog.addresses import folder, is_on_one_page, place_of
from errorbook.catalog.facts import former_codes, is_answered
from errorbook.catalog.prose import plain
from errorbook.outputs import (
    body_schema,
    errors_json,
    errors_json_schema,
    openapi,
    problem_types,
    words,
)
from errorbook.outputs.error_links import DATA, PAGE, ErrorLinks
from errorbook.outputs.markdown_prose import markdown_code, markdown_link, markdown_text
from errorbook.outputs.stamp import GENERATED, stamp_line, stamped

FORMAT: Final = 1
SUMMARY: Final = "llms.txt, for language models: what is published, and how to look a code up"
FILE: Final = "llms.txt"
MOST_LINKS: Final = 50
"""Most codes of an API that are listed, each with a link."""
MOST_GROUPS: Final = 200
"""Most groups that are listed."""

_CODE: Final = "CODE"
_NAMES: Final = """\
In an address, a code keeps letters of ASCII, digits, `.`, `_` and `-`. Any other character is \
spelt by its number, `~2f~` for `/`; so are a dot at either end and the first character of names \
that file systems reserve. Of codes that differ only in case, the second has `~2` behind it, and a \
name of more than 120 characters is cut. errors.json has every code as it is."""


def render(catalog: Catalog, *, extension: str = PAGE) -> Mapping[str, str]:
    """Return the file at the root, and that of each API whose errors have pages, by path.

    Its links lead to files with this ``extension``: Markdown, or JSON where there is no other.
    """
    files: dict[str, str] = {}
    for name, api in catalog.apis.items():
        path = folder(name, api) + FILE
        if not is_on_one_page(api) and path != FILE:
            files.setdefault(path, _written(_of_api(catalog, name, api, extension)))
    return {FILE: _written(_root(catalog, extension)), **files}


def _written(blocks: Iterable[str]) -> str:
    title, summary, *rest = (block for block in blocks if block)
    content = "\n\n".join([title, summary, *rest])
    comment = f"<!-- {GENERATED} {stamp_line('llms', FORMAT, content.encode())} -->"
    return stamped("\n\n".join([title, summary, comment, *rest]) + "\n")


def _root(catalog: Catalog, extension: str) -> Iterator[str]:
    links = [
        (name, api, ErrorLinks(catalog, name, FILE, extension))
        for name, api in catalog.apis.items()
    ]
    at_root = [one for one in links if not is_on_one_page(one[1]) and not folder(*one[:2])]
    without_own = [one for one in links if is_on_one_page(one[1]) or one in at_root]
    yield "# Error catalog"
    titles = ", ".join(_title(name, api) for name, api, _ in links[:MOST_LINKS]) or "none yet"
    yield f"> What every error of these APIs means, and what a client does about it: {titles}."
    name, api = next(iter(catalog.apis.items()), ("API", None))
    yield _look_up(name, api, errors_json.FILE)
    for name, api, _ in at_root:
        yield from _details(name, api, extension)
    yield "## APIs"
    yield _list(_api_link(*one) for one in links)
    yield "## Machine-readable"
    yield _list(
        [
            _item(errors_json.FILE, errors_json.FILE, "every error of every API, lossless"),
            _item(errors_json_schema.FILE, errors_json_schema.FILE, "the JSON Schema of that file"),
        ]
    )
    for name, api, to in without_own:
        yield from _lists(name, api, to)


def _of_api(catalog: Catalog, name: str, api: Api, extension: str) -> Iterator[str]:
    links = ErrorLinks(catalog, name, folder(name, api) + FILE, extension)
    yield f"# Errors of {_title(name, api)}"
    yield f"> {_summary(name, api)}"
    yield _look_up(name, api, links.file(errors_json.FILE))
    yield from _details(name, api, extension)
    yield from _lists(name, api, links)


def _look_up(name: str, api: Api | None, catalog: str) -> str:
    url = api.docs.url if api else None
    source = f"{url.rstrip('/')}/{errors_json.FILE}" if url else catalog
    command = f"errorbook explain {name}/{_CODE} --json --catalog {source}"
    return (
        f"To look up a code: {markdown_code(command)}. A "
        "status, an exception, an exit code or the beginning of a code will do too, and `-` reads "
        "a response or a log that is piped in."
    )


def _details(name: str, api: Api, extension: str) -> Iterator[str]:
    """Yield how many codes there are, where each is described, and which groups they are of."""
    stem = place_of(name, api, _CODE).stem or ""
    pattern = stem.removeprefix(folder(name, api))
    gone = len({*api.retired, *former_codes(api)})
    past = f" and {_counted(gone, 'code')} of the past" if gone else ""
    in_markdown = (
        f"Markdown at {markdown_code(pattern + PAGE)} and in " if extension == PAGE else ""
    )
    yield (
        f"{_title(name, api)} has {_counted(len(api.errors), 'error')}{past}. Each is described in "
        f"{in_markdown}JSON at {markdown_code(pattern + DATA)}, below the folder of this file, "
        f"with the code in place of {markdown_code(_CODE)}."
        + (f" {_NAMES}" if len(api.errors) > MOST_LINKS else "")
    )
    groups = Counter(error.group for error in api.errors.values() if error.group is not None)
    if groups:
        yield "Groups:"
        yield _list(_group(api, *one) for one in list(groups.items())[:MOST_GROUPS])
    if len(groups) > MOST_GROUPS:
        yield f"Further groups stand in errors.json: {len(groups) - MOST_GROUPS}."


def _group(api: Api, name: str, count: int) -> str:
    title = f"{markdown_text(words.group(api, name))} ({_counted(count, 'error')})"
    meaning = _plain(api.groups[name].meaning) if name in api.groups else ""
    return f"{title}: {meaning}" if meaning else title


def _lists(name: str, api: Api, links: ErrorLinks) -> Iterator[str]:
    notes = {
        openapi.FILE: "its errors as OpenAPI 3.1 components" if is_answered(api) else "",
        body_schema.FILE: "JSON Schema of its error bodies" if body_schema.has_body(api) else "",
        problem_types.FILE: "its problem types" if problem_types.problem_envelope(api) else "",
    }
    whole = _item(
        errors_json.FILE,
        links.file(errors_json.FILE),
        f"the whole catalog; this API is below {markdown_code(f'apis.{name}')}",
    )
    yield f"## Files of {_title(name, api)}"
    yield _list(
        [*(_item(file, links.beside(file), note) for file, note in notes.items() if note), whole]
    )
    if 0 < len(api.errors) <= MOST_LINKS:
        yield f"## Errors of {_title(name, api)}"
        yield _list(_code_link(api, code, links) for code in api.errors)
    if 0 < len(api.retired) <= MOST_LINKS:
        yield "## Optional"
        yield _list(_code_link(api, code, links) for code in api.retired)


def _api_link(name: str, api: Api, links: ErrorLinks) -> str:
    count = _counted(len(api.errors), "error")
    if is_on_one_page(api):
        page = place_of(name, api, "").path.partition("#")[0]
        address = api.docs.url and f"{api.docs.url.rstrip('/')}/{page}"
        return _item(_title(name, api), address or page or "./", f"{count}, on one page")
    return _item(_title(name, api), links.beside(FILE), f"{count}. {_summary(name, api)}")


def _code_link(api: Api, code: str, links: ErrorLinks) -> str:
    error = api.errors.get(code)
    known = error or api.retired[code]
    statuses = ", ".join(map(str, known.status))
    said = " ".join(
        [
            f"{statuses}." if statuses else "",
            _lifecycle(api, code),
            _plain(known.meaning),
        ]
    )
    label = _in_brackets(code)
    return _item(label, links.error(code) or "", " ".join(said.split()))


def _lifecycle(api: Api, code: str) -> str:
    """Return whether a code is going or gone, and what to use instead."""
    error = api.errors.get(code)
    present = former_codes(api).get(code)
    if error is None and present is not None:
        return f"Now {markdown_code(present)}."
    successor = (error or api.retired[code]).replaced_by
    use = f" Use {markdown_code(successor)}." if successor else ""
    if error is None:
        return f"Retired.{use}"
    return f"Deprecated.{use}" if error.deprecated is not None or successor else ""


def _item(label: str, address: str, note: str) -> str:
    link = markdown_link(label, address)
    return f"{link}: {note}" if note else link


def _in_brackets(code: str) -> str:
    """Return a code as the label of a link. Simple readers end it at any closing bracket."""
    if "]" not in code:
        return markdown_code(code)
    return markdown_text(code).replace("\\]", "&#93;").replace("\\[", "&#91;")


def _title(name: str, api: Api) -> str:
    """Return the name of an API. Nothing in it, or in what follows, is taken for the stamp."""
    title = markdown_text(words.full_title(name, api)).replace("sha256:", "sha256\\:")
    return title.replace("\\]", "&#93;").replace("\\[", "&#91;")


def _summary(name: str, api: Api) -> str:
    said = _plain(api.summary).replace("sha256:", "sha256\\:")
    return said or f"What every error of {_title(name, api)} means, and what a client does."


def _plain(prose: str) -> str:
    return markdown_text(plain(prose))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items if item)
