"""Runs in the virtual environment of eventsourcing.py: one process, one client.

Takes one JSON object {host, port, user, dbname, batch, seconds}; prints {events_per_second}.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from uuid import uuid4

# This folder holds a module of the library's own name.
HERE = Path(__file__).resolve().parent
sys.path[:] = [p for p in sys.path if Path(p or ".").resolve() != HERE]
sys.path.append(str(HERE.parent))

from eventsourcing.persistence import StoredEvent  # noqa: E402
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore  # noqa: E402

from lib.event import PER_STREAM, data  # noqa: E402

WARM_UP = 20


def events(first: int, count: int, streams: dict) -> list[StoredEvent]:
    """Ten to a stream, as ours."""
    return [
        StoredEvent(
            originator_id=streams.setdefault(n // PER_STREAM, uuid4()),
            originator_version=n % PER_STREAM + 1,
            topic="bench:LotPurchased",
            state=data(n).encode(),
        )
        for n in range(first, first + count)
    ]


def main(job: dict) -> None:
    where = {key: job[key] for key in ("dbname", "host", "port", "user")}
    with PostgresDatastore(**where, password="") as datastore:
        recorder = PostgresApplicationRecorder(datastore)
        recorder.create_table()
        batch, streams, number = job["batch"], {}, 0
        for _ in range(WARM_UP):
            recorder.insert_events(events(number, batch, streams))
            number += batch
        first, start = number, perf_counter()
        while perf_counter() - start < job["seconds"]:
            recorder.insert_events(events(number, batch, streams))
            number += batch
            streams = {n: s for n, s in streams.items() if n == number // PER_STREAM}
        spent = perf_counter() - start
        if (recorder.max_notification_id() or 0) < number:
            sys.exit("events are missing")
    print(json.dumps({"events_per_second": (number - first) / spent}))


main(json.loads(sys.argv[1]))
