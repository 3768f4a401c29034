import ValueTypes

@testable import Traceability

/// One event of every type, with every optional field given.
enum Samples {
  static func all() throws -> [DomainEvent] {
    try parties() + plots() + lots() + moves() + shipments() + evidence() + corrections()
      + tanks()
  }

  private static func parties() throws -> [DomainEvent] {
    [
      .organisationRegistered(
        OrganisationRegistered(
          organisation: try .init("COOP"), name: "Cooperativa «Ñandú»", kind: .cooperative,
          country: "PE", taxIdentifier: "20123456789", address: "Jr. 1/2", email: "a@b.pe")),
      .producerRegistered(
        ProducerRegistered(
          producer: try .init("P1"), organisation: try .init("COOP"), district: "221001",
          person: PersonalDataReference(digest: try Make.digest(3), keyIdentifier: "k1"))),
      .personalDataErased(
        PersonalDataErased(
          producer: try .init("P1"),
          person: PersonalDataReference(digest: try Make.digest(3), keyIdentifier: "k1"),
          reason: "asked")),
      .personalDataGiven(
        PersonalDataGiven(
          producer: try .init("P1"),
          person: PersonalDataReference(digest: try Make.digest(5), keyIdentifier: "k2"))),
      .datasetRegistered(try Make.dataset("loss", .lossYear)),
      .datasetRegistered(
        DatasetRegistered(
          dataset: try .init("alerts"), kind: try Make.unwrap(DatasetKind(rawValue: "alert-x")),
          version: "2026-11", digest: try Make.digest(2), byteCount: 10, licence: "CC BY 4.0",
          source: "test", extent: [-78, -9, -76, -7], cellDegrees: 0.000_1,
          meaning: .confidenceAndDaysAfter(
            try Make.unwrap(CivilDate("2014-12-31")), leastConfidence: 2))),
      .datasetSuperseded(
        DatasetSuperseded(
          dataset: try .init("loss"), by: try .init("loss-2026"), reason: "a year more")),
      .policyRegistered(
        PolicyRegistered(
          name: "eudr", version: "1", text: "{\"name\":\"eudr\"}", digest: try Make.digest(4))),
      .catalogueRegistered(
        CatalogueRegistered(
          name: "coffee", version: "1", text: "{\"name\":\"coffee\"}",
          digest: try Make.digest(4))),
      .capacityDeclared(
        CapacityDeclared(
          organisation: try .init("COOP"), vehicle: "S2P-418", tripGrams: try Grams(9_000_000),
          tripsPerDay: 3, hourGrams: try Grams(1), hoursPerDay: 20, source: "card 7")),
    ]
  }

  private static func plots() throws -> [DomainEvent] {
    let day = try Make.unwrap(CivilDate("2026-05-10"))
    let plain = try Make.plot("A", producer: "P1", declared: 20_000)
    let geometry = GeometryRecord(
      digest: try Make.digest(6), form: .polygon, squareMetres: 20_000.25, vertices: 5,
      geoJSON: "{\"type\":\"Polygon\"}", originalDigest: try Make.digest(7),
      checks: "raiz-geometry/1", notes: ["G04"])
    return [
      .plotRegistered(
        PlotRegistered(
          plot: plain.plot, producer: plain.producer, commodities: ["cocoa"], country: "PE",
          district: "221001", declaredSquareMetres: 20_000, plantedYear: 2_012,
          geometry: geometry)),
      .plotGeometryCorrected(
        PlotGeometryCorrected(
          plot: plain.plot, geometry: geometry, declaredSquareMetres: 20_000,
          reason: "surveyed again")),
      .plotTenureDocumented(
        PlotTenureDocumented(
          plot: plain.plot, kind: .cusaf, number: "22-SAM/CTO", issuer: "ARA",
          digest: try Make.digest(8), validTo: day)),
      .plotAssessed(try Make.assessment("A", forest: 0.123456789, loss: 1e-9)),
      .plotHarvested(
        PlotHarvested(
          plot: plain.plot, lot: try .init("H"), product: try .init("cocoa-wet-beans"),
          grams: try Grams(Grams.limit), from: day, to: day)),
    ]
  }

  private static func lots() throws -> [DomainEvent] {
    let wet = try ProductCode("cocoa-wet-beans")
    let day = CivilDate("2026-05-10")
    let draw = try Make.draw("H", 5)
    let coop = Party.organisation(try .init("COOP"))
    return [
      .lotHarvested(
        LotHarvested(
          lot: draw.lot, plot: try .init("A"), producer: try .init("P1"), product: wet,
          grams: try Grams(10), from: try Make.unwrap(day), to: try Make.unwrap(day),
          certification: LotCertification(scheme: try .init("rspo"), model: .identityPreserved))),
      .lotPurchased(
        LotPurchased(
          lot: try .init("C"), buyer: try .init("COOP"), seller: .producer(try .init("P1")),
          product: wet, grams: try Grams(6), inputs: [draw], unknownOriginGrams: try Grams(1),
          price: try Money(minorUnits: 1_250, currency: "PEN"), receipt: "F001-1",
          oldestHarvest: day,
          certification: LotCertification(scheme: try .init("rspo"), model: .massBalance))),
      .lotBlended(
        LotBlended(
          lot: try .init("B"), holder: coop, product: wet, grams: draw.grams, inputs: [draw],
          oldestHarvest: day)),
      .lotSplit(
        LotSplit(
          lot: try .init("S"), holder: coop, product: wet, grams: draw.grams,
          source: draw.lot, oldestHarvest: day)),
      .lotProcessed(
        LotProcessed(
          lot: try .init("D"), holder: try .init("COOP"), process: try .init("cocoa-drying"),
          product: try .init("cocoa-dry-beans"), grams: try Grams(2), inputs: [draw],
          outputs: [
            .init(
              lot: try .init("D"), product: try .init("cocoa-dry-beans"), grams: try Grams(2))
          ], lossGrams: try Grams(3))),
      .lotDrawn(
        LotDrawn(
          lot: draw.lot, grams: draw.grams, remainingGrams: draw.grams, purpose: .blend,
          into: [.lot(try .init("B"))],
          corrects: EventReference(stream: .lot(try .init("B")), version: 1))),
    ]
  }

