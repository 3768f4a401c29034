import ProvenanceGraph

/// Whose plots are and where they lie: codes of producers and districts by the plot's node.
///
/// A load gives plots first, so theirs are the lowest nodes and index an array; plots that come
/// later are looked up.
struct PlotFacts: Sendable {
  struct Entry: Sendable {
    static let none = UInt32.max

    /// Numbers of `names`, or `none`.
    var producer = none
    var district = none
  }

  private(set) var names: CodeTable
  private var first: [Entry] = []
  private var later: [UInt32: Entry] = [:]

  private static let producer: UInt8 = 0
  private static let district: UInt8 = 1

  /// - Parameter seed: as `CodeTable` has it.
  init(seed: UInt64) { names = CodeTable(seed: seed) }

  /// Bytes held, with the slack of the tables.
  var bytes: Int {
    let entry = MemoryLayout<Entry>.stride
    return first.capacity * entry + later.capacity * (entry + 4 + 1) + names.bytes
  }

  subscript(_ plot: UInt32) -> Entry {
    Int(plot) < first.count ? first[Int(plot)] : later[plot] ?? Entry()
  }

  /// Makes room for a plot; one that nothing is known of needs none.
  mutating func add(_ plot: UInt32) {
    if Int(plot) == first.count, later.isEmpty { first.append(Entry()) }
  }

  mutating func set(producer: Span<UInt8>, of plot: UInt32) throws(GraphFull) {
    var entry = self[plot]
    entry.producer = try names.number(adding: producer, kind: Self.producer).number
    put(entry, plot)
  }

  mutating func set(district: Span<UInt8>, of plot: UInt32) throws(GraphFull) {
    var entry = self[plot]
    entry.district = try names.number(adding: district, kind: Self.district).number
    put(entry, plot)
  }

  private mutating func put(_ entry: Entry, _ plot: UInt32) {
    if Int(plot) < first.count { first[Int(plot)] = entry } else { later[plot] = entry }
  }
}
