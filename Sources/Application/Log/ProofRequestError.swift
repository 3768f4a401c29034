import Ledger
public import Traceability

/// Why a proof or a tile that somebody asked for cannot be given.
public enum ProofRequestError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The ledger has no event yet, so nothing is signed.
  case emptyLedger
  /// The newest checkpoint does not reach so far.
  case beyondCheckpoint(what: String, size: Int64)
  case indexOutside(index: Int64, size: Int64)
  case sizesOutOfOrder(from: Int64, to: Int64)
  /// No checkpoint of exactly this size was signed.
  case noCheckpoint(size: Int64)

  /// Stable, for programs.
  public var code: String {
    switch self {
    case .emptyLedger: "no-checkpoint"
    case .beyondCheckpoint: "beyond-checkpoint"
    case .indexOutside: "index-outside"
    case .sizesOutOfOrder: "sizes-out-of-order"
    case .noCheckpoint: "no-such-checkpoint"
    }
  }

  /// Whether the thing may come to be there later.
  public var isNotThere: Bool {
    switch self {
    case .emptyLedger, .beyondCheckpoint, .noCheckpoint: true
    case .indexOutside, .sizesOutOfOrder: false
    }
  }

  public var description: String { message(in: .english) }

  public func message(in language: Language) -> String {
    let pair = texts
    return language == .spanish ? pair.es : pair.en
  }

  private var texts: (es: String, en: String) {
    switch self {
    case .emptyLedger:
      (
        "El registro está vacío: aún no hay nada firmado.",
        "The ledger is empty: nothing is signed."
      )
    case .beyondCheckpoint(let what, let size):
      (
        "El punto de control más nuevo cubre \(size) eventos; «\(what)» no está cubierto.",
        "The newest checkpoint covers \(size) events; “\(what)” is not covered."
      )
    case .indexOutside(let index, let size):
      (
        "No hay evento \(index) en un árbol de \(size); dé un número de 0 a \(size - 1).",
        "There is no event \(index) in a tree of \(size); give a number from 0 to \(size - 1)."
      )
    case .sizesOutOfOrder(let from, let to):
      (
        "De \(from) a \(to) no hay prueba: dé dos tamaños, 1 o más, el menor primero.",
        "There is no proof from \(from) to \(to): give two sizes, 1 or more, the smaller first."
      )
    case .noCheckpoint(let size):
      (
        "Ningún punto de control tiene \(size) eventos; no dé el tamaño, o dé otro.",
        "No checkpoint has \(size) events; leave the size out, or give another."
      )
    }
  }
}
