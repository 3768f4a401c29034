"""Plots as SVG: panels side by side, logarithmic x axis, plain as in a paper."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, TOP = 330, 230, 62, 18
PANEL, FULL_HEIGHT = 420, 300

# Told apart without colour too, by dashes and marks.
STYLES = (("#1b5e20", ""), ("#1565c0", "6 3"), ("#b23c17", "2 3"))


@dataclass
class Series:
    name: str
    points: list[tuple[float, float]]


@dataclass
class Panel:
    axis: str
    series: list[Series]


def ticks(top: float) -> list[float]:
    """From 0 to at least `top`, four to seven round steps."""
    rough = (top or 1) / 5
    power = 10 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough)
    return [step * n for n in range(ceil(top / step) + 1)]


def text(x: float, y: float, words: str, anchor: str = "middle", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {style}/>'


def power_of_ten(exponent: int) -> str:
    """The label 10^n, with a raised exponent."""
    return f'10<tspan dy="-4" font-size="8">{exponent}</tspan>'


def mark(kind: int, x: float, y: float, colour: str) -> str:
    """A disc, a square or a triangle."""
    if kind == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
    corners = [(-3, -3), (3, -3), (3, 3), (-3, 3)] if kind == 1 else [(0, -4), (3.6, 3), (-3.6, 3)]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'


def panel(left: float, what: Panel, x_axis: str) -> list[str]:
    xs = [log10(x) for one in what.series for x, _ in one.points]
    low, high = floor(min(xs)) - 0.15, ceil(max(xs)) + 0.15
    steps = ticks(max(y for one in what.series for _, y in one.points) * 1.12)

    def place(x: float, y: float) -> tuple[float, float]:
        across = (log10(x) - low) / (high - low)
        return left + across * WIDTH, TOP + HEIGHT * (1 - y / steps[-1])

    bottom, right = TOP + HEIGHT, left + WIDTH
    out = []
    for step in steps:
        y = place(10**low, step)[1]
        if step:
            out.append(line(left, y, right, y, 'stroke="#e0e0e0"'))
        out.append(text(left - 6, y + 3.5, f"{step:g}", "end"))
    out.append(line(left, TOP, left, bottom, 'stroke="#000"'))
    out.append(line(left, bottom, right, bottom, 'stroke="#000"'))
    for exponent in range(ceil(low), floor(high) + 1):
        x = place(10**exponent, 0)[0]
        out.append(line(x, bottom, x, bottom + 4, 'stroke="#000"'))
        out.append(
            f'<text x="{x:.1f}" y="{bottom + 17}" text-anchor="middle">'
            f"{power_of_ten(exponent)}</text>"
        )
    out.append(text((left + right) / 2, bottom + 36, x_axis))
    middle = TOP + HEIGHT / 2
    turned = f' transform="rotate(-90 {left - 44:.1f} {middle:.1f})"'
    out.append(text(left - 44, middle, what.axis, more=turned))
    for number, one in enumerate(what.series):
        colour, dashes = STYLES[number % len(STYLES)]
        style = f'stroke="{colour}" stroke-width="1.5"'
        style += f' stroke-dasharray="{dashes}"' if dashes else ""
        places = [place(x, y) for x, y in one.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        out.append(f'<polyline points="{path}" fill="none" {style}/>')
        out += [mark(number, x, y, colour) for x, y in places]
    return out


def legend(names: list[str], y: float, left: float = LEFT) -> list[str]:
    out = []
    for number, name in enumerate(names):
        colour, dashes = STYLES[number % len(STYLES)]
        style = f'stroke="{colour}" stroke-width="1.5"'
        style += f' stroke-dasharray="{dashes}"' if dashes else ""
        x = left + number * 110
        out.append(line(x, y, x + 26, y, style))
        out.append(mark(number, x + 13, y, colour))
        out.append(text(x + 32, y + 3.5, name, "start"))
    return out


def draw(x_axis: str, panels: list[Panel]) -> str:
    """One SVG; one legend under the panels where all have the same series, else one a panel."""
    width, height = PANEL * len(panels), FULL_HEIGHT + 20
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="Helvetica, Arial, sans-serif" '
        'font-size="11">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, one in enumerate(panels):
        out += panel(LEFT + number * PANEL, one, x_axis)
    names = [[one.name for one in what.series] for what in panels]
    for number, of_panel in enumerate(names[:1] if names.count(names[0]) == len(names) else names):
        out += legend(of_panel, FULL_HEIGHT + 6, LEFT + number * PANEL)
    return "\n".join([*out, "</svg>"]) + "\n"
