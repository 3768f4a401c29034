import Land
import Testing

@testable import PlotMap

/// Where things lie, and how long they are.
@Suite struct FrameTests {
  private func square(_ aside: Double, latitude: Double) -> PlotGeometry {
    Contents.polygon([(0, 0), (aside, 0), (aside, aside), (0, aside)], latitude: latitude)
  }

  @Test(arguments: [-8.19, 0.0004, 45, -61])
  func `given any latitude, then the scale bar has the length on the ground that it says`(
    latitude: Double
  ) {
    for aside in [45.0, 200, 2_236, 30_000] {
      let frame = MapFrame(around: square(aside, latitude: latitude))
      let bar = ScaleBar(frame)
      let share = bar.length / MapFrame.width
      let middle = (frame.box.south + frame.box.north) / 2
      let metres = Geodesic.distance(
        Position(longitude: frame.box.west, latitude: middle),
        Position(
          longitude: frame.box.west + share * (frame.box.east - frame.box.west), latitude: middle))
      #expect(abs(metres / Double(bar.metres) - 1) < 1e-4, "\(aside) m at \(latitude)°")
      let upward = Geodesic.distance(
        Position(longitude: 0, latitude: frame.box.south),
        Position(longitude: 0, latitude: frame.box.north))
      // A meridian's degree changes by a few parts in ten thousand over the largest frame.
      #expect(abs(upward / (frame.metresPerUnit * MapFrame.height) - 1) < 1e-3)
      #expect((40...130).contains(bar.length))
      #expect("\(bar.metres)".wholeMatch(of: /[125]0*/) != nil)
    }
  }

  @Test func `given a small plot, then at least 300 m are shown; a large one keeps a margin`() {
    let small = MapFrame(around: square(45, latitude: -8.19))
    #expect(abs(small.metresPerUnit * MapFrame.height / 300 - 1) < 1e-9)
    let large = square(2_236, latitude: -8.19)
    let frame = MapFrame(around: large)
    #expect(frame.box.west < large.box.west && frame.box.south < large.box.south)
    let share = (large.box.east - large.box.west) / (frame.box.east - frame.box.west)
    #expect((0.6...0.85).contains(share))
  }

  @Test func `given frames of any size, then the graticule's labels are round and exact`() {
    let texts = MapTexts(language: .spanish)
    for aside in [45.0, 200, 2_236, 30_000, 400_000] {
      let graticule = Graticule(MapFrame(around: square(aside, latitude: -8.19)))
      #expect((1...6).contains(graticule.meridians.count), "\(aside)")
      #expect((1...6).contains(graticule.parallels.count), "\(aside)")
      for tick in graticule.meridians {
        #expect(tick.label(texts, isLongitude: true).hasSuffix("° O"))
        #expect((0...MapFrame.width).contains(tick.place))
      }
    }
    let tick = Graticule.Tick(units: -76_4865, decimals: 4, place: 0)
    #expect(tick.label(texts, isLongitude: true) == "76,4865° O")
    #expect(tick.label(MapTexts(language: .english), isLongitude: false) == "76.4865° S")
    #expect(texts.number(5, decimals: 3) == "0,005")
  }

  @Test func `given hectares, then they are grouped, and a little is not written as none`() {
    let es = MapTexts(language: .spanish)
    let en = MapTexts(language: .english)
    #expect(es.hectares(0) == "0,00" && es.hectares(0.001) == "< 0,01")
    #expect(es.hectares(1_234_567.891) == "1\u{202F}234\u{202F}567,89")
    #expect(en.hectares(1_000) == "1,000.00" && en.hectares(.nan) == "?")
  }

  @Test func `given long names, then they are broken into lines or cut, and always fit`() {
    let long = "Concesión para conservación Alto Huayabamba, sector norte, ampliación de 2019"
    let lines = TextMetrics.wrapped(long, to: 150, size: 11)
    #expect(lines.joined(separator: " ") == long || lines.last?.hasSuffix("…") == true)
    #expect(lines.count <= 3 && lines.allSatisfy { TextMetrics.width($0, size: 11) <= 150 })
    let word = TextMetrics.wrapped(String(repeating: "x", count: 300), to: 150, size: 11)
    #expect(word.count == 3 && word.allSatisfy { TextMetrics.width($0, size: 11) <= 150 })
    #expect(TextMetrics.fitted("corto", to: 150, size: 11) == "corto")
    #expect(TextMetrics.wrapped("", to: 150, size: 11) == [])
  }
}
