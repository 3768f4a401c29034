public import Traceability
import ValueTypes

extension Verdict {
  /// The rank that the tables hold: worse is greater.
  var rank: Int16 {
    switch self {
    case .deforestationFree: 0
    case .insufficientEvidence: 1
    case .notCompliant: 2
    }
  }

  init?(rank: Int16) {
    switch rank {
    case 0: self = .deforestationFree
    case 1: self = .insufficientEvidence
    case 2: self = .notCompliant
    default: return nil
    }
  }
}

/// One row of `raiz_read.plots`, as the world says it.
struct PlotRow: Sendable, Hashable {
  let code: String
  let producer: String?
  let country: String
  let district: String?
  let commodities: String
  let squareMetres: Double
  let form: String
  let geometryDigest: String
  /// Nil where the outline stands in an attachment; the projector brings it from there.
  var geoJSON: String?
  let assessed: Bool
  /// Names of the datasets that the outline that counts now was laid over.
  let maps: String
  let rank: Int16
  let reasons: String

  init?(_ code: PlotCode, _ judge: Judge, _ world: World) throws {
    guard let plot = world.plots[code]?.registered else { return nil }
    self.code = code.text
    producer = plot.producer?.text
    country = plot.country
    district = plot.district
    commodities = plot.commodities.joined(separator: ",")
    squareMetres = plot.squareMetres
    form = plot.geometry.form.rawValue
    geometryDigest = plot.geometry.digest.description
    geoJSON = plot.geometry.geoJSON
    let assessment = world.plots[code]?.assessment?.value
    assessed = assessment != nil
    maps =
      assessment?.geometryDigest == plot.geometry.digest
      ? (assessment?.results ?? []).map(\.dataset.text).sorted().joined(separator: " ") : ""
    let reasons = judge.judge(plot: code)
    rank = reasons.verdict.rank
    self.reasons = try JSONText.of(reasons.reasons)
  }
}

/// One row of `raiz_read.lots` without the verdict that flows in from upstream.
struct LotRow: Sendable, Hashable {
  let code: String
  let product: String
  let holder: String
  let origin: String
  let plot: String?
  let createdAt: Int64
  let createdGrams: Int64
  let grams: Int64
  let inTransitTo: String?
  let ownRank: Int16
  let reasons: String
  let inputs: [LotDraw]
  let isCorrected: Bool
  let tank: String?
  /// Bought without a known origin.
  let unknownGrams: Int64
  /// Found above the books by counts.
  let foundGrams: Int64

  init?(_ code: LotCode, _ judge: Judge, _ world: World) throws {
    guard let lot = world.lots[code] else { return nil }
    self.code = code.text
    product = lot.product.text
    holder = lot.holder.description
    origin =
      switch lot.origin {
      case .harvested: "harvest"
      case .purchased: "purchase"
      case .blended: "blend"
      case .split: "split"
      case .processed: "process"
      case .tapped: "tap"
      }
    plot = lot.origin.plot?.text
    createdAt = lot.createdAt.microseconds
    createdGrams = lot.origin.grams.value
    grams = lot.grams.value
    inTransitTo = lot.transit?.to.text
    let own = Judgement(
      subject: lot.stream, policy: judge.policy, reasons: judge.reasons(lot: code))
    ownRank = own.verdict.rank
    reasons = try JSONText.of(own.reasons)
    inputs = world.inputs(of: code)
    isCorrected = !lot.corrections.isEmpty
    tank = if case .tapped(let event) = lot.origin { event.tank.text } else { nil }
    unknownGrams = world.sources(of: code)?.unknownGrams ?? 0
    foundGrams = lot.foundGrams
  }
}

/// One row of `raiz_read.shipments` without the verdict of what is loaded.
struct ShipmentRow: Sendable, Hashable {
  let code: String
  let exporter: String
  let importer: String?
  let destination: String
  let state: String
  let ownRank: Int16
  let reasons: String
  let loads: [ShipmentLotLoaded]

  init?(_ code: ShipmentCode, _ judge: Judge, _ world: World) throws {
    guard let shipment = world.shipments[code] else { return nil }
    self.code = code.text
    exporter = shipment.opened.exporter.text
    importer = shipment.opened.importerName
    destination = shipment.opened.destination
    state =
      if shipment.exported != nil {
        "exported"
      } else {
        shipment.sealed == nil ? "open" : "sealed"
      }
    let own = Judgement(
      subject: shipment.stream, policy: judge.policy, reasons: judge.reasons(shipment: code))
    ownRank = own.verdict.rank
    reasons = try JSONText.of(own.reasons)
    loads = shipment.loads
  }
}

/// Verdicts as the tables rank them.
public enum VerdictRank {
  public static func rank(_ verdict: Verdict) -> Int16 { verdict.rank }

  /// - Throws: `ProjectionError.unknownRank` for a row that no projection wrote.
  public static func verdict(_ rank: Int16) throws -> Verdict {
    guard let verdict = Verdict(rank: rank) else { throw ProjectionError.unknownRank(rank) }
    return verdict
  }
}
