import Testing

@testable import Land

/// 100,000 broken polygons: what Raíz calls valid is what GEOS calls valid, on the same doubles.
@Suite struct ValidityFuzzTests {
  /// Refusals of polygons that are valid on the plane.
  static let othersThanValidity: Set<GeometryProblem> = [
    .geometryEmpty, .noArea, .outOfRange, .axesSwapped, .notFinite, .crossesAntimeridian,
  ]

  struct Count {
    var accepted = 0
    var valid = 0
    var mended = 0
    var problems: Set<GeometryProblem> = []
  }

  @Test(arguments: 0..<20)
  func `given broken polygons, when judged, then as GEOS judges, and mended ones are sound`(
    part: Int
  ) throws {
    var shapes = BrokenShapes(seed: UInt64(part))
    let geos = try GEOSContext()
    var count = Count()
    for number in 0..<5_000 {
      let source = shapes.next()
      if let wrong = try Self.fault(of: source, geos, &count) {
        Issue.record("part \(part), shape \(number): \(wrong)")
        return
      }
    }
    #expect(count.accepted > 500 && count.mended > 20)
    #expect(count.problems.count > 8)
  }

  /// What is wrong about the verdict; nil if nothing is.
  private static func fault(
    of source: [BrokenShapes.Rings], _ geos: GEOSContext, _ count: inout Count
  ) throws -> String? {
    let result = PlotGeometry.make(from: .multiPolygon(source))
    let refusals = Set(result.findings.filter { $0.severity == .refuse }.map(\.problem))
    count.problems.formUnion(result.findings.map(\.problem))
    let isValid = isValid(source, geos)
    if isValid == true { count.valid += 1 }
    guard let geometry = result.geometry else {
      if refusals.isEmpty { return "refused without a reason" }
      let isJust = isValid != true || !refusals.isDisjoint(with: othersThanValidity)
      return isJust ? nil : "valid for GEOS, refused for \(refusals)"
    }
    count.accepted += 1
    if !refusals.isEmpty { return "accepted in spite of \(refusals)" }
    let mended = Set(result.findings.filter { $0.severity == .mended }.map(\.problem))
    if isValid != true {
      count.mended += 1
      let isMended = mended.contains(.spikeRemoved) || mended.contains(.ringClosed)
      guard isMended else { return "not valid for GEOS, accepted" }
    }
    if try geos.fault(in: geos.shape(geometry.polygons)) != nil { return "accepted, not valid" }
    return isValid == true && mended.isEmpty ? nil : again(geometry)
  }

  /// What was mended comes through a second time as it is.
  private static func again(_ geometry: PlotGeometry) -> String? {
    let second = PlotGeometry.make(polygons: geometry.polygons.map(\.rings))
    if second.geometry != geometry { return "not the same a second time" }
    return second.findings.contains { $0.severity == .mended } ? "mended twice" : nil
  }

  /// By GEOS, on the doubles as they came; nil where it makes no polygon of them.
  private static func isValid(_ source: [BrokenShapes.Rings], _ geos: GEOSContext) -> Bool? {
    let polygons = source.map { rings in
      let plain = rings.map { $0.map(\.plain) }
      return Polygon(shell: plain.first ?? [], holes: Array(plain.dropFirst()))
    }
    do throws(GEOSError) {
      return try geos.fault(in: geos.shape(polygons)) == nil
    } catch {
      return nil
    }
  }
}
