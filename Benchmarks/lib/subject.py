"""The measuring half: the program `Benchmarks`, one round of one task a call."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from . import programs
from .faults import Fault

PRODUCT = "Benchmarks"


def binary(project: Path) -> str:
    """RAIZ_BENCH_BIN, or what `swift build` makes of the project."""
    given = os.environ.get("RAIZ_BENCH_BIN")
    if given:
        if not os.access(given, os.X_OK):
            raise Fault(f"RAIZ_BENCH_BIN names no program: {given}", "Correct or unset it.")
        return str(Path(given).resolve())
    swift = programs.program("swift")
    command = [swift, "build", "-c", "release", "--product", PRODUCT]
    # The compiler's words are progress; standard output stays ours.
    done = subprocess.run(command, cwd=project, stdout=2)
    if done.returncode != 0:
        raise Fault("the measuring program was not built", "What the compiler said stands above.")
    return str(project / ".build" / "release" / PRODUCT)


class Subject:
    """Runs tasks of the program; checkpoints that it publishes go to `scratch`."""

    def __init__(self, path: str, scratch: Path) -> None:
        self.path = path
        self.scratch = scratch

    def run(self, task: str, place: str, *more: str, **numbers: int) -> dict[str, float]:
        """The figures of one round; a place is a connection or a folder."""
        words = [*more, *(f"{name}={number}" for name, number in numbers.items())]
        env = programs.environment(TMPDIR=str(self.scratch))
        return json.loads(programs.run([self.path, task, place, *words], env=env))
