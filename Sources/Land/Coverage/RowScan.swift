/// Takes the sums of one row of a plot's window, from west to east.
///
/// Cells of one class beside each other are added as parts of a cell first and multiplied by the
/// row's area once. Rows and runs are the plot's own, so no block or band changes a bit.
@safe
struct RowScan<Cell: FixedWidthInteger> {
  /// The columns that the raster has.
  let first: Int
  var count: Int
  /// Their values; only read where `count` says.
  var values: UnsafePointer<Cell>?
  /// Square metres of a cell.
  var area = 0.0
  /// All coverage, in cells.
  private(set) var sum = 0.0

  /// Less than this part of a cell is rounding, not land (10^-9 m² at 30 m).
  private static var floor: Double { 1e-12 }
  /// How far a cell's coverage may miss 0…1.
  private static var slack: Double { 1e-9 }

  init(first: Int, count: Int) {
    (self.first, self.count) = (first, count)
    unsafe values = nil
  }

  /// Adds the row to the tally and leaves zeros.
  /// - Returns: the coverage of a cell that is covered less than not at all or more than once.
  @inline(__always)
  mutating func run(
    _ cells: UnsafeMutablePointer<CellEdges.Left>, _ columns: Int, _ tally: inout CoverageTally
  ) -> Double? {
    var running = 0.0
    var (sum, outside, total) = (0.0, 0.0, 0.0)
    var (least, most) = (0.0, 0.0)
    // The part of a cell that counts. No branch: nobody can guess where a plot begins.
    func part(_ column: Int) -> Double {
      let left = unsafe cells[column]
      unsafe cells[column] = .zero
      running += left.x
      let coverage = running - left.y
      sum += coverage
      least = min(least, coverage)
      most = max(most, coverage)
      return coverage > Self.floor ? min(coverage, 1) : 0
    }
    let inside = count > 0 ? first..<first + count : columns..<columns
    for column in 0..<inside.lowerBound { outside += part(column) }
    var run = (value: Cell.zero, parts: 0.0, cells: 0)
    if let values = unsafe values {
      for column in inside {
        let value = unsafe values[column &- first]
        if value != run.value {
          if run.cells > 0 {
            tally.add(Int(run.value), squareMetres: run.parts * area, cells: run.cells)
            total += run.parts
          }
          run = (value, 0, 0)
        }
        let part = part(column)
        run.parts += part
        run.cells &+= part > 0 ? 1 : 0
      }
    }
    for column in inside.upperBound..<columns { outside += part(column) }
    if least < -Self.slack || most > 1 + Self.slack {
      return least < -Self.slack ? least : most
    }
    unsafe cells[columns] = .zero
    if run.cells > 0 {
      tally.add(Int(run.value), squareMetres: run.parts * area, cells: run.cells)
      total += run.parts
    }
    tally.outsideSquareMetres += outside * area
    tally.totalSquareMetres += (total + outside) * area
    self.sum = sum
    return nil
  }
}
