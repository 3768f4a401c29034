"""append, bulk and latency: what a commit costs."""

from __future__ import annotations

from typing import Iterator

from . import eventsourcing, message_db
from .measure import Bench, Benchmark, Round

CLIENTS = 64
FLOOR_BATCH = 100
PEER_BATCH = 100
BULK_COMMIT = 1_000


def against(round_: Round, peer: str, ours: float, theirs: float) -> None:
    """Adds a peer's rate, and ours over it."""
    round_.figures[f"{peer}_events_per_second"] = theirs
    round_.ratios[peer] = ours / theirs


class Append(Benchmark):
    name = "append"
    line = "64 committers of one event each, beside bare array inserts, Message DB, eventsourcing"

    def measure(self, bench: Bench) -> Iterator[Round]:
        checkout = None if "messagedb" in bench.without else bench.message_db
        if checkout:
            message_db.installer(checkout)
        else:
            bench.say("no ratio messagedb: it is left out, or no --message-db PATH is given")
        python = "eventsourcing" not in bench.without
        if python:
            eventsourcing.interpreter(bench)
        for _ in range(bench.rounds):
            ours = bench.task("append", clients=CLIENTS, seconds=bench.seconds)
            size = round(ours["event_bytes"])
            floor = bench.task(
                "append-floor", batch=FLOOR_BATCH, bytes=size, seconds=bench.seconds
            )["events_per_second"]
            rate = ours["commits_per_second"]
            result = Round({**ours, "floor_events_per_second": floor}, {"floor": rate / floor})
            if checkout:
                against(result, "messagedb", rate, message_db.rate(bench, checkout))
            if python:
                against(result, "eventsourcing", rate, eventsourcing.rate(bench, 1))
            yield result


class Bulk(Benchmark):
    name = "bulk"
    line = "commits of 1,000 events, beside binary COPY and eventsourcing's 100 events an append"
    events = 60_000

    def measure(self, bench: Bench) -> Iterator[Round]:
        python = "eventsourcing" not in bench.without
        if python:
            eventsourcing.interpreter(bench)
        for _ in range(bench.rounds):
            figures = bench.task(
                "bulk", commits=max(1, bench.events // BULK_COMMIT), events=BULK_COMMIT
            )
            rate = figures["events_per_second"]
            result = Round(figures, {"floor": rate / figures["floor_events_per_second"]})
            if python:
                against(result, "eventsourcing", rate, eventsourcing.rate(bench, PEER_BATCH))
            yield result


class Latency(Benchmark):
    name = "latency"
    line = "one committer alone, beside durable inserts of single rows"
    events = 1_000

    def measure(self, bench: Bench) -> Iterator[Round]:
        for _ in range(bench.rounds):
            figures = bench.task("latency", count=bench.events)
            ratio = figures["floor_microseconds"] / figures["microseconds"]
            yield Round(figures, {"floor": ratio})
