"""The private cluster that is measured, and databases on it."""

from __future__ import annotations

import re
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from . import programs
from .faults import Fault


class Server:
    """A running server, by its libpq connection string."""

    def __init__(self, connection: str) -> None:
        self.words = {
            key: re.sub(r"\\(.)", r"\1", value)
            for key, value in re.findall(r"(\w+)='((?:[^'\\]|\\.)*)'", connection)
        }
        if "host" not in self.words or "user" not in self.words:
            raise Fault("the cluster told no connection", f"It said: {connection!r}")

    def connection(self, database: str) -> str:
        """The connection string of one database."""
        words = {**self.words, "dbname": database}
        quoted = {k: re.sub(r"(['\\])", r"\\\1", v) for k, v in words.items()}
        return " ".join(f"{key}='{value}'" for key, value in sorted(quoted.items()))

    def environment(self) -> dict[str, str]:
        """For programs that take libpq's variables only."""
        return programs.environment(
            PGHOST=self.words["host"],
            PGPORT=self.words.get("port", "5432"),
            PGUSER=self.words["user"],
        )

    def query(self, database: str, statement: str) -> str:
        """The unaligned rows of one statement."""
        psql = programs.program("psql")
        arguments = ["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", self.connection(database)]
        return programs.run([psql, *arguments, "-c", statement]).strip()

    @contextmanager
    def database(self, name: str) -> Iterator[str]:
        """A fresh database for as long as the block runs; gives its name."""
        self.query("postgres", f'CREATE DATABASE "{name}"')
        try:
            yield name
        finally:
            self.query("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def settle(self, database: str) -> None:
        """Ends the work that a fill left to the next reader: hint bits and dirty pages."""
        self.query(database, "VACUUM (ANALYZE)")
        self.query(database, "CHECKPOINT")


@contextmanager
def cluster(binary: str, folder: Path) -> Iterator[Server]:
    """The cluster that raiz itself would make in the folder; it stops with the block."""
    for name in ("psql", "createdb", "dropdb"):
        programs.program(name)
    # A session of its own: Ctrl-C at the terminal reaches us, and we stop it in order.
    keeper = subprocess.Popen(
        [binary, "cluster", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=programs.environment(),
        start_new_session=True,
    )
    assert keeper.stdin and keeper.stdout
    try:
        line = keeper.stdout.readline().strip()
        if not line:
            raise Fault("the cluster did not start", "What it said stands above.")
        yield Server(line)
    finally:
        keeper.stdin.close()
        keeper.wait(timeout=120)
