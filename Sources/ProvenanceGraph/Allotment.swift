/// Divides grams in proportion by largest remainder; its arrays are used again and again.
struct Allotment {
  /// The grams allotted last, by place in what was divided over; longer than that.
  private(set) var wholes: [Int64] = []
  private var remainders: [UInt64] = []

  /// Divides what reached a node over its links by what they gave, into `wholes`.
  ///
  /// - Parameters:
  ///   - grams: above 0.
  ///   - isFounding: whether this is the mass that the node was founded with. Of a draw, a part
  ///     is of what counts found above the books later, and has no origin.
  /// - Returns: how many grams were divided; nil where the links gave nothing, or more than can be
  ///   added up.
  mutating func divide(
    _ grams: Int64, of node: CustodyGraph.Node, in graph: CustodyGraph, isFounding: Bool
  ) -> Int64? {
    var (total, found): (Int64, Int64) = (0, 0)
    var isBeyond = false
    let links = graph.range(of: node)
    makeRoom(links.count)
    var weights = wholes.mutableSpan
    let (sources, given) = (graph.linkSource.span, graph.linkGrams.span)
    for link in links {
      var weight = given[link]
      if sources[link] == CustodyGraph.found {
        // No honest masses add up so high; of such a lot nothing is known.
        let isTooMuch = Self.add(weight, to: &found)
        isBeyond = isBeyond || isTooMuch && !isFounding
        weight = 0
      }
      isBeyond = Self.add(weight, to: &total) || isBeyond
      weights[link &- links.lowerBound] = weight
    }
    if isBeyond || total == 0 { return nil }
    let known =
      isFounding || found == 0 ? grams : Self.known(grams, graph.mass(of: node), found)
    if known != total { Self.share(known, total, links.count, &wholes, &remainders) }
    return known
  }

  /// The part of a draw that is of a lot's own mass, where so much was found besides.
  private static func known(_ grams: Int64, _ mass: Int64, _ found: Int64) -> Int64 {
    var total = mass
    if mass <= 0 || add(found, to: &total) { return 0 }
    let divisor = Divisor(UInt64(total))
    let own = divisor.divide(UInt64(mass).multipliedFullWidth(by: UInt64(grams)))
    let other = divisor.divide(UInt64(found).multipliedFullWidth(by: UInt64(grams)))
    // Two remainders are nothing or a gram together.
    let left = UInt64(grams) - own.quotient - other.quotient
    return Int64(own.quotient + (own.remainder >= other.remainder ? left : 0))
  }

  private mutating func makeRoom(_ count: Int) {
    guard wholes.count < count else { return }
    wholes = [Int64](repeating: 0, count: count)
    remainders = [UInt64](repeating: 0, count: count)
  }

  /// Turns the weights in `wholes`, which add up to `total`, into parts of `grams`.
  private static func share(
    _ grams: Int64, _ total: Int64, _ count: Int, _ wholes: inout [Int64],
    _ remainders: inout [UInt64]
  ) {
    let divisor = Divisor(UInt64(total))
    var left = UInt64(grams)
    var parts = wholes.mutableSpan
    var rest = remainders.mutableSpan
    for index in 0..<count {
      let weight = UInt64(bitPattern: parts[index])
      let part = divisor.divide(weight.multipliedFullWidth(by: UInt64(grams)))
      parts[index] = Int64(bitPattern: part.quotient)
      rest[index] = part.remainder
      left &-= part.quotient
    }
    if count <= 64 {
      giveFew(left, count, &parts, &rest)
    } else {
      giveMany(left, remainders[..<count], &wholes)
    }
  }

  /// A gram each to so many with the greatest remainders, of equal ones to the first.
  private static func giveMany(
    _ grams: UInt64, _ remainders: ArraySlice<UInt64>, _ wholes: inout [Int64]
  ) {
    if grams == 0 { return }
    let order = remainders.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
    for index in order.prefix(Int(grams)) { wholes[index] += 1 }
  }

  /// The same for few: the greatest remainder, again and again.
  private static func giveFew(
    _ grams: UInt64, _ count: Int, _ parts: inout MutableSpan<Int64>,
    _ rest: inout MutableSpan<UInt64>
  ) {
    for _ in 0..<grams {
      var (greatest, place) = (rest[0], 0)
      for index in 1..<count {
        let isGreater = rest[index] > greatest
        greatest = isGreater ? rest[index] : greatest
        place = isGreater ? index : place
      }
      parts[place] &+= 1
      // Remainders are less than a gram each and `grams` together: more of them than `grams` are
      // above 0, so this one is not taken again.
      rest[place] = 0
    }
  }

  /// True where the sum is past all bounds, or what is added is no mass.
  @inline(__always)
  private static func add(_ grams: Int64, to sum: inout Int64) -> Bool {
    let (next, overflow) = sum.addingReportingOverflow(grams)
    sum = next
    return overflow || grams < 0
  }
}
