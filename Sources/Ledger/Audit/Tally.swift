import ValueTypes

/// What two collections of records have in common exactly if they hold the same records, in any
/// order and however many there are: their number, and the sum of their hashes.
///
/// A record's hash is SHA-256 over 32 random bytes, drawn after the records stood, and the record;
/// the sums are of its four words, each modulo 2^64. Nobody can have chosen records whose hashes,
/// which depend on those bytes, add up to the same.
struct Tally: Sendable, Equatable {
  struct Secret: Sendable, Equatable {
    let bytes: [UInt8]

    init() { bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max) } }
  }

  private let secret: Secret
  private(set) var count: Int64 = 0
  private var sums: [UInt64] = [0, 0, 0, 0]
  private var record: [UInt8] = []

  init(_ secret: Secret) {
    self.secret = secret
  }

  /// Adds a name with its numbers and what else belongs to it, all of it of fixed length.
  mutating func add(_ name: Span<UInt8>, _ numbers: Int64..., digest: Span<UInt8>? = nil) {
    record.removeAll(keepingCapacity: true)
    record.append(contentsOf: secret.bytes)
    for number in numbers {
      for shift in stride(from: 56, through: 0, by: -8) {
        record.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
      }
    }
    if let digest { record.append(digest) }
    record.append(name)
    let hash = MerkleTree.digest(record)
    for index in 0..<4 { sums[index] &+= hash.word(index) }
    count += 1
  }

  static func == (left: Tally, right: Tally) -> Bool {
    left.secret == right.secret && left.count == right.count && left.sums == right.sums
  }
}
