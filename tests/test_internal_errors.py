"""Nothing of an internal error gets out of any door, unless it is opened for those who may see."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from errorbook import cli
from errorbook.catalog import Catalog, Error
from errorbook.catalog.audience import seen_by
from errorbook.catalog.rules import check_catalog
from errorbook.mock import create_app
from errorbook.outputs import OUTPUTS
from errorbook.outputs.errors_json import errors_json
from tests.explain.running import Command
from tests.internal import CODE, WORD, with_internal, without, write
from tests.mock.client import client_of

QUESTIONS = (
    [CODE],
    [f"shop/{CODE}"],
    ["quokka_loos"],
    ["loose"],
    ["quo"],
    ["quokka_out"],
    ["quokka_twoo"],
    ["qokka/shut"],
    ["old"],
    ["sold_out"],
    ["broke"],
    ["599"],
    ["418"],
    ["5xx"],
    ["4xx"],
    ["exit", "77"],
    ["exit", "78"],
    ["exit", "1"],
    ["QUOKKA"],
    ["QuokkaError"],
    ["QuokkasError"],
    ["CallerError"],
    ["shop"],
    ["--api", "shop"],
    ["--api", "quoka", "x"],
    ["--all"],
)
PIPED = (
    json.dumps({"code": CODE, "message": "Quokka Quokka at Quokka.", "quokka_pause": 7}),
    json.dumps({"code": "sold_out"}),
    "HTTP/1.1 599 What\n\n",
    "HTTP/1.1 418 Teapot\n\n",
    "exit status 77",
    "shop.errors.QuokkaError: no",
    "quokka_out",
    "loose quokka",
    "code=old",
    f"code={CODE}\ncode=sold_out\ncode=sold_out\n",
)
ADDRESSES = (
    "/",
    f"/errors/shop/{CODE}",
    "/errors/shop/loose",
    "/errors/shop/sold_out",
    "/errors/shop/sold_ot",
    "/errors/quoka/shut",
    f"/any?error={CODE}",
    "/any?error=shut",
)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERRORBOOK_CACHE", str(tmp_path / "kept"))


@pytest.fixture(name="whole")
def _whole(tmp_path: Path) -> Catalog:
    return write(with_internal(), tmp_path)


@pytest.fixture(name="explain")
def _explain(
    whole: Catalog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """The command in the folder of the catalog."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return Command(monkeypatch, capsys)


def about(text: str) -> bool:
    """Tell whether ``text`` tells of something internal."""
    return WORD in text.casefold()


def test_every_field_of_an_internal_error_tells_of_it(whole: Catalog) -> None:
    assert whole.apis["shop"].errors[CODE].model_fields_set >= set(Error.model_fields) - {
        "exit_code"
    }
    assert whole.apis["shop"].errors["quokka_two"].exit_code == 78


def test_what_is_public_is_as_if_nothing_else_had_been_written(
    whole: Catalog, tmp_path: Path
) -> None:
    public = seen_by(whole, "public")
    assert public == write(without(), tmp_path)
    assert list(check_catalog(public)) == []
    assert not about(public.model_dump_json(by_alias=True))


def test_those_who_may_see_it_see_all_of_it(whole: Catalog) -> None:
    assert seen_by(whole, "internal") is whole


def test_a_public_catalog_is_as_it_is(tmp_path: Path) -> None:
    public = write(without(), tmp_path)
    assert seen_by(public, "public") is public


@pytest.mark.parametrize("name", OUTPUTS)
def test_no_byte_of_an_output_tells_of_it(whole: Catalog, tmp_path: Path, name: str) -> None:
    files = OUTPUTS[name].render(seen_by(whole, "public"))
    assert not [path for path, text in files.items() if about(path + text)]
    assert files == OUTPUTS[name].render(write(without(), tmp_path))


def test_the_outputs_themselves_hide_nothing(whole: Catalog) -> None:
    for name in ("python", "catalog", "vectors"):
        assert any(about(text) for text in OUTPUTS[name].render(whole).values()), name


def _asked(explain: Command, *options: str) -> Iterator[tuple[str, str]]:
    """Ask every question; yield what was asked and what was said, without the question in it."""
    for words in QUESTIONS:
        for form in ([], ["--json"]):
            said = explain(*words, *options, *form)
            yield " ".join(words), _without(said.out + said.err, *words)
    for piped in PIPED:
        for form in ([], ["--json"], ["--all"]):
            said = explain("-", *options, *form, piped=piped)
            yield piped, _without(said.out + said.err, *_parts(piped))


def _parts(piped: str) -> Iterator[str]:
    """Yield what an answer may repeat of a text, the longest first."""
    yield piped.strip()
    if piped.startswith("{"):
        yield from ("Quokka Quokka at Quokka.", "quokka_pause")
    yield from sorted({CODE, *piped.split()}, key=len, reverse=True)


def _without(text: str, *parts: str) -> str:
    for part in parts:
        text = text.replace(part, "")
    return text


