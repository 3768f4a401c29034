"""The Python peers of `overlay`, one job a call, in the virtual environment that has them.

The job is one argument, JSON: `peer`, `map`, `plots` (the file), and for `compare` `areas`, what
the subject found, with `sliver`. Prints one line of JSON.
"""

from __future__ import annotations

import json
import struct
import sys
import time

import numpy
import rasterio
import rasterio.mask
import rasterio.windows
import shapely
from exactextract import exact_extract
from exactextract.feature import FeatureSource, JSONFeature
from exactextract.raster import RasterioRasterSource

NO_DATA = 255
#: WGS 84 (NIMA TR8350.2).
SEMI_MAJOR, FLATTENING = 6378137.0, 1 / 298.257223563


def rings(path: str) -> list:
    """The plots' shells, as arrays of longitude and latitude."""
    with open(path, "rb") as file:
        data = file.read()
    found, place = [], 0
    while place < len(data):
        (count,) = struct.unpack_from("<Q", data, place)
        found.append(numpy.frombuffer(data, "<f8", count * 2, place + 8).reshape(count, 2))
        place += 8 + count * 16
    return found


class Plots(FeatureSource):
    """Polygons that are WKB already: exactextract has them at no cost of Python's."""

    def __init__(self, shells: list) -> None:
        super().__init__()
        self.wkb = [shapely.to_wkb(shapely.Polygon(shell)) for shell in shells]

    def count(self) -> int:
        return len(self.wkb)

    def __iter__(self):
        for wkb in self.wkb:
            feature = JSONFeature()
            feature.geometry = lambda wkb=wkb: wkb
            yield feature

    def srs_wkt(self):
        return None


class AllCells(RasterioRasterSource):
    """Cells of the nodata value too."""

    def nodata_value(self):
        return None

    def read_window(self, x0, y0, nx, ny):
        window = rasterio.windows.Window(x0, y0, nx, ny)
        return self.ds.read(self.band_idx, window=window)


def exactextract_seconds(path: str, shells: list, strategy: str) -> float:
    plots = Plots(shells)
    began = time.perf_counter()
    with rasterio.open(path) as map_:
        done = exact_extract(
            RasterioRasterSource(map_), plots, ["unique", "frac", "count"], strategy=strategy
        )
    spent = time.perf_counter() - began
    assert len(done) == len(shells)
    return spent


def rasterio_seconds(path: str, shells: list) -> float:
    shapes = [shapely.Polygon(shell).__geo_interface__ for shell in shells]
    began = time.perf_counter()
    with rasterio.open(path) as map_:
        for shape in shapes:
            cells, _ = rasterio.mask.mask(map_, [shape], crop=True, filled=False)
            numpy.bincount(cells.compressed(), minlength=256)
    return time.perf_counter() - began


def up_to(latitude: numpy.ndarray) -> numpy.ndarray:
    """Square metres a radian of longitude from the equator (Snyder, eq. 3-12)."""
    e2 = FLATTENING * (2 - FLATTENING)
    e, s = numpy.sqrt(e2), numpy.sin(numpy.radians(latitude).astype(numpy.longdouble))
    b = SEMI_MAJOR * (1 - FLATTENING)
    return b * b / 2 * (s / (1 - e2 * s * s) + numpy.arctanh(e * s) / e)


def row_areas(map_) -> numpy.ndarray:
    """Square metres of a cell of each row."""
    lines = map_.transform.f + map_.transform.e * numpy.arange(
        map_.height + 1, dtype=numpy.longdouble
    )
    return numpy.abs(numpy.diff(up_to(lines))) * numpy.radians(numpy.longdouble(map_.transform.a))


def compare(job: dict, shells: list) -> dict:
    """The largest difference from the subject's areas, a class of a plot at a time, as a share of
    the class; slivers count from `sliver` square metres of difference on."""
    with open(job["areas"], encoding="ascii") as file:
        ours = [
            {int(value): float(area) for value, area in (one.split(":") for one in line.split())}
            for line in file
        ]
    assert len(ours) == len(shells), "the subject has other plots"
    with rasterio.open(job["map"]) as map_:
        square_metres = row_areas(map_).astype(float)
        done = exact_extract(AllCells(map_), Plots(shells), ["values", "coverage", "center_y"])
        north, height = map_.transform.f, -map_.transform.e
    worst = {"worst": 0.0, "plot": 0, "classes": 0, "square_metres": 0.0}
    for index, (found, feature) in enumerate(zip(ours, done)):
        cells = feature["properties"]
        rows = numpy.floor((north - numpy.asarray(cells["center_y"])) / height).astype(int)
        parts = numpy.asarray(cells["coverage"], dtype=float) * square_metres[rows]
        values = numpy.asarray(cells["values"], dtype=int)
        theirs = numpy.bincount(values, weights=parts, minlength=256)
        for value in set(found) | set(numpy.nonzero(theirs)[0].tolist()):
            mine, other = found.get(value, 0.0), float(theirs[value])
            difference = abs(mine - other)
            worst["classes"] += max(mine, other) > 0
            worst["square_metres"] = max(worst["square_metres"], difference)
            if difference > job["sliver"] and difference > worst["worst"] * max(mine, other):
                worst["worst"] = difference / max(mine, other)
                worst["plot"] = index
    return worst


def main(job: dict) -> dict:
    shells = rings(job["plots"])
    if job["peer"] == "compare":
        return compare(job, shells)
    if job["peer"] == "rasterio":
        spent = rasterio_seconds(job["map"], shells)
    else:
        spent = exactextract_seconds(job["map"], shells, job["peer"])
    return {"plots_per_second": len(shells) / spent}


print(json.dumps(main(json.loads(sys.argv[1]))))
