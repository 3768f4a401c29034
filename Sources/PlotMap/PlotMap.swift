/// A plot's map as a picture.
///
/// Both forms come from one list of marks (``Scene``). The SVG is written here, so its bytes are
/// the same with any version of any library; its text is text, so screen readers and searches
/// find it. The PNG is drawn by cairo.
public enum PlotMap {
  /// Pixels across that a PNG may have.
  public static let widths = 200...4_000
  /// Enough for print at 90 mm and 300 dots an inch.
  public static let usualWidth = 1_056

  /// A standalone SVG 1.1 document in UTF-8; it needs no style sheet and runs no script.
  public static func svg(_ content: PlotMapContent) throws(PlotMapError) -> [UInt8] {
    SVGWriter.document(try SceneBuilder(content).scene())
  }

  /// - Parameter width: pixels across; the height follows.
  public static func png(
    _ content: PlotMapContent, width: Int = usualWidth
  ) throws(PlotMapError) -> [UInt8] {
    guard widths.contains(width) else {
      throw .widthOutOfRange(pixels: width, range: widths)
    }
    return try PixelPainter.png(try SceneBuilder(content).scene(), width: width)
  }
}
