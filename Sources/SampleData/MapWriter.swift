import Land

/// The two maps: forest about and between the fields, loss where stories want it, and old loss.
struct MapWriter {
  let land: LandPlan
  let seed: UInt64
  /// The cells whose story paints them, from north to south.
  private var painted: [(column: Int, row: Int, story: StoryKind)] = []
  private let forestNoise: SmoothNoise
  private let lossNoise: SmoothNoise

  /// Raster cells aside that share one value of the noise; a divisor of a plot's cell.
  private static let grain = 2
  /// Above this the land is forest: on some three fifths of it.
  private static let forestLevel = 0.45
  /// Above this the map of loss shows some.
  private static let lossLevel = 0.74
  /// The first year, as the map has it, after the cut-off of 31 December 2020.
  private static let firstLateYear = 21
  /// Raster cells aside that were cleared in one year.
  private static let yearBlock = 48

  init(land: LandPlan, groups: [GroupPlan], seed: UInt64) {
    self.land = land
    self.seed = seed
    forestNoise = SmoothNoise(seed: seed, use: 11)
    lossNoise = SmoothNoise(seed: seed, use: 21)
    for group in groups {
      guard let story = group.story,
        [.forestLoss, .forestLossPalm, .smallForestLoss, .tankDirty, .tankFlushed].contains(story)
      else { continue }
      for plot in group.plots.prefix(story.taintedPlots) {
        let place = land.place(of: plot, in: group)
        painted.append((place.column, place.row, story))
      }
    }
  }

  func write(to folder: String) throws {
    for (name, isForest) in [("bosque-2020", true), ("perdida-anual", false)] {
      try RasterWriter.write(to: "\(folder)/\(name).tif", grid: land.grid) { window in
        values(window, isForest: isForest)
      }
    }
  }

  private func values(_ window: RasterWindow, isForest: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(window.rows * window.columns)
    var fields: [Bool] = []
    var line: [UInt8] = []
    for row in window.row..<window.row + window.rows {
      if row == window.row || row % LandPlan.rasterCellsAside == 0 {
        fields = (0..<window.columns / LandPlan.rasterCellsAside).map {
          land.isField(column: $0, row: row / LandPlan.rasterCellsAside)
        }
      }
      if row == window.row || row % Self.grain == 0 {
        line = self.line(row: row / Self.grain * Self.grain, fields, isForest: isForest)
      }
      out += line
    }
    paint(&out, window, isForest: isForest)
    return out
  }

  /// One row of a map, before the stories.
  private func line(row: Int, _ fields: [Bool], isForest: Bool) -> [UInt8] {
    let perCell = LandPlan.rasterCellsAside / Self.grain
    let count = fields.count * perCell
    let trees = forestNoise.line(row: row, count: count, grain: Self.grain)
    let losses = isForest ? [] : lossNoise.line(row: row, count: count, grain: Self.grain)
    var line = [UInt8](repeating: 0, count: count * Self.grain)
    for index in 0..<count {
      let isField = fields[index / perCell]
      let hasTrees = !isField && trees[index] > Self.forestLevel
      var value: UInt8 = 0
      if isForest {
        value = hasTrees ? 1 : 0
      } else if losses[index] > Self.lossLevel {
        value = lossYear(row: row, column: index * Self.grain, isField: isField, hasTrees)
      }
      guard value > 0 else { continue }
      for offset in 0..<Self.grain { line[index * Self.grain + offset] = value }
    }
    return line
  }

  /// n stands for 2000 + n. What was forest in 2020 can only be lost later, what was none only
  /// before; a field was cleared long before the cut-off, if the map shows it at all.
  private func lossYear(row: Int, column: Int, isField: Bool, _ hasTrees: Bool) -> UInt8 {
    var random = SampleRandom(
      seed: seed, 31, row / Self.yearBlock * 100_000 + column / Self.yearBlock)
    let year = random.integer(1...24)
    if isField { return UInt8(year % (Self.firstLateYear - 1) + 1) }
    return (year >= Self.firstLateYear) == hasTrees ? UInt8(year) : 0
  }

  /// The west half of a story's cell is forest; a quarter of it, or one raster cell, is lost.
  private func paint(_ out: inout [UInt8], _ window: RasterWindow, isForest: Bool) {
    let aside = LandPlan.rasterCellsAside
    for place in painted {
      let rows = (place.row * aside..<place.row * aside + aside)
        .clamped(to: window.row..<window.row + window.rows)
      for row in rows {
        for inColumn in 0..<aside {
          let inRow = row - place.row * aside
          let cell = (row - window.row) * window.columns + place.column * aside + inColumn
          out[cell] =
            isForest
            ? (inColumn < aside / 2 ? 1 : 0) : Self.loss(place.story, inColumn, inRow)
        }
      }
    }
  }

  private static func loss(_ story: StoryKind, _ column: Int, _ row: Int) -> UInt8 {
    let half = LandPlan.rasterCellsAside / 2
    // One raster cell, some 760 m², beside the middle of the plot.
    if story == .smallForestLoss { return column == half - 1 && row == half - 1 ? 23 : 0 }
    return column < half && row < half ? 22 : 0
  }
}
