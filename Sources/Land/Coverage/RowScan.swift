/// Takes the sums of one row of a plot's window, from west to east.
///
/// Cells of one class beside each other are added as parts of a cell first and multiplied by the
/// row's area once. Rows and runs are the plot's own, so no block or band changes a bit.
@safe
struct RowScan<Cell: FixedWidthInteger> {
  /// The columns that the raster has.
  let inside: Range<Int>
  /// Their values, that of `inside.lowerBound` first.
  let values: UnsafePointer<Cell>?
  /// Square metres of a cell.
  let area: Double

  init(inside: Range<Int>, values: UnsafePointer<Cell>?, area: Double) {
    (self.inside, self.area) = (inside, area)
    unsafe self.values = values
  }

  /// Adds the columns that edges reach, and leaves zeros: cells west of the first edge and east
  /// of the last have no part in the plot.
  @inline(__always)
  func run(
    _ cells: UnsafeMutablePointer<CellEdges.Left>, _ reach: Range<Int>,
    _ tally: inout CoverageTally
  ) -> RowSums {
    var sums = RowSums()
    var (outside, total) = (0.0, 0.0)
    let first = min(max(inside.lowerBound, reach.lowerBound), reach.upperBound)
    let end = max(first, min(inside.upperBound, reach.upperBound))
    for column in reach.lowerBound..<first { unsafe outside += sums.take(cells + column) }
    if let values = unsafe values, first < end {
      let values = unsafe values - inside.lowerBound
      var run = unsafe (value: values[first], parts: 0.0, cells: 0)
      for column in first..<end {
        let value = unsafe values[column]
        if value != run.value {
          if run.cells > 0 {
            tally.add(Int(run.value), squareMetres: run.parts * area, cells: run.cells)
            total += run.parts
          }
          run = (value, 0, 0)
        }
        let part = unsafe sums.take(cells + column)
        run.parts += part
        run.cells &+= part > 0 ? 1 : 0
      }
      if run.cells > 0 {
        tally.add(Int(run.value), squareMetres: run.parts * area, cells: run.cells)
        total += run.parts
      }
    }
    for column in end..<reach.upperBound { unsafe outside += sums.take(cells + column) }
    tally.outsideSquareMetres += outside * area
    tally.totalSquareMetres += (total + outside) * area
    return sums
  }
}

/// What the cells of a row add up to.
@safe
struct RowSums {
  /// All coverage, in cells.
  private(set) var sum = 0.0
  private var running = 0.0
  private var least = 0.0
  private var most = 0.0

  /// Less than this part of a cell is rounding, not land (10^-9 m² at 30 m).
  private static var floor: Double { 1e-12 }
  /// How far a cell's coverage may miss 0…1.
  private static var slack: Double { 1e-9 }

  /// Takes what edges left in the next cell, and leaves zero.
  /// - Returns: the part of the cell that counts. No branch: nobody can guess where a plot begins.
  @inline(__always)
  mutating func take(_ cell: UnsafeMutablePointer<CellEdges.Left>) -> Double {
    let left = unsafe cell.pointee
    unsafe cell.pointee = .zero
    running += left.x
    let coverage = running - left.y
    sum += coverage
    least = coverage < least ? coverage : least
    most = coverage > most ? coverage : most
    let part = coverage < 1 ? coverage : 1
    return coverage > Self.floor ? part : 0
  }

  /// The coverage of a cell that is covered less than not at all or more than once.
  var breach: Double? {
    guard least < -Self.slack || most > 1 + Self.slack else { return nil }
    return least < -Self.slack ? least : most
  }
}
