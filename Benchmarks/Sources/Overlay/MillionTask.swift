import Foundation
import Land

/// A million plots over two maps of 10 m, in a box of San Martín's size (5.1 million ha), taken in
/// chunks along the curve, as a program does that holds no million plots in memory.
enum MillionTask {
  private static let chunk = 20_000

  static func run(_ folder: String, _ count: Int) throws -> [String: Double] {
    let maps = [OverlayRaster.fine, .alerts]
    for map in maps { try map.make(in: folder) }
    let sources = try maps.map { try RasterSource(path: $0.path(in: folder)) }
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let before = Memory.peakMebibytes()
    let began = ContinuousClock.now
    var places = OverlayPlots(seed: 12)
    // 2.05° × 2.05° at 7.5° to 9.5° south.
    let centres = (0..<count).map { _ in
      (
        longitude: places.random.between(-77.7, -75.65),
        latitude: places.random.between(-9.55, -7.5)
      )
    }
    let order = centres.indices.sorted {
      Overlay.order(box(centres[$0])) < Overlay.order(box(centres[$1]))
    }
    var engine = 0.0
    var hectares = 0.0
    for start in stride(from: 0, to: count, by: chunk) {
      let plots = try order[start..<min(start + chunk, count)].map { index in
        var maker = OverlayPlots(seed: UInt64(index))
        return try maker.plot(centres[index].longitude, centres[index].latitude)
      }
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

  private static func box(_ place: (longitude: Double, latitude: Double)) -> GeographicBox {
    GeographicBox(
      west: place.longitude, south: place.latitude, east: place.longitude, north: place.latitude)
  }
}
