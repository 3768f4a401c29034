import Foundation
import Land

/// A million plots over two maps of 10 m, in a box of San Martín's size (5.1 million ha), taken in
/// chunks along the curve, as a program does that holds no million plots in memory.
enum MillionTask {
  private static let chunk = 20_000

  static func run(_ folder: String, _ count: Int) async throws -> [String: Double] {
    let maps = [OverlayRaster.fine, .alerts]
    for map in maps { try map.make(in: folder) }
    let sources = try maps.map { try RasterSource(path: $0.path(in: folder)) }
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let before = Memory.peakMebibytes()
    let began = ContinuousClock.now
    let places = places(count)
    var engine = 0.0
    var hectares = 0.0
    for start in stride(from: 0, to: count, by: chunk) {
      let plots = try await plots(of: places[start..<min(start + chunk, count)], threads)
      let sinceChunk = ContinuousClock.now
      let results = Overlay.assess(plots, on: sources, threads: threads)
      engine += Clock.seconds(since: sinceChunk)
      for result in results {
        for outcome in result { hectares += try outcome.get().totalSquareMetres / 20_000 }
      }
    }
    return [
      "engine_seconds": engine, "seconds_with_making_plots": Clock.seconds(since: began),
      "plots_per_second": Double(count) / engine, "hectares": hectares,
      "threads": Double(threads), "peak_mebibytes": Memory.peakMebibytes(),
      "peak_mebibytes_before": before,
    ]
  }

  private struct Place: Sendable {
    let seed: UInt64
    let longitude: Double
    let latitude: Double

    var order: UInt64 {
      Overlay.order(
        GeographicBox(west: longitude, south: latitude, east: longitude, north: latitude))
    }
  }

  /// In 2.05° × 2.05° at 7.5° to 9.55° south, in the order of the curve.
  private static func places(_ count: Int) -> [Place] {
    var random = OverlayPlots(seed: 12).random
    let places = (0..<count).map { index in
      Place(
        seed: UInt64(index), longitude: random.between(-77.7, -75.65),
        latitude: random.between(-9.55, -7.5))
    }
    return places.map { (order: $0.order, place: $0) }.sorted { $0.order < $1.order }
      .map(\.place)
  }

  /// Each plot comes from a seed of its own: the same however the work is shared out.
  private static func plots(
    of places: ArraySlice<Place>, _ threads: Int
  ) async throws -> [PlotGeometry] {
    let size = (places.count + threads - 1) / threads
    return try await withThrowingTaskGroup(of: (Int, [PlotGeometry]).self) { group in
      for start in stride(from: places.startIndex, to: places.endIndex, by: size) {
        let part = places[start..<min(start + size, places.endIndex)]
        group.addTask {
          let plots = try part.map { place in
            var maker = OverlayPlots(seed: place.seed)
            return try maker.plot(place.longitude, place.latitude)
          }
          return (start, plots)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
        .sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }
}
