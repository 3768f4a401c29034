/// The ledger in the simplest form that could be right: what the real one's answers are held to.
struct ModelLedger {
  struct Commit: Sendable, Hashable {
    let key: String
    let streams: [String]
    let data: String
    let expectations: [String: Int64]

    /// What decides whether a repeated key is the same commit: not what was expected.
    var content: [String] { streams + [data] }
  }

  enum Answer: Sendable, Hashable {
    case accepted(at: Int64)
    case duplicate(at: Int64)
    case conflict(stream: String, expected: Int64, actual: Int64)
    case keyReused
    /// Nobody knows: the connection was lost.
    case unknown
  }

  private struct Recorded {
    let position: Int64
    let content: [String]
  }

  private(set) var size: Int64 = 0
  private var versions: [String: Int64] = [:]
  private var keys: [String: Recorded] = [:]

  /// What a commit would be answered now.
  func answer(_ commit: Commit) -> Answer {
    if let known = keys[commit.key] {
      return known.content == commit.content ? .duplicate(at: known.position) : .keyReused
    }
    for (stream, expected) in commit.expectations.sorted(by: { $0.key < $1.key }) {
      let actual = versions[stream, default: 0]
      if actual != expected {
        return .conflict(stream: stream, expected: expected, actual: actual)
      }
    }
    return .accepted(at: size)
  }

  mutating func record(_ commit: Commit) {
    keys[commit.key] = Recorded(position: size, content: commit.content)
    for stream in commit.streams { versions[stream, default: 0] += 1 }
    size += Int64(commit.streams.count)
  }
}
