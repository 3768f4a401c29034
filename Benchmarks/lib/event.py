"""The sample event that peers store: the JSON of Benchmarks/Sources/Events.swift."""

from __future__ import annotations

PER_STREAM = 10

_PARTS = (
    '{"lot":"ACO-26-', "salt",
    '","product":"cocoa-wet-beans","grams":', "grams",
    ',"seller":"producer:P-', "seller",
    '","plot":"plot:P-', "plot",
    '","district":"220401","price":{"minor":', "minor",
    ',"currency":"PEN"},"quality":"convencional","moisture":"7.5"}',
)


def numbers(salt: int) -> dict[str, int]:
    """What differs from event to event."""
    return {
        "salt": salt,
        "grams": 40_000 + salt % 9_000,
        "seller": salt % 5_000,
        "plot": salt % 7_000,
        "minor": salt % 99_999,
    }


def data(salt: int) -> str:
    """About 210 bytes of JSON, no two alike."""
    values = numbers(salt)
    return "".join(str(values[p]) if i % 2 else p for i, p in enumerate(_PARTS))


def sql_expression() -> str:
    """The same, put together by the server from pgbench's variables."""
    joined = " || ".join(f":{p}::text" if i % 2 else f"'{p}'" for i, p in enumerate(_PARTS))
    # pgbench takes a colon before a letter for a variable, in a string too.
    return joined.replace(":P-", ":' || 'P-")
