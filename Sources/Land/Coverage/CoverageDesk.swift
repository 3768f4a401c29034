/// What one thread needs to assess plots on one raster, used again plot after plot so that
/// nothing is allocated for a plot but its result.
struct CoverageDesk: ~Copyable {
  private let grid: RasterGrid
  private let type: CellType
  private var rings = CellRings()
  private var edges = CellEdges()
  private var tally: CoverageTally
  private let areas: RowAreas

  init(_ grid: RasterGrid, type: CellType) {
    (self.grid, self.type) = (grid, type)
    tally = CoverageTally(type)
    areas = RowAreas(grid)
  }

  mutating func assess(
    _ geometry: PlotGeometry, on raster: RasterDataset, limits: CoverageLimits
  ) throws(CoverageError) -> CoverageResult {
    try rings.take(geometry, on: grid, limits: limits)
    let perRow = CellEdges.cellsPerRow(columns: rings.columns)
    guard perRow <= limits.windowCells else {
      throw .rowTooWide(cells: rings.columns, limit: limits.windowCells)
    }
    let bandRows = limits.windowCells / perRow
    do throws(CoverageError) {
      var sum = 0.0
      for first in stride(from: 0, to: rings.rows, by: bandRows) {
        edges.begin(
          firstRow: first, rows: min(bandRows, rings.rows - first), columns: rings.columns)
        // Row by row, so that the bits do not depend on how many rows a band has.
        try takeBand(raster, &sum)
      }
      guard rings.area > 0, abs(sum - rings.area) <= Coverage.sumTolerance * rings.area else {
        throw .sumBreached(cells: sum, expected: rings.area)
      }
    } catch {
      edges.clear()
      tally.clear()
      throw error
    }
    return tally.take(noData: raster.noData, cells: rings.area)
  }

  private mutating func takeBand(
    _ raster: RasterDataset, _ sum: inout Double
  ) throws(CoverageError) {
    let window = RasterWindow(
      column: rings.column, row: rings.row + edges.firstRow, columns: rings.columns,
      rows: edges.rows)
    let inside = window.intersection(grid.window)
    let cells = try Self.cells(inside, of: raster)
    if let cells, let inside { cells.prefetch(inside.rows, type) }
    edges.add(rings)
    switch type {
    case .uint8: try take(window, inside, cells, as: UInt8.self, &sum)
    case .uint16: try take(window, inside, cells, as: UInt16.self, &sum)
    case .int16: try take(window, inside, cells, as: Int16.self, &sum)
    case .int32: try take(window, inside, cells, as: Int32.self, &sum)
    }
  }

  private static func cells(
    _ window: RasterWindow?, of raster: RasterDataset
  ) throws(CoverageError) -> CellRows? {
    guard let window else { return nil }
    do throws(RasterError) {
      return try raster.cells(window)
    } catch {
      throw .raster(error)
    }
  }

  @inline(__always)
  private mutating func take<Cell: FixedWidthInteger>(
    _ window: RasterWindow, _ inside: RasterWindow?, _ cells: CellRows?, as: Cell.Type,
    _ sum: inout Double
  ) throws(CoverageError) {
    let values = unsafe cells?.start.assumingMemoryBound(to: Cell.self)
    if let values = unsafe values, let cells, inside == window,
      window.columns <= PairScan<Cell>.most
    {
      return try unsafe takeNarrow(window, values, stride: cells.stride, &sum)
    }
    let stride = cells?.stride ?? 0
    // Of the window, what the raster has.
    let firstColumn = (inside?.column ?? window.column) - window.column
    let columns = firstColumn..<firstColumn + (inside?.columns ?? 0)
    let firstRow = (inside?.row ?? window.row) - window.row
    let rows = firstRow..<firstRow + (inside?.rows ?? 0)
    for row in 0..<edges.rows {
      guard let reach = edges.reach(row) else { continue }
      let isInside = rows.contains(row)
      let scan = unsafe RowScan(
        inside: isInside ? columns : window.columns..<window.columns,
        values: isInside ? values.map { unsafe $0 + (row - firstRow) * stride } : nil,
        area: areas.squareMetres(row: window.row + row))
      let sums = unsafe scan.run(edges.cells(ofRow: row), reach, &tally)
      if sums.isBreached { throw breach(row, window) }
      sum += sums.sum
    }
  }

  private mutating func breach(_ row: Int, _ window: RasterWindow) -> CoverageError {
    .cellBreached(row: window.row + row, coverage: edges.worstCoverage(ofRow: row, rings))
  }

  /// Takes a narrow window that lies in the raster.
  @inline(__always)
  private mutating func takeNarrow<Cell: FixedWidthInteger>(
    _ window: RasterWindow, _ values: UnsafePointer<Cell>, stride: Int, _ sum: inout Double
  ) throws(CoverageError) {
    for row in 0..<edges.rows {
      guard let reach = edges.reach(row) else { continue }
      let scan = unsafe PairScan(
        values: values + row &* stride, area: areas.squareMetres(row: window.row &+ row))
      let sums = unsafe scan.run(edges.cells(ofRow: row), reach, &tally)
      if sums.isBreached { throw breach(row, window) }
      sum += sums.sum
    }
  }
}
