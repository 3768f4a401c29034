public import ValueTypes

/// A map of classes open for one thread: its values by window, its blocks decoded once while they
/// stay in a small cache.
///
/// Not `Sendable`: GDAL's handles belong to one thread or actor; open a ``RasterSource`` again
/// for another.
@safe
public final class RasterDataset {
  /// Most cells that one read may return (4 bytes each).
  public static let mostWindowCells = 1 << 24
  public static let usualCacheBytes = 1 << 25

  public let source: RasterSource
  public var path: String { source.path }
  public var grid: RasterGrid { source.grid }
  /// The value that means "nothing known here"; nil if every value means something.
  public var noData: Int? { source.noData }
  /// Cells of a stored block; reading along them decodes each once.
  public var blockColumns: Int { source.layout.blockColumns }
  public var blockRows: Int { source.layout.blockRows }

  let blocks: BlockCache
  /// For ``Coverage``. One thread has it, and what it calls does not come back to it, so that the
  /// check at run time would say nothing.
  @exclusivity(unchecked) var desk: CoverageDesk
  private var gathered = RawMemory()
  /// The last window lay there.
  private var around = Place()

  init(_ source: RasterSource, cacheBytes: Int) {
    self.source = source
    self.blocks = BlockCache(source.layout, bytes: cacheBytes)
    unsafe self.desk = CoverageDesk(source.grid, type: source.layout.type)
  }

  /// Opens a GeoTIFF, or a VRT of such, in EPSG:4326, north up, with whole-number values.
  ///
  /// - Parameters:
  ///   - band: counted from 1.
  ///   - noData: the value that means "nothing known here", where the file does not say so;
  ///     nil takes the file's own.
  public static func open(
    _ path: String, band: Int = 1, noData: Int? = nil
  ) throws(RasterError) -> RasterDataset {
    try RasterSource(path: path, band: band, noData: noData).open()
  }

  /// SHA-256 of all that is read, as files are on disk now; see ``RasterSource/digest()``.
  public func sha256() throws(RasterError) -> SHA256Digest { try source.digest() }

  /// The values of a window, row by row from the north-west.
  public func read(_ window: RasterWindow) throws(RasterError) -> [Int32] {
    guard window.intersection(grid.window) == window else { throw .windowOutside(window) }
    let cells = window.columns * window.rows
    guard cells <= Self.mostWindowCells else {
      throw .windowTooLarge(cells: cells, limit: Self.mostWindowCells)
    }
    let rows = try self.cells(window)
    return unsafe [Int32](unsafeUninitializedCapacity: cells) { values, count in
      for row in 0..<window.rows {
        unsafe rows.copyRow(row, window.columns, source.layout.type, to: values)
      }
      count = cells
    }
  }

  // MARK: Cells in place

  /// The cells of a window inside the raster, good until the next call.
  func cells(_ window: RasterWindow) throws(RasterError) -> CellRows {
    if !around.window.contains(window) {
      guard let found = try alone(around: window) else { return try gather(window) }
      around = found
    }
    let place = around
    let column = window.column + place.columns
    let row = window.row + place.rows
    let across = column / place.blockColumns
    let down = row / place.blockRows
    let (left, top) = (across * place.blockColumns, down * place.blockRows)
    guard column + window.columns <= left + place.blockColumns,
      row + window.rows <= top + place.blockRows
    else { return try gather(window) }
    let block =
      if let block = unsafe blocks.last(place.member, down * place.blocksAcross + across) {
        unsafe block
      } else {
        unsafe try blocks.block(
          place.member, try blocks.file(place.member), column: across, row: down)
      }
    let offset = (row - top) * place.blockColumns + column - left
    return unsafe CellRows(
      start: UnsafeRawPointer(block + offset * source.layout.type.bytes),
      stride: place.blockColumns)
  }

  /// A part of the raster that one member alone shows, and where it is in that file.
  private struct Place {
    var member = 0
    var window = RasterWindow(column: 0, row: 0, columns: 0, rows: 0)
    /// From the raster's cells to the file's.
    var columns = 0
    var rows = 0
    var blockColumns = 1
    var blockRows = 1
    var blocksAcross = 1
  }

  private func alone(around window: RasterWindow) throws(RasterError) -> Place? {
    let members = source.layout.members
    let index = members.indices.first {
      members[$0].isAlone && members[$0].window.contains(window)
    }
    guard let index else { return nil }
    let member = members[index]
    let file = try blocks.file(index)
    return Place(
      member: index, window: member.window, columns: member.fromColumn - member.window.column,
      rows: member.fromRow - member.window.row, blockColumns: file.blockColumns,
      blockRows: file.blockRows, blocksAcross: file.blocksAcross)
  }

  /// Lays the pieces of blocks and members together.
  private func gather(_ window: RasterWindow) throws(RasterError) -> CellRows {
    let layout = source.layout
    let bytes = layout.type.bytes
    gathered.reserve(window.columns * window.rows * bytes)
    let target = unsafe CellTarget(window: window, type: layout.type, memory: gathered.start)
    if layout.isMosaic, let noData = layout.noData { target.fill(noData) }
    for (index, member) in layout.members.enumerated() {
      guard let part = member.window.intersection(window) else { continue }
      let file = try blocks.file(index)
      let column = part.column - member.window.column + member.fromColumn
      let row = part.row - member.window.row + member.fromRow
      for down in row / file.blockRows...(row + part.rows - 1) / file.blockRows {
        for across in column / file.blockColumns...(column + part.columns - 1) / file.blockColumns {
          let block = unsafe try blocks.block(index, file, column: across, row: down)
          // The block's window in cells of the raster.
          let place = RasterWindow(
            column: across * file.blockColumns - member.fromColumn + member.window.column,
            row: down * file.blockRows - member.fromRow + member.window.row,
            columns: file.blockColumns, rows: file.blockRows)
          guard let piece = place.intersection(part) else { continue }
          unsafe target.copy(
            piece, from: UnsafeRawPointer(block), at: place, transparent: member.transparent)
        }
      }
    }
    return unsafe CellRows(start: UnsafeRawPointer(gathered.start), stride: window.columns)
  }
}
