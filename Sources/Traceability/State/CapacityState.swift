extension World {
  /// The newest declaration about a vehicle, or about the mill where `vehicle` is nil.
  func capacity(of organisation: OrganisationCode, vehicle: String?) -> Dated<CapacityDeclared>? {
    let plate = vehicle.map(CapacityDeclared.plate)
    return capacities[organisation]?.last { $0.value.plate == plate }
  }
}
