/// The most a file may hold. What passes a limit is refused by name, before memory is spent on it.
public struct TableLimits: Sendable, Hashable {
  public static let defaultFileBytes = 256 * 1_024 * 1_024
  public static let defaultColumns = 256
  public static let defaultRowBytes = 1_024 * 1_024
  public static let defaultCellBytes = 64 * 1_024
  public static let defaultRows = 1_000_000

  /// Bytes in the whole file.
  public var fileBytes: Int
  /// Cells in any one row.
  public var columns: Int
  /// Bytes in one row, as written in the file, quotes and separators counted.
  public var rowBytes: Int
  /// Bytes in one cell, as written in the file, quotes counted.
  public var cellBytes: Int
  /// Rows below the heading, blank ones not counted.
  public var rows: Int

  public init(
    fileBytes: Int = defaultFileBytes, columns: Int = defaultColumns,
    rowBytes: Int = defaultRowBytes, cellBytes: Int = defaultCellBytes, rows: Int = defaultRows
  ) {
    self.fileBytes = fileBytes
    self.columns = columns
    self.rowBytes = rowBytes
    self.cellBytes = cellBytes
    self.rows = rows
  }
}

/// The byte between two cells.
public enum Separator: UInt8, Sendable, Hashable, CaseIterable {
  case comma = 0x2C
  case semicolon = 0x3B
  case tab = 0x09
}

/// How to read a table; everything has a default.
public struct TableOptions: Sendable, Hashable {
  public var limits: TableLimits
  /// Nil: found out from the file.
  public var separator: Separator?

  public init(limits: TableLimits = TableLimits(), separator: Separator? = nil) {
    self.limits = limits
    self.separator = separator
  }
}

/// The bytes that carry meaning in the format.
enum Byte {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
}
