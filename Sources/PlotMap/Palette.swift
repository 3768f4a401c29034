/// An sRGB colour.
struct Color: Sendable, Hashable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  /// From `0xRRGGBB`.
  init(_ hex: UInt32) {
    red = UInt8(truncatingIfNeeded: hex >> 16)
    green = UInt8(truncatingIfNeeded: hex >> 8)
    blue = UInt8(truncatingIfNeeded: hex)
  }

  /// `share` 0 is the first colour, 1 the second.
  init(_ from: Color, _ to: Color, share: Double) {
    let mix = { (a: UInt8, b: UInt8) in
      UInt8(Double(a) + (Double(b) - Double(a)) * min(1, max(0, share)))
    }
    red = mix(from.red, to.red)
    green = mix(from.green, to.green)
    blue = mix(from.blue, to.blue)
  }

  var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    var out = Array("#".utf8)
    for part in [red, green, blue] {
      out += [digits[Int(part >> 4)], digits[Int(part & 15)]]
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// The colours of pictures.
///
/// Forest is a bluish green, areas have the blue of Okabe and Ito ("Color Universal Design", 2008)
/// and greys. Loss after the cut-off goes through matplotlib's *plasma*, from light to dark with
/// the years; before it, through tans. Green and tans were chosen so that Machado, Oliveira and
/// Fernandes' model of colour blindness (2009) keeps them apart; the tests hold them to it.
enum Palette {
  static let ink = Color(0x22301f)
  static let soft = Color(0x5b6754)
  static let paper = Color(0xffffff)
  /// Ground that the maps know and show nothing on.
  static let ground = Color(0xfbf9f2)
  static let frame = Color(0x8a8f84)
  static let missing = Color(0x9b9b95)
  static let forest = Color(0x5ab2a0)
  static let forestLine = Color(0x00785a)

  /// Years after the cut-off's, the first first; later ones keep the last.
  static let lossAfter = [
    0xfca636, 0xf1844b, 0xe16462, 0xcc4778, 0xb12a90, 0x8f0da4, 0x6a00a8,
  ].map { Color(UInt32($0)) }

  private static let lossBeforeFirst = Color(0xdfd6bf)
  private static let lossBeforeLast = Color(0xbcae8a)
  /// Years from the lightest to the darkest tan.
  private static let lossBeforeYears = 20

  static func loss(year: Int, cutOffYear: Int) -> Color {
    if year > cutOffYear {
      return lossAfter[min(year - cutOffYear, lossAfter.count) - 1]
    }
    let share = 1 - Double(cutOffYear - year) / Double(lossBeforeYears - 1)
    return Color(lossBeforeFirst, lossBeforeLast, share: share)
  }

  /// For classes with names of their own: Okabe and Ito's, without black.
  static let classes = [
    0x009e73, 0xe69f00, 0x56b4e9, 0xd55e00, 0xf0e442, 0x0072b2, 0xcc79a7,
  ].map { Color(UInt32($0)) }

  /// Dates up to the cut-off; as bars a tan would be too light.
  static let datedBefore = Color(0x8a7a50)
  static let undated = Color(0x3f0060)

  static func cover(_ cover: MapMeaning.Cover) -> Color {
    switch cover {
    case .forest: forest
    case .cocoa: Color(0x6b3510)
    case .oilPalm: Color(0xd55e00)
    case .coffee: Color(0x3d1f5c)
    case .rubber: Color(0x555555)
    case .soy: Color(0xe8c800)
    case .plantation: Color(0xb0508a)
    case .water: Color(0x2b6cb0)
    case .builtUp: Color(0x6a6a6a)
    }
  }

  static func area(_ style: MapArea.Style) -> Stroke {
    switch style {
    case .protected: Stroke(color: Color(0x0072b2), width: 1.6)
    case .concession: Stroke(color: Color(0x3c3c3c), width: 1.4, dash: [6, 3])
    case .highValue: Stroke(color: Color(0x9b2f7f), width: 1.6, dash: [8, 2, 2, 2])
    case .highCarbon: Stroke(color: Color(0x7a5200), width: 1.6, dash: [3, 2])
    case .other: Stroke(color: Color(0x6f6f6f), width: 1.2, dash: [2, 2])
    }
  }
}
