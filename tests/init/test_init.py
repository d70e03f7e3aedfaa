from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from errorbook.catalog import load
from tests.fetch.running import Command, files
from tests.init.conftest import Write

PLAIN_SITE = "site_name: Bookshop\n"
ALL = {
    ".github/workflows/errors.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    "docs/errors.md",
    "docs/explorer.md",
    "docs/index.md",
    "errorbook.yaml",
    "errors.schema.json",
    "errors.yaml",
    "hooks/errors.py",
    "mkdocs.yml",
    "sdk/python/bookshop/errors.json",
    "sdk/python/bookshop/errors.py",
    "sdk/python/bookshop/py.typed",
    "tests/test_docs_match_sdk.py",
}


def test_an_empty_folder_gets_everything_and_is_clean(folder: Path, run: Command) -> None:
    said = run("init")
    assert said.code == 0
    assert set(files(folder)) == ALL
    assert all(f"wrote {path}: " in said.out for path in ALL)
    assert run("validate").code == 0
    assert run("check").code == 0
    assert run("generate", "--exit-code").code == 0


def test_the_first_catalog_shows_what_a_catalog_can_say(folder: Path, run: Command) -> None:
    run("init", "--title", "Café: “no”", "--api", "cafe", "--url", "https://cafe.example")
    text = (folder / "errors.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=errors.schema.json\n")
    api = load(folder / "errors.yaml").catalog.apis["cafe"]
    assert (api.title, api.docs.url) == ("Café: “no”", "https://cafe.example/")
    assert len(api.errors) == 4
    assert all(error.status and error.meaning and error.actions for error in api.errors.values())
    assert {error.retry.when for error in api.errors.values()} == {"never", "as_is", "after_change"}
    assert any(error.details for error in api.errors.values())
    assert api.envelopes
    assert 'site_url: "https://cafe.example/"\n' in (folder / "mkdocs.yml").read_text("utf-8")


def test_a_title_is_nothing_but_a_title(folder: Path, run: Command) -> None:
    title = '"</script>{{ 1 }}<b>*x*</b>: # !!python/name:os.system'
    assert run("init", "--title", title).code == 0
    assert "script_1_b_x_b_python_name_os_system" in load(folder / "errors.yaml").catalog.apis
    site = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    assert site["site_name"] == title
    assert "<b>" not in (folder / "docs/index.md").read_text("utf-8")


def test_a_second_run_changes_nothing(folder: Path, run: Command) -> None:
    run("init")
    before = files(folder)
    said = run("init", "--yes")
    assert (said.code, files(folder)) == (0, before)
    assert "left errors.yaml, which is there already\n" in said.out
    assert "wrote" not in said.out


def test_what_is_there_stays_as_it_is(folder: Path, run: Command, write: Write) -> None:
    theirs = {
        "docs/index.md": "# Mine\n",
        "docs/errors.md": "# An old list\n",
        "hooks/errors.py": "def on_files(files):\n    return files\n",
        ".github/workflows/errors.yml": "on: push\n",
        "tests/test_docs_match_sdk.py": "def test_nothing(): ...\n",
        "explorer.md": "",
    }
    for path, text in theirs.items():
        write(path, text)
    assert run("init").code == 0
    found = files(folder)
    assert {path: found[path].decode() for path in theirs} == theirs
    assert b"\n# Error codes\n" in found["docs/error-codes.md"]
    assert b"/// errors | codes" in found["docs/error-codes.md"]
    assert b"- hooks/error_pages.py" in found["mkdocs.yml"]
    assert b"hook_events" in found["hooks/error_pages.py"]


def test_a_hook_that_a_site_names_and_lacks_is_written(
    folder: Path, run: Command, write: Write
) -> None:
    write("mkdocs.yml", f"{PLAIN_SITE}hooks: [hooks/errors.py]\n")
    assert run("init").code == 0
    assert b"hook_events" in files(folder)["hooks/errors.py"]


def test_no_page_takes_the_address_of_another(folder: Path, run: Command, write: Write) -> None:
    write("docs/README.md", "# Mine\n")
    write("docs/explorer/index.md", "# Mine\n")
    run("init")
    pages = {path for path in files(folder) if path.startswith("docs/")}
    assert pages == {
        "docs/README.md",
        "docs/errors.md",
        "docs/error-explorer.md",
        "docs/explorer/index.md",
    }


