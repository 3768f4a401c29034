import Foundation
import Land

/// Maps that look like the real ones to a decoder: patches of some hundreds of metres with ragged
/// edges, and nothing known in a few places. The same bytes whenever they are made.
struct OverlayRaster {
  /// 3° × 3° around Tocache.
  static let west = -78.0
  static let north = -7.0
  static let degrees = 3.0
  static let noData: UInt8 = 255

  let name: String
  let cellDegrees: Double
  let seed: UInt32

  /// Some 10 m, as Copernicus-based maps.
  static let fine = OverlayRaster(name: "forest-10m", cellDegrees: 0.00009, seed: 1)
  /// Some 30 m, as Landsat-based maps.
  static let coarse = OverlayRaster(name: "loss-30m", cellDegrees: 0.00025, seed: 2)
  /// A second of 10 m.
  static let alerts = OverlayRaster(name: "alerts-10m", cellDegrees: 0.00009, seed: 3)

  func path(in folder: String) -> String { "\(folder)/\(name)-2.tif" }

  var grid: RasterGrid {
    let cells = Int((Self.degrees / cellDegrees).rounded(.up))
    return RasterGrid(
      west: Self.west, north: Self.north, cellWidth: cellDegrees, cellHeight: cellDegrees,
      columns: cells, rows: cells)
  }

  /// Writes it unless it is there.
  func make(in folder: String) throws {
    let path = path(in: folder)
    guard !FileManager.default.fileExists(atPath: path) else { return }
    let metres = cellDegrees * 111_000
    // Patches of about 5 km, 1 km, 250 m and 60 m.
    let octaves = [5_000.0, 1_000, 250, 60].enumerated().map { index, size in
      Octave(shift: Int(log2(size / metres).rounded()), seed: seed &* 16 &+ UInt32(index))
    }
    try RasterWriter.write(to: path, grid: grid, noData: Self.noData) { window in
      var cells = [UInt8](repeating: 0, count: window.columns * window.rows)
      var sums = [Int32](repeating: 0, count: window.columns)
      for row in 0..<window.rows {
        for index in sums.indices { sums[index] = 0 }
        for (index, octave) in octaves.enumerated() {
          octave.add(row: window.row + row, weight: [5, 4, 3, 3][index], to: &sums)
        }
        let start = row * window.columns
        for column in sums.indices { cells[start + column] = Self.value(sums[column], seed) }
      }
      return cells
    }
  }

  /// From 0…15 · 255: forest or not, or the year of a loss.
  private static func value(_ sum: Int32, _ seed: UInt32) -> UInt8 {
    if sum < 1_000 { return noData }
    if seed == 1 { return sum > 1_850 ? 1 : 0 }
    return sum > 2_450 ? UInt8(truncatingIfNeeded: 1 + (sum / 37) % 24) : 0
  }
}

/// Random heights on a lattice, straight lines between.
private struct Octave {
  /// Cells between heights: 2^shift.
  let shift: Int
  let seed: UInt32

  init(shift: Int, seed: UInt32) {
    (self.shift, self.seed) = (max(1, shift), seed)
  }

  private func height(_ x: Int, _ y: Int) -> Int32 {
    var hash = seed &* 0x9E37_79B1 &+ UInt32(truncatingIfNeeded: x) &* 0x85EB_CA77
    hash = (hash ^ (hash >> 15)) &+ UInt32(truncatingIfNeeded: y) &* 0xC2B2_AE3D
    hash = (hash ^ (hash >> 13)) &* 0x27D4_EB2F
    return Int32((hash ^ (hash >> 16)) & 255)
  }

  func add(row: Int, weight: Int32, to sums: inout [Int32]) {
    let step = 1 << shift
    let (y, down) = (row >> shift, Int32(row & (step - 1)))
    func between(_ x: Int) -> Int32 {
      (height(x, y) * (Int32(step) - down) + height(x, y + 1) * down) >> Int32(shift)
    }
    var left = between(0)
    var column = 0
    while column < sums.count {
      let right = between((column >> shift) + 1)
      for index in 0..<min(step, sums.count - column) {
        let here = (left * Int32(step - index) + right * Int32(index)) >> Int32(shift)
        sums[column + index] += here * weight
      }
      left = right
      column += step
    }
  }
}