def test_no_answer_of_explain_tells_of_it(explain: Command) -> None:
    found = dict(_asked(explain))
    assert not {asked: said for asked, said in found.items() if about(said)}
    assert "sold_out" in found["4xx"]


@pytest.mark.parametrize("options", [[], ["--catalog", "errors.json"]], ids=["yaml", "json"])
def test_answers_are_those_of_a_catalog_without_it(
    explain: Command, whole: Catalog, tmp_path: Path, options: list[str]
) -> None:
    publish(whole, tmp_path / "errors.json")
    with_it = list(_asked(explain, *options))
    publish(write(without(), tmp_path), tmp_path / "errors.json")
    assert with_it == list(_asked(explain, *options))


def publish(catalog: Catalog, file: Path) -> None:
    """Write an errors.json with links of its own."""
    text = errors_json(catalog, link=lambda api, code: f"pages/{api}/{code}.html")
    file.write_text(text, encoding="utf-8")


def test_explain_tells_those_who_may_see_it(explain: Command) -> None:
    for question in (CODE, "599", "QuokkaError", "exit 77", "quokka_out"):
        said = explain(question, "--audience", "internal")
        assert said.code == 0
        assert "This error is internal" in said.out, question
    said = explain("-", "--audience", "internal", piped=PIPED[0])
    assert "The quokka is loose." in said.out
    told = explain(CODE, "--json", "--audience", "internal").json["errors"]
    assert [one["visibility"] for one in told] == ["internal"]


