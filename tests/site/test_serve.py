"""``mkdocs serve`` follows every file of the catalog and outlives a broken one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.site.project import HOOK, SMALL, Project

LONGEST = 30
INCLUDING = "include: [more/cafe.yaml]\n" + SMALL
CAFE = "apis:\n  cafe:\n    errors:\n      closed: {meaning: Nobody is there.}\n"
TEA = "apis:\n  tea:\n    errors:\n      cold: {meaning: The tea is cold.}\n"


class Server:
    """A running ``mkdocs serve``: the page it serves, and what it has printed."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._log = project.folder / "log.txt"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._address = f"127.0.0.1:{free.getsockname()[1]}"
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", self._address]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=project.folder, env=environment, stdout=log, stderr=log
            )

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def page(self) -> str:
        try:
            with urlopen(f"http://{self._address}/", timeout=LONGEST) as response:
                text: str = response.read().decode()
                return text
        except (URLError, ConnectionError):
            return ""

    @property
    def printed(self) -> str:
        return self._log.read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        self.project.write(path, text)

    def wait_for(self, text: str, *, where: Callable[[], str] | None = None) -> None:
        """Wait until ``text`` is on the page, or wherever else."""
        end = time.monotonic() + LONGEST
        while text not in (where or (lambda: self.page))():
            assert self._process.poll() is None, self.printed
            assert time.monotonic() < end, f"no {text!r} in time:\n{self.printed}"
            time.sleep(0.05)

    def wait_for_print(self, text: str) -> None:
        self.wait_for(text, where=lambda: self.printed)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    project = Project(tmp_path_factory.mktemp("serve"))
    project.write("errors.yaml", INCLUDING)
    project.write("more/cafe.yaml", CAFE)
    project.write("docs/index.md", "# Errors\n\n/// errors | explorer\n    api: all\n///\n")
    project.configure(plugins=[], hooks=[str(HOOK)])
    server = Server(project)
    try:
        server.wait_for("Nobody is there.")
        server.wait_for_print("Serving on")
        yield server
    finally:
        server.close()


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    """The running server; whatever a test has done to the catalog is mended behind it."""
    yield running
    mark = f"Tested {time.monotonic_ns()}."
    running.write("more/cafe.yaml", CAFE)
    running.write("errors.yaml", INCLUDING.replace("The order is not paid.", mark))
    running.wait_for(mark)


def test_a_change_of_the_catalog_is_served(server: Server) -> None:
    server.write("errors.yaml", INCLUDING.replace("No copy is left.", "All are sold."))
    server.wait_for("All are sold.")


def test_a_change_of_an_included_file_is_served(server: Server) -> None:
    server.write("more/cafe.yaml", CAFE.replace("Nobody is there.", "Everybody has left."))
    server.wait_for("Everybody has left.")


def test_a_file_that_is_included_later_is_followed_too(server: Server) -> None:
    server.write("later/tea.yaml", TEA)
    server.write("errors.yaml", INCLUDING.replace("cafe.yaml]", "cafe.yaml, later/tea.yaml]"))
    server.wait_for("The tea is cold.")
    server.write("later/tea.yaml", TEA.replace("cold.", "lukewarm."))
    server.wait_for("The tea is lukewarm.")


def test_a_broken_catalog_leaves_the_last_good_site_up(server: Server) -> None:
    server.write("errors.yaml", INCLUDING.replace("409", "x").replace("402", "999"))
    server.wait_for_print("errors.yaml:7:17:")
    server.wait_for_print("errors.yaml:10:17:")
    assert "No copy is left." in server.page


def test_pages_can_be_edited_while_the_catalog_is_broken(server: Server) -> None:
    server.write("errors.yaml", INCLUDING.replace("409", "y"))
    server.wait_for_print("'y'")
    page = (server.project.folder / "docs/index.md").read_text("utf-8")
    server.write("docs/index.md", page + "\nAnother paragraph.\n")
    server.wait_for("Another paragraph.")
    assert "No copy is left." in server.page


def test_a_broken_included_file_can_be_mended(server: Server) -> None:
    server.write("more/cafe.yaml", CAFE.replace("closed:", "closed"))
    server.wait_for_print("more/cafe.yaml:4:")
    server.write("more/cafe.yaml", CAFE.replace("Nobody is there.", "Somebody is back."))
    server.wait_for("Somebody is back.")


def test_a_file_that_is_missing_is_waited_for(server: Server) -> None:
    server.write("errors.yaml", INCLUDING.replace("cafe.yaml]", "cafe.yaml, new/tea.yaml]"))
    server.wait_for_print("new/tea.yaml")
    server.write("new/tea.yaml", TEA)
    server.wait_for("The tea is cold.")
    server.write("new/tea.yaml", TEA.replace("cold.", "lukewarm."))
    server.wait_for("The tea is lukewarm.")


def test_a_file_that_comes_back_is_followed_again(server: Server) -> None:
    file = server.project.folder / "more/cafe.yaml"
    file.unlink()
    server.write("errors.yaml", INCLUDING + "# saved\n")
    server.wait_for_print("'more/cafe.yaml'")
    server.write("more/cafe.yaml", CAFE.replace("Nobody is there.", "We are back."))
    server.wait_for("We are back.")
    server.write("more/cafe.yaml", CAFE.replace("Nobody is there.", "We stay."))
    server.wait_for("We stay.")


def test_a_file_that_is_saved_under_another_name_first_is_served(server: Server) -> None:
    server.write("new.yaml", INCLUDING.replace("No copy is left.", "Renamed."))
    (server.project.folder / "new.yaml").replace(server.project.folder / "errors.yaml")
    server.wait_for("Renamed.")


def test_the_plugin_outlives_a_broken_catalog_too(project: Project) -> None:
    project.write("docs/index.md", "# Errors\n\n/// errors | codes\n///\n")
    project.configure()
    server = Server(project)
    try:
        server.wait_for("No copy is left.")
        server.write("errors.yaml", SMALL.replace("409", "x"))
        server.wait_for_print("errors.yaml:6:17:")
        assert "No copy is left." in server.page
        server.write("errors.yaml", SMALL.replace("No copy is left.", "All are sold."))
        server.wait_for("All are sold.")
    finally:
        server.close()


def test_a_server_does_not_start_without_a_catalog(project: Project) -> None:
    project.write("errors.yaml", "apis: 3")
    project.write("docs/index.md", "")
    project.configure(plugins=[], hooks=[str(HOOK)])
    server = Server(project)
    try:
        assert server._process.wait(LONGEST) == 1
        assert "errors.yaml:1:7:" in server.printed
    finally:
        server.close()
