import CGeo

/// Rows of stored cells in memory that another owns.
@safe
struct CellRows {
  let start: UnsafeRawPointer
  /// Cells from one row to the next.
  let stride: Int

  init(start: UnsafeRawPointer, stride: Int) {
    unsafe self.start = start
    self.stride = stride
  }

  /// Has the first cells of each row brought near, as far as that is worth it.
  @inline(__always)
  func prefetch(_ rows: Int, _ type: CellType) {
    let bytes = stride &* type.bytes
    for row in 0..<min(rows, 64) { unsafe raiz_prefetch(start + row &* bytes) }
  }

  /// Widens one row of cells to Int32.
  func copyRow(
    _ row: Int, _ columns: Int, _ type: CellType, to values: UnsafeMutableBufferPointer<Int32>
  ) {
    let target = row * columns
    let from = unsafe start + row * stride * type.bytes
    switch type {
    case .uint8: unsafe widen(from.assumingMemoryBound(to: UInt8.self), columns, values, target)
    case .uint16: unsafe widen(from.assumingMemoryBound(to: UInt16.self), columns, values, target)
    case .int16: unsafe widen(from.assumingMemoryBound(to: Int16.self), columns, values, target)
    case .int32: unsafe widen(from.assumingMemoryBound(to: Int32.self), columns, values, target)
    }
  }

  private func widen<Cell: FixedWidthInteger>(
    _ from: UnsafePointer<Cell>, _ count: Int, _ values: UnsafeMutableBufferPointer<Int32>,
    _ target: Int
  ) {
    for index in 0..<count {
      unsafe values.initializeElement(
        at: target + index, to: Int32(truncatingIfNeeded: from[index]))
    }
  }
}

/// A window that is laid together from blocks.
@safe
struct CellTarget {
  let window: RasterWindow
  let type: CellType
  private let memory: UnsafeMutableRawPointer

  init(window: RasterWindow, type: CellType, memory: UnsafeMutableRawPointer) {
    self.window = window
    self.type = type
    unsafe self.memory = memory
  }

  func fill(_ value: Int) {
    switch type {
    case .uint8: fill(UInt8(truncatingIfNeeded: value))
    case .uint16: fill(UInt16(truncatingIfNeeded: value))
    case .int16: fill(Int16(truncatingIfNeeded: value))
    case .int32: fill(Int32(truncatingIfNeeded: value))
    }
  }

  private func fill<Cell: FixedWidthInteger>(_ value: Cell) {
    _ = unsafe memory.initializeMemory(
      as: Cell.self, repeating: value, count: window.columns * window.rows)
  }

  /// Copies the cells of `piece`, which lies in the window and in the block that lies at `place`.
  func copy(
    _ piece: RasterWindow, from block: UnsafeRawPointer, at place: RasterWindow,
    transparent: Int?
  ) {
    for row in piece.row..<piece.row + piece.rows {
      let source =
        unsafe block + ((row - place.row) * place.columns + piece.column - place.column)
        * type.bytes
      let target =
        unsafe memory + ((row - window.row) * window.columns + piece.column - window.column)
        * type.bytes
      guard let transparent, type.holds(transparent) else {
        unsafe target.copyMemory(from: source, byteCount: piece.columns * type.bytes)
        continue
      }
      switch type {
      case .uint8: unsafe lay(UInt8(transparent), source, target, piece.columns)
      case .uint16: unsafe lay(UInt16(transparent), source, target, piece.columns)
      case .int16: unsafe lay(Int16(transparent), source, target, piece.columns)
      case .int32: unsafe lay(Int32(transparent), source, target, piece.columns)
      }
    }
  }

  private func lay<Cell: FixedWidthInteger>(
    _ transparent: Cell, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer,
    _ count: Int
  ) {
    let from = unsafe source.assumingMemoryBound(to: Cell.self)
    let to = unsafe target.assumingMemoryBound(to: Cell.self)
    for index in 0..<count where unsafe from[index] != transparent {
      unsafe to[index] = unsafe from[index]
    }
  }
}

/// Memory that grows and is used again; what it held is lost when it grows.
@safe
struct RawMemory: ~Copyable {
  private(set) var start: UnsafeMutableRawPointer
  private(set) var bytes: Int

  /// - Parameter bytes: at first, all zero.
  init(bytes: Int = 64) {
    unsafe start = Self.take(bytes)
    self.bytes = bytes
  }

  /// For what is written before it is read.
  init(uninitializedBytes bytes: Int) {
    unsafe start = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    self.bytes = bytes
  }

  deinit { unsafe start.deallocate() }

  /// Makes room for so many bytes; new room is zero.
  mutating func reserve(_ wanted: Int) {
    guard wanted > bytes else { return }
    unsafe start.deallocate()
    bytes = max(wanted, bytes * 2)
    unsafe start = Self.take(bytes)
  }

  private static func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    return unsafe memory
  }
}
