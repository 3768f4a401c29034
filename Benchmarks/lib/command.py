"""The command line of `./Benchmarks/run`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import time
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Callable, Iterator

from . import machine, subject, tables
from .faults import Fault
from .measure import Bench, Benchmark, summary
from .names import BENCHMARKS, BY_NAME
from .server import cluster


def parser() -> argparse.ArgumentParser:
    names = "\n".join(f"  {one.name:<14}{one.line}" for one in BENCHMARKS)
    made = argparse.ArgumentParser(
        prog="./Benchmarks/run",
        description="Measures Raíz beside its floors, limits and peers. Names:\n" + names,
        epilog="RAIZ_BENCH_BIN: the measuring program, if it shall not be built.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = made.add_argument
    add("name", nargs="?", metavar="NAME", help="what to measure; none lists the names")
    add("--rounds", type=positive, help="rounds (default: 5; growth: 1)")
    add("--events", type=positive, help="events of a round, or of the ledger that is filled")
    add("--plots", type=positive, help="plots of overlay and million")
    add("--seconds", type=positive, default=4, help="seconds of a side of append (default: 4)")
    add("--folder", type=Path, help="where the cluster is put (default: .build/benchmarks)")
    add("--message-db", metavar="PATH", default=os.environ.get("MESSAGE_DB"),
        help="a checkout of Message DB, a peer of append (or MESSAGE_DB)")
    add("--without", action="append", default=[], help="leave a peer out",
        choices=["messagedb", "eventsourcing", "exactextract", "rasterio"])
    add("--keep", action="store_true", help="keep the cluster's folder")
    add("--json-only", action="store_true", help="print no progress")
    add("--table", nargs="+", metavar="FILE",
        help="write the tables of RESULTS.md from saved results, and print them")
    return made


def positive(word: str) -> int:
    value = int(word)
    if value < 1:
        raise argparse.ArgumentTypeError("it must be 1 or more")
    return value


def main(here: Path, arguments: list[str]) -> int:
    """Gives the exit status: 0, or 1 where something has to be put right first."""
    # A request to end must let the cluster stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = parser().parse_args(arguments)
    try:
        if given.table:
            print(tables.put(here / "RESULTS.md", given.table))
        elif given.name is None:
            for one in BENCHMARKS:
                print(f"{one.name:<14}{one.line}")
        elif given.name not in BY_NAME:
            raise Fault(f"there is no benchmark {given.name}", f"Names: {', '.join(BY_NAME)}.")
        else:
            print(json.dumps(measured(here, BY_NAME[given.name], given), ensure_ascii=False))
    except Fault as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def measured(here: Path, benchmark: Benchmark, given: argparse.Namespace) -> dict:
    """The result of a whole run."""
    say = teller(given.json_only)
    cache = (given.folder or here.parent / ".build" / "benchmarks").resolve()
    rounds = given.rounds or benchmark.rounds
    binary = subject.binary(here.parent)
    with scratch(cache, benchmark.name, given.keep, say) as folder:
        (folder / "tmp").mkdir()
        if benchmark.needs_server:
            say("starting a cluster")
        started = cluster(binary, folder / "cluster") if benchmark.needs_server else nullcontext()
        with started as server:
            bench = Bench(
                server=server,
                subject=subject.Subject(binary, folder / "tmp"),
                folder=folder,
                cache=cache,
                events=given.events or benchmark.events,
                seconds=given.seconds,
                plots_of_a_round=given.plots or benchmark.plots,
                rounds=rounds,
                message_db=given.message_db,
                without=frozenset(given.without),
                say=say,
                plots=here,
            )
            done = []
            for one in benchmark.measure(bench):
                done.append(one)
                ratios = ", ".join(f"{key} {value:.3g}" for key, value in one.ratios.items())
                say(f"round {len(done)} of {rounds}: {ratios}")
            size = benchmark.size(bench)
            setup = {"rounds": rounds, **size, **machine.facts(server)}
    return {"name": benchmark.name, **summary(done), "setup": setup}


def teller(quiet: bool) -> Callable[[str], None]:
    """Says progress on standard error, with the seconds since the start."""
    start = time.monotonic()

    def say(words: str) -> None:
        if not quiet:
            print(f"{time.monotonic() - start:7.1f} s  {words}", file=sys.stderr, flush=True)

    return say


@contextmanager
def scratch(
    cache: Path, name: str, keep: bool, say: Callable[[str], None]
) -> Iterator[Path]:
    """A fresh folder that the server's user can enter; removed at the end."""
    folder = cache / f"{name}-{os.getpid()}"
    try:
        folder.mkdir(parents=True, mode=0o755)
    except OSError as error:
        raise Fault(f"{folder} cannot be made: {error.strerror}", "Give --folder.") from error
    try:
        yield folder
    finally:
        if keep:
            say(f"kept {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
