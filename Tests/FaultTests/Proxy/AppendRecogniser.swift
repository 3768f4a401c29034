/// Recognises, in what a client sends, where an append begins and what ends it.
///
/// Two forms are known: an implicit transaction up to a Sync, and, for large batches, a block from
/// BEGIN to COMMIT that moves the head, copies the events, and writes the rest.
struct AppendRecogniser {
  /// What the statement that moves a ledger's head begins with, and what it says before a COPY.
  private static let marker = "UPDATE raiz.ledgers SET size"
  private static let copyMarker = "/* COPY follows */"

  /// What a message means for the append; a simple query may both begin and end one.
  struct Marks: OptionSet {
    let rawValue: Int
    static let begins = Marks(rawValue: 1)
    static let ends = Marks(rawValue: 2)
    static let abandons = Marks(rawValue: 4)
  }

  /// Whether the append that began last copies its events.
  private(set) var isCopy = false
  /// How many times the server will say that it is ready, for all that was sent so far.
  private(set) var syncs = 0
  private var statements: [String: String] = [:]
  private var isInBlock = false
  private var isAppending = false
  private var isEnding = false

  mutating func see(_ message: WireMessage) -> Marks {
    switch message.type {
    case "P":
      let texts = message.texts(2)
      if texts.count == 2 { statements[texts[0]] = texts[1] }
      return []
    case "B":
      // A statement may have been parsed once, long ago.
      let texts = message.texts(2)
      return texts.count == 2 ? execute(statements[texts[1], default: ""]) : []
    case "Q": return execute(message.texts(1).first ?? "").union(synchronise())
    case "S": return synchronise()
    default: return []
    }
  }

  private mutating func execute(_ text: String) -> Marks {
    let word = text.prefix { $0.isLetter }.uppercased()
    switch word {
    case "BEGIN", "START": isInBlock = true
    case "COMMIT", "END": isEnding = true
    case "ROLLBACK", "ABORT":
      isEnding = true
      if isAppending {
        isAppending = false
        return .abandons
      }
    default:
      if text.contains(Self.marker) {
        isAppending = true
        isCopy = text.contains(Self.copyMarker)
        return .begins
      }
    }
    return []
  }

  private mutating func synchronise() -> Marks {
    syncs += 1
    let ends = isAppending && (isEnding || !isInBlock)
    if isEnding { isInBlock = false }
    isEnding = false
    if ends { isAppending = false }
    return ends ? .ends : []
  }
}
