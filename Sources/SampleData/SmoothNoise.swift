/// Values that change smoothly over the land, 0…1, so that forest stands in patches.
///
/// Value noise: numbers at the corners of a lattice, blended between them; a coarse and a fine
/// lattice are added.
struct SmoothNoise {
  let seed: UInt64
  let use: UInt64

  /// Raster cells from one corner to the next, and the lattice's share.
  private static let lattices: [(spacing: Int, share: Double)] = [(72, 0.65), (16, 0.35)]

  /// Values along one row of raster cells, at every `grain`-th of them from the west.
  func line(row: Int, count: Int, grain: Int) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    for (number, lattice) in Self.lattices.enumerated() {
      let (spacing, share) = lattice
      let corners = (0...count * grain / spacing + 1).map { column in
        let above = corner(column, row / spacing, number)
        let below = corner(column, row / spacing + 1, number)
        return above + (below - above) * Self.eased(row % spacing, spacing)
      }
      for index in 0..<count {
        let column = index * grain
        let (left, right) = (corners[column / spacing], corners[column / spacing + 1])
        values[index] += share * (left + (right - left) * Self.eased(column % spacing, spacing))
      }
    }
    return values
  }

  private func corner(_ column: Int, _ row: Int, _ lattice: Int) -> Double {
    var random = SampleRandom(seed: seed, use &+ UInt64(lattice), row * 100_000 + column)
    return random.fraction()
  }

  /// From 0 to 1 without a kink at either end.
  private static func eased(_ step: Int, _ of: Int) -> Double {
    let share = Double(step) / Double(of)
    return share * share * (3 - 2 * share)
  }
}
