"""Peer: the Python library eventsourcing, in a virtual environment of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from . import programs
from .faults import Fault
from .measure import Bench

VERSION = "9.5.6"
PSYCOPG = "3.3.9"
# What these two ask for, without bounds of their own.
OTHERS = ("psycopg-pool==3.3.3", "typing-extensions==4.16.0")
DATABASE = "bench_eventsourcing"


def interpreter(bench: Bench) -> str:
    """The Python that has the library; installs it from PyPI the first time."""
    folder = bench.cache / f"eventsourcing-{VERSION}-psycopg-{PSYCOPG}"
    python = folder / "bin" / "python"
    if (folder / "complete").exists() and python.exists():
        return str(python)
    bench.say(f"installing eventsourcing {VERSION} from PyPI")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(folder)], capture_output=True, text=True
    )
    if made.returncode != 0:
        raise Fault("no virtual environment can be made", "Install python3-venv (Debian).")
    wanted = f"eventsourcing[postgres]=={VERSION}"
    # With its own libpq if there is a wheel for this machine, else with the system's.
    tries = [f"psycopg[binary,pool]=={PSYCOPG}", f"psycopg[pool]=={PSYCOPG}"]
    said = ""
    for psycopg in tries:
        pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        done = subprocess.run([*pip, wanted, psycopg, *OTHERS], capture_output=True, text=True)
        if done.returncode == 0:
            (folder / "complete").touch()
            return str(python)
        said = done.stderr.strip()[-1500:]
    raise Fault(
        f"{wanted} (PyPI) could not be installed into {folder}",
        f"Put it right, or leave it out by --without eventsourcing. pip said:\n{said}",
    )


def rate(bench: Bench, batch: int) -> float:
    """Events a second in a fresh database, `batch` of them an append."""
    python = interpreter(bench)
    bench.say(f"  eventsourcing, {batch} events an append")
    server, script = bench.server, Path(__file__).with_name("eventsourcing_client.py")
    with server.database(DATABASE):
        job = {**server.words, "dbname": DATABASE, "batch": batch, "seconds": bench.seconds}
        said = programs.run([python, str(script), json.dumps(job)])
        return float(json.loads(said)["events_per_second"])
