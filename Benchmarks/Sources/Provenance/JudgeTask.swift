import Foundation
import ProvenanceGraph

/// Builds the graph of a ledger of so many lots in memory, judges all of it anew, traces the large
/// lot back, and counts bytes.
enum JudgeTask {
  static func run(_ numbers: Numbers) throws -> [String: Double] {
    let lots = numbers.get("lots", or: 1_000_000)
    let plots = numbers.get("plots", or: min(10_000, lots))
    let before = Memory.residentBytes()
    let start = ContinuousClock.now
    var made = try MadeCustody(lots: lots, largePlots: plots)
    let built = Clock.seconds(since: start)
    let resident = Memory.residentBytes() - before
    let lotCount = made.graph.nodeCount - made.plotCount

    // A new map shows loss on every hundredth plot: all is judged by what plots are now.
    var owns = made.graph.owns
    for plot in stride(from: 0, to: lots / 10, by: 100) { owns[plot] = 1 }
    let sweep = try best(5) {
      let ranks = made.graph.ranks(under: owns)
      guard ranks.contains(1) || lots < 1_000 else { throw Misuse("nothing was judged worse") }
    }
    let trace = try best(20) {
      let found = made.graph.upstream(of: made.large)
      let known = zip(found.nodes, found.grams).filter { made.graph.kind(of: $0.0) == .plot }
      guard known.count == plots,
        known.reduce(0, { $0 + $1.1 }) == made.graph.mass(of: made.large)
      else { throw Misuse("the large lot's shares do not add up") }
    }
    let flow = try made.changeOnePlot()
    let links = made.graph.upstream(of: made.large).links
    let bytes = made.graph.bytes
    let ofNodes = Double(bytes.nodes + made.codes.bytes)
    let all = Double(made.graph.links)
    return [
      "lots": Double(lotCount), "links": all, "build_seconds": built, "judge_seconds": sweep,
      "judge_nanoseconds_a_lot_and_link": 1e9 * sweep / (Double(lotCount) + all),
      "trace_milliseconds": 1e3 * trace, "trace_links": Double(links),
      "trace_nanoseconds_a_link": 1e9 * trace / Double(links),
      "one_plot_changed_milliseconds": 1e3 * flow,
      "bytes_a_lot": ofNodes / Double(lotCount), "bytes_a_link": Double(bytes.links) / all,
      "bytes_a_lot_with_its_links": (ofNodes + Double(bytes.links)) / Double(lotCount),
      "resident_bytes_a_lot_and_link": resident / (Double(lotCount) + all),
    ]
  }

  /// The median of some runs.
  private static func best(_ times: Int, _ body: () throws -> Void) rethrows -> Double {
    var spent: [Double] = []
    for _ in 0..<times {
      let start = ContinuousClock.now
      try body()
      spent.append(Clock.seconds(since: start))
    }
    return spent.sorted()[times / 2]
  }
}

extension MadeCustody {
  var plotCount: Int {
    (0..<UInt32(graph.nodeCount)).count { graph.kind(of: $0) == .plot }
  }

  /// Seconds until all downstream of one plot that turned out bad is judged.
  mutating func changeOnePlot() throws -> Double {
    judge()
    let start = ContinuousClock.now
    guard worsenNewestPlot() > 0 else { throw Misuse("a plot's change went nowhere") }
    return Clock.seconds(since: start)
  }
}

extension Memory {
  /// Memory of this process now (`VmRSS` of proc(5)).
  static func residentBytes() -> Double {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n") where line.hasPrefix("VmRSS:") {
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
      return (kilobytes.flatMap { Double($0) } ?? 0) * 1_024
    }
    return 0
  }
}
