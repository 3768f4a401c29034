import Foundation
import Testing

@testable import PlotMap

/// What must be told apart can be, by people who see colours otherwise too.
@Suite struct PaletteTests {
  /// Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
  private static let sights: [(name: String, matrix: [[Double]])] = [
    ("usual", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
    (
      "tritanopia",
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    ),
  ]

  /// CIE 1976 L*a*b* (D65) as somebody sees it.
  private func lab(_ color: Color, _ matrix: [[Double]]) -> [Double] {
    let linear = [color.red, color.green, color.blue].map { part -> Double in
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let seen = matrix.map { row in
      min(1, max(0, zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 }))
    }
    let xyz = [
      (0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047,
      0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2],
      (0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883,
    ].map { $0 > 0.008856 ? cbrt($0) : 7.787 * $0 + 16.0 / 116 }
    return [116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])]
  }

  private func difference(_ a: Color, _ b: Color, _ matrix: [[Double]]) -> Double {
    zip(lab(a, matrix), lab(b, matrix)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      .squareRoot()
  }

  @Test func `given forest, ground, old and new loss, then every sight tells them apart`() {
    let before = [2001, 2010, 2020].map { Palette.loss(year: $0, cutOffYear: 2020) }
    let after = (2021...2027).map { Palette.loss(year: $0, cutOffYear: 2020) }
    for (sight, matrix) in Self.sights {
      for color in before + after + [Palette.ground] {
        #expect(difference(color, Palette.forest, matrix) > 13.5, "\(sight) \(color.hex) forest")
      }
      for color in before + after {
        #expect(difference(color, Palette.ground, matrix) > 12, "\(sight) \(color.hex) ground")
      }
      for late in after {
        for early in before {
          #expect(difference(late, early, matrix) > 13.5, "\(sight) \(late.hex) \(early.hex)")
        }
      }
      for (year, next) in zip(after, after.dropFirst()) {
        #expect(difference(year, next, matrix) > 8, "\(sight) \(year.hex) \(next.hex)")
      }
    }
  }

  @Test func `given covers that may lie side by side, then every sight tells them apart`() {
    let covers = MapMeaning.Cover.allCases.map { ($0, Palette.cover($0)) }
    for (sight, matrix) in Self.sights {
      for (cover, color) in covers {
        #expect(difference(color, Palette.ground, matrix) > 20, "\(sight) \(cover) ground")
        if cover != .forest {
          #expect(difference(color, Palette.forest, matrix) > 12, "\(sight) \(cover) forest")
        }
      }
      let fills = covers.filter { $0.0.texture == .fill }
      let dots = covers.filter { $0.0.texture == .dots }
      for group in [fills, dots] {
        for (index, (cover, color)) in group.enumerated() {
          for (other, otherColor) in group[(index + 1)...] {
            #expect(difference(color, otherColor, matrix) > 12, "\(sight) \(cover) \(other)")
          }
        }
      }
    }
  }

  @Test func `given years, then later ones are darker on both sides of the cut-off`() {
    let light = { (color: Color) in self.lab(color, Self.sights[0].matrix)[0] }
    let years = (2001...2027).map { Palette.loss(year: $0, cutOffYear: 2020) }
    for years in [years[..<20], years[20...]] {
      #expect(zip(years, years.dropFirst()).allSatisfy { light($0) > light($1) })
    }
    #expect(Palette.loss(year: 2099, cutOffYear: 2020) == Palette.lossAfter.last)
    #expect(
      Palette.loss(year: 1900, cutOffYear: 2020) == Palette.loss(year: 2001, cutOffYear: 2020))
  }
}