@pytest.mark.parametrize("first", ["public", "internal"])
def test_what_explain_keeps_is_for_one_audience(
    explain: Command, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    second = {"public": "internal", "internal": "public"}[first]
    codes = {one: explain(CODE, "--audience", one).code for one in (first, second)}
    assert codes == {"public": 1, "internal": 0}
    monkeypatch.setattr("errorbook.explain.source.Source._workspace", None)
    assert {one: explain(CODE, "--audience", one).code for one in codes} == codes


def test_a_published_file_for_the_internal_audience_is_lossless(
    explain: Command, whole: Catalog, tmp_path: Path
) -> None:
    (text,) = OUTPUTS["catalog"].render(whole).values()
    (tmp_path / "errors.json").write_text(text, "utf-8")
    codes = [code for api in whole.apis.values() for code in api.errors]
    options = ["--catalog", "errors.json", "--json", "--all"]
    told = explain(*options, "--audience", "internal").json["matches"]
    assert [one["code"] for one in told] == codes
    told = explain(*options).json["matches"]
    assert [one["code"] for one in told] == ["sold_out", "broke"]


def test_links_of_a_published_file_stay(explain: Command, whole: Catalog, tmp_path: Path) -> None:
    publish(whole, tmp_path / "errors.json")
    (told,) = explain("sold_out", "--catalog", "errors.json", "--json").json["errors"]
    assert told["docs_url"] == "pages/shop/sold_out.html"


@pytest.mark.parametrize("visibility", ["Internal", "secret", ["public"], None, 1])
def test_what_says_something_else_of_who_may_read_it_is_not_told(
    explain: Command, tmp_path: Path, visibility: Any
) -> None:
    errors = {CODE: {"visibility": visibility}, "sold_out": {}}
    text = json.dumps({"format": 1, "apis": {"shop": {"errors": errors}}})
    (tmp_path / "errors.json").write_text(text, "utf-8")
    said = explain(CODE, "--catalog", "errors.json")
    assert said.code == 2
    assert "error[" in said.out


def test_no_page_of_the_mock_tells_of_it(whole: Catalog, tmp_path: Path) -> None:
    pages = _pages(whole)
    assert not {path: text for path, text in pages.items() if about(text)}
    assert pages == _pages(write(without(), tmp_path))
    assert "sold_out" in pages["/"]


def _pages(catalog: Catalog) -> Mapping[str, str]:
    """Return all that the mock sends of some addresses, without the address in it."""
    client = client_of(create_app(catalog))
    pages = {}
    for address in ADDRESSES:
        for accept in ("text/html", "application/json"):
            answer = client.get(address, headers={"Accept": accept})
            sent = f"{answer.status_code} {answer.headers} {answer.text}"
            pages[f"{address} {accept}" if accept != "text/html" else address] = _without(
                sent, address, CODE
            )
    return pages


def test_the_mock_serves_it_to_those_who_may_see_it(whole: Catalog) -> None:
    client = client_of(create_app(whole, audience="internal"))
    assert client.get(f"/errors/shop/{CODE}").status_code == 599
    assert CODE in client.get("/").text


class TestTargets:
    PROJECT = (
        "generate:\n"
        "  - {output: catalog, to: out}\n"
        "  - {output: python, to: out}\n"
        "  - {output: catalog, to: inner, audience: internal}\n"
        "  - {output: vectors, to: inner, apis: [quokka], audience: internal}\n"
    )

    @pytest.fixture(name="folder")
    def _folder(self, whole: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "errorbook.yaml").write_text(self.PROJECT, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def test_each_audience_has_its_own_files(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.run(["generate"]) == 0
        assert not (folder / "inner").exists()
        assert not any(
            about(str(file.relative_to(folder)) + file.read_text("utf-8"))
            for file in (folder / "out").rglob("*.*")
        )
        capsys.readouterr()
        before = {file: file.read_bytes() for file in (folder / "out").rglob("*.*")}
        assert cli.run(["generate", "--audience", "internal"]) == 0
        said = capsys.readouterr()
        assert said.out == "wrote inner/errors.json\nwrote inner/quokka.json\n"
        assert said.err == "2 files written, 0 unchanged, for the internal audience\n"
        assert about((folder / "inner/errors.json").read_text("utf-8"))
        assert before == {file: file.read_bytes() for file in (folder / "out").rglob("*.*")}

    def test_check_looks_at_those_of_one_audience_and_counts_the_others(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cli.run(["generate"])
        capsys.readouterr()
        unseen = "; 2 internal targets not looked at: add --audience internal\n"
        assert cli.run(["check"]) == 0
        assert capsys.readouterr().err.endswith(f" up to date{unseen}")
        (folder / "out/errors.json").unlink()
        assert cli.run(["check"]) == 1
        assert capsys.readouterr().err.endswith(f"to mend: errorbook generate{unseen}")
        assert cli.run(["check", "--audience", "internal"]) == 1
        said = capsys.readouterr()
        assert said.out.count("error[missing-file]") == 2
        assert said.err.endswith("to mend: errorbook generate --audience internal\n")
        cli.run(["generate", "--audience", "internal"])
        capsys.readouterr()
        assert cli.run(["check", "--audience", "internal"]) == 0
        assert capsys.readouterr().err.endswith("2 generated files up to date\n")

    @pytest.mark.parametrize("verb", ["generate", "check"])
    def test_without_an_internal_target_one_line_says_what_to_add(
        self, folder: Path, capsys: pytest.CaptureFixture[str], verb: str
    ) -> None:
        project = folder / "errorbook.yaml"
        project.write_text("generate: [{output: schema, to: .}]\n", encoding="utf-8")
        assert cli.run([verb, "--audience", "internal"]) == 2
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1)
        project.write_text(f"generate: [{said.err.strip().split('such as ')[1]}]", "utf-8")
        assert cli.run(["generate", "--audience", "internal"]) == 0

    def test_where_all_targets_are_internal_it_is_said(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = "generate: [{output: catalog, to: inner, audience: internal}]\n"
        (folder / "errorbook.yaml").write_text(text, encoding="utf-8")
        assert cli.run(["generate"]) == 2
        assert "add --audience internal" in capsys.readouterr().err
        assert cli.run(["check"]) == 0
        assert capsys.readouterr().err.endswith(
            "valid; nothing compared; 1 internal target not looked at: add --audience internal\n"
        )

    @pytest.mark.parametrize("verb", ["validate", "generate", "check"])
    def test_targets_of_two_audiences_may_not_write_one_file(
        self, folder: Path, capsys: pytest.CaptureFixture[str], verb: str
    ) -> None:
        text = self.PROJECT.replace("to: inner", "to: out")
        (folder / "errorbook.yaml").write_text(text, encoding="utf-8")
        assert cli.run([verb]) == 2
        assert "error[target-clash]: 'out/errors.json' is written twice" in capsys.readouterr().out

    def test_a_public_target_of_an_internal_api_is_refused(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = "generate: [{output: vectors, to: ., apis: [quokka]}]\n"
        (folder / "errorbook.yaml").write_text(text, encoding="utf-8")
        assert cli.run(["check"]) == 2
        said = capsys.readouterr().out
        assert "error[unknown-api]: every error of 'quokka' is internal" in said

    def test_no_other_audience_is_known(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.run(["generate", "--audience", "interna"]) == 2
        (folder / "errorbook.yaml").write_text(
            "generate: [{output: schema, to: ., audience: interna}]\n", encoding="utf-8"
        )
        assert cli.run(["generate"]) == 2
        assert "did you mean 'internal'?" in capsys.readouterr().out

    def test_names_are_checked_for_every_audience_that_is_written_for(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        data = with_internal()
        sdk = {"python": {"exception": "SoldOutError"}}
        data["apis"]["shop"]["errors"][CODE]["sdk"] = sdk
        write(data, folder)
        assert cli.run(["validate"]) == 2
        capsys.readouterr()
        (folder / "errorbook.yaml").write_text("generate: [{output: schema, to: .}]\n", "utf-8")
        assert cli.run(["validate"]) == 0
        assert cli.run(["explain", "sold_out", "--audience", "internal"]) == 2


@pytest.mark.parametrize("verb", ["generate", "check", "mock", "explain"])
def test_help_teaches_it(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([verb, "--help"]) == 0
    said = capsys.readouterr().out
    assert "--audience [public|internal]" in said
    assert f"errorbook {verb}" in said
    assert said.count("--audience internal") >= 1
