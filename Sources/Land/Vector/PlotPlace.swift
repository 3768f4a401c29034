/// A district by its code (in Peru the ubigeo) and names.
public struct PlotDistrict: Sendable, Hashable, Codable {
  public let code: String
  public let name: String
  public let province: String
  public let department: String

  public init(code: String, name: String, province: String, department: String) {
    self.code = code
    self.name = name
    self.province = province
    self.department = department
  }
}

extension PlotDistrict {
  /// By its code or name, letter case and accents aside.
  func isCalled(_ text: String) -> Bool {
    let wanted = PlaceName.folded(text)
    return PlaceName.folded(code) == wanted || PlaceName.folded(name) == wanted
  }
}

/// Where a plot is, by maps that are themselves some way off.
public struct PlotPlace: Sendable, Hashable {
  /// ISO 3166-1 alpha-2; nil where no country's area holds any of the plot.
  public var country: String?
  /// Other countries within reach.
  public var otherCountries: [String] = []
  /// Metres to the nearest country's boundary; nil where it is farther than the threshold.
  public var countryBoundaryMetres: Double?
  /// The district that holds most of the plot; nil where none holds any.
  public var district: PlotDistrict?
  /// That district's share of the plot, 0…1.
  public var districtShare = 0.0
  /// Every district that holds part of it.
  public var parts: [Part] = []
  /// Other districts that hold part of it or lie within reach.
  public var otherDistricts: [PlotDistrict] = []
  /// Metres to the nearest district's boundary; nil where it is farther than the threshold.
  public var districtBoundaryMetres: Double?
  /// Districts made out of these before the day asked for, which the map does not show: the plot
  /// may be in one.
  public var changes: [DistrictChange] = []

  public init() {}

  /// A district and its share of the plot, 0…1; of a point 1.
  public struct Part: Sendable, Hashable {
    public let district: PlotDistrict
    /// ISO 3166-1 alpha-2, where the map says so.
    public let country: String?
    public let share: Double
  }

  public var isNearCountryBoundary: Bool { countryBoundaryMetres != nil }
  public var isNearDistrictBoundary: Bool { districtBoundaryMetres != nil }

  /// How what a file says of a plot's place compares with the map.
  public enum Agreement: String, Sendable, Hashable, Codable {
    case agrees
    /// The map says another one, but the line between them is near, or the district is new.
    case nearBoundary = "near-boundary"
    case differs
    /// The map holds none of the plot.
    case notOnMap = "not-on-map"
  }

  /// Compares a country's code; what is near a line is never said to differ.
  public func agreement(country declared: String) -> Agreement {
    let code = declared.uppercased()
    if code == country { return .agrees }
    if otherCountries.contains(code) { return .nearBoundary }
    return country == nil ? .notOnMap : .differs
  }

  /// Compares a district's code or name, letter case and accents aside.
  public func agreement(district declared: String) -> Agreement {
    let fits = { (district: PlotDistrict) in district.isCalled(declared) }
    if let district, fits(district) { return .agrees }
    if otherDistricts.contains(where: fits) || changes.contains(where: { fits($0.new) }) {
      return .nearBoundary
    }
    return district == nil ? .notOnMap : .differs
  }
}

/// Names of places as they are compared.
enum PlaceName {
  private static let plain: [Character: Character] = [
    "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "ñ": "n",
  ]

  /// Letters and digits in lower case, without accents; a letter and its combining accent compare
  /// as one.
  static func folded(_ text: String) -> String {
    String(
      text.lowercased().compactMap { character in
        if let letter = plain[character] { return letter }
        return character.isLetter || character.isNumber ? character : nil
      })
  }
}
