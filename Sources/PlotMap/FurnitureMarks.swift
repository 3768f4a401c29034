import Land

/// The frame with its coordinates, and the strip below it with scale bar and north.
struct FurnitureMarks {
  let frame: MapFrame
  let texts: MapTexts

  /// From the frame's bottom to the legend.
  static let stripHeight = 62.0
  private static let labelSize = 10.0
  private static let tick = 5.0
  private static let cross = 4.0
  private static let barHeight = 5.0

  /// Small crosses at round degrees, in the frame's units; for below the plot.
  var crosses: Mark {
    let graticule = Graticule(frame)
    let all = graticule.meridians.flatMap { meridian in
      graticule.parallels.flatMap { parallel in
        [
          [
            ScenePoint(x: meridian.place - Self.cross, y: parallel.place),
            ScenePoint(x: meridian.place + Self.cross, y: parallel.place),
          ],
          [
            ScenePoint(x: meridian.place, y: parallel.place - Self.cross),
            ScenePoint(x: meridian.place, y: parallel.place + Self.cross),
          ],
        ]
      }
    }
    let visible = all.filter { $0.allSatisfy(MapFrame.inside.contains) }
    return .group("crosses", [.lines(visible, Stroke(color: Palette.soft, width: 0.8))])
  }

  /// The frame's edge with ticks and coordinates, in the frame's units.
  var edge: [Mark] {
    let graticule = Graticule(frame)
    let (width, height) = (MapFrame.width, MapFrame.height)
    var ticks: [[ScenePoint]] = []
    var labels: [Mark] = []
    var free = -Double.infinity
    for meridian in graticule.meridians {
      let x = meridian.place
      ticks.append([ScenePoint(x: x, y: height), ScenePoint(x: x, y: height + Self.tick)])
      let text = meridian.label(texts, isLongitude: true)
      let half = TextMetrics.width(text, size: Self.labelSize) / 2
      // Two labels never touch, and none leaves the page.
      guard x - half > free, x + half < width + 8, x - half > -24 else { continue }
      free = x + half + 6
      labels.append(
        .text(
          SceneText(
            text: text, at: ScenePoint(x: x, y: height + 16), size: Self.labelSize,
            anchor: .middle, color: Palette.soft)))
    }
    for parallel in graticule.parallels {
      let y = parallel.place
      ticks.append([ScenePoint(x: -Self.tick, y: y), ScenePoint(x: 0, y: y)])
      let text = parallel.label(texts, isLongitude: false)
      let half = TextMetrics.width(text, size: Self.labelSize) / 2
      guard y - half > 0, y + half < height else { continue }
      labels.append(
        .text(
          SceneText(
            text: text, at: ScenePoint(x: -9, y: y), size: Self.labelSize, anchor: .middle,
            color: Palette.soft, isUpright: true)))
    }
    return [
      .group(
        "graticule",
        [
          .lines(ticks, Stroke(color: Palette.frame, width: 1))
        ] + labels),
      .outline([MapFrame.inside.ring], Stroke(color: Palette.frame, width: 1)),
    ]
  }

  /// From the frame's bottom-left corner.
  var strip: [Mark] { scaleBar + north }

  private var scaleBar: [Mark] {
    let bar = ScaleBar(frame)
    let y = 30.0
    let box = { (from: Double, to: Double) in
      SceneBox(left: from, top: y, right: to, bottom: y + Self.barHeight).ring
    }
    let half = bar.length / 2
    let label = { (text: String, x: Double, anchor: SceneText.Anchor) in
      Mark.text(
        SceneText(
          text: text, at: ScenePoint(x: x, y: y + 18), size: 10.5, anchor: anchor))
    }
    return [
      .fill([box(0, half)], Palette.ink, isCrisp: false),
      .outline([box(0, bar.length)], Stroke(color: Palette.ink, width: 1)),
      label("0", 0, .start), label(bar.label, bar.length, .middle),
    ]
  }

  private var north: [Mark] {
    let x = MapFrame.width - 12
    let tip = ScenePoint(x: x, y: 24)
    let foot = ScenePoint(x: x, y: 41)
    let left = [tip, ScenePoint(x: x - 6, y: 46), foot]
    let right = [tip, ScenePoint(x: x + 6, y: 46), foot]
    return [
      .fill([left], Palette.ink, isCrisp: false),
      .outline([left, right], Stroke(color: Palette.ink, width: 1)),
      .text(
        SceneText(
          text: texts.north, at: ScenePoint(x: x - 11, y: 40), size: 12, isBold: true,
          anchor: .end)),
    ]
  }
}