def test_lines_for_a_site_are_shown_and_wait_for_a_yes(
    folder: Path, run: Command, write: Write
) -> None:
    site = write("mkdocs.yml", "site_name: Bookshop\nnav: [index.md]\ndocs_dir: pages\n")
    ignored = write(".gitignore", "*.orig\nsite\n__pycache__")
    said = run("init")
    assert said.code == 1
    assert "    +  - hooks/errors.py\n" in said.out
    assert "left mkdocs.yml without the lines above\n" in said.out
    assert "errorbook init --yes" in said.out
    assert site.read_text() == "site_name: Bookshop\nnav: [index.md]\ndocs_dir: pages\n"
    assert run("init", "--yes").code == 0
    assert yaml.safe_load(site.read_text()) == {
        "site_name": "Bookshop",
        "nav": ["index.md", {"Errors": "errors.md"}, {"Explorer": "explorer.md"}],
        "docs_dir": "pages",
        "hooks": ["hooks/errors.py"],
    }
    assert (folder / "pages/errors.md").is_file()
    assert not (folder / "pages/index.md").exists()
    assert ignored.read_text() == "*.orig\nsite\n__pycache__"


def test_other_files_get_lines_too(run: Command, write: Write) -> None:
    ignored = write(".gitignore", "*.pyc\r\n")
    hooks = write(".pre-commit-config.yaml", "# ours\nrepos: []\n")
    jobs = write(".gitlab-ci.yml", "stages: [build]\ninclude:\n  - local: /a.yml\n")
    assert run("init", "--yes").code == 0
    assert ignored.read_bytes() == b"*.pyc\r\n/site/\r\n*.orig\r\n"
    assert hooks.read_text().startswith("# ours\nrepos:\n  - repo: local\n    hooks:\n")
    [repo] = yaml.safe_load(hooks.read_text())["repos"]
    assert repo["hooks"][0]["entry"] == "errorbook check"
    included = yaml.safe_load(jobs.read_text())["include"]
    assert included == [{"local": "/a.yml"}, {"local": "/.gitlab/errors.yml"}]
    job = yaml.safe_load((jobs.parent / ".gitlab/errors.yml").read_text())["errors"]
    assert (job["stage"], "mkdocs build --strict" in job["script"]) == ("build", True)


def test_a_dry_run_writes_nothing(folder: Path, run: Command, write: Write) -> None:
    write("mkdocs.yml", PLAIN_SITE)
    before = files(folder)
    said = run("init", "--dry-run")
    assert (said.code, files(folder)) == (0, before)
    assert "would write errors.yaml: " in said.out
    assert "    +hooks:\n" in said.out


def test_a_catalog_that_is_there_is_what_it_is_all_about(
    folder: Path, run: Command, write: Write
) -> None:
    write(
        "errors.yaml",
        "apis:\n  shop:\n    title: Shop\n"
        "    errors: {gone: {status: 410}, hidden: {visibility: internal}}\n"
        "  cafe: {errors: {closed: {status: 503}}, sdk: {python: {base: none}}}\n",
    )
    said = run("init", "--api", "other")
    assert said.code == 0
    assert "note: there is a catalog, so --api changed nothing\n" in said.out
    found = files(folder)
    assert {"docs/shop-errors.md", "docs/cafe-errors.md", "sdk/python/shop/errors.py"} <= set(found)
    assert b"exceptions" not in found["docs/cafe-errors.md"]
    assert b"# Shop errors\n" in found["docs/shop-errors.md"]
    assert run("check").code == 0


@pytest.mark.parametrize(
    "site",
    [
        "plugins: [{errorbook: {catalog: api/e.yaml}}]\n",
        "extra: {errorbook: {catalog: api/e.yaml}}\n",
    ],
)
def test_a_catalog_that_a_site_names_is_the_one(
    folder: Path, run: Command, write: Write, site: str
) -> None:
    write("mkdocs.yml", f"site_name: Shop\n{site}hooks: [hooks/errors.py]\n")
    write("api/e.yaml", "apis: {shop: {errors: {gone: {status: 410}}}}\n")
    assert run("init").code == 0
    assert not (folder / "errors.yaml").exists()
    assert (folder / "errorbook.yaml").read_text().count("catalog: api/e.yaml\n") == 1
    assert run("check").code == 0


def test_a_catalog_without_exceptions_has_no_sdk_to_test(
    folder: Path, run: Command, write: Write
) -> None:
    write("errors.yaml", "apis: {shop: {errors: {gone: {}}, sdk: {python: {base: none}}}}\n")
    said = run("init")
    assert (said.code, (folder / "tests").exists()) == (0, False)
    assert "note: no tests/test_docs_match_sdk.py: " in said.out
    assert "  errorbook check  " in said.out
    assert "  pytest  " not in said.out


def test_a_catalog_that_asks_for_another_language_gets_a_module_of_it(
    folder: Path, run: Command, write: Write
) -> None:
    asking = "{errors: {gone: {status: 410}}, sdk: {typescript: {}}}"
    cafe = "{errors: {range: {status: 503}}}"  # a RangeError, which TypeScript will not have
    write("errors.yaml", f"apis: {{'on': {asking}, cafe: {cafe}}}\n")
    assert run("init").code == 0
    found = files(folder)
    assert [name for name in found if name.endswith(".ts")] == ["sdk/typescript/on/errors.ts"]
    assert "## Exceptions\n" in found["docs/on-errors.md"].decode()
    assert run("check").code == 0


