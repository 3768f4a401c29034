/// Divides grams in proportion by largest remainder; its arrays are used again and again.
struct Allotment {
  /// By link, the grams allotted last.
  private(set) var wholes: [Int64] = []
  private var remainders: [Int64] = []
  private var order: [Int] = []

  /// The part of a draw from a node that has the node's origins; the rest is of what counts found
  /// above the books.
  mutating func known(
    _ grams: Int64, of node: CustodyGraph.Node, in graph: CustodyGraph
  ) -> Int64 {
    var found: Int64 = 0
    var isBeyond = false
    for link in graph.range(of: node) where graph.linkSource[link] == CustodyGraph.found {
      isBeyond = isBeyond || Self.add(graph.linkGrams[link], to: &found)
    }
    if found == 0, !isBeyond { return grams }
    var total = graph.mass(of: node)
    // No honest masses add up so high; of such a lot nothing is known.
    if isBeyond || Self.add(found, to: &total) { return 0 }
    divide(grams, over: [graph.mass(of: node), found], total)
    return wholes[0]
  }

  /// Divides over some links by what they gave, into `wholes`; false where they gave nothing, or
  /// more than can be added up. What was found above the books takes no part.
  mutating func divide(
    _ grams: Int64, over links: Range<Int>, of graph: CustodyGraph
  ) -> Bool {
    var total: Int64 = 0
    wholes.removeAll(keepingCapacity: true)
    for link in links {
      let weight = graph.linkSource[link] == CustodyGraph.found ? 0 : graph.linkGrams[link]
      wholes.append(weight)
      if Self.add(weight, to: &total) { return false }
    }
    guard total > 0 else { return false }
    if total == grams { return true }
    if wholes.count == 1 { wholes[0] = grams } else { share(grams, total) }
    return true
  }

  mutating func divide(_ grams: Int64, over weights: [Int64], _ total: Int64) {
    wholes = weights
    if total > 0, total != grams { share(grams, total) }
  }

  /// Turns the weights in `wholes`, which add up to `total`, into parts of `grams`.
  private mutating func share(_ grams: Int64, _ total: Int64) {
    remainders.removeAll(keepingCapacity: true)
    var left = grams
    for index in wholes.indices {
      let (product, overflow) = wholes[index].multipliedReportingOverflow(by: grams)
      let (whole, remainder) =
        overflow
        ? total.dividingFullWidth(wholes[index].multipliedFullWidth(by: grams))
        : product.quotientAndRemainder(dividingBy: total)
      wholes[index] = whole
      remainders.append(remainder)
      left -= whole
    }
    if left == 0 { return }
    if wholes.count <= 64 { return giveFew(left) }
    order.removeAll(keepingCapacity: true)
    order.append(contentsOf: wholes.indices)
    let remainders = remainders
    order.sort { (remainders[$1], $0) < (remainders[$0], $1) }
    for index in order.prefix(Int(left)) { wholes[index] += 1 }
  }

  /// The same for few: the greatest remainder, again and again.
  private mutating func giveFew(_ grams: Int64) {
    for _ in 0..<grams {
      var greatest = 0
      for index in remainders.indices where remainders[index] > remainders[greatest] {
        greatest = index
      }
      wholes[greatest] += 1
      remainders[greatest] = -1
    }
  }

  /// True where the sum is past all bounds.
  private static func add(_ grams: Int64, to sum: inout Int64) -> Bool {
    let (next, overflow) = sum.addingReportingOverflow(grams)
    if !overflow { sum = next }
    return overflow
  }
}
