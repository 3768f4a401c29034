/// A `SimpleSource` or `ComplexSource` of a VRT: a file, and where its cells go.
struct MosaicMember {
  let mosaic: String
  let path: String
  let band: Int
  let window: RasterWindow
  let fromColumn: Int
  let fromRow: Int
  let transparent: Int?

  /// gdalbuildvrt computes places from decimal degrees: 40000.0000000012 is 40000.
  private static let slack = 0.01

  init(
    _ source: MosaicText.Element, of mosaic: String, columns: Int, rows: Int
  ) throws(RasterError) {
    self.mosaic = mosaic
    let isComplex = source.name == "ComplexSource"
    for name in source.elements.map(\.name)
    where !["SourceFilename", "SourceBand", "SourceProperties", "SrcRect", "DstRect"]
      .contains(name) && !(isComplex && name == "NODATA")
    {
      throw .mosaicDerived(path: mosaic, found: "\(source.name) with \(name)")
    }
    guard let name = source.first("SourceFilename"), !name.text.isEmpty else {
      throw .mosaicMalformed(path: mosaic, reason: "a member without SourceFilename")
    }
    path = Self.path(name, of: mosaic)
    let member = path
    do throws(RasterError) {
      try LocalFile.check(member)
    } catch .cannotOpen(_, let reason) {
      throw .mosaicMember(path: mosaic, member: member, reason: reason)
    }
    guard let band = Int(source.first("SourceBand")?.text ?? "1"), band > 0 else {
      throw .mosaicDerived(
        path: mosaic, found: "SourceBand \(source.first("SourceBand")?.text ?? "")")
    }
    self.band = band
    if let text = source.first("NODATA")?.text {
      guard let value = Double(text), let whole = Int(exactly: value) else {
        throw .mosaicMalformed(path: mosaic, reason: "NODATA \(text)")
      }
      transparent = whole
    } else {
      transparent = nil
    }
    guard let from = Self.window(source.first("SrcRect")),
      let to = Self.window(source.first("DstRect"))
    else {
      throw .mosaicMisplaced(
        path: mosaic, member: member, reason: "SrcRect or DstRect is missing or not in whole cells")
    }
    guard from.columns == to.columns, from.rows == to.rows else {
      throw .mosaicMisplaced(
        path: mosaic, member: member,
        reason: "\(from.columns) × \(from.rows) cells would be resampled to "
          + "\(to.columns) × \(to.rows)")
    }
    let whole = RasterWindow(column: 0, row: 0, columns: columns, rows: rows)
    guard whole.contains(to) else {
      throw .mosaicMisplaced(path: mosaic, member: member, reason: "it reaches beyond the raster")
    }
    (window, fromColumn, fromRow) = (to, from.column, from.row)
  }

  private static func path(_ name: MosaicText.Element, of mosaic: String) -> String {
    guard name.attributes["relativeToVRT"] == "1", !name.text.hasPrefix("/"),
      let slash = mosaic.lastIndex(of: "/")
    else { return name.text }
    return mosaic[...slash] + name.text
  }

  private static func window(_ rect: MosaicText.Element?) -> RasterWindow? {
    var found: [Int] = []
    for name in ["xOff", "yOff", "xSize", "ySize"] {
      guard let value = rect?.number(name), abs(value) < 1e9,
        abs(value - value.rounded()) < slack
      else { return nil }
      found.append(Int(value.rounded()))
    }
    guard found[0] >= 0, found[1] >= 0, found[2] > 0, found[3] > 0 else { return nil }
    return RasterWindow(column: found[0], row: found[1], columns: found[2], rows: found[3])
  }

  func file() throws(RasterError) -> BlockFile {
    do throws(RasterError) {
      return try BlockFile(path, band: band)
    } catch .cannotOpen(_, let reason) {
      throw .mosaicMember(path: mosaic, member: path, reason: reason)
    }
  }

  /// Opens the file and holds it against what the VRT says of it.
  func check(
    grid: RasterGrid, type: CellType, noData: Int?, isTold: Bool
  ) throws(RasterError) {
    let file = try file()
    guard file.type == type else {
      throw .mosaicMember(
        path: mosaic, member: path, reason: "its values are \(file.type) and the VRT's \(type)")
    }
    let shown = RasterWindow(
      column: fromColumn, row: fromRow, columns: window.columns, rows: window.rows)
    guard file.grid.window.contains(shown) else {
      throw .mosaicMisplaced(path: mosaic, member: path, reason: "it has fewer cells than are used")
    }
    let west = grid.west + Double(window.column) * grid.cellWidth
    let north = grid.north - Double(window.row) * grid.cellHeight
    let errors = [
      (file.grid.west + Double(fromColumn) * file.grid.cellWidth - west) / grid.cellWidth,
      (file.grid.north - Double(fromRow) * file.grid.cellHeight - north) / grid.cellHeight,
      (file.grid.cellWidth / grid.cellWidth - 1) * Double(window.columns),
      (file.grid.cellHeight / grid.cellHeight - 1) * Double(window.rows),
    ]
    guard errors.allSatisfy({ abs($0) < Self.slack }) else {
      throw .mosaicMisplaced(
        path: mosaic, member: path, reason: "its own georeference puts it elsewhere")
    }
    if !isTold, let own = file.noData, own != noData, own != transparent {
      throw .mosaicNoData(path: mosaic, member: path, found: own, expected: noData)
    }
  }
}

/// How members share the cells of a mosaic.
enum MosaicGaps {
  static func members(_ placed: [MosaicMember]) -> [RasterMember] {
    placed.enumerated().map { index, one in
      let isAlone =
        one.transparent == nil
        && !placed.enumerated().contains {
          $0.offset != index && $0.element.window.intersection(one.window) != nil
        }
      return RasterMember(
        path: one.path, band: one.band, window: one.window, fromColumn: one.fromColumn,
        fromRow: one.fromRow, transparent: one.transparent, isAlone: isAlone)
    }
  }

  /// Whether any cell of the raster lies in no window.
  static func exist(in whole: RasterWindow, _ windows: [RasterWindow]) -> Bool {
    let lines = Set(windows.flatMap { [$0.row, $0.row + $0.rows] } + [whole.row]).sorted()
    for (top, bottom) in zip(lines, lines.dropFirst() + [whole.row + whole.rows])
    where top < whole.row + whole.rows {
      guard top < bottom else { continue }
      var reached = whole.column
      let across = windows.filter { $0.row <= top && $0.row + $0.rows >= bottom }
      for window in across.sorted(by: { $0.column < $1.column }) where window.column <= reached {
        reached = max(reached, window.column + window.columns)
      }
      if reached < whole.column + whole.columns { return true }
    }
    return false
  }
}
