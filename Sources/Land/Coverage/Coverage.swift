/// Overlays plots on a raster: how many square metres of each class lie under a plot.
///
/// The part of each cell that the plot covers is exact, and each row of cells has its own
/// area on the ellipsoid. Only additions, multiplications, divisions and roots are used, in a
/// fixed order: the same plot and raster give the same bits on every machine.
public enum Coverage {
  /// How far the coverage's sum may miss the polygon's area, as a share of it.
  public static let sumTolerance = 1e-9

  /// Assesses one plot. Memory does not grow with the raster or the plot: large plots are
  /// worked off in bands of rows.
  public static func assess(
    _ geometry: PlotGeometry, on raster: RasterDataset, limits: CoverageLimits = CoverageLimits()
  ) throws(CoverageError) -> CoverageResult {
    let rings = try CellRings(geometry.polygons, on: raster.grid, limits: limits)
    let perRow = rings.columns + 1
    guard perRow <= limits.windowCells else {
      throw .rowTooWide(cells: rings.columns, limit: limits.windowCells)
    }
    var tally = CoverageTally()
    var sum = 0.0
    let bandRows = limits.windowCells / perRow
    for first in stride(from: 0, to: rings.rows, by: bandRows) {
      var band = CoverageBand(
        firstRow: first, rows: min(bandRows, rings.rows - first), columns: rings.columns)
      for edge in rings.edges { band.add(edge) }
      sum += try tally.add(band, of: rings, on: raster)
    }
    guard rings.area > 0, abs(sum - rings.area) <= sumTolerance * rings.area else {
      throw .sumBreached(cells: sum, expected: rings.area)
    }
    return tally.result(cells: rings.area)
  }

  /// Assesses many plots, in the order in which the raster stores their land so that each
  /// block is decoded once; the results come in the order of the plots.
  public static func assess(
    _ plots: [PlotGeometry], on raster: RasterDataset, limits: CoverageLimits = CoverageLimits()
  ) -> [Result<CoverageResult, CoverageError>] {
    let grid = raster.grid
    let blocks = plots.map { plot in
      let box = plot.box
      return (
        row: ((grid.north - box.north) / grid.cellHeight / Double(raster.blockRows)).rounded(.down),
        column: ((box.west - grid.west) / grid.cellWidth / Double(raster.blockColumns))
          .rounded(.down)
      )
    }
    var results: [Result<CoverageResult, CoverageError>] = plots.map { _ in
      .failure(.pointHasNoArea)
    }
    let order = plots.indices.sorted {
      (blocks[$0].row, blocks[$0].column, $0) < (blocks[$1].row, blocks[$1].column, $1)
    }
    for index in order {
      do throws(CoverageError) {
        results[index] = .success(try assess(plots[index], on: raster, limits: limits))
      } catch {
        results[index] = .failure(error)
      }
    }
    return results
  }
}
