import Foundation
import Land

/// Plots of 1 to 5 ha with 60 vertices on average, uneven and round-walked as people walk them.
/// No vertex is rounded, so that none lies on a grid line.
struct OverlayPlots {
  /// Metres of a degree of latitude, near enough to make plots.
  private static let metres = 110_600.0

  var random: SplitMix

  init(seed: UInt64) { random = SplitMix(state: seed) }

  /// Villages of 250 plots each, most within 4 km: about a seventh of their land.
  static func clustered(_ count: Int) throws -> [PlotGeometry] {
    var plots = OverlayPlots(seed: 10)
    var centre = (longitude: 0.0, latitude: 0.0)
    return try (0..<count).map { index in
      if index % 250 == 0 {
        centre = (plots.random.between(-77.2, -76.1), plots.random.between(-8.8, -7.6))
      }
      return try plots.plot(
        centre.longitude + plots.random.bell() * 2_000 / metres,
        centre.latitude + plots.random.bell() * 2_000 / metres)
    }
  }

  /// Anywhere in the rasters.
  static func scattered(_ count: Int) throws -> [PlotGeometry] {
    var plots = OverlayPlots(seed: 11)
    return try (0..<count).map { _ in
      let longitude = plots.random.between(-77.99, -75.01)
      return try plots.plot(longitude, plots.random.between(-9.99, -7.01))
    }
  }

  /// One plot about a place.
  mutating func plot(_ longitude: Double, _ latitude: Double) throws -> PlotGeometry {
    let corners = 40 + Int(random.between(0, 41))
    let radius = (random.between(10_000, 50_000) / .pi).squareRoot()
    let waves = (1...4).map { wave in
      (random.between(0, 0.4) / Double(wave), random.between(0, 2 * .pi), Double(wave))
    }
    let stretch = cos(latitude * .pi / 180)
    var ring: [GeoJSONPosition] = []
    for corner in 0..<corners {
      let angle = (Double(corner) + random.between(0, 0.8)) * 2 * .pi / Double(corners)
      let bulge = waves.reduce(1.0) { $0 + $1.0 * cos($1.2 * angle + $1.1) }
      let reach = radius * max(0.3, bulge) / Self.metres
      ring.append(
        GeoJSONPosition(
          longitude: longitude + reach * cos(angle) / stretch,
          latitude: latitude + reach * sin(angle)))
    }
    ring.append(ring[0])
    let made = PlotGeometry.make(from: .polygon([ring]))
    guard let geometry = made.geometry else {
      throw Misuse("a plot of the benchmark is not valid: \(made.findings)")
    }
    return geometry
  }

  /// Little-endian: for each plot the number of its points, then their longitudes and latitudes.
  static func write(_ plots: [PlotGeometry], to path: String) throws {
    var bytes = Data()
    func put(_ value: some FixedWidthInteger) {
      var value = value.littleEndian
      unsafe withUnsafeBytes(of: &value) { unsafe bytes.append(contentsOf: $0) }
    }
    for plot in plots {
      let shell = plot.polygons[0].shell
      put(UInt64(shell.count))
      for position in shell {
        put(position.longitude.bitPattern)
        put(position.latitude.bitPattern)
      }
    }
    try bytes.write(to: URL(fileURLWithPath: path))
  }
}

/// Numbers that are the same in each run.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func between(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(next() >> 11) / 9_007_199_254_740_992
  }

  /// About a normal distribution: mean 0, deviation 1.
  mutating func bell() -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + between(0, 1) }
  }
}
