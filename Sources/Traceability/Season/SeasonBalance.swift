public import ValueTypes

/// How much of a plot's season is harvested, and how much is left: what a clerk sees at once.
///
/// Masses are grams of what the commodity's yield counts (dry beans, bunches); wet beans count
/// with their share.
public struct SeasonBalance: Sendable, Hashable, Codable {
  public enum Standing: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing is known of what a hectare bears.
    case unknown
    case usual
    /// Above what is usual; nothing is raised.
    case aboveUsual = "above-usual"
    /// A notice.
    case aboveWarning = "above-warning"
    /// A doubt.
    case impossible
  }

  /// What is left, in a product that comes straight from the plot.
  public struct Left: Sendable, Hashable, Codable {
    public let product: ProductCode
    public let grams: Int64
  }

  public let plot: PlotCode
  public let commodity: String
  public let season: Season
  public let squareMetres: Double
  /// Whole years since planting; nil where nobody says.
  public let age: Int?
  public let harvestedGrams: Int64
  public let usualGrams: Int64?
  public let warnGrams: Int64?
  public let impossibleGrams: Int64?
  /// Up to the warning, by product; empty where there is no such limit.
  public let left: [Left]
  public let standing: Standing
  /// Where the limits come from.
  public let basis: Catalogue.Basis?

  /// What is left until it is a notice; 0 where it is one.
  public var leftGrams: Int64? { warnGrams.map { max(0, $0 - harvestedGrams) } }
}

extension SeasonBalance {
  /// The season of a commodity on a plot.
  ///
  /// - Parameters:
  ///   - day: any day of the season.
  ///   - adding: a harvest that the plot's stream does not tell yet.
  /// - Returns: nil for a commodity that the catalogue does not have.
  public init?(
    _ plot: PlotState, commodity code: String, on day: CivilDate, in catalogue: Catalogue,
    adding: [PlotHarvested] = []
  ) {
    guard let commodity = catalogue.commodity(code) else { return nil }
    let season = commodity.season(of: day)
    let harvests = (plot.harvests + adding).filter { season.contains($0.to) }
    let age = plot.registered.plantedYear.map { season.year - $0 }
    let row = commodity.yield(
      district: plot.registered.district, age: age, on: min(max(day, season.from), season.to))
    let area = plot.registered.squareMetres
    let harvested = BoundedMass.counted(harvests, code, catalogue)
    let warn = row?.warn.map { BoundedMass.cap($0, area) }
    let impossible = row?.impossible.map { BoundedMass.cap($0, area) }
    let usual = row?.usualMost.map { BoundedMass.cap($0, area) }
    self.plot = plot.registered.plot
    self.commodity = code
    self.season = season
    squareMetres = area
    self.age = age
    harvestedGrams = harvested
    usualGrams = usual
    warnGrams = warn
    impossibleGrams = impossible
    basis = row?.basis
    left =
      warn.map { cap in
        catalogue.products.compactMap { product in
          guard product.commodity == code, product.harvested,
            let permille = product.yieldPermille, permille > 0
          else { return nil }
          return Left(
            product: product.code,
            grams: BoundedMass.times(max(0, cap - harvested), 1_000, over: permille))
        }
      } ?? []
    if let impossible, harvested > impossible {
      standing = .impossible
    } else if let warn, harvested > warn {
      standing = .aboveWarning
    } else if let usual, harvested > usual {
      standing = .aboveUsual
    } else {
      standing = usual ?? warn ?? impossible == nil ? .unknown : .usual
    }
  }

  /// One for each commodity that the plot is registered for or was harvested of in the season.
  public static func all(
    _ plot: PlotState, on day: CivilDate, in catalogue: Catalogue
  ) -> [SeasonBalance] {
    catalogue.commodities.compactMap { commodity in
      let season = commodity.season(of: day)
      let isGrown =
        plot.registered.commodities.contains(commodity.code)
        || plot.harvests.contains {
          season.contains($0.to) && catalogue.product($0.product)?.commodity == commodity.code
        }
      guard isGrown else { return nil }
      return SeasonBalance(plot, commodity: commodity.code, on: day, in: catalogue)
    }
  }
}

/// Masses without overflow: beyond all bounds stays beyond all bounds.
enum BoundedMass {
  /// Far above any cap, and far below overflow.
  static let most = Int64.max / 4

  static func counted(
    _ harvests: [PlotHarvested], _ commodity: String, _ catalogue: Catalogue
  ) -> Int64 {
    var masses: [ProductCode: Int64] = [:]
    for harvest in harvests {
      masses[harvest.product] = adding(masses[harvest.product] ?? 0, harvest.grams.value)
    }
    return masses.reduce(0) { sum, part in
      guard let product = catalogue.product(part.key), product.commodity == commodity,
        let permille = product.yieldPermille
      else { return sum }
      return adding(sum, times(part.value, permille, over: 1_000))
    }
  }

  static func adding(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? most : min(sum, most)
  }

  /// `mass · factor / divisor`, to the gram below.
  static func times(_ mass: Int64, _ factor: Int64, over divisor: Int64) -> Int64 {
    guard mass > 0, factor > 0, divisor > 0 else { return 0 }
    let wide = mass.magnitude.multipliedFullWidth(by: factor.magnitude)
    guard wide.high < divisor.magnitude else { return most }
    let quotient = divisor.magnitude.dividingFullWidth(wide).quotient
    return quotient < UInt64(most) ? Int64(quotient) : most
  }

  /// Grams that an area bears; an area that is no number bears nothing.
  static func cap(_ kilogramsPerHectare: Int64, _ squareMetres: Double) -> Int64 {
    let grams = Double(kilogramsPerHectare) * squareMetres / 10
    guard grams > 0 else { return 0 }
    return grams < Double(most) ? Int64(grams) : most
  }
}
