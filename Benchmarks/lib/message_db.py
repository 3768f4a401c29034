"""Peer: Message DB, an event store of SQL functions, driven by pgbench."""

from __future__ import annotations

import re
from pathlib import Path

from . import event, programs
from .faults import Fault
from .measure import Bench

CLIENTS = 8
DATABASE = "bench_message_db"

# A client's variables live as long as the client, so n counts its messages.
SCRIPT = f"""\\set n :n + 1
\\set stream :n / {event.PER_STREAM}
\\set salt :client_id * 1000003 + :n
\\set grams 40000 + :salt % 9000
\\set seller :salt % 5000
\\set plot :salt % 7000
\\set minor :salt % 99999
SELECT write_message(gen_random_uuid()::varchar,
  ('lot-' || :client_id::text || 'x' || :stream::text)::varchar, 'LotPurchased'::varchar,
  ({event.sql_expression()})::jsonb);
"""


def installer(checkout: str) -> Path:
    """Its install.sh, in the checkout or in the checkout's folder `database`."""
    for place in (Path(checkout) / "database", Path(checkout)):
        if (place / "install.sh").is_file():
            return (place / "install.sh").resolve()
    raise Fault(
        f"{checkout} is no checkout of Message DB: there is no database/install.sh in it",
        "git clone https://github.com/message-db/message-db, then name its folder.",
    )


def rate(bench: Bench, checkout: str) -> float:
    """Messages a second in a fresh database."""
    bench.say("  Message DB")
    server, script = bench.server, bench.folder / "write_message.sql"
    script.write_text(SCRIPT)
    with server.database(DATABASE):
        settings = {"DATABASE_NAME": DATABASE, "CREATE_DATABASE": "off"}
        programs.run(
            [programs.program("bash"), str(installer(checkout))],
            env={**server.environment(), **settings},
        )
        server.query(
            "postgres", f"ALTER DATABASE {DATABASE} SET search_path TO message_store, public"
        )
        said = programs.run(
            [programs.program("pgbench"), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2"]
            + ["-D", "n=-1", "-T", str(bench.seconds), "-f", str(script)]
            + [server.connection(DATABASE)]
        )
        failed = re.search(r"number of failed transactions: (\d+)", said)
        found = re.search(r"tps = ([0-9.]+)", said)
        if not found or (failed and int(failed[1])):
            raise Fault("pgbench told no rate", said)
        stored = int(server.query(DATABASE, "SELECT count(*) FROM messages"))
        if stored < float(found[1]) * bench.seconds * 0.8:
            raise Fault(f"Message DB stored only {stored} messages", said)
        return float(found[1])
