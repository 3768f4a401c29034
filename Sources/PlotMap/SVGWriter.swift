/// Writes a scene as a standalone SVG. Colours are attributes and not styles, so that a page's
/// content security policy has nothing to forbid; there is no identifier to clash with another's.
struct SVGWriter {
  private var out = ""

  static func document(_ scene: Scene) -> [UInt8] {
    var writer = SVGWriter()
    let size = "\(number(Scene.width)) \(number(scene.height))"
    writer.out =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" \
      width="\(number(Scene.width))" height="\(number(scene.height))" role="img" \
      xml:lang="\(scene.language)" font-family="'DejaVu Sans', Verdana, sans-serif">
      <title>\(escaped(scene.title))</title>
      <desc>\(escaped(scene.description))</desc>
      <rect width="\(number(Scene.width))" height="\(number(scene.height))" fill="#ffffff"/>

      """
    for mark in scene.marks { writer.write(mark) }
    writer.out += "</svg>\n"
    return Array(writer.out.utf8)
  }

  private mutating func write(_ mark: Mark) {
    switch mark {
    case .group(let name, let marks):
      out += "<g class=\"\(name)\">\n"
      for mark in marks { write(mark) }
      out += "</g>\n"
    case .fill(let rings, let color, let isCrisp):
      guard !rings.isEmpty else { return }
      let crisp = isCrisp ? " shape-rendering=\"crispEdges\"" : ""
      out += "<path fill=\"\(color.hex)\" fill-rule=\"evenodd\"\(crisp)"
      out += " d=\"\(Self.path(rings, true))\"/>\n"
    case .outline(let rings, let stroke): write(rings, isClosed: true, stroke)
    case .lines(let lines, let stroke): write(lines, isClosed: false, stroke)
    case .dot(let at, let radius, let fill, let stroke):
      out +=
        "<circle cx=\"\(Self.number(at.x))\" cy=\"\(Self.number(at.y))\""
        + " r=\"\(Self.number(radius))\" fill=\"\(fill.hex)\"\(Self.attributes(stroke))/>\n"
    case .text(let text): write(text)
    }
  }

  private mutating func write(_ rings: [[ScenePoint]], isClosed: Bool, _ stroke: Stroke) {
    guard !rings.isEmpty else { return }
    out +=
      "<path fill=\"none\"\(Self.attributes(stroke)) stroke-linejoin=\"round\""
      + " d=\"\(Self.path(rings, isClosed))\"/>\n"
  }

  private mutating func write(_ text: SceneText) {
    let (x, y) = (Self.number(text.at.x), Self.number(text.at.y))
    var attributes = " x=\"\(x)\" y=\"\(y)\" font-size=\"\(Self.number(text.size))\""
    if text.isBold { attributes += " font-weight=\"bold\"" }
    if text.anchor != .start { attributes += " text-anchor=\"\(text.anchor.rawValue)\"" }
    attributes += " fill=\"\(text.color.hex)\""
    if text.isUpright { attributes += " transform=\"rotate(-90 \(x) \(y))\"" }
    let words = Self.escaped(text.text)
    if text.hasHalo {
      // Under the letters, and not by paint-order, which not every reader knows.
      out +=
        "<text aria-hidden=\"true\"\(attributes) stroke=\"#ffffff\" stroke-width=\"3.5\""
        + " stroke-linejoin=\"round\">\(words)</text>\n"
    }
    out += "<text\(attributes)>\(words)</text>\n"
  }

  private static func attributes(_ stroke: Stroke) -> String {
    let dash =
      stroke.dash.isEmpty
      ? "" : " stroke-dasharray=\"\(stroke.dash.map(number).joined(separator: " "))\""
    return " stroke=\"\(stroke.color.hex)\" stroke-width=\"\(number(stroke.width))\"\(dash)"
  }

  // MARK: Numbers

  /// Hundredths of a unit: some 5 cm of ground on a plot's picture.
  private static func hundredths(_ value: Double) -> Int { Int((value * 100).rounded()) }

  static func number(_ value: Double) -> String { text(hundredths(value)) }

  private static func text(_ hundredths: Int) -> String {
    let whole = abs(hundredths) / 100
    let part = abs(hundredths) % 100
    let sign = hundredths < 0 ? "-" : ""
    if part == 0 { return "\(sign)\(whole)" }
    if part % 10 == 0 { return "\(sign)\(whole).\(part / 10)" }
    return "\(sign)\(whole).\(part < 10 ? "0" : "")\(part)"
  }

  /// Absolute starts and relative steps between rounded points, so that nothing drifts; level and
  /// plumb steps in their short form, which halves the size of rectangles.
  private static func path(_ rings: [[ScenePoint]], _ isClosed: Bool) -> String {
    var out = ""
    for ring in rings {
      guard let start = ring.first else { continue }
      var last = (x: hundredths(start.x), y: hundredths(start.y))
      out += "M\(text(last.x)) \(text(last.y))"
      for point in ring.dropFirst() {
        let next = (x: hundredths(point.x), y: hundredths(point.y))
        if next.y == last.y {
          out += "h\(text(next.x - last.x))"
        } else if next.x == last.x {
          out += "v\(text(next.y - last.y))"
        } else {
          out += "l\(text(next.x - last.x)) \(text(next.y - last.y))"
        }
        last = next
      }
      if isClosed { out += "z" }
    }
    return out
  }

  // MARK: Text

  /// For content and attributes; what XML 1.0 forbids becomes the replacement character.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\t", "\n", "\r": out += " "
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
