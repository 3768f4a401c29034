"""overlay and million: plots over maps, beside what other libraries take for the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Iterator

from . import programs
from .faults import Fault
from .measure import Bench, Benchmark, Round

#: The peers and what they ask for.
PACKAGES = (
    "exactextract==0.3.0", "rasterio==1.4.4", "shapely==2.2.0", "numpy==2.4.6", "affine==3.0.1",
    "attrs==26.1.0", "certifi==2026.10.18", "click==8.5.1", "click-plugins==1.1.1.2",
    "cligj==0.7.2", "pyparsing==3.3.3",
)
MAPS = {"10m": "forest-10m-2.tif", "30m": "loss-30m-2.tif"}
STRATEGIES = ("feature-sequential", "raster-sequential")
#: A class of a plot may differ by this share of its area, and slivers by so many square metres:
#: exactextract holds a cell's part in 24 bits.
TOLERANCE, SLIVER = 1e-6, 1e-4


class Overlay(Benchmark):
    name = "overlay"
    line = "plots over maps of 10 m and 30 m, beside exactextract, rasterio and decoding alone"
    plots = 10_000
    needs_server = False

    def measure(self, bench: Bench) -> Iterator[Round]:
        python = None if PEERS <= bench.without else interpreter(bench)
        folder = made(bench)
        figures: dict[str, float] = {}
        if python:
            figures = agreement(bench, python, folder)
        for _ in range(bench.rounds):
            ours = task(bench, "overlay", folder)
            ratios = {}
            for kind in ("clustered", "scattered"):
                for name in MAPS:
                    ratios.update(compared(bench, python, folder, ours, name, kind))
            yield Round({**ours, **figures}, ratios)


PEERS = {"exactextract", "rasterio"}


def kept(bench: Bench) -> Path:
    """The folder of the maps, kept from run to run."""
    folder = bench.cache / "overlay-maps"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def made(bench: Bench) -> Path:
    """The maps and the plots."""
    folder = kept(bench)
    bench.say("making maps and plots")
    task(bench, "overlay-make", folder)
    return folder


def task(bench: Bench, name: str, folder: Path) -> dict[str, float]:
    bench.say(f"  {name}")
    return bench.subject.run(name, str(folder), plots=bench.plots_of_a_round)


def compared(
    bench: Bench, python: str | None, folder: Path, ours: dict[str, float], name: str, kind: str
) -> dict[str, float]:
    """Our rates over the others' on one map and one kind of plots; adds theirs to the figures."""
    where = f"{name}_{kind}"
    one = ours[f"{where}_one_plots_per_second"]
    two = ours[f"{where}_two_plots_per_second"]
    limit = ours[f"{where}_limit_plots_per_second"]
    words = f"{name} {kind}"
    ratios = {}
    if python and "exactextract" not in bench.without:
        rates = [peer(bench, python, folder, name, kind, one_of) for one_of in STRATEGIES]
        ours[f"{where}_exactextract_plots_per_second"] = max(rates)
        ratios[f"exactextract {words}"] = one / max(rates)
    ratios[f"limit {words} one thread"] = one / limit
    ratios[f"limit {words} two threads"] = two / limit
    if python and "rasterio" not in bench.without:
        rate = peer(bench, python, folder, name, kind, "rasterio")
        ours[f"{where}_rasterio_plots_per_second"] = rate
        ratios[f"rasterio {words}"] = one / rate
    return ratios


def peer(bench: Bench, python: str, folder: Path, name: str, kind: str, which: str) -> float:
    """Plots a second of one peer."""
    bench.say(f"  {which}, {name}, {kind}")
    job = {"peer": which, "map": str(folder / MAPS[name]), "plots": plots(folder, kind)}
    return float(said(python, job)["plots_per_second"])


def plots(folder: Path, kind: str) -> str:
    return str(folder / f"plots-{kind}.bin")


def said(python: str, job: dict) -> dict:
    script = Path(__file__).with_name("overlay_peers.py")
    return json.loads(programs.run([python, str(script), json.dumps(job)]))


def agreement(bench: Bench, python: str, folder: Path) -> dict[str, float]:
    """Holds every class of every plot against exactextract's cells; a fault where they differ."""
    task(bench, "overlay-areas", folder)
    worst = 0.0
    for name, map_ in MAPS.items():
        for kind in ("clustered", "scattered"):
            bench.say(f"  comparing areas, {name}, {kind}")
            job = {
                "peer": "compare", "map": str(folder / map_), "plots": plots(folder, kind),
                "areas": str(folder / f"areas-{kind}-{name}.txt"),
                "sliver": SLIVER,
            }
            found = said(python, job)
            if found["worst"] > TOLERANCE:
                raise Fault(
                    f"areas differ from exactextract's by {found['worst']:.3g} at {name}, {kind}",
                    f"See plot {found['plot']} of {plots(folder, kind)}; nothing was measured.",
                )
            worst = max(worst, found["worst"])
    return {"largest_difference_of_a_class": worst}


def interpreter(bench: Bench) -> str:
    """The Python that has the peers; installs them from PyPI the first time."""
    folder = bench.cache / ("overlay-peers-" + "-".join(PACKAGES[:2]).replace("==", "-"))
    python = folder / "bin" / "python"
    if (folder / "complete").exists() and python.exists():
        return str(python)
    bench.say(f"installing {PACKAGES[0]} and {PACKAGES[1]} from PyPI")
    venv = [sys.executable, "-m", "venv", "--clear", str(folder)]
    if subprocess.run(venv, capture_output=True).returncode != 0:
        raise Fault("no virtual environment can be made", "Install python3-venv (Debian).")
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    done = subprocess.run([*pip, *PACKAGES], capture_output=True, text=True)
    if done.returncode != 0:
        raise Fault(
            f"{', '.join(PACKAGES[:2])} (PyPI) could not be installed into {folder}",
            "Put it right, or leave both out by --without exactextract --without rasterio. "
            f"pip said:\n{done.stderr.strip()[-1500:]}",
        )
    (folder / "complete").touch()
    return str(python)


class Million(Benchmark):
    name = "million"
    line = "a million plots over two maps of 10 m, in a box of 5.1 million ha"
    rounds = 1
    plots = 1_000_000
    needs_server = False

    def measure(self, bench: Bench) -> Iterator[Round]:
        folder = kept(bench)
        for _ in range(bench.rounds):
            figures = task(bench, "million", folder)
            yield Round(figures, {})
