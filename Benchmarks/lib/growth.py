"""growth: whether an event costs the same when the ledger is large."""

from __future__ import annotations

from math import log10
from typing import Iterator

from .faults import Fault
from .measure import Bench, Benchmark, Round, rounded, summary
from .plot import Panel, Series, draw

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
#: The last tenth is timed, but never fewer than five commits.
LEAST_TIMED = 5_000

COSTS = {"append": "microseconds_an_event", "read": "read_microseconds_an_event"}
COSTS["audit"] = "audit_microseconds_an_event"
MEMORIES = {"append": "writer_peak_mebibytes", "read": "read_peak_mebibytes"}
MEMORIES["audit"] = "audit_peak_mebibytes"
DISK = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r'"
DISK += " AND relnamespace = 'raiz'::regnamespace"


def label(size: int) -> str:
    """1e4 for 10,000."""
    return f"1e{round(log10(size))}"


class Growth(Benchmark):
    name = "growth"
    line = "cost and memory of an event at 10^4, 10^5, 10^6 and 10^7 events; draws growth.svg"
    # One round grows a ledger from nothing to the largest size.
    rounds = 1
    events = SIZES[-1]

    def measure(self, bench: Bench) -> Iterator[Round]:
        sizes = [size for size in SIZES if size <= bench.events]
        if not sizes:
            raise Fault("there is nothing to grow to", f"Give --events {SIZES[0]} or more.")
        results: list[Round] = []
        for _ in range(bench.rounds):
            results.append(grow(bench, sizes))
            yield results[-1]
        plot(bench, sizes, results)


def grow(bench: Bench, sizes: list[int]) -> Round:
    """One ledger through every size."""
    result, before = Round(), 0
    with bench.server.database("bench_growth") as database:
        for size in sizes:
            bench.say(f" {size:,} events")
            for key, value in at_size(bench, database, before, size).items():
                result.figures[f"{key}_{label(size)}"] = rounded(value)
            before = size
    small, large = (result.figures[f"{COSTS['append']}_{label(s)}"] for s in (sizes[0], sizes[-1]))
    result.ratios["flat"] = small / large
    return result


def at_size(bench: Bench, database: str, before: int, size: int) -> dict[str, float]:
    """The figures of one size; the ledger has `before` events yet."""
    last = max(size // 10, LEAST_TIMED)
    first = bench.task("fill", database, events=size - last)
    second = bench.task("fill", database, events=size)
    spent = (size - last - before) / first["events_per_second"]
    spent += last / second["events_per_second"]
    bench.server.settle(database)
    read, audit = bench.task("read", database), bench.task("audit", database)
    bytes_on_disk = float(bench.server.query(database, DISK))
    return {
        COSTS["append"]: 1e6 / second["events_per_second"],
        "microseconds_an_event_since_last_size": 1e6 * spent / (size - before),
        COSTS["read"]: 1e6 / read["events_per_second"],
        COSTS["audit"]: 1e6 / audit["events_per_second"],
        MEMORIES["append"]: max(first["peak_mebibytes"], second["peak_mebibytes"]),
        MEMORIES["read"]: read["peak_mebibytes"],
        MEMORIES["audit"]: audit["peak_mebibytes"],
        "disk_bytes_an_event": bytes_on_disk / size,
    }


def plot(bench: Bench, sizes: list[int], results: list[Round]) -> None:
    """Writes growth.svg from the medians."""
    figures = summary(results)["figures"]

    def series(keys: dict[str, str]) -> list[Series]:
        return [
            Series(name, [(s, figures[f"{key}_{label(s)}"]) for s in sizes])
            for name, key in keys.items()
        ]

    path = bench.plots / "growth.svg"
    panels = [
        Panel("time an event (µs)", series(COSTS)),
        Panel("peak memory of the process (MiB)", series(MEMORIES)),
    ]
    path.write_text(draw("events in the ledger", panels))
    bench.say(f"wrote {path}")
