import CGeo

/// Reads a VRT that lays GeoTIFFs beside each other, and refuses any other.
///
/// GDAL would read a VRT through its block cache, under a lock, by blocks of 128 cells that fit
/// no tile; so the members are read themselves.
struct MosaicLayout {
  private typealias Element = MosaicText.Element

  let path: String

  static func read(
    _ path: String, band: Int, noData: Int?
  ) throws(RasterError) -> RasterLayout {
    let root = try MosaicText.root(path)
    return try MosaicLayout(path: path).layout(root, band: band, noData: noData)
  }

  private func layout(
    _ root: Element, band number: Int, noData given: Int?
  ) throws(RasterError) -> RasterLayout {
    try allow(
      root, ["SRS", "GeoTransform", "VRTRasterBand", "Metadata", "OverviewList"],
      ["rasterXSize", "rasterYSize"])
    let grid = try grid(root)
    let bands = root.all("VRTRasterBand")
    guard bands.indices.contains(number - 1) else {
      throw .bandMissing(path: path, band: number, bands: bands.count)
    }
    let band = bands[number - 1]
    try allow(
      band,
      [
        "NoDataValue", "ColorInterp", "ColorTable", "Description", "UnitType", "Metadata",
        "CategoryNames", "Histograms", "SimpleSource", "ComplexSource", "Overview",
      ], ["dataType", "band", "blockXSize", "blockYSize"])
    let typeName = band.attributes["dataType"] ?? "Byte"
    guard let type = CellType(gdalName: typeName) else {
      throw .valuesNotWhole(path: path, type: typeName)
    }
    let own = try band.first("NoDataValue").map { (element) throws(RasterError) in
      try wholeNumber(element)
    }
    let noData = given ?? own
    var placed: [MosaicMember] = []
    for source in band.elements where source.name.hasSuffix("Source") {
      placed.append(try MosaicMember(source, of: path, columns: grid.columns, rows: grid.rows))
    }
    guard let first = placed.first else {
      throw .mosaicMalformed(path: path, reason: "band \(number) has no member")
    }
    for member in placed {
      try member.check(
        grid: grid, type: type, noData: given == nil ? own : nil, isTold: given != nil)
    }
    if noData == nil, MosaicGaps.exist(in: grid.window, placed.map(\.window)) {
      throw .mosaicGap(path: path)
    }
    if noData == nil, placed.contains(where: { $0.transparent != nil }) {
      throw .mosaicGap(path: path)
    }
    let file = try first.file()
    return RasterLayout(
      grid: grid, type: type, noData: noData, members: MosaicGaps.members(placed),
      isMosaic: true, blockColumns: file.blockColumns, blockRows: file.blockRows)
  }

  private func allow(
    _ element: Element, _ elements: Set<String>, _ attributes: Set<String>
  ) throws(RasterError) {
    if let kind = element.attributes["subClass"] { throw .mosaicDerived(path: path, found: kind) }
    for name in element.elements.map(\.name) where !elements.contains(name) {
      throw .mosaicDerived(path: path, found: name)
    }
    for name in element.attributes.keys.sorted() where !attributes.contains(name) {
      throw .mosaicDerived(path: path, found: name)
    }
  }

  private func wholeNumber(_ element: Element) throws(RasterError) -> Int {
    guard let value = Double(element.text.filter { !$0.isWhitespace }),
      let whole = Int(exactly: value)
    else { throw .mosaicMalformed(path: path, reason: "\(element.name) \(element.text)") }
    return whole
  }

  private func grid(_ root: Element) throws(RasterError) -> RasterGrid {
    let most = RasterWriter.mostCellsAside * 8
    guard let columns = root.attributes["rasterXSize"].flatMap({ Int($0) }),
      let rows = root.attributes["rasterYSize"].flatMap({ Int($0) }),
      (1...most).contains(columns), (1...most).contains(rows)
    else { throw .mosaicMalformed(path: path, reason: "no size, or one above \(most)") }
    let reference = unsafe OSRNewSpatialReference(nil)
    defer { unsafe OSRDestroySpatialReference(reference) }
    let text = root.first("SRS")?.text ?? ""
    // A definition only: no name of a file, no address.
    let isRead = GDAL.quietly {
      if text.hasPrefix("EPSG:") {
        return unsafe OSRImportFromEPSG(reference, Int32(text.dropFirst(5)) ?? 0) == 0
      }
      return unsafe text.hasPrefix("GEO") && OSRSetFromUserInput(reference, text) == 0
    }
    unsafe try GDAL.checkWGS84(isRead ? reference : nil, path: path)
    let numbers = (root.first("GeoTransform")?.text ?? "").split(separator: ",").map {
      Double($0.filter { !$0.isWhitespace }) ?? .nan
    }
    return try RasterGrid(transform: numbers, columns: columns, rows: rows, path: path)
  }
}
