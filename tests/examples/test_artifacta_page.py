"""The Python that a reader copies from the documentation, run against the mock server."""

from __future__ import annotations

import time

import pytest

from artifacta import Client
from artifacta.errors import FACTS, ArtifactaError, ArtifactNotFoundError
from errorbook.catalog import load
from errorbook.outputs.python import catch_snippet
from tests.docs_reader import read
from tests.examples.commands import SECRET
from tests.mock.processes import ROOT
from tests.site.project import Project

API = load(ROOT / "errors.yaml").catalog.apis["artifacta"]
HANDLED = ("artifact_not_found", "artifact_expired")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The only example of `except` on the built page."""
    project = Project(tmp_path_factory.mktemp("page"))
    for name in ("errors.yaml", "docs/artifacta.md"):
        project.write(name, (ROOT / name).read_text("utf-8").partition("\ninclude:")[0])
    project.write("docs/index.md", "Start.")
    built = project.build()
    assert not built.aborted
    main = built.text("artifacta/index.html").replace("<main>", "<article>")
    page = read(main.replace("</main>", "</article>"))
    (source,) = [one for one in page.sources() if "except " in one]
    return source


class TestThePage:
    @pytest.fixture(autouse=True)
    def _key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ARTIFACTA_API_KEY", SECRET)

    def fetch(self, example: str, address: str, monkeypatch: pytest.MonkeyPatch) -> object:
        """Run the example as it stands, then what it defines."""
        monkeypatch.setenv("ARTIFACTA_URL", address)
        names: dict[str, object] = {}
        exec(example, names)  # noqa: S102  # that it runs is the point
        fetch_or_rebuild, storage = names["fetch_or_rebuild"], names["storage"]
        assert callable(fetch_or_rebuild)
        assert isinstance(storage, Client)
        with storage:
            return fetch_or_rebuild("art_1", lambda: "rebuilt")

    def test_an_artifact_is_returned(
        self, example: str, mock: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        got = self.fetch(example, mock, monkeypatch)
        assert got == {"ok": True, "method": "GET", "path": "/v1/artifacts/art_1"}

    @pytest.mark.parametrize(("code", "returned"), [(HANDLED[0], None), (HANDLED[1], "rebuilt")])
    def test_a_missing_one_and_an_expired_one_part_ways(
        self,
        example: str,
        mock: str,
        monkeypatch: pytest.MonkeyPatch,
        code: str,
        returned: str | None,
    ) -> None:
        address = f"{mock}/errors/artifacta/{code}"
        assert self.fetch(example, address, monkeypatch) == returned

    @pytest.mark.parametrize("code", [code for code in FACTS if code not in HANDLED])
    def test_other_errors_pass(
        self, example: str, quick_mock: str, monkeypatch: pytest.MonkeyPatch, code: str
    ) -> None:
        with pytest.raises(ArtifactaError) as caught:
            self.fetch(example, f"{quick_mock}/errors/artifacta/{code}", monkeypatch)
        assert caught.value.code == code


class TestSnippets:
    """What the site offers to copy for each error, with a call of the client at its dots."""

    def copied(self, code: str) -> str:
        text = catch_snippet("artifacta", API, code)
        assert text is not None
        lines = text.split("\n")
        dots = [line for line in lines if line.strip() == "..."]
        assert dots
        called = [line.replace("...", "client.get('art_1')") for line in lines]
        return "\n".join(called)

    def run(self, snippet: str, address: str) -> None:
        with Client(address, SECRET, max_attempts=1) as client:
            exec(snippet, {"client": client})  # noqa: S102  # that it runs is the point

    @pytest.mark.parametrize("code", [code for code in FACTS if code != "rate_limited"])
    def test_it_does_what_the_catalog_says_first(
        self, mock: str, capsys: pytest.CaptureFixture[str], code: str
    ) -> None:
        first, *_ = FACTS[code].actions
        address = f"{mock}/errors/artifacta/{code}"
        if first.do == "abort":
            with pytest.raises(SystemExit) as ended:
                self.run(self.copied(code), address)
            assert ended.value.code == first.how
            error = ended.value.__cause__
        else:  # what is a success in one case only goes on, too
            with pytest.raises(ArtifactaError) as caught:
                self.run(self.copied(code), address)
            error = caught.value
        is_told = first.do != "abort" and not (first.do == "treat_as_success" and first.when)
        printed = f"{first.how}\n" if is_told else ""
        assert capsys.readouterr().out == printed
        assert error is None or (isinstance(error, ArtifactaError) and error.code == code)

    def test_it_waits_and_calls_again(self, mock: str, monkeypatch: pytest.MonkeyPatch) -> None:
        slept: list[float] = []
        monkeypatch.setattr(time, "sleep", slept.append)
        address = f"{mock}/errors/artifacta/rate_limited;fail=1/snippet"
        self.run(self.copied("rate_limited"), address)
        assert slept == [5]

    @pytest.mark.parametrize("code", [code for code in FACTS if code != "artifact_not_found"])
    def test_another_error_passes(
        self, mock: str, capsys: pytest.CaptureFixture[str], code: str
    ) -> None:
        with pytest.raises(ArtifactNotFoundError):
            self.run(self.copied(code), f"{mock}/errors/artifacta/artifact_not_found")
        assert capsys.readouterr().out == ""
