import Traceability
import ValueTypes

/// Commands written short.
enum Act {
  typealias Masses = KeyValuePairs<String, Int64>

  static func draws(_ masses: Masses) throws -> [LotDraw] {
    try masses.map { try Make.draw($0.key, $0.value) }
  }

  static func purchase(
    _ lot: String, by buyer: String = "COOP", from seller: String = "producer:P1",
    _ inputs: Masses, unknown: Int64 = 0, product: String = "cocoa-wet-beans"
  ) throws -> Command {
    .purchase(
      .init(
        lot: try .init(lot), buyer: try .init(buyer), seller: try Party(seller),
        product: try .init(product), inputs: try draws(inputs),
        unknownOriginGrams: try Grams(unknown)))
  }

  static func blend(
    _ lot: String, by holder: String = "COOP", _ inputs: Masses
  ) throws -> Command {
    .blend(.init(lot: try .init(lot), holder: try .init(holder), inputs: try draws(inputs)))
  }

  static func split(
    _ source: String, by holder: String = "COOP", _ parts: Masses
  ) throws -> Command {
    .split(.init(source: try .init(source), holder: try .init(holder), parts: try draws(parts)))
  }

  static func dry(
    by holder: String = "COOP", _ inputs: Masses, into outputs: Masses,
    process: String = "cocoa-drying", product: String = "cocoa-dry-beans"
  ) throws -> Command {
    .process(
      .init(
        process: try .init(process), holder: try .init(holder), inputs: try draws(inputs),
        outputs: try outputs.map {
          .init(
            lot: try .init($0.key), product: try .init(product), grams: try Grams($0.value))
        }))
  }

  static func dispatch(
    _ lot: String, from: String = "COOP", to: String = "EXP", waybill: String? = nil,
    part: LotDraw? = nil
  ) throws -> Command {
    .dispatch(
      .init(
        lot: try .init(lot), from: try .init(from), to: try .init(to), waybill: waybill,
        part: part))
  }

  static func correct(
    _ lot: String, version: Int64 = 1, by: String = "COOP", reason: String = "typed wrongly",
    _ change: (inout Correction) throws -> Void = { _ in }
  ) throws -> Command {
    var act = Correction(
      lot: try .init(lot), version: version, by: try .init(by), reason: reason)
    let plain = act
    try change(&act)
    // Without a change it says that the act never was.
    act.isVoid = act == plain
    return .correct(act)
  }

  static func receive(
    _ lot: String, by: String = "EXP", _ grams: Int64, returned: LotDraw? = nil,
    reason: String? = nil
  ) throws -> Command {
    .receive(
      .init(
        lot: try .init(lot), by: try .init(by), weighedGrams: try Grams(grams),
        returned: returned, reason: reason))
  }

  static func reject(
    _ lot: String, by: String = "EXP", reason: String = "mould"
  ) throws -> Command {
    .reject(.init(lot: try .init(lot), by: try .init(by), reason: reason))
  }

  static func adjust(
    _ lot: String, by: String = "COOP", to grams: Int64, reason: String = "count"
  ) throws -> Command {
    .adjust(
      .init(
        lot: try .init(lot), holder: try .init(by), countedGrams: try Grams(grams),
        reason: reason))
  }

  static func open(_ shipment: String, by exporter: String = "COOP") throws -> Command {
    .openShipment(
      ShipmentOpened(
        shipment: try .init(shipment), exporter: try .init(exporter), importerName: nil,
        destination: "NL"))
  }

  static func load(
    _ shipment: String, _ lot: String, _ grams: Int64, by holder: String = "COOP"
  ) throws -> Command {
    .load(
      .init(
        shipment: try .init(shipment), holder: try .init(holder), lot: try .init(lot),
        grams: try Grams(grams)))
  }

  static func seal(_ shipment: String, by holder: String = "COOP") throws -> Command {
    .seal(
      holder: try .init(holder),
      ShipmentSealed(shipment: try .init(shipment), container: "MSKU", seals: ["7"]))
  }

  static func export(_ shipment: String, by holder: String = "COOP") throws -> Command {
    .export(
      holder: try .init(holder),
      ShipmentExported(shipment: try .init(shipment), port: "Callao", transportDocument: nil))
  }

  static func doubt(
    _ code: String, on subjects: [String], _ kind: FindingKind = .raisedByPerson,
    restsOn: [EventReference] = [], figures: [String: String] = ["reason": "cut trees seen"]
  ) throws -> Command {
    .raiseFinding(
      FindingRaised(
        finding: try .init(code), kind: kind, severity: .doubt,
        subjects: try subjects.map { try Make.unwrap(StreamKey($0)) }, restsOn: restsOn,
        figures: figures))
  }

  static func review(
    _ code: FindingCode, _ outcome: ReviewOutcome, reviewer: String = "Ana",
    reason: String = "visited", hasEvidence: Bool = true, for organisation: String? = nil
  ) throws -> Command {
    .reviewFinding(
      FindingReviewed(
        finding: code, outcome: outcome, reviewer: reviewer, reason: reason,
        evidence: hasEvidence ? [try Make.digest(5)] : [],
        organisation: try organisation.map { try .init($0) }), raisedBy: ["machine"])
  }
}
