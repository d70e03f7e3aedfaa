"""The plugin as pytest loads it in somebody's repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.testing.repository import CATALOG, PROJECT, write

pytest_plugins = ["pytester"]

HEAVY = ("yaml", "pydantic", "jinja2", "mkdocs", "starlette", "uvicorn", "errorbook.catalog")


@pytest.fixture
def repo(pytester: pytest.Pytester, original: Path) -> pytest.Pytester:
    """A repository to run pytest in."""
    shutil.copytree(original, pytester.path, dirs_exist_ok=True)
    pytester.makeini("[pytest]\npythonpath = sdk\n")
    return pytester


def run(pytester: pytest.Pytester, *arguments: str, workers: int = 0) -> pytest.RunResult:
    """Run pytest, in a process of its own where it has workers."""
    words = ("-p", "no:cacheprovider", "-ra", *arguments)
    if workers:
        # The controller and each worker would import these, which have no part in it.
        others = (f"-pno:{name}" for name in ("anyio", "hypothesispytest", "pytest_cov"))
        return pytester.runpytest_subprocess(*words, *others, "-n", str(workers))
    return pytester.runpytest_inprocess(*words)


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    script = (
        "import sys, pytest; before = set(sys.modules); import errorbook.pytest_plugin;"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["errorbook", "errorbook.pytest_plugin"]


def test_a_run_without_errors_in_it_imports_nothing_heavy(repo: pytest.Pytester) -> None:
    repo.makepyfile(
        f"""
        import sys

        import pytest

        @pytest.mark.parametrize("number", [1])
        def test_modules(number):
            assert not set({HEAVY!r}).intersection(sys.modules)
        """
    )
    repo.runpytest_subprocess().assert_outcomes(passed=1)


def test_the_plugin_says_nothing_where_there_is_no_project(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_one(tmp_path): pass")
    result = run(pytester)
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*errorbook*listed*")


CASES = """
    from errorbook.testing import ErrorCase

    def test_each(error_case: ErrorCase):
        error = error_case.exception()
        assert (error.code, type(error).__name__) == (error_case.code, error_case.exception_name)
        assert error.exit_code == error_case.exit_code
        assert error.retryable == error_case.retryable
        assert error.retry_after == error_case.retry_after
"""
ALL = ["shop/sold_out", "shop/too_fast", "shop/crashed", "cafe/sold_out", "cafe/0x-1.5"]


def test_a_test_of_an_error_runs_for_each(repo: pytest.Pytester) -> None:
    repo.makepyfile(CASES)
    result = run(repo, "-v")
    result.assert_outcomes(passed=5)
    for name in ALL:
        result.stdout.fnmatch_lines([f"*test_each[[]{name}[]]*"])


@pytest.mark.parametrize(
    ("mark", "options", "names"),
    [
        ("@pytest.mark.errorbook_api('cafe')", [], ALL[3:]),
        ("@pytest.mark.errorbook_api('cafe', 'shop')", [], ALL),
        ("", ["--errorbook-api", "shop"], ALL[:3]),
        ("@pytest.mark.errorbook_api('cafe')", ["--errorbook-api", "cafe"], ALL[3:]),
    ],
)
def test_errors_can_be_restricted_to_an_api(
    repo: pytest.Pytester, mark: str, options: list[str], names: list[str]
) -> None:
    repo.makepyfile(f"import pytest\n\n{mark}\ndef test_each(error_case): pass\n")
    result = run(repo, "--collect-only", "-q", "--strict-markers", *options)
    found = [line.partition("[")[2][:-1] for line in result.outlines if "[" in line]
    assert found == names


@pytest.mark.parametrize("where", ["mark", "option"])
def test_an_api_that_is_not_there_is_a_failure(repo: pytest.Pytester, where: str) -> None:
    mark = "@pytest.mark.errorbook_api('shopp')\n" if where == "mark" else ""
    repo.makepyfile(f"import pytest\n\n{mark}def test_each(error_case): pass\n")
    result = run(repo, *(["--errorbook-api", "shopp"] if where == "option" else []))
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["errors.yaml has no API 'shopp': did you mean 'shop'?"])


def test_values_that_a_test_gives_itself_count(repo: pytest.Pytester) -> None:
    repo.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("error_case, shop_sold_out", [(1, 2)])
        def test_each(error_case, shop_sold_out):
            assert (error_case, shop_sold_out) == (1, 2)
        """
    )
    run(repo).assert_outcomes(passed=1)


def test_each_error_has_a_fixture_of_its_own(repo: pytest.Pytester) -> None:
    repo.makeconftest(
        """
        import pytest

        @pytest.fixture
        def through(shop_too_fast):
            return shop_too_fast
        """
    )
    repo.makepyfile(
        """
        import pytest

        from shop.errors import TooFastError

        def test_response(shop_too_fast):
            response = shop_too_fast.response
            assert (response.status, shop_too_fast.retry_after) == (429, 7)
            assert b"too_fast" in response.body

        def test_class(through):
            with pytest.raises(TooFastError):
                raise through.exception()

        def test_odd(cafe_0x_1_5, error_cases):
            assert cafe_0x_1_5 == error_cases["cafe/0x-1.5"]

        @pytest.mark.usefixtures("shop_crashed")
        def test_used(): pass

        def test_own(shop_sold_out): assert shop_sold_out == "mine"

        @pytest.fixture
        def shop_sold_out(): return "mine"
        """
    )
    run(repo).assert_outcomes(passed=5)


