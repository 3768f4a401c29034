"""Tables of RESULTS.md, made of saved results so that no number is typed by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

from .faults import Fault


def result(path: str) -> dict:
    """The last line of a saved run that is a result."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Fault(f"{path} cannot be read", str(error)) from error
    for line in reversed(lines):
        if line.startswith("{"):
            found = json.loads(line)
            if {"name", "figures", "ratios", "spread"} <= found.keys():
                return found
    raise Fault(f"{path} holds no result", "Save one: ./Benchmarks/run NAME > FILE")


def number(value: float) -> str:
    """At most four digits, or whole with its thousands apart."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def table(found: dict) -> str:
    """Markdown: how it was measured, then ratios, then figures."""
    setup = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in found["setup"].items())
    rows = [f"Measured with {setup}.", "", "| | median | spread |", "| --- | ---: | ---: |"]
    for part, prefix in (("ratios", "ratio "), ("figures", "")):
        for key, value in found[part].items():
            words = f"**{prefix}{key}**" if prefix else key.replace("_", " ")
            rows.append(f"| {words} | {number(value)} | {found['spread'][key]:.0%} |")
    return "\n".join(rows)


def growth(found: dict) -> str:
    """The same for growth: a column a size."""
    sizes = sorted({key.rsplit("_", 1)[1] for key in found["figures"]}, key=float)
    kinds = dict.fromkeys(key.rsplit("_", 1)[0] for key in found["figures"])
    setup = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in found["setup"].items())
    flat = f"**ratio flat**: {number(found['ratios']['flat'])}"
    rows = [f"Measured with {setup}.", "", f"{flat} (spread {found['spread']['flat']:.0%})", ""]
    counted = "events" if found["name"] == "growth" else "lots"
    rows.append(f"| {counted} | " + " | ".join(f"{float(s):,.0f}" for s in sizes) + " |")
    rows.append("| --- |" + " ---: |" * len(sizes))
    for kind in kinds:
        cells = " | ".join(number(found["figures"][f"{kind}_{s}"]) for s in sizes)
        rows.append(f"| {kind.replace('_', ' ')} | {cells} |")
    return "\n".join(rows)


def put(page: Path, paths: list[str]) -> str:
    """Writes each result into its marked place in the page; gives the tables."""
    text, made = page.read_text(encoding="utf-8"), []
    for path in paths:
        found = result(path)
        name = found["name"]
        body = growth(found) if name.endswith("growth") else table(found)
        begin, end = f"<!-- table {name} -->", f"<!-- end {name} -->"
        place = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
        if not place.search(text):
            raise Fault(f"{page.name} has no place for {name}", f"Add {begin} and {end} to it.")
        text = place.sub(lambda _: f"{begin}\n{body}\n{end}", text)
        made.append(f"## {name}\n\n{body}\n")
    page.write_text(text, encoding="utf-8")
    return "\n".join(made)
