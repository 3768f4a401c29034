public import ValueTypes

/// A map of districts, and which of its fields say what.
public struct DistrictMap: Sendable {
  /// Names of fields; the defaults are those of Peru's INEI. Empty for what the map does not say,
  /// which only the code and the name must be.
  public struct Fields: Sendable, Hashable {
    public var code = "IDDIST"
    public var name = "NOMBDIST"
    public var province = "NOMBPROV"
    public var department = "NOMBDEP"
    /// Holds ISO 3166-1 alpha-2.
    public var country = ""

    public init() {}
  }

  public let layer: VectorLayer
  public let fields: Fields
  /// The day whose districts the map shows; nil where its maker does not say.
  public let asOf: CivilDate?
  /// Codes and names, folded.
  private let called: Set<String>

  public init(
    layer: VectorLayer, fields: Fields = Fields(), asOf: CivilDate? = nil
  ) throws(VectorError) {
    let optional = [fields.province, fields.department, fields.country].filter { !$0.isEmpty }
    for name in [fields.code, fields.name] + optional where !layer.fields.contains(name) {
      throw VectorError(
        .fieldMissing, at: name.isEmpty ? "ubigeo" : name,
        ["found": layer.fields.prefix(40).joined(separator: ", ")])
    }
    self.layer = layer
    self.fields = fields
    self.asOf = asOf
    called = Set(
      layer.features.flatMap { feature in
        [fields.code, fields.name].compactMap { feature.attributes[$0] }.map(PlaceName.folded)
      })
  }

  /// Takes the fields that the layer has, by the names that maps of districts give them.
  ///
  /// - Throws: `vector-field-missing` where none holds a code or none a name.
  public init(finding layer: VectorLayer, asOf: CivilDate? = nil) throws(VectorError) {
    let first = { (names: [String]) in
      names.lazy.compactMap { name in
        layer.fields.first { PlaceName.folded($0) == PlaceName.folded(name) }
      }.first ?? ""
    }
    var fields = Fields()
    fields.code = first(Self.codeFields)
    fields.name = first(["NOMBDIST", "DISTRITO", "NM_DIST", "ADM3_ES", "NOMBRE", "NAME"])
    fields.province = first(["NOMBPROV", "PROVINCIA", "NM_PROV", "ADM2_ES", "PROVINCE"])
    fields.department = first(
      ["NOMBDEP", "DEPARTAMENTO", "DEPARTAMEN", "NM_DPTO", "ADM1_ES", "DEPARTMENT"])
    fields.country = first(["ISO_A2", "ISO2", "PAIS", "COUNTRY", "ProducerCountry"])
    try self.init(layer: layer, fields: fields, asOf: asOf)
  }

  private static let codeFields = ["IDDIST", "UBIGEO", "CODDIST", "ADM3_PCODE", "CODIGO", "CODE"]
  /// Fields that hold codes of Peru and of no other country.
  private static let peruvianFields: Set = ["iddist", "ubigeo"]

  /// Whether a district of the map has this code or name.
  public func knows(_ text: String) -> Bool { called.contains(PlaceName.folded(text)) }

  /// ISO 3166-1 alpha-2 of a feature, counted from 1: as its field says, or as the field of the
  /// code tells.
  func country(of feature: Int) -> String? {
    if let code = layer.attributes(of: feature)[fields.country]?.uppercased() {
      return code.utf8.count == 2 ? code : nil
    }
    return Self.peruvianFields.contains(PlaceName.folded(fields.code)) ? "PE" : nil
  }
}

extension DistrictChange {
  /// Districts made in Peru that maps in reach do not show yet.
  public static let peru: [DistrictChange] = [
    CivilDate("2021-03-04").map { day in
      DistrictChange(
        date: day, law: "Ley 31128",
        new: PlotDistrict(
          code: "221006", name: "SANTA LUCIA", province: "TOCACHE", department: "SAN MARTIN"),
        from: ["221005"])
    }
  ].compactMap { $0 }
}
