import Land

/// The two maps: forest about and between the fields, loss where stories want it, and old loss.
struct MapWriter {
  let land: LandPlan
  let seed: UInt64
  /// What the story of a plot's cell paints, by cell.
  private var painted: [Int: StoryKind] = [:]

  init(land: LandPlan, groups: [GroupPlan], seed: UInt64) {
    self.land = land
    self.seed = seed
    for group in groups {
      guard let story = group.story,
        story == .forestLoss || story == .forestLossPalm || story == .smallForestLoss
      else { continue }
      for plot in group.plots.prefix(story.taintedPlots) {
        let place = land.place(of: plot, in: group)
        painted[place.row * 1_000_000 + place.column] = story
      }
    }
  }

  func write(to folder: String) throws {
    try RasterWriter.write(to: folder + "/bosque-2020.tif", grid: land.grid) { window in
      values(window) { cell, inCell in forest(cell, inCell) }
    }
    try RasterWriter.write(to: folder + "/perdida-anual.tif", grid: land.grid) { window in
      values(window) { cell, inCell in loss(cell, inCell) }
    }
  }

  private typealias Place = (column: Int, row: Int)

  private func values(_ window: RasterWindow, _ value: (Place, Place) -> UInt8) -> [UInt8] {
    let aside = LandPlan.rasterCellsAside
    var out: [UInt8] = []
    out.reserveCapacity(window.rows * window.columns)
    for row in window.row..<window.row + window.rows {
      for column in window.column..<window.column + window.columns {
        out.append(
          value((column / aside, row / aside), (column % aside, row % aside)))
      }
    }
    return out
  }

  private func story(_ cell: Place) -> StoryKind? {
    painted[cell.row * 1_000_000 + cell.column]
  }

  /// 1 is forest: the west half of a story's cell, and most land that is no field.
  private func forest(_ cell: Place, _ inCell: Place) -> UInt8 {
    if story(cell) != nil { return inCell.column < 10 ? 1 : 0 }
    if land.isField(column: cell.column, row: cell.row) { return 0 }
    return chance(cell, inCell.column / 5, inCell.row / 5, 11) < 0.8 ? 1 : 0
  }

  /// n is loss in 2000 + n.
  private func loss(_ cell: Place, _ inCell: Place) -> UInt8 {
    switch story(cell) {
    case .forestLoss, .forestLossPalm: return inCell.column < 10 && inCell.row < 10 ? 22 : 0
    // One raster cell, some 760 m², beside the middle of the plot.
    case .smallForestLoss: return inCell.column == 9 && inCell.row == 9 ? 23 : 0
    default: break
    }
    let draw = chance(cell, inCell.column / 4, inCell.row / 4, 12)
    if land.isField(column: cell.column, row: cell.row) {
      // Fields were cleared long before the cut-off, if the map shows it at all.
      return draw < 0.05 ? UInt8(5 + Int(draw * 300)) : 0
    }
    return draw < 0.03 ? UInt8(3 + Int(draw * 700)) : 0
  }

  private func chance(_ cell: Place, _ column: Int, _ row: Int, _ use: UInt64) -> Double {
    var random = SampleRandom(
      seed: seed, use, ((cell.row * 10_000 + cell.column) * 16 + row) * 16 + column)
    return random.fraction()
  }
}
