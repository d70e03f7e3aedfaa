"""Where errors are looked up: a project, a file, an address, an installed SDK; and what is kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from errorbook import download
from errorbook.download import AddressError, DownloadError
from errorbook.explain import kept
from errorbook.explain.installed import NotInstalledError, installed_catalog
from errorbook.outputs import errors_json
from tests.decode.homes import catalog
from tests.explain.running import ROOT, Command

SMALL = '{"format": 1, "apis": {"shop": {"errors": {"sealed": {"meaning": "It is sealed."}}}}}'


class TestProject:
    @pytest.fixture(name="project")
    def _project(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, explain: Command) -> Path:
        folder = tmp_path / "project"
        (folder / ".git").mkdir(parents=True)
        (folder / "inner" / "deep").mkdir(parents=True)
        monkeypatch.chdir(folder / "inner" / "deep")
        self._write(folder / "errors.yaml", "First.")
        return folder

    def _write(self, file: Path, meaning: str) -> None:
        file.write_text(f"apis: {{shop: {{errors: {{sealed: {{meaning: {meaning}}}}}}}}}", "utf-8")

    def _says(self, explain: Command, *options: str | Path) -> str:
        said = explain("sealed", *options)
        assert said.code == 0, said
        return said.out.splitlines()[2]

    def test_the_nearest_is_read_and_then_kept(
        self, explain: Command, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert self._says(explain) == "First."
        with monkeypatch.context() as patch:
            patch.setattr("errorbook.explain.source.Source._workspace", None)
            assert self._says(explain) == "First."
            said = explain("nothing_like_it")
        assert said.err.startswith("errorbook: nothing in ../../errors.yaml matches")

    def test_a_change_of_the_catalog_is_seen(self, explain: Command, project: Path) -> None:
        assert self._says(explain) == "First."
        self._write(project / "errors.yaml", "Other.")
        assert self._says(explain) == "Other."

    def test_a_nearer_catalog_is_seen(self, explain: Command, project: Path) -> None:
        assert self._says(explain) == "First."
        self._write(project / "inner" / "errors.yaml", "Nearer.")
        assert self._says(explain) == "Nearer."

    def test_a_repository_that_begins_below_is_seen(self, explain: Command, project: Path) -> None:
        assert self._says(explain) == "First."
        (project / "inner" / ".git").mkdir()
        assert explain("sealed").code == 2

    def test_a_project_file_that_comes_is_seen(self, explain: Command, project: Path) -> None:
        assert self._says(explain) == "First."
        assert self._says(explain, "-p", project) == "First."
        self._write(project / "other.yaml", "Its own.")
        (project / "errorbook.yaml").write_text("catalog: other.yaml", "utf-8")
        assert self._says(explain) == "Its own."
        assert self._says(explain, "-p", project) == "Its own."
        (project / "errorbook.yaml").write_text("catalog: errors.yaml", "utf-8")
        assert self._says(explain) == "First."

    def test_a_change_of_what_is_included_is_seen(self, explain: Command, project: Path) -> None:
        (project / "errors.yaml").write_text("include: [more.yaml]\n", "utf-8")
        self._write(project / "more.yaml", "More.")
        assert self._says(explain) == "More."
        self._write(project / "more.yaml", "Less.")
        assert self._says(explain) == "Less."

    def test_what_is_not_valid_is_not_kept(self, explain: Command, project: Path) -> None:
        for _ in range(2):
            (project / "errors.yaml").write_text("apis: {shop: {errros: {}}}", "utf-8")
            said = explain("sealed")
            assert said.code == 2
            assert "error[unknown-key]" in said.out

    def test_another_errorbook_looks_for_itself(
        self, explain: Command, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert self._says(explain) == "First."
        here = Path.cwd()
        assert kept.recall(here, None, None, "public") is not None
        monkeypatch.setattr(kept, "built", lambda: "later")
        assert kept.recall(here, None, None, "public") is None

    def test_what_is_kept_and_changed_is_not_read(
        self, explain: Command, project: Path, tmp_path: Path
    ) -> None:
        assert self._says(explain) == "First."
        (file,) = (tmp_path / "kept").iterdir()
        file.write_bytes(file.read_bytes().replace(b"First", b"Worst"))
        assert self._says(explain) == "First."

    def test_without_a_cache_it_works(
        self, explain: Command, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ERRORBOOK_CACHE", "")
        assert self._says(explain) == self._says(explain) == "First."

    def test_internal_errors_are_not_told(self, explain: Command, project: Path) -> None:
        text = "apis: {a: {errors: {secret: {visibility: internal, meaning: Hush.}, b: {}}}}"
        (project / "errors.yaml").write_text(text, "utf-8")
        assert explain("secret").code == 1
        assert explain("-", piped="error code: secret").code == 1
        assert "Hush" not in explain("--all").out


class TestInstalled:
    @pytest.fixture(name="installed")
    def _installed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Return a folder of packages, each of which fails if it is imported."""
        folder = tmp_path / "installed"
        for package in ("ashop", "aspace/inner", "aempty"):
            (folder / package).mkdir(parents=True)
        for package in ("ashop", "aempty"):
            (folder / package / "__init__.py").write_text("raise SystemExit(9)", "utf-8")
        (folder / "ashop" / "sub").mkdir()
        for package in ("ashop", "ashop/sub", "aspace/inner"):
            (folder / package / "errors.json").write_text(SMALL, "utf-8")
            (folder / package / "errors.py").write_text("raise SystemExit(9)", "utf-8")
        (folder / "ashop" / "sub" / "__init__.py").write_text("raise SystemExit(9)", "utf-8")
        monkeypatch.syspath_prepend(folder)
        return folder

    @pytest.mark.parametrize(
        ("package", "path"),
        [
            ("ashop", "ashop"),
            ("ashop.errors", "ashop"),
            ("ashop.sub", "ashop/sub"),
            ("ashop.sub.errors", "ashop/sub"),
            ("aspace.inner", "aspace/inner"),
        ],
    )
    def test_it_is_found_without_being_imported(
        self, explain: Command, installed: Path, package: str, path: str
    ) -> None:
        assert installed_catalog(package) == installed / path / "errors.json"
        said = explain("sealed", "--package", package)
        assert said.code == 0
        assert "It is sealed." in said.out
        assert not {"ashop", "aspace", "aempty"} & set(sys.modules)

    @pytest.mark.parametrize(
        "package", ["aempty", "ashop.nowhere", "nowhere", "sys", "builtins", "..", "a/b", "", "a."]
    )
    def test_what_is_none_is_refused(self, installed: Path, package: str) -> None:
        with pytest.raises(NotInstalledError):
            installed_catalog(package)

    def test_the_generated_sdk_has_one(
        self, explain: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.syspath_prepend(ROOT / "sdk/python")
        said = explain("rate_limited", "--package", "artworks")
        assert said.out.startswith("rate_limited · 429")
        piped = explain("-", "--package", "artworks", piped='{"error":"forbidden"}')
        assert piped.code == 0
        assert "forbidden · 403" in piped.out


class _Site(BaseHTTPRequestHandler):
    """A site with an errors.json, and other things."""

    def do_GET(self) -> None:
        own = f"http://{self.headers['Host']}"
        answers = {
            "/errors.json": (200, SMALL.encode(), {}),
            "/moved": (302, b"", {"Location": "/errors.json"}),
            "/round": (302, b"", {"Location": f"{own}/round"}),
            "/file": (302, b"", {"Location": f"file://{ROOT}/errors.yaml"}),
            "/away": (302, b"", {"Location": "http://example.com/errors.json"}),
            "/page": (200, b"<html>", {}),
            "/yaml": (200, b"include: [/etc/passwd]", {}),
            "/large": (200, b" " * 5000, {}),
            "/newer": (200, b'{"format": 2, "apis": {}}', {}),
            "/escape": (200, b'\x1b[31m{"format": 1', {}),
        }
        status, body, headers = answers.get(self.path, (404, b"", {}))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(name="site", scope="module")
def _served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


class TestAddress:
    @pytest.mark.parametrize("path", ["/errors.json", "/moved"])
    def test_it_is_read(self, explain: Command, site: str, path: str) -> None:
        assert "It is sealed." in explain("sealed", "--catalog", site + path).out
        piped = explain("-", "--catalog", site + path, piped="error code=sealed")
        assert "It is sealed." in piped.out

    @pytest.mark.parametrize("path", ["/nowhere", "/round", "/file", "/away"])
    def test_what_cannot_be_fetched_is_said_in_one_line(
        self, explain: Command, site: str, path: str
    ) -> None:
        said = explain("sealed", "--catalog", site + path)
        assert (said.code, said.out) == (3, "")
        assert said.err.startswith("errorbook: could not complete: http://127.0.0.1:")
        assert said.err.count("\n") == 1

    @pytest.mark.parametrize("path", ["/page", "/yaml", "/newer", "/escape"])
    @pytest.mark.parametrize("words", [["sealed"], ["-"]])
    def test_what_is_no_errors_json_is_refused(
        self, explain: Command, site: str, path: str, words: list[str]
    ) -> None:
        said = explain(*words, "--catalog", site + path, piped="code=sealed")
        assert said.code == 2
        assert f"{site}{path}:1:" in said.out
        assert all(line.isprintable() for line in said.out.splitlines())

    def test_what_is_too_large_is_not_read(
        self, site: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(download, "MAX_BYTES", 4000)
        with pytest.raises(DownloadError, match="larger than"):
            download.download(f"{site}/large")

    def test_what_takes_too_long_is_given_up(
        self, site: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(download, "LONGEST", -1.0)
        with pytest.raises(DownloadError, match="longer than"):
            download.download(f"{site}/large")

    def test_a_server_that_is_not_there_is_said(self, explain: Command) -> None:
        assert explain("x", "--catalog", "http://127.0.0.1:1/errors.json").code == 3

    @pytest.mark.parametrize(
        "address",
        [
            "http://example.com/",
            "http://127.0.0.1.example.com/",
            "http://10.0.0.1/",
            "https://",
            "https://a b/",
            "https://a\n/",
            "https://user@example.com/",
            "https://:secret@example.com/",
            "https://example.com:port/",
            "https://[::1/",
            "http://localhost@example.com/",
            "ftp://example.com/",
        ],
    )
    def test_other_addresses_are_not_asked(self, address: str) -> None:
        with pytest.raises(AddressError):
            download.download(address)


def _python(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **variables}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        input="code=session_sealed",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )


class TestLightness:
    def test_looking_up_imports_nothing_heavy(self, tmp_path: Path) -> None:
        file = tmp_path / "errors.json"
        file.write_text("".join(errors_json.render(catalog()).values()), "utf-8")
        code = (
            "import sys; from errorbook import cli\n"
            f"cli.run(['explain', 'artifacta/rate_limited', '--catalog', {str(file)!r}])\n"
            "heavy = {'pydantic', 'yaml', 'jinja2', 'urllib.request', 'errorbook.catalog'}\n"
            "print(sorted(heavy & set(sys.modules)))"
        )
        done = _python(code)
        assert done.stdout.startswith("rate_limited · 429")
        assert done.stdout.endswith("[]\n")

    def test_a_changed_catalog_imports_no_output_that_is_not_asked_for(self) -> None:
        code = (
            "import sys; from errorbook import cli\n"
            "cli.run(['explain', 'artifacta/rate_limited'])\n"
            "heavy = {'jinja2', 'errorbook.outputs.errors_json', 'errorbook.outputs.vectors'}\n"
            "print(sorted(heavy & set(sys.modules)))"
        )
        done = _python(code, ERRORBOOK_CACHE="")
        assert done.stdout.startswith("rate_limited · 429")
        assert done.stdout.endswith("['errorbook.outputs.errors_json']\n")

    @pytest.mark.parametrize(("word", "collects"), [("rate_limited", False), ("-", True)])
    def test_only_a_text_of_any_length_has_what_is_forgotten_collected(
        self, word: str, collects: bool
    ) -> None:
        code = (
            "import gc, sys; from errorbook import cli\n"
            f"sys.argv = ['errorbook', 'explain', {word!r}]\n"
            "try: cli.main()\n"
            "except SystemExit: print(gc.isenabled())"
        )
        assert _python(code).stdout.endswith(f"{collects}\n")

    def test_the_published_file_is_what_other_verbs_read_too(
        self, explain: Command, tmp_path: Path
    ) -> None:
        file = tmp_path / "errors.json"
        file.write_text(json.dumps(json.loads(SMALL)), "utf-8")
        assert explain("sealed", "--catalog", file).code == 0
