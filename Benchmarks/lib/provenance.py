"""trace, judge and judge-growth: where a lot comes from, and all lots judged anew."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Iterator

from . import programs
from .faults import Fault
from .measure import Bench, Benchmark, Round, rounded, summary
from .plot import Panel, Series, draw
from .provenance_tables import LARGE, LEDGER, fill

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
PLOTS = 10_000
REQUESTS = 200
#: Of the plain query; the one with shares takes a minute.
STATEMENTS = 5

#: The plots alone: what a user writes first.
DISTINCT = f"""
WITH RECURSIVE up(lot) AS (
  SELECT '{LARGE}'
  UNION
  SELECT i.input FROM up JOIN raiz_read.lot_inputs i ON i.ledger = {LEDGER} AND i.lot = up.lot)
SELECT DISTINCT l.plot FROM up
  JOIN raiz_read.lots l ON l.ledger = {LEDGER} AND l.code = up.lot
WHERE l.plot IS NOT NULL"""

#: With shares: each path's product, in floating point, so they add up to one nearly.
SHARES = f"""
WITH RECURSIVE up(lot, share) AS (
  SELECT '{LARGE}', 1::double precision
  UNION ALL
  SELECT i.input, up.share * i.grams / l.created_grams FROM up
    JOIN raiz_read.lots l ON l.ledger = {LEDGER} AND l.code = up.lot
    JOIN raiz_read.lot_inputs i ON i.ledger = {LEDGER} AND i.lot = up.lot)
SELECT l.plot, sum(up.share) FROM up
  JOIN raiz_read.lots l ON l.ledger = {LEDGER} AND l.code = up.lot
WHERE l.plot IS NOT NULL GROUP BY l.plot"""


class Trace(Benchmark):
    name = "trace"
    line = "a lot of 10,000 plots over 100,000 links traced back by HTTP, beside recursive SQL"
    #: Lots of the ledger that the traced lot stands in.
    events = 1_000_000

    def size(self, bench: Bench) -> dict[str, int]:
        return {"lots": bench.events, "plots_of_the_lot": PLOTS, "requests": REQUESTS}

    def measure(self, bench: Bench) -> Iterator[Round]:
        raiz = program(bench)
        with bench.server.database("bench_trace") as database:
            with serving(bench, raiz, database):
                bench.say("made the ledger")
            bench.say(f"filling tables with {bench.events:,} lots")
            fill(bench.server, database, bench.events, PLOTS)
            started = time.monotonic()
            with serving(bench, raiz, database) as server:
                traced(server)
                loading = time.monotonic() - started
                resident = server.resident_mebibytes()
                bench.say(f"the server answers after {loading:.1f} s")
                for _ in range(bench.rounds):
                    times = sorted(timed(server) for _ in range(REQUESTS))
                    plain = statement(bench, database, DISTINCT, STATEMENTS)
                    shares = statement(bench, database, SHARES, 1, first=0)
                    ours = median(times)
                    late = times[int(len(times) * 0.95)]
                    yield Round(
                        {
                            "milliseconds_median": 1e3 * ours, "milliseconds_95th": 1e3 * late,
                            "sql_milliseconds": 1e3 * plain,
                            "sql_with_shares_milliseconds": 1e3 * shares,
                            "seconds_to_start_and_load": loading,
                            "server_resident_mebibytes": resident,
                        },
                        {"sql": plain / ours, "sql with shares": shares / ours},
                    )


def program(bench: Bench) -> str:
    """RAIZ_BIN, or what `swift build` makes of the project."""
    given = os.environ.get("RAIZ_BIN")
    if given:
        return str(Path(given).resolve())
    swift = programs.program("swift")
    command = [swift, "build", "-c", "release", "--product", "raiz"]
    if subprocess.run(command, cwd=bench.plots.parent, stdout=2).returncode != 0:
        raise Fault("raiz was not built", "What the compiler said stands above.")
    return str(bench.plots.parent / ".build" / "release" / "raiz")


class Serving:
    """A running `raiz serve` on loopback, and one connection to it."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process = process
        self.connection = HTTPConnection("127.0.0.1", port, timeout=600)

    def get(self, path: str) -> bytes:
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise Fault(f"{path} gave {answer.status}", body[:500].decode(errors="replace"))
        return body

    def resident_mebibytes(self) -> float:
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            found = re.search(r"VmRSS:\s+(\d+)", file.read())
        return int(found[1]) / 1024 if found else 0.0


