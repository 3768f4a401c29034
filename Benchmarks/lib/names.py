"""Every benchmark there is; a new one is added here."""

from __future__ import annotations

from .growth import Growth
from .measure import Benchmark
from .overlay import Million, Overlay
from .provenance import Judge, JudgeGrowth, Trace
from .reading import Audit, Heads, Read
from .writing import Append, Bulk, Latency

BENCHMARKS: tuple[Benchmark, ...] = (
    Append(), Bulk(), Latency(), Read(), Audit(), Heads(), Growth(), Overlay(), Million(),
    Trace(), Judge(), JudgeGrowth(),
)
BY_NAME: dict[str, Benchmark] = {one.name: one for one in BENCHMARKS}
