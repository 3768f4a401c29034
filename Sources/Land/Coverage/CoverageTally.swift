/// Square metres and cells by class, added up cell by cell.
struct CoverageTally {
  private struct Class {
    var squareMetres = 0.0
    var cells = 0
  }

  private var classes: [Class] = []
  private var slots: [Int32: Int] = [:]
  private var noDataSquareMetres = 0.0
  private var outsideSquareMetres = 0.0
  private var totalSquareMetres = 0.0

  /// Adds a band's cells with the raster's values under them.
  /// - Returns: the sum of the band's coverage, in cells.
  mutating func add(
    _ band: CoverageBand, of rings: CellRings, on raster: RasterDataset
  ) throws(CoverageError) -> Double {
    let window = RasterWindow(
      column: rings.column, row: rings.row + band.firstRow, columns: rings.columns,
      rows: band.rows)
    let inside = window.intersection(raster.grid.window)
    let values = try Self.read(inside, from: raster)
    let noData = raster.noData
    let areas = (0..<band.rows).map { raster.grid.cellSquareMetres(row: window.row + $0) }
    var last: (value: Int32, slot: Int)?
    return try band.forEachCell { column, row, coverage in
      let area = coverage * areas[row - band.firstRow]
      totalSquareMetres += area
      guard let inside,
        let value = Self.value(
          column: rings.column + column, row: rings.row + row, in: values, window: inside)
      else {
        outsideSquareMetres += area
        return
      }
      if Int(value) == noData {
        noDataSquareMetres += area
        return
      }
      let slot = last?.value == value ? last?.slot ?? 0 : slot(of: value)
      last = (value, slot)
      classes[slot].squareMetres += area
      classes[slot].cells += 1
    }
  }

  private static func read(
    _ window: RasterWindow?, from raster: RasterDataset
  ) throws(CoverageError) -> [Int32] {
    guard let window else { return [] }
    do throws(RasterError) {
      return try raster.read(window)
    } catch {
      throw .raster(error)
    }
  }

  private static func value(
    column: Int, row: Int, in values: [Int32], window: RasterWindow
  ) -> Int32? {
    let x = column - window.column
    let y = row - window.row
    guard x >= 0, y >= 0, x < window.columns, y < window.rows else { return nil }
    return values[y * window.columns + x]
  }

  private mutating func slot(of value: Int32) -> Int {
    if let slot = slots[value] { return slot }
    classes.append(Class())
    slots[value] = classes.count - 1
    return classes.count - 1
  }

  func result(cells: Double) -> CoverageResult {
    var areas: [Int: Double] = [:]
    var touched: [Int: Int] = [:]
    for (value, slot) in slots {
      areas[Int(value)] = classes[slot].squareMetres
      touched[Int(value)] = classes[slot].cells
    }
    return CoverageResult(
      classes: areas, cellsTouched: touched, noDataSquareMetres: noDataSquareMetres,
      outsideSquareMetres: outsideSquareMetres, totalSquareMetres: totalSquareMetres,
      cells: cells, method: CoverageResult.methodName)
  }
}
