"""read, audit and heads: what looking at a filled ledger costs."""

from __future__ import annotations

import re
from typing import Iterator

from . import programs
from .faults import Fault
from .measure import Bench, Benchmark, Round

NODE_BYTES = 65
SECONDS_OF_HASHING = 2


class Read(Benchmark):
    name = "read"
    line = "every event in order, decoded, beside binary COPY of the same rows to nowhere"
    events = 200_000

    def measure(self, bench: Bench) -> Iterator[Round]:
        with bench.filled() as database:
            copy_rate(bench, database)
            for _ in range(bench.rounds):
                ours = bench.task("read", database)
                floor = copy_rate(bench, database)
                yield Round(
                    {**ours, "floor_events_per_second": floor},
                    {"floor": ours["events_per_second"] / floor},
                )


def copy_rate(bench: Bench, database: str, columns: str = "position, bytes") -> float:
    """Events a second of COPY, by psql's own clock: without its start."""
    bench.say("  COPY")
    # Of one ledger, so that the index gives the order: without it the server would sort.
    rows = (
        f"SELECT {columns} FROM raiz.events"
        " WHERE ledger = (SELECT ledger FROM raiz.ledgers) ORDER BY position"
    )
    said = programs.run(
        [programs.program("psql"), "-Xq", "-v", "ON_ERROR_STOP=1"]
        + ["-d", bench.server.connection(database)],
        stdin=f"\\timing on\n\\copy ({rows}) TO '/dev/null' (FORMAT binary)\n",
    )
    found = re.search(r"Time: ([0-9.]+) ms", said)
    if not found:
        raise Fault("psql told no time", said)
    return bench.events / (float(found[1]) / 1e3)


class Audit(Benchmark):
    name = "audit"
    line = "the full audit of a ledger, and of its exported log, beside SHA-256 of bytes and nodes"
    events = 1_000_000
    columns = "position, stream, version, bytes, leaf_hash"

    def measure(self, bench: Bench) -> Iterator[Round]:
        programs.program("openssl")
        with bench.filled() as database:
            mean = bench.server.query(database, "SELECT avg(length(bytes)) FROM raiz.events")
            copy_rate(bench, database, self.columns)
            log = str(bench.folder / "log")
            bench.say("  exporting the log")
            bench.subject.run("export", bench.server.connection(database), log)
            for _ in range(bench.rounds):
                ours = bench.task("audit", database)
                bench.say("  log-audit")
                exported = bench.subject.run("log-audit", log)
                limit = hashing_limit(bench, float(mean))
                copy = copy_rate(bench, database, self.columns)
                rate = ours["events_per_second"]
                yield Round(
                    {
                        **ours,
                        **exported,
                        "event_bytes": float(mean),
                        "limit_events_per_second": limit,
                        "copy_events_per_second": copy,
                    },
                    {
                        "limit": rate / limit,
                        "limit log": exported["log_events_per_second"] / limit,
                        "copy": rate / copy,
                    },
                )


def hashing_limit(bench: Bench, event_bytes: float) -> float:
    """Events a second of one leaf hash and one node hash each, on one core."""
    bench.say("  SHA-256")
    # A leaf is hashed behind one byte, a node is one byte and two hashes (RFC 9162, 2.1.1);
    # a tree has one node fewer than leaves.
    leaf, node = hashes_a_second(round(event_bytes) + 1), hashes_a_second(NODE_BYTES)
    return 1 / (1 / leaf + 1 / node)


def hashes_a_second(size: int) -> float:
    """SHA-256 of so many bytes, by OpenSSL; by the clock on the wall, as ours is timed."""
    said = programs.run(
        [programs.program("openssl"), "speed", "-mr", "-elapsed", "-evp", "sha256"]
        + ["-bytes", str(size), "-seconds", str(SECONDS_OF_HASHING)]
    )
    found = re.search(r"^\+F:[^:]*:sha256:([0-9.]+)", said, re.MULTILINE)
    if not found:
        raise Fault("openssl told no rate; it must be 1.1.1 or newer", said)
    return float(found[1]) / size


class Heads(Benchmark):
    name = "heads"
    line = "the map of all streams' heads: following, a commitment, a proof; at first and in the end"
    events = 400_000

    def measure(self, bench: Bench) -> Iterator[Round]:
        for _ in range(bench.rounds):
            figures = bench.task("heads", events=bench.events)
            first, last = figures["first_microseconds_an_event"], figures["last_microseconds_an_event"]
            yield Round(figures, {"flat": first / last})