def test_a_name_that_means_two_errors_is_a_failure(pytester: pytest.Pytester) -> None:
    own = "sdk: {python: {exception: GoneError, constant: GONE}}"
    catalog = f"apis:\n  shop:\n    errors:\n      a-b: {{status: 404}}\n      a.b: {{{own}}}\n"
    write(pytester.path, {"errors.yaml": catalog})
    pytester.makepyfile("def test_one(shop_a_b): pass")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["shop_a_b may be shop/a-b and shop/a.b: use error_cases?'shop/a-b'?"]
    )


def test_an_api_called_as_the_hooks_of_pytest_are_is_harmless(pytester: pytest.Pytester) -> None:
    catalog = "apis:\n  pytest:\n    errors:\n      configure: {status: 404}\n"
    write(pytester.path, {"errors.yaml": catalog})
    pytester.makepyfile("def test_one(error_pytest_configure): pass")
    run(pytester).assert_outcomes(passed=1)


def test_the_list_of_fixtures_names_every_error(repo: pytest.Pytester) -> None:
    result = run(repo, "--fixtures", "-q")
    result.stdout.fnmatch_lines_random(["shop_too_fast*", "error_case*", "errorbook_mock*"])


def test_a_name_that_is_no_error_is_unknown_as_ever(repo: pytest.Pytester) -> None:
    repo.makepyfile("def test_one(shop_nothing): pass")
    result = run(repo)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*fixture 'shop_nothing' not found"])


BROKEN = CATALOG.replace("status: 409", "status: 4090").replace("status: 410", "stauts: 410")


@pytest.mark.parametrize("workers", [0, 2])
def test_what_is_wrong_in_a_catalog_is_listed_once(repo: pytest.Pytester, workers: int) -> None:
    write(repo.path, {"errors.yaml": BROKEN})
    repo.makepyfile(
        test_a="def test_each(error_case): pass\ndef test_one(shop_sold_out): pass",
        test_b="def test_each(error_case): pass\ndef test_p(errorbook_project): pass",
        test_c="def test_mock(errorbook_mock): pass\ndef test_free(): pass",
    )
    result = run(repo, workers=workers)
    result.assert_outcomes(passed=1, errors=5)
    text = result.stdout.str()
    assert text.count("errors.yaml:8:17: error[") == 1
    assert text.count("stauts") == 1
    assert "errorbook: 2 problems in errors.yaml, listed at the end" in text


def test_no_project_is_a_failure(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_a(error_case): pass\ndef test_b(errorbook_project): pass")
    result = run(pytester)
    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines(["there is no errorbook.yaml or errors.yaml in *"])


@pytest.mark.parametrize("place", ["api", "api/errorbook.yaml", "api/errors.yaml"])
def test_the_project_may_be_elsewhere(pytester: pytest.Pytester, place: str) -> None:
    folder = pytester.mkdir("api")
    write(folder, {"errors.yaml": CATALOG, "errorbook.yaml": PROJECT})
    pytester.makeini(f"[pytest]\nerrorbook_project = {place}\n")
    pytester.makepyfile("def test_one(shop_sold_out, error_cases): assert len(error_cases) == 5")
    run(pytester).assert_outcomes(passed=1)


MATCH = """
    from errorbook.testing import assert_docs_match_sdk

    def test_docs_match_sdk(errorbook_project):
        assert_docs_match_sdk(errorbook_project)
"""


def test_docs_that_match(repo: pytest.Pytester) -> None:
    repo.makepyfile(MATCH)
    run(repo).assert_outcomes(passed=1)


def test_docs_that_do_not_match(repo: pytest.Pytester) -> None:
    page = repo.path / "docs/cafe.md"
    page.write_text(page.read_text("utf-8").replace("| 410 |", "| 404 |"), "utf-8")
    repo.makepyfile(MATCH)
    result = run(repo)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["E *1 difference between docs, SDK and errors.yaml:", "E *cafe/sold_out: status: 410 in *"]
    )


def test_docs_that_are_not_there_are_told_in_a_line(repo: pytest.Pytester) -> None:
    (repo.path / "mkdocs.yml").unlink()
    repo.makepyfile(MATCH)
    result = run(repo)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["nothing to compare: there is no mkdocs.yml in the project; `errorbook init` writes one*"]
    )
    result.stdout.no_fnmatch_line("*built_site.py*")
    result.stdout.no_fnmatch_line(f"nothing*{repo.path}*")


def test_other_exceptions_of_a_test_are_told_as_they_are(repo: pytest.Pytester) -> None:
    repo.makepyfile("def test_one(error_cases): {}['missing']")
    result = run(repo)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *KeyError: 'missing'"])


EXIT_CODES = """
    def test_exit_codes(errorbook_exit_codes):
        errorbook_exit_codes(["./shop.sh"], base_url="SHOP_URL")

    def test_mock(errorbook_mock):
        assert errorbook_mock.error_url("shop", "too_fast").startswith(errorbook_mock.url)
"""


@pytest.mark.skipif(os.name != "posix", reason="the command is a shell script")
@pytest.mark.parametrize("workers", [0, 2])
def test_a_command_that_ends_as_documented(repo: pytest.Pytester, workers: int) -> None:
    repo.makepyfile(test_command=EXIT_CODES, test_cases=CASES, test_docs=MATCH)
    run(repo, workers=workers).assert_outcomes(passed=8)


@pytest.mark.skipif(os.name != "posix", reason="the command is a shell script")
def test_a_command_that_does_not(repo: pytest.Pytester) -> None:
    script = repo.path / "shop.sh"
    script.write_text(script.read_text("utf-8").replace("exit 2", "exit 1"), "utf-8")
    repo.makepyfile(EXIT_CODES)
    result = run(repo)
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(
        [
            "E *1 of 5 runs of `./shop.sh` do not end as documented:",
            "E *shop/crashed: exit code 1, documented is 2 (SERVER_ERROR)",
        ]
    )
