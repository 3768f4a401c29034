import Testing

@testable import PlotMap

@Suite struct HatchingTests {
  @Test(arguments: [Hatching.Slant.rising, .falling])
  func `given random polygons, then their hatching measures their area`(slant: Hatching.Slant) {
    var seed: UInt64 = 7
    func random(_ range: ClosedRange<Double>) -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let share = Double(seed >> 11) / Double(1 << 53)
      return range.lowerBound + share * (range.upperBound - range.lowerBound)
    }
    for _ in 0..<60 {
      // Corners in the order of their x above a base line: a simple polygon.
      let xs = (0..<8).map { _ in random(0...400) }.sorted()
      let ring =
        [ScenePoint(x: 0, y: 0)] + xs.map { ScenePoint(x: $0, y: random(20...380)) }
        + [ScenePoint(x: 400, y: 0)]
      var area = 0.0
      for (a, b) in zip(ring, ring.dropFirst() + [ring[0]]) { area += a.x * b.y - b.x * a.y }
      let lines = Hatching.lines([ring], spacing: 0.5, slant: slant)
      var length = 0.0
      for line in lines {
        let (dx, dy) = (line[1].x - line[0].x, line[1].y - line[0].y)
        #expect(abs(abs(dx) - abs(dy)) < 1e-9)
        #expect(slant == .rising ? dx * dy <= 0 : dx * dy >= 0)
        length += (dx * dx + dy * dy).squareRoot()
      }
      let measured = length * 0.5 / 2.0.squareRoot()
      #expect(abs(measured / abs(area / 2) - 1) < 0.02)
    }
  }

  @Test func `given neighbouring rectangles, then lines go through both without a break`() {
    let left = SceneBox(left: 0, top: 0, right: 50, bottom: 50).ring
    let right = SceneBox(left: 50, top: 0, right: 100, bottom: 50).ring
    let both = SceneBox(left: 0, top: 0, right: 100, bottom: 50).ring
    let apart = Hatching.lines([left, right], spacing: 9, slant: .falling)
    #expect(apart.count == Hatching.lines([both], spacing: 9, slant: .falling).count)
  }

  @Test func `given rings and lines over the edge, then only what lies in the box is left`() {
    let box = SceneBox(left: 0, top: 0, right: 10, bottom: 10)
    let ring = [(-5.0, 5.0), (5, -5), (15, 5), (5, 15)].map { ScenePoint(x: $0.0, y: $0.1) }
    let cut = Clipping.clip(ring, to: box)
    #expect(cut.count >= 4 && cut.allSatisfy(box.contains))
    #expect(Clipping.clip(ring.map { ScenePoint(x: $0.x + 40, y: $0.y) }, to: box).isEmpty)
    let line = Clipping.clip(ScenePoint(x: -10, y: 5), ScenePoint(x: 20, y: 5), to: box)
    #expect(line?.0 == ScenePoint(x: 0, y: 5) && line?.1 == ScenePoint(x: 10, y: 5))
    #expect(Clipping.clip(ScenePoint(x: -1, y: 5), ScenePoint(x: -9, y: 5), to: box) == nil)
    #expect(Clipping.contains([box.ring], ScenePoint(x: 5, y: 5)))
    #expect(!Clipping.contains([box.ring, box.ring], ScenePoint(x: 5, y: 5)))
  }
}
