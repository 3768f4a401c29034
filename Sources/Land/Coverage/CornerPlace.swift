import CGeo

/// Where a plot's corners lie in memory: never read by this, only brought near.
struct CornerPlace {
  /// Of the list of polygons, and of the first shell.
  private var (list, shell): (UInt, UInt) = (0, 0)

  /// As many as 60 corners fill.
  static let usualLines = 16
  private static let lineBytes: UInt = 64

  init(_ plot: PlotGeometry) {
    guard case .multiPolygon(let polygons) = plot, let first = polygons.first else { return }
    (list, shell) = (Self.address(of: polygons), Self.address(of: first.shell))
  }

  /// Has the list and so many lines of the shell brought near.
  @inline(__always)
  func prefetch(lines: Int) {
    Self.prefetch(list)
    for line in 0..<UInt(lines) { Self.prefetch(shell &+ line &* Self.lineBytes) }
  }

  /// Has what tells where the corners are brought near, without looking into it.
  @inline(__always)
  static func prefetchList(of plot: PlotGeometry) {
    if case .multiPolygon(let polygons) = plot { prefetch(address(of: polygons)) }
  }

  @inline(__always)
  private static func prefetch(_ address: UInt) {
    unsafe raiz_prefetch(UnsafeRawPointer(bitPattern: address))
  }

  /// An array is the address of what it holds.
  @inline(__always)
  private static func address<Element>(of list: [Element]) -> UInt {
    unsafe unsafeBitCast(list, to: UInt.self)
  }
}
