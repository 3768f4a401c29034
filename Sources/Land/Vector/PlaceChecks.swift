public import ValueTypes

/// What a file says of where a plot lies.
public struct DeclaredPlace: Sendable, Hashable {
  /// ISO 3166-1 alpha-2; nil where nobody says.
  public var country: String?
  /// Around the country, where that is known.
  public var countryBox: GeographicBox?
  /// Code or name.
  public var district: String?

  public init(country: String?, countryBox: GeographicBox? = nil, district: String?) {
    self.country = country
    self.countryBox = countryBox
    self.district = district
  }
}

/// What follows from a plot's place on a map of districts.
public struct PlaceAnswer: Sendable, Hashable {
  public let findings: [GeometryFinding]
  /// The district of a plot whose file names none.
  public let district: PlotDistrict?
}

extension PlaceLookup {
  /// G11: a plot against the country and the district that it is said to lie in.
  ///
  /// Near a line the map cannot decide, and says so; nothing is refused for it.
  /// - Parameters:
  ///   - dataset: the map's name, for the messages.
  ///   - path: where the geometry stands in the file.
  public func check(
    _ plot: PlotGeometry, declared: DeclaredPlace, on date: CivilDate, dataset: String,
    at path: String = ""
  ) throws(VectorError) -> PlaceAnswer {
    let place = try place(of: plot, on: date)
    let box = plot.box
    var said = Said(dataset: dataset, path: path)
    said.figures["longitude"] = Figure.text((box.west + box.east) / 2, decimals: 6)
    said.figures["latitude"] = Figure.text((box.south + box.north) / 2, decimals: 6)
    guard let main = place.district else {
      let isNear = declared.district.map { place.agreement(district: $0) == .nearBoundary }
      guard isNear == true else { return said.answer(.offDistrictMap) }
      said.figures["found"] = place.otherDistricts.map(\.words).joined(separator: "; ")
      return said.answer(.nearDistrictBoundary, declared.district ?? "", percent: 0)
    }
    said.figures["found"] = main.words
    if let country = declared.country?.uppercased() {
      try compare(country: country, declared.countryBox, plot, place, &said)
    }
    guard let district = declared.district else { return fill(main, place, said) }
    compare(district: district, place, &said)
    return said.answer
  }

  private func compare(
    country: String, _ countryBox: GeographicBox?, _ plot: PlotGeometry, _ place: PlotPlace,
    _ said: inout Said
  ) throws(VectorError) {
    guard let found = place.country else { return }
    let inside = place.parts.reduce(0) { $0 + ($1.country == country ? $1.share : 0) }
    said.figures["country"] = country
    said.figures["foundCountry"] = found
    switch place.agreement(country: country) {
    case .agrees, .notOnMap: break
    case .nearBoundary: said.add(.nearCountryBoundary, percent: inside)
    case .differs:
      let isInReach = countryBox.map { reaches($0, plot) } ?? true
      let isNear = isInReach ? try isNearEdge(plot) : false
      said.add(isNear ? .nearCountryBoundary : .outsideCountry, percent: inside)
    }
  }

  private func compare(district: String, _ place: PlotPlace, _ said: inout Said) {
    let inside = place.parts.reduce(0) { sum, part in
      sum + (part.district.isCalled(district) ? part.share : 0)
    }
    said.figures["declared"] = district
    switch place.agreement(district: district) {
    case .notOnMap: break
    case .agrees:
      guard inside < thresholds.leastShare else { return }
      said.figures["found"] = place.parts.map(\.district.words).joined(separator: "; ")
      said.add(.nearDistrictBoundary, percent: inside)
    case .nearBoundary:
      // A district newer than the map, out of the one that the map shows: they agree.
      if place.changes.contains(where: { $0.new.isCalled(district) }) { return }
      said.add(.nearDistrictBoundary, percent: inside)
    case .differs:
      let isKnown = districts?.knows(district) == true || isChange(district)
      said.add(isKnown ? .outsideDistrict : .districtUnknown, percent: inside)
    }
  }

  private func fill(_ main: PlotDistrict, _ place: PlotPlace, _ said: Said) -> PlaceAnswer {
    var said = said
    let new = place.changes.map(\.new)
    guard new.isEmpty, place.districtShare >= thresholds.leastShare, !main.code.isEmpty else {
      let choice = place.parts.map(\.district) + new
      said.figures["found"] = choice.map(\.words).joined(separator: "; ")
      said.add(.districtUnclear, percent: place.districtShare)
      return said.answer
    }
    if let metres = place.districtBoundaryMetres {
      said.figures["metres"] = Figure.text(metres, decimals: 0)
      said.add(.districtFilledNearBoundary, percent: place.districtShare)
    } else {
      said.add(.districtFilled, percent: place.districtShare)
    }
    return PlaceAnswer(findings: said.findings, district: main)
  }

  private func reaches(_ box: GeographicBox, _ plot: PlotGeometry) -> Bool {
    // A degree of latitude is 110.57 km or more; one of longitude a third of that or more.
    let degrees = thresholds.countryMetres / 110_570
    return GeographicBox(
      west: box.west - 3 * degrees, south: box.south - degrees, east: box.east + 3 * degrees,
      north: box.north + degrees
    ).meets(plot.box)
  }

  private static let rays = 16
  private static let rings = 4

  /// Whether land in no district of the map lies within the reach of a country's boundary: looked
  /// for in a few directions and distances.
  func isNearEdge(_ plot: PlotGeometry) throws(VectorError) -> Bool {
    guard let layer = districts?.layer else { return false }
    let box = plot.box
    let middle = Position(
      longitude: (box.west + box.east) / 2, latitude: (box.south + box.north) / 2)
    for ring in 1...Self.rings {
      for ray in 0..<Self.rays {
        let place = Geodesic.destination(
          from: middle, azimuth: 360 * Double(ray) / Double(Self.rays),
          metres: thresholds.countryMetres * Double(ring) / Double(Self.rings))
        if try layer.containing(place).isEmpty { return true }
      }
    }
    return false
  }

  /// Findings as they gather.
  private struct Said {
    let dataset: String
    let path: String
    var figures: [String: String] = [:]
    private(set) var findings: [GeometryFinding] = []

    init(dataset: String, path: String) {
      self.dataset = dataset
      self.path = path
    }

    mutating func add(_ problem: GeometryProblem, percent: Double) {
      var figures = figures
      figures["dataset"] = dataset
      figures["percent"] = Figure.percent(percent)
      findings.append(GeometryFinding(problem: problem, place: path, figures: figures))
    }

    var answer: PlaceAnswer { PlaceAnswer(findings: findings, district: nil) }

    func answer(
      _ problem: GeometryProblem, _ declared: String = "", percent: Double = 0
    ) -> PlaceAnswer {
      var said = self
      said.figures["declared"] = declared
      said.add(problem, percent: percent)
      return said.answer
    }
  }
}

extension PlotDistrict {
  /// `TOCACHE (221001), TOCACHE, SAN MARTIN`.
  var words: String {
    ([code.isEmpty ? name : "\(name) (\(code))", province, department]).filter { !$0.isEmpty }
      .joined(separator: ", ")
  }
}
