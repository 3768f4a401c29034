import Land

/// The land of the sample: square cells in six districts, a plot in some of them.
struct LandPlan {
  /// A plot's cell, degrees.
  static let cell = 0.005
  static let rasterCell = 0.000_25
  static let rasterCellsAside = 20
  /// How far a plot may reach from the middle of its cell, metres: half a cell less one cell of
  /// the maps, so that nothing next door touches it.
  static let reachMetres = 245.0
  private static let west = -77.2
  private static let north = -7.6
  /// Cells between two districts' fields.
  private static let gap = 6
  /// The most cells aside that one plot has to itself.
  private static let mostStride = 9

  /// A district's plots aside, and cells from one plot's block to the next.
  private let side: Int
  private let stride: Int
  let districtColumns: Int
  let districtRows: Int
  private let seed: UInt64
  private let firstOfGroup: [Int: Int]
  private let counts: [Int]

  /// The whole map, raster cells.
  var columns: Int { 2 * districtColumns * Self.rasterCellsAside }
  var rows: Int { 3 * districtRows * Self.rasterCellsAside }

  var grid: RasterGrid {
    RasterGrid(
      west: Self.west, north: Self.north, cellWidth: Self.rasterCell,
      cellHeight: Self.rasterCell, columns: columns, rows: rows)
  }

  init(_ groups: [GroupPlan], seed: UInt64) {
    var counts = [Int](repeating: 0, count: Places.districts.count)
    var first: [Int: Int] = [:]
    for group in groups {
      first[group.index] = counts[group.district]
      counts[group.district] += group.plots.count
    }
    self.seed = seed
    self.counts = counts
    firstOfGroup = first
    var side = 1
    while side * side < (counts.max() ?? 1) { side += 1 }
    self.side = side
    // A third of the province is 0.55° by 0.4°; a larger sample needs more land than it has.
    districtColumns = max(110, side + Self.gap)
    districtRows = max(80, side + Self.gap)
    stride = max(1, min(Self.mostStride, (districtRows - Self.gap) / side))
  }

  /// Column and row of a plot's cell from the north-west corner of the map.
  func place(of plot: Int, in group: GroupPlan) -> (column: Int, row: Int) {
    let number = (firstOfGroup[group.index] ?? 0) + plot - group.plots.lowerBound
    let corner = corner(of: group.district)
    let inBlock = inBlock(number, of: group.district)
    return (
      corner.column + number % side * stride + inBlock.column,
      corner.row + number / side * stride + inBlock.row
    )
  }

  /// The middle of a cell, degrees.
  func centre(_ place: (column: Int, row: Int)) -> (longitude: Double, latitude: Double) {
    (
      Self.west + (Double(place.column) + 0.5) * Self.cell,
      Self.north - (Double(place.row) + 0.5) * Self.cell
    )
  }

  /// True where a plot stands, or could.
  func isField(column: Int, row: Int) -> Bool {
    let (districtColumn, districtRow) = (column / districtColumns, row / districtRows)
    guard
      let district = Places.districts.firstIndex(where: {
        $0.column == districtColumn && $0.row == districtRow
      })
    else { return false }
    let corner = corner(of: district)
    let (right, down) = (column - corner.column, row - corner.row)
    guard right >= 0, down >= 0, right < side * stride, down < side * stride else { return false }
    let number = down / stride * side + right / stride
    guard number < counts[district] else { return false }
    return inBlock(number, of: district) == (right % stride, down % stride)
  }

  /// The north-west corner of a district's fields.
  private func corner(of district: Int) -> (column: Int, row: Int) {
    (
      Places.districts[district].column * districtColumns + (districtColumns - side * stride) / 2,
      Places.districts[district].row * districtRows + (districtRows - side * stride) / 2
    )
  }

  /// Which cell of its block a plot stands in: fields lie in no rank and file.
  private func inBlock(_ number: Int, of district: Int) -> (column: Int, row: Int) {
    var random = SampleRandom(seed: seed, 9, number * Places.districts.count + district)
    let column = random.integer(0...stride - 1)
    return (column, random.integer(0...stride - 1))
  }
}