@contextmanager
def serving(bench: Bench, raiz: str, database: str) -> Iterator[Serving]:
    """A server over a database, for as long as the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = programs.environment(DATABASE_URL=bench.server.connection(database))
    process = subprocess.Popen(
        [raiz, "serve", "--data", str(bench.folder / "data"), "--port", str(port)],
        env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        server = Serving(process, port)
        wait(server, port)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=120)


def wait(server: Serving, port: int) -> None:
    for _ in range(1200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                server.get("/health")
                return
        except OSError:
            pass
        if server.process.poll() is not None:
            said = server.process.stderr.read().decode(errors="replace")
            raise Fault("raiz serve ended", said[-2000:])
        time.sleep(0.1)
    raise Fault("raiz serve does not answer", "It had two minutes.")


PATH = f"/api/lots/{LARGE}/origins?limit=50000"


def timed(server: Serving) -> float:
    start = time.perf_counter()
    server.get(PATH)
    return time.perf_counter() - start


def traced(server: Serving) -> None:
    """One answer, held against what the tables were filled with."""
    found = json.loads(server.get(PATH))
    plots = found["plots"]
    total = sum(share["grams"] for share in plots) + found["unknownGrams"]
    if len(plots) != PLOTS or total != found["grams"] or found["linkCount"] < 100_000:
        raise Fault(
            "the traced lot is not what the tables hold",
            f"{len(plots)} plots, {total} of {found['grams']} g, {found['linkCount']} links",
        )


def statement(bench: Bench, database: str, words: str, times: int, first: int = 1) -> float:
    """Seconds of a statement, by psql's own clock; the median of some runs after `first` more."""
    bench.say("  recursive SQL")
    said = programs.run(
        [programs.program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1"]
        + ["-d", bench.server.connection(database), "-o", "/dev/null"],
        stdin="\\timing on\n" + (words + ";\n") * (times + first),
    )
    spent = [float(one) / 1e3 for one in re.findall(r"Time: ([0-9.]+) ms", said)]
    if len(spent) != times + first:
        raise Fault("psql told no time", said)
    return median(spent[first:])


class Judge(Benchmark):
    name = "judge"
    line = "a million lots with five million links judged anew, and what the graph takes of memory"
    events = 1_000_000
    needs_server = False

    def size(self, bench: Bench) -> dict[str, int]:
        return {"lots": bench.events, "links_a_lot": 5}

    def measure(self, bench: Bench) -> Iterator[Round]:
        for _ in range(bench.rounds):
            yield Round(judged(bench, bench.events), {})


def judged(bench: Bench, lots: int) -> dict[str, float]:
    bench.say(f"  judge, {lots:,} lots")
    return bench.subject.run("judge", "-", lots=lots, plots=min(PLOTS, lots // 10))


class JudgeGrowth(Benchmark):
    name = "judge-growth"
    line = "the same at 10^4, 10^5, 10^6 and 10^7 lots; draws judge-growth.svg"
    rounds = 1
    events = SIZES[-1]
    needs_server = False

    def size(self, bench: Bench) -> dict[str, int]:
        return {"lots": bench.events, "links_a_lot": 5}

    def measure(self, bench: Bench) -> Iterator[Round]:
        sizes = [size for size in SIZES if size <= bench.events]
        if not sizes:
            raise Fault("there is nothing to grow to", f"Give --events {SIZES[0]} or more.")
        results: list[Round] = []
        for _ in range(bench.rounds):
            result = Round()
            for size in sizes:
                for key, value in judged(bench, size).items():
                    result.figures[f"{key}_{label(size)}"] = rounded(value)
            costs = [result.figures[f"{COST}_{label(s)}"] for s in (sizes[0], sizes[-1])]
            result.ratios["flat"] = costs[0] / costs[1]
            results.append(result)
            yield result
        plot(bench, sizes, results)


COST = "judge_nanoseconds_a_lot_and_link"


def label(size: int) -> str:
    return f"1e{len(str(size)) - 1}"


def plot(bench: Bench, sizes: list[int], results: list[Round]) -> None:
    """Writes judge-growth.svg from the medians."""
    figures = summary(results)["figures"]

    def series(name: str, key: str) -> Series:
        return Series(name, [(s, figures[f"{key}_{label(s)}"]) for s in sizes])

    panels = [
        Panel("nanoseconds a lot or link", [
            series("judged anew", COST), series("traced back", "trace_nanoseconds_a_link"),
        ]),
        Panel("bytes", [
            series("a lot", "bytes_a_lot"), series("a link", "bytes_a_link"),
            series("both, resident", "resident_bytes_a_lot_and_link"),
        ]),
    ]
    path = bench.plots / "judge-growth.svg"
    path.write_text(draw("lots in the ledger", panels))
    bench.say(f"wrote {path}")
