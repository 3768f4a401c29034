/// What a raster shows under a plot, in square metres on the ellipsoid.
public struct CoverageResult: Sendable, Hashable, Codable {
  /// Changes whenever the same inputs would give another result.
  public static let methodName = "raiz-coverage/3"

  /// What the plot shows of each value, ascending.
  public let covers: [ClassCover]
  /// Where the raster says that it does not know.
  public let noDataSquareMetres: Double
  /// Where the plot lies beyond the raster.
  public let outsideSquareMetres: Double
  /// All of the above together.
  public let totalSquareMetres: Double
  /// The plot's area in cells: the sum that its coverage was held against.
  public let cells: Double

  /// Square metres by the raster's value.
  public var classes: [Int: Double] {
    Dictionary(uniqueKeysWithValues: covers.map { ($0.value, $0.squareMetres) })
  }

  /// How many cells of each value the plot touches, be it by a corner.
  public var cellsTouched: [Int: Int] {
    Dictionary(uniqueKeysWithValues: covers.map { ($0.value, $0.cells) })
  }

  public var method: String { Self.methodName }
}

/// One value of a raster under a plot.
public struct ClassCover: Sendable, Hashable, Codable {
  public let value: Int
  public let squareMetres: Double
  /// How many cells of the value the plot touches, be it by a corner.
  public let cells: Int
}

/// How large the work on one plot may be.
public struct CoverageLimits: Sendable, Hashable {
  /// Cells held in memory at once (16 bytes each, and their values); larger plots go band by
  /// band.
  public var windowCells = 1 << 20
  /// Cells of the box around one plot: 27,000 km² at 10 m.
  public var cellsPerGeometry = 1 << 28
  /// The most decoded blocks that each thread of ``Overlay`` may keep, over all rasters.
  public var blockCacheBytes = 1 << 26

  public init() {}
}

/// Why a plot has no coverage.
public enum CoverageError: Error, Sendable, Hashable, CustomStringConvertible {
  case pointHasNoArea
  case rowTooWide(cells: Int, limit: Int)
  /// The plot lies so many cells from the raster that it must be the wrong one.
  case tooFar(limit: Int)
  case tooManyCells(cells: Double, limit: Int)
  /// The sum over cells is not the polygon's area: the geometry is not valid, or the method fails.
  case sumBreached(cells: Double, expected: Double)
  /// A cell would be covered less than not at all or more than once.
  case cellBreached(row: Int, coverage: Double)
  case raster(RasterError)

  /// A stable name.
  public var code: String {
    switch self {
    case .pointHasNoArea: "coverage-point-has-no-area"
    case .rowTooWide: "coverage-row-too-wide"
    case .tooFar: "coverage-too-far"
    case .tooManyCells: "coverage-too-many-cells"
    case .sumBreached: "coverage-sum-breached"
    case .cellBreached: "coverage-cell-breached"
    case .raster(let error): error.code
    }
  }

  public var description: String {
    switch self {
    case .pointHasNoArea: "\(code): assess a point through the disc of its declared area"
    case .rowTooWide(let cells, let limit):
      "\(code): the plot is \(cells) cells wide, the most is \(limit); divide it"
    case .tooFar(let limit):
      "\(code): the plot lies over \(limit) cells from the raster; choose another raster"
    case .tooManyCells(let cells, let limit):
      "\(code): the box around the plot has \(cells) cells, the most is \(limit); divide it"
    case .sumBreached(let cells, let expected):
      "\(code): coverage sums to \(cells) cells and the polygon has \(expected); "
        + "check that the geometry is valid"
    case .cellBreached(let row, let coverage):
      "\(code): a cell of row \(row) is covered \(coverage) times; "
        + "check that the geometry is valid"
    case .raster(let error): error.description
    }
  }
}
