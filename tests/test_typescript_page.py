"""What docs/typescript.md shows of TypeScript compiles, and forgets no case without saying so."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
MODULES: Final = ROOT / "sdk/typescript"
TSC: Final = ROOT / "node_modules/typescript-7/bin/tsc"
CASES: Final = "// …every other code"
AROUND: Final = """
declare function upload(): Promise<string>;
declare function sleep(milliseconds: number): Promise<void>;
"""
"""What the page leaves to its readers."""
PACKAGES: Final = """
interface Mock {
  mockRejectedValueOnce(reason: unknown): Mock;
  mockResolvedValueOnce(value: unknown): Mock;
}
declare module "vitest" {
  export const vi: { fn(): Mock };
  export function test(name: string, body: () => Promise<void> | void): void;
  export function expect(value: unknown): Record<"toBe" | "toMatchObject", (to: unknown) => void>;
}
declare module "node:fs" {
  export function readFileSync(path: string, encoding: "utf8"): string;
}
"""
"""As much of them as it shows."""
OPTIONS: Final = {
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "module": "esnext",
    "moduleResolution": "bundler",
    "target": "es2022",
    "lib": ["es2022", "dom"],
    "types": [],
    "noEmit": True,
}


@pytest.mark.browser
def test_its_blocks_compile(tmp_path: Path) -> None:
    page = (ROOT / "docs/typescript.md").read_text("utf-8")
    blocks = re.findall(r"^```ts\n(.*?)^```$", page, re.M | re.S)
    assert len(blocks) > 5
    module = (MODULES / "artifacta/errors.ts").read_text("utf-8")
    codes = set(re.findall(r'^  override get code\(\): ("\w+") {$', module, re.M))
    cases = "\n".join(f"case {code}:" for code in sorted(codes - {'"rate_limited"'}))
    for number, block in enumerate(blocks):
        text = block.replace(CASES, f"{cases} return undefined;")
        (tmp_path / f"block{number}.ts").write_text(text, encoding="utf-8")
    (forgetful,) = (block for block in blocks if CASES in block)
    (tmp_path / "forgetful.ts").write_text(forgetful, encoding="utf-8")
    (tmp_path / "around.d.ts").write_text(AROUND, encoding="utf-8")
    (tmp_path / "packages.d.ts").write_text(PACKAGES, encoding="utf-8")
    config = {"compilerOptions": OPTIONS, "include": ["*.ts"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(config), encoding="utf-8")
    shutil.copytree(MODULES / "artifacta", tmp_path / "artifacta")

    command: list[str | Path] = ["node", TSC, "-p", "."]
    run = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)

    told = [line for line in run.stdout.splitlines() if line[:1].strip()]
    assert [line.partition("(")[0] for line in told] == ["forgetful.ts"], run.stdout
    assert "to type 'never'" in told[0]
