/// The newest version of every stream seen so far, so that each next one can be told to follow.
///
/// A stream takes 12 bytes in a table that is at most half full: its 64-bit fingerprint, by a key
/// that nobody knows, and its version. There are at most `limit` streams; beyond it, and where
/// anything does not follow (two streams with one fingerprint would look so too), it only says that
/// somebody has to look.
struct StreamVersions: Sendable {
  /// A table of at most 24 MiB.
  static let usualLimit = 1 << 20

  private let limit: Int
  private var fingerprints: [UInt64] = []
  private var versions: [UInt32] = []
  private var count = 0
  /// Whether some event did not follow the one before it in its stream, or there were too many
  /// streams to tell.
  private(set) var needsLook = false

  init(limit: Int = usualLimit) {
    self.limit = limit
    resize(to: 1 << 10)
  }

  mutating func follow(_ stream: Span<UInt8>, version: Int64) {
    guard !needsLook else { return }
    var hasher = Hasher()
    // Lent for the length of the call only.
    unsafe stream.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    // Zero marks a free place.
    let fingerprint = UInt64(bitPattern: Int64(hasher.finalize())) | 1
    var place = place(of: fingerprint)
    if fingerprints[place] == 0 {
      guard count < limit else { return giveUp() }
      count += 1
      if count * 2 > fingerprints.count {
        grow()
        place = self.place(of: fingerprint)
      }
      fingerprints[place] = fingerprint
    }
    guard version == Int64(versions[place]) + 1, version < Int64(UInt32.max) else {
      return giveUp()
    }
    versions[place] = UInt32(version)
  }

  private mutating func giveUp() {
    needsLook = true
    fingerprints = []
    versions = []
  }

  private func place(of fingerprint: UInt64) -> Int {
    let mask = fingerprints.count - 1
    var place = Int(truncatingIfNeeded: fingerprint >> 1) & mask
    while fingerprints[place] != 0, fingerprints[place] != fingerprint {
      place = (place + 1) & mask
    }
    return place
  }

  private mutating func resize(to size: Int) {
    fingerprints = [UInt64](repeating: 0, count: size)
    versions = [UInt32](repeating: 0, count: size)
  }

  private mutating func grow() {
    let (old, oldVersions) = (fingerprints, versions)
    resize(to: old.count * 2)
    for index in old.indices where old[index] != 0 {
      let place = place(of: old[index])
      fingerprints[place] = old[index]
      versions[place] = oldVersions[index]
    }
  }
}
