/// Why there is no picture.
public enum PlotMapError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A point has no outline: give the disc of its declared area.
  case noOutline
  case wrongValueCount(dataset: String, expected: Int, found: Int)
  case widthOutOfRange(pixels: Int, range: ClosedRange<Int>)
  /// The drawing library failed, with its reason.
  case drawing(reason: String)

  /// A stable name.
  public var code: String {
    switch self {
    case .noOutline: "picture-no-outline"
    case .wrongValueCount: "picture-wrong-value-count"
    case .widthOutOfRange: "picture-width-out-of-range"
    case .drawing: "picture-drawing"
    }
  }

  public var description: String { "\(code): \(texts.en)" }

  /// What was wrong and what to do, in Spanish and English.
  public var texts: (es: String, en: String) {
    switch self {
    case .noOutline:
      (
        "La parcela es un punto: dé el círculo de su superficie declarada.",
        "The plot is a point: give the disc of its declared area."
      )
    case .wrongValueCount(let dataset, let expected, let found):
      (
        "La ventana del mapa «\(dataset)» necesita \(expected) celdas y tiene \(found).",
        "The window of the map “\(dataset)” needs \(expected) cells and has \(found)."
      )
    case .widthOutOfRange(let pixels, let range):
      (
        "El ancho debe ir de \(range.lowerBound) a \(range.upperBound) píxeles, y es \(pixels).",
        "The width must be \(range.lowerBound) to \(range.upperBound) pixels, and is \(pixels)."
      )
    case .drawing(let reason):
      (
        "No se pudo dibujar el mapa (\(reason)). Instale el tipo de letra DejaVu o pida SVG.",
        "The map could not be drawn (\(reason)). Install the DejaVu font, or ask for SVG."
      )
    }
  }
}
