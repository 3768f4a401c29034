public import Land

/// All that a plot's picture shows: values only, so that equal contents give equal pictures.
public struct PlotMapContent: Sendable {
  /// As people wrote it; any text will do.
  public var plot: String
  /// A second line under the code, as the district; nil leaves it out.
  public var subtitle: String?
  /// Polygons; for a plot declared by a point, the disc that stands for it.
  public var outline: PlotGeometry
  /// The point, where the outline is the disc about it.
  public var declaredPoint: Position?
  /// Hectares of the outline.
  public var hectares: Double
  /// From the bottom to the top.
  public var layers: [MapLayer]
  public var areas: [MapArea]
  public var language: MessageLanguage

  public init(
    plot: String, subtitle: String? = nil, outline: PlotGeometry, declaredPoint: Position? = nil,
    hectares: Double, layers: [MapLayer] = [], areas: [MapArea] = [], language: MessageLanguage
  ) {
    self.plot = plot
    self.subtitle = subtitle
    self.outline = outline
    self.declaredPoint = declaredPoint
    self.hectares = hectares
    self.layers = layers
    self.areas = areas
    self.language = language
  }
}

/// The part of one raster map that a picture shows.
public struct MapLayer: Sendable {
  /// The dataset's name and version, as registered.
  public var dataset: String
  public var version: String
  public var meaning: MapMeaning
  /// Where ``values`` lie; what it does not reach of the picture is drawn as outside the map.
  public var grid: RasterGrid
  /// Row by row from the north-west, `grid.columns * grid.rows` of them.
  public var values: [Int32]
  public var noData: Int?
  /// More than 1 where each value stands for so many cells of the map each way.
  public var stride: Int
  /// What the assessment measured inside the plot; nil if there is none.
  public var measured: Measured?

  /// Hectares inside the plot.
  public struct Measured: Sendable, Hashable {
    public var byValue: [Int: Double]
    /// Without data, or beyond the map.
    public var missing: Double

    public init(byValue: [Int: Double], missing: Double) {
      self.byValue = byValue
      self.missing = missing
    }
  }

  public init(
    dataset: String, version: String, meaning: MapMeaning, grid: RasterGrid, values: [Int32],
    noData: Int? = nil, stride: Int = 1, measured: Measured? = nil
  ) {
    self.dataset = dataset
    self.version = version
    self.meaning = meaning
    self.grid = grid
    self.values = values
    self.noData = noData
    self.stride = stride
    self.measured = measured
  }
}

/// What a map's values say.
public enum MapMeaning: Sendable, Hashable {
  /// Cells of these values were forest in the year.
  case forest(values: Values, year: Int)
  /// A value v > 0 says that tree cover was lost in the year `yearZero + v`; years up to that of
  /// the cut-off are drawn muted.
  case lossYear(yearZero: Int, cutOffYear: Int)
  /// Cells of these values are what the name says: a crop, water, another map of forest.
  case cover(Cover, name: String, values: Values)
  /// Alerts, or whatever else a map dates: the day of each value, muted up to the year of the
  /// cut-off.
  case dated(name: String, days: [Int: MapDay], cutOffYear: Int)
  /// Classes with names of their own, in the order of the legend.
  case classes([NamedClass])

  public enum Values: Sendable, Hashable, ExpressibleByArrayLiteral {
    case these(Set<Int>)
    /// This one and all above, as of percentages.
    case atLeast(Int)

    public init(arrayLiteral values: Int...) { self = .these(Set(values)) }

    func contains(_ value: Int) -> Bool {
      switch self {
      case .these(let values): values.contains(value)
      case .atLeast(let least): value >= least
      }
    }
  }

  /// What a cover is, and so what it looks like.
  public enum Cover: String, Sendable, Hashable, CaseIterable {
    case forest, cocoa, oilPalm, coffee, rubber, soy, plantation, water, builtUp
  }

  public struct NamedClass: Sendable, Hashable {
    public let value: Int
    /// In the picture's language.
    public let name: String

    public init(value: Int, name: String) {
      self.value = value
      self.name = name
    }
  }
}

/// When something was seen.
public struct MapDay: Sendable, Hashable {
  /// Nil where the value is no date: taken for one after every cut-off.
  public let year: Int?
  /// ISO 8601; nil where the map tells no more than the year.
  public let day: String?

  public init(year: Int?, day: String? = nil) {
    self.year = year
    self.day = day
  }
}

/// A named area about or beside the plot.
public struct MapArea: Sendable {
  public enum Style: Sendable, Hashable, CaseIterable {
    case protected, concession, highValue, highCarbon, other
  }

  public var name: String
  public var style: Style
  /// The dataset's name and version.
  public var dataset: String
  public var version: String
  /// Polygons: closed rings, the shell first.
  public var polygons: [[[Position]]]
  /// Hectares inside the plot; nil if nobody measured them.
  public var measuredHectares: Double?

  public init(
    name: String, style: Style, dataset: String, version: String, polygons: [[[Position]]],
    measuredHectares: Double? = nil
  ) {
    self.name = name
    self.style = style
    self.dataset = dataset
    self.version = version
    self.polygons = polygons
    self.measuredHectares = measuredHectares
  }
}
