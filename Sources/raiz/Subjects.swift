import Application
import Traceability

/// Reads what a person names: `lot:`, `plot:` or `shipment:` and a code, or a code alone.
enum Subjects {
  /// A code alone is a lot.
  static func read(_ text: String) throws -> StreamKey {
    if let key = StreamKey(text), [.lot, .plot, .shipment].contains(key.kind) { return key }
    return .lot(try LotCode(text))
  }

  /// A producer's code, with or without `producer:` before it.
  static func producer(_ text: String) throws -> ProducerCode {
    try ProducerCode(text.hasPrefix("producer:") ? String(text.dropFirst(9)) : text)
  }

  /// A plot's code, with or without `plot:` before it.
  static func plot(_ text: String) throws -> PlotCode {
    try PlotCode(text.hasPrefix("plot:") ? String(text.dropFirst(5)) : text)
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