def test_a_module_that_is_there_gets_no_rival(folder: Path, run: Command, write: Write) -> None:
    write("pyproject.toml", '[project]\nname = "paper"\n')
    write("src/paper/errors.py", "class PaperError(Exception): ...\n")
    assert run("init").code == 0
    assert (folder / "sdk/python/paper/errors.py").is_file()
    (folder / "src/paper/errors.py").unlink()
    for name in ("errorbook.yaml", "sdk/python/paper/errors.py"):
        (folder / name).unlink()
    assert run("init").code == 0
    assert (folder / "src/paper/errors.py").is_file()


def test_api_docs_and_sdk_may_live_apart(
    folder: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {}
    for purpose in ("api", "docs", "sdk"):
        (folder / purpose).mkdir()
        monkeypatch.chdir(folder / purpose)
        source = ("--catalog", "../api/published/errors.json") if purpose != "api" else ()
        title = ("--title", "Paper API") if purpose == "api" else ()
        assert run("init", "--for", purpose, "--ci", "none", *source, *title).code == 0
        assert run("check").code == 0
        names = set(files(folder / purpose))
        found[purpose] = names - {"errorbook.yaml", ".gitignore", ".pre-commit-config.yaml"}
    assert found == {
        "api": {
            "errors.yaml",
            "errors.schema.json",
            "published/errors.json",
            "published/paper/errors/openapi.json",
        },
        "docs": {
            "docs/errors.md",
            "docs/explorer.md",
            "docs/index.md",
            "errorbook.lock",
            "hooks/errors.py",
            "mkdocs.yml",
            "paper.errors.json",
        },
        "sdk": {
            "errorbook.lock",
            "paper.errors.json",
            "src/paper/errors.json",
            "src/paper/errors.py",
            "src/paper/py.typed",
            "tests/test_docs_match_sdk.py",
        },
    }
    assert run("init", "--for", "sdk").code == 0
    assert run("fetch", "--check").code == 0


def test_an_option_that_changes_nothing_is_told(run: Command) -> None:
    run("init", "--title", "Shop API")
    said = run("init", "--title", "Other API", "--url", "https://other.example", "--api", "x")
    assert said.code == 0
    assert "note: there is a catalog, so --title and --api and --url changed nothing\n" in said.out


def test_a_site_is_called_after_its_api_and_not_after_its_folder(
    folder: Path, run: Command, write: Write
) -> None:
    write("errors.yaml", "apis: {paper_mill: {errors: {gone: {status: 410}}}}\n")
    assert run("init").code == 0
    assert 'site_name: "Paper Mill API"\n' in (folder / "mkdocs.yml").read_text()


def test_a_name_that_yaml_takes_for_another_value_stays_a_name(folder: Path, run: Command) -> None:
    assert run("init", "--api", "on", "--package", "no").code == 0
    assert '\nerrors: "on"\n' in (folder / "docs/errors.md").read_text()
    assert yaml.safe_load((folder / "errors.yaml").read_text("utf-8"))["apis"]["on"]["sdk"] == {
        "python": {"package": "no"}
    }
    assert run("check").code == 0


def test_a_site_that_takes_another_catalog_is_told(
    folder: Path, run: Command, write: Write
) -> None:
    write("mkdocs.yml", "hooks: [hooks/errors.py]\nextra: {errorbook: {cast_pages: false}}\n")
    write("errorbook.yaml", "catalog: api.yaml\n")
    write("api.yaml", "apis: {shop: {errors: {gone: {status: 410}}}}\n")
    said = run("init")
    assert (said.code, (folder / "errors.yaml").exists()) == (1, False)
    assert "to do: mkdocs.yml takes another catalog than errorbook.yaml: " in said.out


def test_a_catalog_outside_is_fine_where_the_project_names_it_too(
    folder: Path, run: Command, write: Write
) -> None:
    write("mkdocs.yml", "plugins: [{errorbook: {catalog: ../errors.yaml}}]\n")
    write("errorbook.yaml", "catalog: ../errors.yaml\n")
    write("../errors.yaml", "apis: {shop: {errors: {gone: {status: 410}}}}\n")
    assert run("init").code == 0
    assert not (folder / "errors.yaml").exists()


def test_pages_that_a_tag_hides_do_not_stop_it(folder: Path, run: Command, write: Write) -> None:
    write("mkdocs.yml", "docs_dir: !ENV [DOCS, docs]\n")
    said = run("init", "--yes")
    assert said.code == 0
    assert "note: docs_dir of mkdocs.yml is no plain text: " in said.out
    assert (folder / "docs/errors.md").is_file()
