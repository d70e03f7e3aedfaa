"""Compilers, linters and formatters accept the modules; bundlers drop what is unused."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from errorbook.catalog import Catalog
from errorbook.outputs.typescript.module import render
from tests.sdk.modules import first_of
from tests.sdk.typescript.modules import PROGRAMS, ROOT, apis, write_sources

pytestmark = pytest.mark.browser  # Node comes where the browser does
OPTIONS: Final = {
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "noImplicitOverride": True,
    "noImplicitReturns": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "noPropertyAccessFromIndexSignature": True,
    "isolatedModules": True,
    "erasableSyntaxOnly": True,
    "types": [],
    "noEmit": True,
}
KINDS: Final[dict[str, dict[str, Any]]] = {
    "ES modules, ES2020": {"module": "esnext", "moduleResolution": "bundler", "target": "es2020",
                           "lib": ["es2020"], "isolatedDeclarations": True,
                           "declaration": True, "verbatimModuleSyntax": True},
    "ES modules, ESNext": {"module": "esnext", "moduleResolution": "bundler", "target": "esnext",
                           "lib": ["esnext", "dom", "dom.iterable"]},
    "CommonJS": {"module": "node16", "target": "es2020", "lib": ["es2020"]},
}  # fmt: skip
COMPILED: Final = [
    *((kind, "typescript-7") for kind in KINDS),
    ("CommonJS", "typescript"),  # it takes five times as long, and has the same rules
]
"""Kinds of modules with the compilers that they are given to."""
SOME: Final = 80
"""Codes of a module that compilers, linters and formatters look at."""
ALIKE: Final = {"many": 36}
"""So many where all codes are of a few kinds."""
MOST_RATIO: Final = 1.02
"""How much more of a module of 1,000 codes may be left of a class than of a module of one."""
LARGE: Final = 1500
"""Codes of a module that is still compiled in a second: what takes the square of them does not."""
BETWEEN: Final = re.compile(r"\n\n(?=[^\s}])")
"""Where a statement of a module ends, and the next begins."""
CONFIG: Final = """\
import tseslint from "typescript-eslint";
export default tseslint.config(...tseslint.configs.strict);
"""
CONSUMER: Final = """\
import {
  ArtifactaError,
  Code,
  FACTS,
  RateLimitedError,
  example,
  fromFetch,
  fromResponse,
  isArtifactaError,
  isKnown,
  type ArtifactaErrors,
  type KnownCode,
  type UnknownArtifactaError,
} from "./artifacta/errors.js";
import type { ArtworksErrors, NotFoundError } from "./artworks/errors.js";
import type { FamilyErrors } from "./families/errors.js";
import type { AwkwardErrors, UnknownAwkwardError } from "./awkward/errors.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2
  ? true
  : false;
function same<A, B>(_: Same<A, B>): void {}

export function pause(error: ArtifactaErrors): number {
  switch (error.code) {
    case "rate_limited":
      same<typeof error, RateLimitedError>(true);
      same<typeof error.retryAfterSeconds, number | undefined>(true);
      return error.retryAfterSeconds ?? 1;
    case Code.QUOTA_EXCEEDED:
      same<typeof error.code, "quota_exceeded">(true);
      return 0;
    case undefined:
      same<typeof error, UnknownArtifactaError>(true);
      return 0;
    default:
      return error.retryAfter ?? 0;
  }
}

function found(error: NotFoundError): string {
  return error.message;
}

export function few(error: ArtworksErrors): string {
  // @ts-expect-error: no such code, and no text that might be one
  if (error.code === "not_fuond") {
    return "";
  }
  const text: string | undefined = error.code;
  if (text === "later") {
    return "a code that came later";
  }
  return error.code === "not_found" ? found(error) : "";
}

export function shared(error: FamilyErrors): string {
  if (error.code === "silent") {
    same<typeof error.code, "silent">(true);
    return error.message;
  }
  return "";
}

export function many(error: AwkwardErrors): string {
  switch (error.code) {
    case "class":
      same<typeof error.code, "class">(true);
      return error.code;
    case undefined:
      same<typeof error, UnknownAwkwardError>(true);
      return "";
    default:
      return error.code;
  }
}

export function every(error: ArtifactaErrors): string {
  if (!isKnown(error)) {
    same<typeof error, UnknownArtifactaError>(true);
    return error.code ?? "none";
  }
  switch (error.code) {
%(cases)s
      return error.code;
    default: {
      const forgotten: never = error;
      return forgotten;
    }
  }
}

export function forgetful(error: ArtifactaErrors): string {
  if (isKnown(error) && error.code !== "rate_limited") {
    // @ts-expect-error: all others are left
    const forgotten: never = error;
    return forgotten;
  }
  return error.message;
}

export async function caught(response: Response): Promise<boolean | undefined> {
  try {
    throw await fromFetch(response);
  } catch (error) {
    if (isArtifactaError(error)) {
      same<typeof error, ArtifactaErrors>(true);
      return error.retryable;
    }
    return error instanceof ArtifactaError ? error.retryable : undefined;
  }
}

