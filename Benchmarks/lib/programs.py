"""The programs of this machine: finding them by name and running them."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
from pathlib import Path

from .faults import Fault

PACKAGES = {
    "psql": "postgresql-client (Debian)",
    "createdb": "postgresql-client (Debian)",
    "dropdb": "postgresql-client (Debian)",
    "pgbench": "postgresql-contrib (Debian; pgbench is in postgresql-15 and newer itself)",
    "openssl": "openssl (Debian)",
    "bash": "bash (Debian)",
    "swift": "Swift 6.2 or newer (https://www.swift.org/install/linux)",
}


def search_path() -> str:
    """PATH, then the folders of Debian's PostgreSQL servers, newest first."""
    folders = glob.glob("/usr/lib/postgresql/*/bin")
    folders.sort(key=lambda f: [int(n) for n in Path(f).parts[-2].split(".") if n.isdigit()])
    return os.pathsep.join([os.environ.get("PATH", os.defpath), *reversed(folders)])


def program(name: str) -> str:
    """The full path of a program; a fault that names its package if it is not there."""
    found = shutil.which(name, path=search_path())
    if not found:
        raise Fault(f"{name} is missing", f"Install {PACKAGES.get(name, name)}.")
    return found


def environment(**more: str) -> dict[str, str]:
    """Ours without stray libpq settings, which would reach one side and not the other."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    return {**kept, "PATH": search_path(), "LC_ALL": "C", **more}


def run(command: list[str], env: dict[str, str] | None = None, stdin: str | None = None) -> str:
    """Standard output of a program that must succeed."""
    done = subprocess.run(
        command, env=env or environment(), input=stdin, capture_output=True, text=True
    )
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip())[-2000:]
        raise Fault(f"{Path(command[0]).name} ended with {done.returncode}", said)
    return done.stdout
