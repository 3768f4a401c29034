import Application
import Traceability

/// Reads what a person names: `lot:`, `plot:` or `shipment:` and a code, or a code alone.
enum Subjects {
  /// A code alone is a lot.
  static func read(_ text: String) throws -> StreamKey {
    if let key = StreamKey(text), [.lot, .plot, .shipment].contains(key.kind) { return key }
    return .lot(try LotCode(text))
  }

  static func lot(_ text: String) throws -> LotCode { try LotCode(code(text, .lot)) }

  static func plot(_ text: String) throws -> PlotCode { try PlotCode(code(text, .plot)) }

  static func producer(_ text: String) throws -> ProducerCode {
    try ProducerCode(code(text, .producer))
  }

  static func shipment(_ text: String) throws -> ShipmentCode {
    try ShipmentCode(code(text, .shipment))
  }

  static func finding(_ text: String) throws -> FindingCode {
    try FindingCode(code(text, .finding))
  }

  /// A code, with or without its kind before it: `lot:L-1` is `L-1`.
  private static func code(_ text: String, _ kind: StreamKind) -> String {
    let prefix = kind.rawValue + ":"
    return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
  }

  /// A code alone is a lot, else a plot, else a shipment: whichever the ledger has.
  static func find(_ text: String, in raiz: Raiz) async throws -> StreamKey {
    let first = try read(text)
    if text.hasPrefix(first.kind.rawValue + ":") { return first }
    for kind in [StreamKind.lot, .plot, .shipment] {
      let key = StreamKey(kind: kind, code: text)
      if try await raiz.exists(key) { return key }
    }
    throw ApplicationError.notFound(first)
  }
}
