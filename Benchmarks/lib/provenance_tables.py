"""Rows of the read models for a ledger of made-up custody, written by the server itself.

Going through the log would take hours for a million lots and measure nothing of the question:
both sides read these tables. `MadeCustody.swift` makes the same custody in memory.
"""

from __future__ import annotations

from .server import Server

#: The lot that is traced.
LARGE = "GRANDE-0000000"
LEDGER = "(SELECT ledger FROM raiz.ledgers)"


def fill(server: Server, database: str, lots: int, plots: int) -> None:
    """`lots` lots with five links each, and one over `plots` plots and ten times as many links."""
    width = plots * 3 // 10
    statements = [
        plots_of("P-", max(1, lots // 10)),
        plots_of("GP-", plots),
        background_links(lots),
        large_links(plots, width),
        harvests(lots, plots),
        made_lots(),
    ]
    for statement in statements:
        server.query(database, "SET synchronous_commit = off; " + statement)
    server.settle(database)


def code(prefix: str, number: str) -> str:
    return f"'{prefix}' || lpad(({number})::text, 7, '0')"


def plots_of(prefix: str, count: int) -> str:
    return f"""
    INSERT INTO raiz_read.plots (ledger, code, producer, country, district, commodities,
      square_metres, form, geometry_sha256, assessed, maps, own_rank, reasons)
    SELECT {LEDGER}, {code(prefix, "n")}, {code("PR-", "n")}, 'PE', '221001', '{{cocoa}}', 20000,
      'polygon', '', true, '', 0, '[]'
    FROM generate_series(0, {count - 1}) n"""


def background_links(lots: int) -> str:
    """Six inputs, each from another stretch of the thousand lots before."""
    source = "n - 1 - (n * 7 + k * 131) % 997 - k * 1000"
    return f"""
    INSERT INTO raiz_read.lot_inputs (ledger, lot, input, grams)
    SELECT {LEDGER}, {code("ACO-26-", "n")}, {code("ACO-26-", source)}, 10000
    FROM generate_series(7000, {lots - 1}) n, generate_series(0, 5) k WHERE n % 5 <> 0"""


def large_links(plots: int, width: int) -> str:
    """Three layers of lots with ten inputs each over the harvests, and the large lot over them."""
    layers = [("GA-", "GH-", 1, plots), ("GB-", "GA-", 7, width), ("GC-", "GB-", 11, width)]
    rows = [
        f"""
        SELECT {LEDGER}, {code(upper, "n")}, {code(lower, f"(n * 10 + k) * {stride} % {below}")},
          1000 + (n * 10 + k) % 977
        FROM generate_series(0, {width - 1}) n, generate_series(0, 9) k"""
        for upper, lower, stride, below in layers
    ]
    rows.append(
        f"""
        SELECT {LEDGER}, '{LARGE}', {code("GC-", "n")}, 3000
        FROM generate_series(0, {width - 1}) n"""
    )
    union = " UNION ALL ".join(rows)
    return f"INSERT INTO raiz_read.lot_inputs (ledger, lot, input, grams) {union}"


LOT_COLUMNS = """raiz_read.lots (ledger, code, product, holder, origin, plot, created_at,
  created_grams, grams, own_rank, reasons, rank)"""


def harvests(lots: int, plots: int) -> str:
    fields = max(1, lots // 10)
    rest = "now(), 60000, 0, 0, '[]'::jsonb, 0"
    return f"""
    INSERT INTO {LOT_COLUMNS}
    SELECT {LEDGER}, {code("ACO-26-", "n")}, 'cocoa-wet-beans', 'organisation:ACO', 'harvest',
      {code("P-", f"n % {fields}")}, {rest}
    FROM generate_series(0, {lots - 1}) n WHERE n % 5 = 0 OR n < 7000
    UNION ALL
    SELECT {LEDGER}, {code("GH-", "n")}, 'cocoa-wet-beans', 'organisation:ACO', 'harvest',
      {code("GP-", "n")}, {rest}
    FROM generate_series(0, {plots - 1}) n"""


def made_lots() -> str:
    """Every lot that has inputs, as heavy as they are."""
    return f"""
    INSERT INTO {LOT_COLUMNS}
    SELECT ledger, lot, 'cocoa-wet-beans', 'organisation:ACO', 'blend', NULL, now(),
      sum(grams), 0, 0, '[]'::jsonb, 0
    FROM raiz_read.lot_inputs GROUP BY ledger, lot"""