export const made = new RateLimitedError({ details: { retry_after_seconds: 5 } });
export const code: "rate_limited" = made.code;
export const known: KnownCode = code;
export const shown: RateLimitedError = example("rate_limited");
// @ts-expect-error: an example of no code
example("not_a_code");
export const read = fromResponse(404, new Headers(), "{}");
export const facts = FACTS.get("rate_limited")?.after[0]?.seconds;
// @ts-expect-error: such a code is none
export const unknown: KnownCode = "not_a_code";
"""


@pytest.fixture(scope="module", name="sources")
def _sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every module, and one that uses them as a reader would."""
    folder = tmp_path_factory.mktemp("typescript")
    some = {name: first_of(api, ALIKE.get(name, SOME)) for name, api in apis().items()}
    write_sources(folder, some)
    cases = "\n".join(f"    case {json.dumps(code)}:" for code in apis()["artifacta"].errors)
    (folder / "consumer.ts").write_text(CONSUMER % {"cases": cases}, encoding="utf-8")
    (folder / "package.json").write_text('{"type": "commonjs"}', encoding="utf-8")
    return folder


def _said(command: list[Any], folder: Path) -> str:
    run = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, timeout=300
    )
    return run.stdout + run.stderr


@pytest.mark.parametrize(("kind", "compiler"), COMPILED)
def test_compilers_have_no_objection(sources: Path, kind: str, compiler: str) -> None:
    has_dom = "dom" in KINDS[kind]["lib"]
    some = ["artifacta/errors.ts", "families/errors.ts", "secrets/errors.ts"]
    files = ["*/errors.ts"] if compiler == "typescript-7" else some
    files = [*files, "consumer.ts"] if has_dom else files
    config = {"compilerOptions": {**OPTIONS, **KINDS[kind]}, "include": files}
    path = sources / "tsconfig.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    program = ROOT / "node_modules" / compiler / "bin/tsc"
    assert _said(["node", program, "--project", path], sources) == ""


def test_the_linter_has_no_objection_and_is_asked_for_no_exception(sources: Path) -> None:
    (sources / "eslint.config.mjs").write_text(CONFIG, encoding="utf-8")
    (sources / "node_modules").symlink_to(ROOT / "node_modules")
    assert _said([PROGRAMS / "eslint", "--max-warnings=0", "*/errors.ts"], sources) == ""
    for source in sources.glob("*/errors.ts"):
        assert "eslint-disable" not in source.read_text(encoding="utf-8")


def test_the_formatter_changes_nothing(sources: Path) -> None:
    """What two modules have in common is looked at once: it lays out each statement by itself."""
    seen: set[str] = set()
    for source in sorted(sources.glob("*/errors.ts")):
        statements = BETWEEN.split(source.read_text(encoding="utf-8").rstrip("\n"))
        new = [one for one in statements if one not in seen]
        seen.update(new)
        source.with_name("parts.ts").write_text("\n\n".join(new) + "\n", encoding="utf-8")
    said = _said([PROGRAMS / "prettier", "--list-different", "*/parts.ts"], sources)
    assert said == ""


def _bundle(folder: Path, text: str) -> int:
    """Return how many bytes are left of what ``text`` imports."""
    entry = folder / "entry.ts"
    entry.write_text(text, encoding="utf-8")
    command: list[str | Path] = [
        PROGRAMS / "esbuild",
        entry,
        "--bundle",
        "--minify",
        "--format=esm",
    ]
    run = subprocess.run(command, check=True, capture_output=True, timeout=60)
    return len(run.stdout)


def _module_of(count: int) -> str:
    code = {"status": 404, "meaning": "It is not here.", "actions": [{"do": "abort"}]}
    errors = {f"code_{number:04}": code for number in range(count)}
    envelopes = [{"body": {"code": "{code}", "message?": "{message}"}}]
    api = {"shop": {"errors": errors, "envelopes": envelopes}}
    (text,) = render(Catalog.model_validate_json(json.dumps({"apis": api}))).values()
    return text


def test_a_class_of_a_thousand_costs_what_one_does(tmp_path: Path) -> None:
    sizes = {}
    one = 'import { Code0000Error } from "./errors";\nconsole.log(new Code0000Error().message);'
    for count in (1, 1000):
        (tmp_path / "errors.ts").write_text(_module_of(count), encoding="utf-8")
        sizes[count] = _bundle(tmp_path, one)
    assert sizes[1000] / sizes[1] < MOST_RATIO, sizes
    assert _bundle(tmp_path, 'import "./errors";') == 0
    whole = 'import { fromResponse } from "./errors";\nconsole.log(fromResponse(1, [], ""));'
    assert _bundle(tmp_path, whole) > 20 * sizes[1]


def test_what_a_compiler_made_of_a_large_module_can_be_dropped_too(tmp_path: Path) -> None:
    (tmp_path / "errors.ts").write_text(_module_of(LARGE), encoding="utf-8")
    program = ROOT / "node_modules/typescript-7/bin/tsc"
    options = ["--target", "es2020", "--module", "esnext", "--moduleResolution", "bundler"]
    folder = tmp_path / "out"
    assert _said(["node", program, "errors.ts", *options, "--outDir", folder], tmp_path) == ""
    assert _bundle(folder, 'import "./errors";') == 0
