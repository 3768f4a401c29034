/// A set of places in the founding order, one bit each, whose members are numbered from the first.
///
/// A question that goes back from a place meets only places before it, so a bit for each of those
/// is a hash table, a visit order and a numbering at once: for ten million lots a megabyte.
struct PlaceSet {
  private var words: [UInt64]
  /// By word, how many members come before it; made by `number`.
  private var before: [UInt32] = []

  /// Room for places from 0 to `last`.
  init(upTo last: UInt32) {
    words = [UInt64](repeating: 0, count: Int(last) / 64 + 1)
  }

  @inline(__always)
  mutating func insert(_ place: UInt32) {
    words[Int(place / 64)] |= 1 &<< UInt64(place & 63)
  }

  /// Calls with each member, the last first. A body may insert places before the one it is given.
  @inline(__always)
  mutating func drain(_ body: (inout PlaceSet, UInt32) -> Void) {
    for word in words.indices.reversed() {
      var rest = words[word]
      while rest != 0 {
        let bit = UInt64(63 &- rest.leadingZeroBitCount)
        body(&self, UInt32(truncatingIfNeeded: word &* 64 &+ Int(bit)))
        rest = words[word] & ((1 &<< bit) &- 1)
      }
    }
  }

  /// Numbers the members as they stand now.
  mutating func number() {
    var sum: UInt32 = 0
    before = words.map { word in
      defer { sum &+= UInt32(word.nonzeroBitCount) }
      return sum
    }
  }

  /// How many members come before a place.
  @inline(__always)
  func number(of place: UInt32) -> Int {
    let word = Int(place / 64)
    let lower = words[word] & ((1 &<< UInt64(place & 63)) &- 1)
    return Int(before[word]) &+ lower.nonzeroBitCount
  }
}
