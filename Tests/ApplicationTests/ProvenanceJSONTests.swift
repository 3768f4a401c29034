import Foundation
import ProvenanceGraph
import Testing
import Traceability

@testable import Application

/// Origins as bytes are what an encoder makes of them, whatever codes and shares there are.
@Suite struct ProvenanceJSONTests {
  @Test(arguments: [false, true])
  func `given origins of odd codes then the bytes are an encoder's and the order is right`(
    isPlain: Bool
  ) throws {
    let state = try Self.state(isPlain: isPlain)
    let lot = StreamKey(kind: .lot, code: "L")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var after: String?
    var seen: [ProvenanceOrigins.Share] = []
    repeat {
      let page = PageRequest(limit: 37, after: after)
      let origins = try state.origins(of: lot, page)
      #expect(try state.originsJSON(of: lot, page) == Array(try encoder.encode(origins)))
      seen += origins.plots
      after = origins.next
    } while after != nil
    let whole = try state.origins(of: lot, .whole)
    #expect(seen == whole.plots && seen.count == 204 && whole.next == nil)
    #expect(seen.reduce(whole.unknownGrams) { $0 + $1.grams } == whole.grams)
    let sorted = seen.sorted { left, right in
      if left.grams != right.grams { return left.grams > right.grams }
      return left.plot.utf8.lexicographicallyPrecedes(right.plot.utf8)
    }
    #expect(seen == sorted)
    #expect(Set(seen.map(\.verdict)).count == 3)
    #expect(seen.contains { $0.producer == nil && $0.district == nil })
    let bytes = try state.originsJSON(of: lot, .whole)
    #expect(try JSONDecoder().decode(ProvenanceOrigins.self, from: Data(bytes)) == whole)
  }

  /// Two hundred plots loaded by code, and four that came later.
  private static func state(isPlain: Bool) throws -> ProvenanceState {
    var state = ProvenanceState(seed: 3)
    var links: [CustodyGraph.Link] = []
    func add(_ code: String, _ grams: Int64, isLoaded: Bool) throws {
      let plot = try state.node(code, .plot)
      state.set(own: UInt8(grams % 3), mass: 0, of: plot)
      if isLoaded { state.noteLoaded(plot: plot) }
      let (producer, district) = (Array("PR\(grams % 7)".utf8), Array("22\(grams % 5)".utf8))
      if grams % 11 != 0 {
        try state.set(producer: producer.span, of: plot)
        try state.set(district: district.span, of: plot)
      }
      links.append(.init(plot, grams))
    }
    for index in 0..<200 {
      let grams: Int64 = [0, 7, 5_000, 123_456, 9_000_000_000][index % 5]
      try add("GP-\(1_000 + index)", grams + Int64(index / 40), isLoaded: true)
    }
    let later =
      isPlain
      ? ["A", "ZZ", "GP-1000-B", "Ñandú/1"]
      : ["\"A\"\\", "Z\n\t\r\u{8}\u{C}Z", "\u{1}\u{1F}\u{7F}", "Ñandú/🌱\u{2028}"]
    for (index, code) in later.enumerated() {
      try add(code, [0, 7, 5_000, 5][index], isLoaded: false)
    }
    let lot = try state.node("L", .lot)
    let total = links.reduce(Int64(17)) { $0 + $1.grams }
    state.set(own: 0, mass: total, of: lot)
    try state.set(links: links + [.init(CustodyGraph.unknown, 17)], of: lot)
    state.judge()
    return state
  }
}
