/// A picture as a list of marks, in units of a page ``Scene/width`` units wide, y downwards.
struct Scene: Sendable, Hashable {
  static let width = 440.0

  let height: Double
  let language: String
  /// What a person who cannot see the picture hears.
  let title: String
  let description: String
  let marks: [Mark]
}

struct ScenePoint: Sendable, Hashable {
  var x: Double
  var y: Double
}

struct SceneBox: Sendable, Hashable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  var ring: [ScenePoint] {
    [
      ScenePoint(x: left, y: top), ScenePoint(x: right, y: top),
      ScenePoint(x: right, y: bottom), ScenePoint(x: left, y: bottom),
    ]
  }

  func contains(_ point: ScenePoint) -> Bool {
    (left...right).contains(point.x) && (top...bottom).contains(point.y)
  }
}

struct Stroke: Sendable, Hashable {
  let color: Color
  let width: Double
  /// Lengths on and off; solid if empty.
  var dash: [Double] = []
}

struct SceneText: Sendable, Hashable {
  enum Anchor: String, Sendable, Hashable {
    case start, middle, end
  }

  let text: String
  let at: ScenePoint
  let size: Double
  var isBold = false
  var anchor: Anchor = .start
  var color: Color = Palette.ink
  /// Reads from the bottom to the top.
  var isUpright = false
  /// A light edge about the letters, for text over a map.
  var hasHalo = false
}

/// One thing drawn. Rings are closed without a repeated first point.
enum Mark: Sendable, Hashable {
  /// Filled by the even-odd rule. A crisp one has no blended edges: every pixel has its colour or
  /// not.
  case fill([[ScenePoint]], Color, isCrisp: Bool)
  case outline([[ScenePoint]], Stroke)
  /// Open lines.
  case lines([[ScenePoint]], Stroke)
  case dot(ScenePoint, radius: Double, fill: Color, stroke: Stroke)
  case text(SceneText)
  /// Marks that belong together, under a name of lower-case letters.
  case group(String, [Mark])
}
