"""What a benchmark is, what one round gives, and how rounds become a result."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Callable, Iterator, Optional

from .server import Server
from .subject import Subject


@dataclass
class Round:
    """Figures of one round, and ratios of ours over the other's rate: more is better."""

    figures: dict[str, float] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)


@dataclass
class Bench:
    """What a benchmark may use."""

    #: None where the benchmark needs none.
    server: Server
    subject: Subject
    #: Removed at the end.
    folder: Path
    #: Kept from run to run.
    cache: Path
    events: int
    seconds: int
    plots_of_a_round: int
    rounds: int
    message_db: Optional[str]
    without: frozenset[str]
    say: Callable[[str], None]
    #: Where a plot is written.
    plots: Path

    def task(self, name: str, database: str = "postgres", **numbers: int) -> dict[str, float]:
        """One round of one task of the measuring program."""
        self.say(f"  {name}")
        return self.subject.run(name, self.server.connection(database), **numbers)

    @contextmanager
    def filled(self) -> Iterator[str]:
        """A database with `events` events in its ledger, at rest."""
        with self.server.database("bench_filled") as database:
            self.say(f"filling a database with {self.events:,} events")
            self.task("fill", database, events=self.events)
            self.server.settle(database)
            yield database


class Benchmark(ABC):
    """One name of `./Benchmarks/run`."""

    name: str
    line: str
    rounds = 5
    #: What --events stands for unless told; 0 where time says how long a round is.
    events = 0
    #: The same for --plots.
    plots = 0
    #: Whether it needs a PostgreSQL cluster.
    needs_server = True

    def size(self, bench: Bench) -> dict[str, int]:
        """How large a round is, for the result's setup."""
        if self.plots:
            return {"plots": bench.plots_of_a_round}
        return {"events": bench.events} if self.events else {"seconds": bench.seconds}

    @abstractmethod
    def measure(self, bench: Bench) -> Iterator[Round]:
        """Sets up, then yields one round after the other, `bench.rounds` of them."""


def spread(values: list[float]) -> float:
    """(max - min) / median; 0 where the median is 0."""
    middle = median(values)
    return (max(values) - min(values)) / abs(middle) if middle else 0.0


def summary(rounds: list[Round]) -> dict[str, dict[str, float]]:
    """Medians of figures and of the rounds' own ratios, and the spread of each."""
    result: dict[str, dict[str, float]] = {"figures": {}, "ratios": {}, "spread": {}}
    for part in ("figures", "ratios"):
        for key in getattr(rounds[0], part):
            values = [getattr(one, part)[key] for one in rounds]
            result[part][key] = rounded(median(values))
            result["spread"][key] = rounded(spread(values))
    return result


def rounded(value: float) -> float:
    """Five significant digits: more would claim what no benchmark knows."""
    return float(f"{value:.5g}")
