"""A generated module under test, and what all of them have."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Package:
    """A generated module, and the folder it is imported from."""

    module: ModuleType
    folder: Path

    @property
    def name(self) -> str:
        """What the module is imported as."""
        return self.module.__name__

    @property
    def base(self) -> type[Any]:
        """The base class of its exceptions."""
        (base,) = (one for one in self.classes() if one.__bases__ == (Exception,))
        return base

    def classes(self) -> Iterator[type[Any]]:
        """Yield every class of exceptions."""
        for name in self.module.__all__:
            found = getattr(self.module, name)
            if isinstance(found, type) and issubclass(found, Exception):
                yield found

    def examples(self) -> Iterator[Any]:
        """Yield the exception of each code, as the catalog's example of a response gives it."""
        for code, facts in self.module.FACTS.items():
            yield getattr(self.module, facts.exception).example(code)

    def run(self, program: str, *arguments: str) -> str:
        """Return what a program prints in a process of its own that has imported nothing yet."""
        path = os.pathsep.join([str(self.folder), str(ROOT)])
        command = [sys.executable, "-c", program, self.name, *arguments]
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "1"}
        run = subprocess.run(
            command, check=False, capture_output=True, text=True, env=environment, timeout=120
        )
        assert (run.returncode, run.stderr) == (0, "")
        return run.stdout
