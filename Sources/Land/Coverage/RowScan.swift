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
    var scan = Scan()
    let first = min(max(inside.lowerBound, reach.first), reach.end)
    let end = max(first, min(inside.upperBound, reach.end))
    unsafe scan.takeOutside(cells, reach.first..<first, &sums, area, &tally)
    if let values = unsafe values {
      let values = unsafe values - inside.lowerBound
      var column = first
      while column < end {
        let value = unsafe values[column]
        var run = CellRun()
        let stop = min(end, column &+ CellRun.longest)
        // Nothing else in this loop, so that all stays in registers.
        repeat {
          unsafe scan.take(cells + column, &run)
          column &+= 1
          guard scan.isWhole else { continue }
          let edge = column
          while unsafe column < stop && values[column] == value
            && Scan.isUntouched(cells + column)
          {
            column &+= 1
          }
          run.addWhole(column &- edge)
        } while unsafe column < stop && values[column] == value
        sums.close(&run, Int(value), area, &tally)
      }
    } else {
      unsafe scan.takeOutside(cells, first..<end, &sums, area, &tally)
    }
    unsafe scan.takeOutside(cells, end..<reach.end, &sums, area, &tally)
    // Edges along the east side leave something there.
    unsafe cells[reach.end] = .zero
    sums.isBreached = scan.breach < 0
    tally.totalSquareMetres += sums.touched * area
    return sums
  }

  /// Where a walk along a row is.
  private struct Scan {
    private var running: Int64 = 0
    private(set) var breach: Int64 = 0

    /// The next cells are covered whole, as far as no edge touches them.
    var isWhole: Bool {
      @inline(__always) get { running == CellPart.one }
    }

    /// No edge left anything in the cell.
    @inline(__always)
    static func isUntouched(_ cell: UnsafeMutablePointer<CellEdges.Left>) -> Bool {
      unsafe cell.pointee.x | cell.pointee.y == 0
    }

    /// Takes what edges left in the next cell, and leaves zero.
    @inline(__always)
    mutating func take(_ cell: UnsafeMutablePointer<CellEdges.Left>, _ run: inout CellRun) {
      let left = unsafe cell.pointee
      unsafe cell.pointee = .zero
      running &+= left.x
      let coverage = SIMD2(running &- left.y, 0)
      breach |= RowSums.breach(coverage).x
      run.parts &+= coverage.x
      run.cells &+= Int(RowSums.touched(coverage).x)
    }

    /// Takes cells that the raster does not have.
    mutating func takeOutside(
      _ cells: UnsafeMutablePointer<CellEdges.Left>, _ columns: Range<Int>,
      _ sums: inout RowSums, _ area: Double, _ tally: inout CoverageTally
    ) {
      for first in stride(from: columns.lowerBound, to: columns.upperBound, by: CellRun.longest) {
        var run = CellRun()
        for column in first..<min(first + CellRun.longest, columns.upperBound) {
          unsafe take(cells + column, &run)
        }
        sums.closeOutside(&run, area, &tally)
      }
    }
  }
}
