import Tabular
import Traceability
import ValueTypes

/// Rows about who and what is registered.
extension ActReader {
  mutating func organisation(_ cells: inout RowReader) {
    let code: OrganisationCode? = cells.required("code", .code())
    let name = cells.required("name", .text())
    let kind = cells.required("kind", .organisationKind())
    let country = cells.required("country", .country())
    let tax = cells.optional("tax", .text(maxScalars: 40))
    let address = cells.optional("address", .text(maxScalars: 300))
    let email = cells.optional("email", .text(maxScalars: 120))
    guard let code, let name, let kind, let country else { return }
    add(
      .registerOrganisation(
        OrganisationRegistered(
          organisation: code, name: name, kind: kind, country: country, taxIdentifier: tax,
          address: address, email: email)), cells, at: options.now)
  }

  mutating func capacity(_ cells: inout RowReader) {
    let organisation: OrganisationCode? = cells.required("organisation", .code())
    let vehicle = cells.optional("vehicle", .text(maxScalars: 40))
    let trip = cells.optional("trip", .mass(sign))
    let trips = cells.optional("trips", .integer())
    let hour = cells.optional("hour", .mass(sign))
    let hours = cells.optional("hours", .integer())
    let source = cells.optional("source", .text(maxScalars: 200))
    guard let organisation else { return }
    add(
      .declareCapacity(
        CapacityDeclared(
          organisation: organisation, vehicle: vehicle, tripGrams: trip,
          tripsPerDay: trips.map { Int(clamping: $0) },
          hourGrams: hour,
          hoursPerDay: hours.map { Int(clamping: $0) }, source: source)), cells, at: options.now)
  }

  mutating func producer(_ cells: inout RowReader) {
    let code: ProducerCode? = cells.required("code", .code())
    let name = cells.optional("name", .text())
    let document = cells.optional("document", .text(maxScalars: 40))
    let phone = cells.optional("phone", .text(maxScalars: 40))
    let organisation: OrganisationCode? = cells.optional("organisation", .code())
    let district = cells.optional("district", .text(maxScalars: 40))
    guard let code, cells.problems.isEmpty else { return }
    add(
      PlannedAct(
        rows: [cells.row.number],
        content: .producer(
          ProducerRegistered(
            producer: code, organisation: organisation, district: district, person: nil),
          PersonalData(name: name, document: document, phone: phone)),
        occurredAt: options.now))
  }

  mutating func tenure(_ cells: inout RowReader) {
    let plot: PlotCode? = cells.required("plot", .code())
    let kind = cells.required("kind", .tenureKind())
    let number = cells.required("number", .text(maxScalars: 80))
    let issuer = cells.optional("issuer", .text())
    let digest = cells.required("sha256", .digest())
    let validTo = cells.optional("validTo", .date)
    guard let plot, let kind, let number, let digest else { return }
    add(
      .documentTenure(
        PlotTenureDocumented(
          plot: plot, kind: kind, number: number, issuer: issuer, digest: digest,
          validTo: validTo)), cells, at: options.now)
  }
}