  private static func moves() throws -> [DomainEvent] {
    let lot = try LotCode("C")
    let coop = Party.organisation(try .init("COOP"))
    let exporter = try OrganisationCode("EXP")
    let six = try Grams(6)
    return [
      .lotDispatched(
        LotDispatched(
          lot: lot, from: coop, to: exporter, grams: six, waybill: "T001-9", vehicle: "ABC-123")),
      .lotReceived(
        LotReceived(
          lot: lot, by: exporter, dispatchedGrams: six, weighedGrams: six, grams: six,
          returned: try Make.draw("R", 1), reason: "moho")),
      .lotRejected(LotRejected(lot: lot, by: exporter, returnedTo: coop, reason: "moho")),
      .lotAdjusted(
        LotAdjusted(
          lot: lot, holder: coop, beforeGrams: six, grams: six, unknownOriginGrams: .zero,
          reason: "conteo", cause: try .init("theft"))),
    ]
  }

  private static func shipments() throws -> [DomainEvent] {
    let shipment = try ShipmentCode("EMB")
    let day = try Make.unwrap(CivilDate("2026-05-10"))
    let dry = try ProductCode("cocoa-dry-beans")
    return [
      .shipmentOpened(
        ShipmentOpened(
          shipment: shipment, exporter: try .init("EXP"), importerName: "Choc BV",
          destination: "NL")),
      .shipmentLotLoaded(
        ShipmentLotLoaded(
          shipment: shipment, lot: try .init("D"), product: dry, grams: try Grams(2))),
      .shipmentSealed(ShipmentSealed(shipment: shipment, container: "MSKU", seals: ["1", "2"])),
      .shipmentExported(
        ShipmentExported(shipment: shipment, port: "Callao", transportDocument: "BL-1")),
      .statementDrafted(
        StatementDrafted(
          statement: try .init("DDS-1"), shipment: shipment, policyName: "eudr",
          policyVersion: "1",
          commodities: [
            .init(
              hsHeading: "180100", product: dry, description: "dry cocoa beans",
              scientificName: "Theobroma cacao", netGrams: try Grams(2))
          ], plots: [try .init("A")], producedFrom: day, producedTo: day,
          geoJSONDigest: try Make.digest(1))),
    ]
  }

  private static func evidence() throws -> [DomainEvent] {
    let finding = try FindingCode("doubt-1")
    let plot = StreamKey.plot(try .init("A"))
    return [
      .findingRaised(
        FindingRaised(
          finding: finding, kind: .raisedByPerson, severity: .doubt, subjects: [plot],
          restsOn: [EventReference(stream: plot, version: 1)], figures: ["reason": "x"])),
      .findingReviewed(
        FindingReviewed(
          finding: finding, outcome: .dismissed, reviewer: "Ana", reason: "y",
          evidence: [try Make.digest(9)])),
    ]
  }

  /// One correction of every kind of act, and one of an act that never was.
  private static func corrections() throws -> [DomainEvent] {
    let by = try OrganisationCode("COOP")
    var facts: [CorrectedFact?] = [nil]
    for event in try lots() + moves() {
      switch event {
      case .lotHarvested(let fact): facts.append(.founded(.harvested(fact)))
      case .lotPurchased(let fact): facts.append(.founded(.purchased(fact)))
      case .lotBlended(let fact): facts.append(.founded(.blended(fact)))
      case .lotSplit(let fact): facts.append(.founded(.split(fact)))
      case .lotProcessed(let fact): facts.append(.founded(.processed(fact)))
      case .lotDrawn(let fact): facts.append(.acted(.drawn(fact)))
      case .lotReceived(let fact): facts.append(.acted(.received(fact)))
      case .lotAdjusted(let fact): facts.append(.acted(.adjusted(fact)))
      default: break
      }
    }
    let lot = try LotCode("H")
    let day = try Make.unwrap(CivilDate("2026-05-10"))
    return facts.map {
      .lotCorrected(LotCorrected(lot, corrects: 1, by: by, reason: "error", $0))
    } + [
      .plotHarvestCorrected(
        PlotHarvestCorrected(
          plot: try .init("A"), lot: lot,
          harvest: PlotHarvested(
            plot: try .init("A"), lot: lot, product: try .init("cocoa-wet-beans"),
            grams: try Grams(5), from: day, to: day)))
    ] + (try workflow())
  }

  private static func workflow() throws -> [DomainEvent] {
    let finding = try FindingCode("doubt-1")
    return [
      .findingAssigned(
        FindingAssigned(
          finding: finding, assignee: "Ana", by: "Luis", due: CivilDate("2026-05-20"))),
      .findingReopened(
        FindingReopened(
          finding: finding, by: "Luis", reason: "new photo", evidence: [try Make.digest(9)])),
    ]
  }
}
