/// What a vehicle carries or a mill takes in, as the organisation declares it; a later one about
/// the same vehicle, or about the mill, stands in the place of the earlier.
public struct CapacityDeclared: Sendable, Hashable, Codable {
  public let organisation: OrganisationCode
  /// The plate, as on waybills; nil where it is about the mill.
  public let vehicle: String?
  /// Of a vehicle: what it carries in one trip.
  public let tripGrams: Grams?
  public let tripsPerDay: Int?
  /// Of a mill: what it takes in an hour.
  public let hourGrams: Grams?
  public let hoursPerDay: Int?
  /// The paper it stands on: vehicle card, licence of the plant.
  public let source: String?

  public init(
    organisation: OrganisationCode, vehicle: String? = nil, tripGrams: Grams? = nil,
    tripsPerDay: Int? = nil, hourGrams: Grams? = nil, hoursPerDay: Int? = nil,
    source: String? = nil
  ) {
    self.organisation = organisation
    self.vehicle = vehicle
    self.tripGrams = tripGrams
    self.tripsPerDay = tripsPerDay
    self.hourGrams = hourGrams
    self.hoursPerDay = hoursPerDay
    self.source = source
  }

  /// Letters and digits alone, in capitals: `s2p 418` and `S2P-418` are one vehicle.
  public static func plate(_ text: String) -> String {
    String(text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
  }

  /// Nil where it is about the mill.
  var plate: String? { vehicle.map(Self.plate) }
}
