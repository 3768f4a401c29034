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
    _ cells: UnsafeMutablePointer<CellEdges.Left>, _ reach: (first: Int, end: Int),
    _ tally: inout CoverageTally
  ) -> RowSums {
    var sums = RowSums()
    var (outside, total) = (0.0, 0.0)
    let first = min(max(inside.lowerBound, reach.first), reach.end)
    let end = max(first, min(inside.upperBound, reach.end))
    var column = reach.first
    while column < first {
      unsafe outside += sums.take(cells + column).size
      column &+= 1
    }
    if let values = unsafe values {
      let values = unsafe values - inside.lowerBound
      while column < end {
        let value = unsafe values[column]
        var run = (parts: 0.0, cells: 0)
        // Nothing else in this loop, so that all stays in registers.
        repeat {
          let part = unsafe sums.take(cells + column)
          run.parts += part.size
          run.cells &+= part.count
          column &+= 1
          guard sums.isWhole else { continue }
          let edge = column
          while unsafe column < end && values[column] == value
            && RowSums.isUntouched(cells + column)
          {
            // One by one: another order of adding could change a bit.
            run.parts += 1
            column &+= 1
          }
          run.cells &+= column &- edge
          sums.takeWhole(column &- edge)
        } while unsafe column < end && values[column] == value
        if run.cells > 0 {
          tally.add(Int(value), squareMetres: run.parts * area, cells: run.cells)
          total += run.parts
        }
      }
    }
    while column < reach.end {
      unsafe outside += sums.take(cells + column).size
      column &+= 1
    }
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
  static var floor: Double { 1e-12 }
  /// How far a cell's coverage may miss 0…1.
  private static var slack: Double { 1e-9 }

  /// Takes what edges left in the next cell, and leaves zero.
  /// - Returns: the part of the cell that counts, and 1 if there is one, else 0. No branch:
  ///   nobody can guess where a plot begins.
  @inline(__always)
  mutating func take(
    _ cell: UnsafeMutablePointer<CellEdges.Left>
  ) -> (size: Double, count: Int) {
    let left = unsafe cell.pointee
    unsafe cell.pointee = .zero
    running += left.x
    let coverage = running - left.y
    sum += coverage
    least = coverage < least ? coverage : least
    most = coverage > most ? coverage : most
    let part = coverage < 1 ? coverage : 1
    // The sign's bit, which is not a condition that a compiler could branch on.
    let count = Int(truncatingIfNeeded: (Self.floor - coverage).bitPattern >> 63)
    return (coverage > Self.floor ? part : 0, count)
  }

  /// The next cells are covered whole, as far as no edge touches them.
  var isWhole: Bool {
    @inline(__always) get { running == 1 }
  }

  /// No edge left anything in the cell.
  @inline(__always)
  static func isUntouched(_ cell: UnsafeMutablePointer<CellEdges.Left>) -> Bool {
    let bits = unsafe UnsafeRawPointer(cell).assumingMemoryBound(to: UInt64.self)
    return unsafe bits[0] | bits[1] == 0
  }

  /// Takes so many cells that are covered whole and that no edge touches.
  @inline(__always)
  mutating func takeWhole(_ cells: Int) { sum += Double(cells) }

  /// The coverage of a cell that is covered less than not at all or more than once.
  var breach: Double? { Self.breach(least: least, most: most) }

  @inline(__always)
  static func breach(least: Double, most: Double) -> Double? {
    guard least < -slack || most > 1 + slack else { return nil }
    return least < -slack ? least : most
  }
}
