public import ValueTypes

/// A map of districts, and which of its fields say what.
public struct DistrictMap: Sendable {
  /// Names of fields; the defaults are those of Peru's INEI.
  public struct Fields: Sendable, Hashable {
    public var code = "IDDIST"
    public var name = "NOMBDIST"
    public var province = "NOMBPROV"
    public var department = "NOMBDEP"

    public init() {}
  }

  public let layer: VectorLayer
  public let fields: Fields
  /// The day whose districts the map shows; nil where its maker does not say.
  public let asOf: CivilDate?

  public init(
    layer: VectorLayer, fields: Fields = Fields(), asOf: CivilDate? = nil
  ) throws(VectorError) {
    for name in [fields.code, fields.name, fields.province, fields.department]
    where !layer.fields.contains(name) {
      throw VectorError(
        .fieldMissing, at: name, ["found": layer.fields.prefix(40).joined(separator: ", ")])
    }
    self.layer = layer
    self.fields = fields
    self.asOf = asOf
  }
}

/// A district made out of others on a day.
public struct DistrictChange: Sendable, Hashable {
  public let date: CivilDate
  /// The law that made it.
  public let law: String
  public let new: PlotDistrict
  /// Codes of the districts that gave land.
  public let from: [String]

  public init(date: CivilDate, law: String, new: PlotDistrict, from: [String]) {
    self.date = date
    self.law = law
    self.new = new
    self.from = from
  }
}

/// How near a line is near.
public struct PlaceThresholds: Sendable, Hashable {
  public let name: String
  /// G11: maps of districts in reach are 1 to 2 km off.
  public var districtMetres = 2_000.0
  /// Countries at 1:110,000,000 are tens of kilometres off.
  public var countryMetres = 20_000.0

  /// The first set of thresholds.
  public static let raiz1 = PlaceThresholds(name: "raiz-place/1")

  public init(name: String) {
    self.name = name
  }
}

/// Where a plot is: the check G11. A plot near a line is near the line and never refused for it.
public struct PlaceLookup: Sendable {
  private let countries: VectorLayer?
  private let districts: DistrictMap?
  private let changes: [DistrictChange]
  private let thresholds: PlaceThresholds
  private let countryFields: [String]

  /// - Parameters:
  ///   - countryFields: fields that may hold ISO 3166-1 alpha-2, the first with two letters counts.
  ///   - changes: districts that the map may not show yet.
  public init(
    countries: VectorLayer?, districts: DistrictMap?, changes: [DistrictChange] = [],
    countryFields: [String] = ["ISO_A2", "ISO_A2_EH", "WB_A2"],
    thresholds: PlaceThresholds = .raiz1
  ) {
    self.countries = countries
    self.districts = districts
    self.changes = changes
    self.countryFields = countryFields
    self.thresholds = thresholds
  }

  /// - Parameter date: the day for which the districts are asked; a district has a date.
  public func place(of plot: PlotGeometry, on date: CivilDate) throws(VectorError) -> PlotPlace {
    var place = PlotPlace()
    if let countries {
      let found = try Self.find(plot, in: countries, within: thresholds.countryMetres)
      place.country = found.main.flatMap(country)
      place.countryBoundaryMetres = found.metres
      place.otherCountries = Set(found.others.compactMap(country)).subtracting(
        [place.country].compactMap { $0 }
      ).sorted()
    }
    if let districts {
      let found = try Self.find(plot, in: districts.layer, within: thresholds.districtMetres)
      place.district = found.main.map { district($0, districts) }
      place.districtShare = found.share
      place.districtBoundaryMetres = found.metres
      place.otherDistricts = found.others.map { district($0, districts) }
      place.changes = changesAfter(districts.asOf, on: date).filter { change in
        ([place.district].compactMap { $0 } + place.otherDistricts).contains {
          change.from.contains($0.code)
        }
      }
    }
    return place
  }

  /// What the map does not show although it holds on the day.
  private func changesAfter(_ asOf: CivilDate?, on date: CivilDate) -> [DistrictChange] {
    changes.filter { change in
      guard change.date <= date else { return false }
      return asOf.map { $0 < change.date } ?? true
    }
  }

  // MARK: Features

  private struct Found {
    /// The feature that holds most of the plot, counted from 1.
    var main: Int?
    var share = 0.0
    /// Other features that hold land of it or lie within reach.
    var others: [Int] = []
    /// To the nearest boundary within reach; nil if none is.
    var metres: Double?
  }

  private static func find(
    _ plot: PlotGeometry, in layer: VectorLayer, within metres: Double
  ) throws(VectorError) -> Found {
    let overlap = try layer.overlap(plot)
    var found = Found()
    // The first of equals: `max` would take the last.
    let main = overlap.features.reduce(overlap.features.first) { best, next in
      guard let best, next.squareMetres > best.squareMetres else { return best }
      return next
    }
    found.main = main?.index
    if let main {
      found.share = plot.isPoint ? 1 : min(1, main.squareMetres / overlap.plotSquareMetres)
    }
    let near = layer.boundaries(near: plot, within: metres)
    found.metres = near.map(\.metres).min()
    found.others = Set(near.map(\.feature) + overlap.features.map(\.index))
      .filter { $0 != found.main }.sorted()
    return found
  }

  private func country(_ feature: Int) -> String? {
    guard let attributes = countries?.attributes(of: feature) else { return nil }
    return countryFields.lazy.compactMap { attributes[$0] }.first { code in
      code.utf8.count == 2 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    }
  }

  private func district(_ feature: Int, _ map: DistrictMap) -> PlotDistrict {
    let attributes = map.layer.attributes(of: feature)
    return PlotDistrict(
      code: attributes[map.fields.code] ?? "", name: attributes[map.fields.name] ?? "",
      province: attributes[map.fields.province] ?? "",
      department: attributes[map.fields.department] ?? "")
  }
}
