/// How a raster's cells are spread over files.
struct RasterLayout: Sendable, Hashable {
  let grid: RasterGrid
  let type: CellType
  let noData: Int?
  /// Later ones lie over earlier ones.
  let members: [RasterMember]
  /// Named in a VRT.
  let isMosaic: Bool
  /// Cells of the first member's blocks.
  let blockColumns: Int
  let blockRows: Int

  init(
    grid: RasterGrid, type: CellType, noData: Int?, members: [RasterMember], isMosaic: Bool,
    blockColumns: Int, blockRows: Int
  ) {
    self.grid = grid
    self.type = type
    self.noData = noData
    self.members = members
    self.isMosaic = isMosaic
    self.blockColumns = blockColumns
    self.blockRows = blockRows
  }

  /// One file that is the whole raster.
  init(file: BlockFile, noData: Int?) {
    self.init(
      grid: file.grid, type: file.type, noData: noData ?? file.noData,
      members: [
        RasterMember(
          path: file.path, band: file.bandNumber, window: file.grid.window, fromColumn: 0,
          fromRow: 0, transparent: nil, isAlone: true)
      ], isMosaic: false, blockColumns: file.blockColumns, blockRows: file.blockRows)
  }
}

/// A file's part in a raster.
struct RasterMember: Sendable, Hashable {
  let path: String
  let band: Int
  /// Where it lies in the raster.
  let window: RasterWindow
  /// The cell of the file that lies at the window's north-west.
  let fromColumn: Int
  let fromRow: Int
  /// Cells of this value show what lies beneath.
  let transparent: Int?
  /// No other member shares a cell with it, and it hides no value.
  let isAlone: Bool

  /// The part of the file that is shown.
  var fileWindow: RasterWindow {
    RasterWindow(
      column: fromColumn, row: fromRow, columns: window.columns, rows: window.rows)
  }
}

/// What a stored cell is.
enum CellType: Sendable, Hashable {
  case uint8, uint16, int16, int32

  var bytes: Int {
    switch self {
    case .uint8: 1
    case .uint16, .int16: 2
    case .int32: 4
    }
  }

  func holds(_ value: Int) -> Bool {
    switch self {
    case .uint8: UInt8(exactly: value) != nil
    case .uint16: UInt16(exactly: value) != nil
    case .int16: Int16(exactly: value) != nil
    case .int32: Int32(exactly: value) != nil
    }
  }
}
