import Foundation
import Land

/// Plots over maps, beside what decoding the maps' blocks alone costs.
///
///     ledger-bench overlay-make FOLDER [plots=N]
///     ledger-bench overlay FOLDER [plots=N]
///     ledger-bench overlay-areas FOLDER [plots=N]
///     ledger-bench million FOLDER [plots=N]
enum OverlayTask {
  private static let repeats = 5

  static func run(
    _ task: String, _ folder: String, _ numbers: Numbers
  ) async throws -> [String: Double] {
    let count = numbers.get("plots", or: 10_000)
    switch task {
    case "overlay-make": return try make(folder, count)
    case "overlay-areas": return try areas(folder, count)
    case "million": return try await MillionTask.run(folder, numbers.get("plots", or: 1_000_000))
    default: return try measure(folder, count)
    }
  }

  private static let kinds = [
    "clustered": OverlayPlots.clustered, "scattered": OverlayPlots.scattered,
  ]
  private static let maps = ["10m": OverlayRaster.fine, "30m": OverlayRaster.coarse]

  /// Maps, and plots for the other programs.
  private static func make(_ folder: String, _ count: Int) throws -> [String: Double] {
    for map in maps.values { try map.make(in: folder) }
    for (name, kind) in kinds {
      try OverlayPlots.write(kind(count), to: "\(folder)/plots-\(name).bin")
    }
    return [:]
  }

  /// Plots a second, on one thread and on two, and of decoding alone.
  private static func measure(_ folder: String, _ count: Int) throws -> [String: Double] {
    var figures: [String: Double] = [:]
    for (kind, make) in kinds {
      let plots = try make(count)
      for (name, map) in maps {
        let source = try RasterSource(path: map.path(in: folder))
        var seconds = ["one": 0.0, "two": 0, "limit": 0]
        // Before the first, all find the files in the system's cache.
        _ = try DecodeLimit.seconds(plots, source)
        for _ in 0..<repeats {
          seconds["limit"]! += try DecodeLimit.seconds(plots, source)
          seconds["one"]! += try assess(plots, [source], threads: 1)
          seconds["two"]! += try assess(plots, [source], threads: 2)
        }
        for (side, spent) in seconds {
          figures["\(name)_\(kind)_\(side)_plots_per_second"] = Double(count * repeats) / spent
        }
      }
    }
    return figures.merging(try together(folder, count)) { a, _ in a }
  }

  /// Both maps in one pass.
  private static func together(_ folder: String, _ count: Int) throws -> [String: Double] {
    let plots = try OverlayPlots.clustered(count)
    let sources = try maps.values.map { try RasterSource(path: $0.path(in: folder)) }
    let spent = try assess(plots, sources, threads: 2)
    return [
      "both_clustered_two_plots_per_second": Double(count) / spent,
      "peak_mebibytes": Memory.peakMebibytes(),
    ]
  }

  static func assess(
    _ plots: [PlotGeometry], _ sources: [RasterSource], threads: Int
  ) throws -> Double {
    let began = ContinuousClock.now
    let results = Overlay.assess(plots, on: sources, threads: threads)
    let spent = Clock.seconds(since: began)
    for (index, result) in results.enumerated() {
      for outcome in result {
        if case .failure(let error) = outcome { throw Misuse("plot \(index): \(error)") }
      }
    }
    return spent
  }

  /// Writes each plot's square metres by class, a line a plot: `value:area:cells …`.
  private static func areas(_ folder: String, _ count: Int) throws -> [String: Double] {
    for (kind, make) in kinds {
      let plots = try make(count)
      for (name, map) in maps {
        let source = try RasterSource(path: map.path(in: folder))
        var text = ""
        for result in Overlay.assess(plots, on: [source], threads: 2) {
          let found = try result[0].get()
          var words = found.covers.map { "\($0.value):\($0.squareMetres)" }
          words.append("\(OverlayRaster.noData):\(found.noDataSquareMetres)")
          text += words.joined(separator: " ") + "\n"
        }
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/areas-\(kind)-\(name).txt"))
      }
    }
    return [:]
  }
}
