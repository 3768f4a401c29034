public import ValueTypes

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
  /// G11: a plot with no less of its area in one district is in that district.
  public var leastShare = 0.95

  /// The first set of thresholds.
  public static let raiz1 = PlaceThresholds(name: "raiz-place/1")

  public init(name: String) {
    self.name = name
  }
}

/// Where a plot is: the check G11. A plot near a line is near the line and never refused for it.
public struct PlaceLookup: Sendable {
  private let countries: VectorLayer?
  let districts: DistrictMap?
  private let changes: [DistrictChange]
  let thresholds: PlaceThresholds
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
      place.parts = found.parts.map { part in
        PlotPlace.Part(
          district: district(part.feature, districts), country: districts.country(of: part.feature),
          share: part.share)
      }
      if countries == nil {
        place.country = found.main.flatMap(districts.country)
        place.otherCountries = Set(found.others.compactMap(districts.country)).subtracting(
          [place.country].compactMap { $0 }
        ).sorted()
      }
      place.changes = changesAfter(districts.asOf, on: date).filter { change in
        !districts.knows(change.new.code)
          && ([place.district].compactMap { $0 } + place.otherDistricts).contains {
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

  /// Whether a district is one that maps may not show yet.
  func isChange(_ district: String) -> Bool { changes.contains { $0.new.isCalled(district) } }

  // MARK: Features

  private struct Found {
    /// The feature that holds most of the plot, counted from 1.
    var main: Int?
    var share = 0.0
    /// Features that hold land of it, with their shares of it.
    var parts: [(feature: Int, share: Double)] = []
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
    found.parts = overlap.features.map { part in
      (part.index, plot.isPoint ? 1 : min(1, part.squareMetres / overlap.plotSquareMetres))
    }
    found.share = found.parts.first { $0.feature == main?.index }?.share ?? 0
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
