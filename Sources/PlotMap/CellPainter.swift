import Land

/// Turns a layer's cells into rectangles in the frame's units.
struct CellPainter {
  let layer: MapLayer
  let frame: MapFrame
  /// Neighbouring cells of one style are drawn as one rectangle.
  private(set) var rectangles: [CellStyle: [[ScenePoint]]] = [:]
  /// Without data, or beyond the layer.
  private(set) var missing: [[ScenePoint]] = []

  /// Some of the frame is within the layer.
  private(set) var reaches = true

  /// Lengths below this are the rounding of the window's edge.
  private static let sliver = 0.01

  private enum Look: Hashable {
    case style(CellStyle)
    case missing
  }

  private struct Run {
    let end: Int
    let look: Look
    let top: Int
  }

  /// West edges of the columns and the last one's east edge; the same for rows.
  private var xs: [Double] = []
  private var ys: [Double] = []

  init(_ layer: MapLayer, on frame: MapFrame) {
    self.layer = layer
    self.frame = frame
    let grid = layer.grid
    xs = (0...grid.columns).map {
      min(MapFrame.width, max(0, frame.x(grid.west + Double($0) * grid.cellWidth)))
    }
    ys = (0...grid.rows).map {
      min(MapFrame.height, max(0, frame.y(grid.north - Double($0) * grid.cellHeight)))
    }
    paint()
    addOutside()
  }

  /// In the legend's order.
  var styles: [CellStyle] {
    rectangles.keys.sorted { ($0.order, $0.color.hex) < ($1.order, $1.color.hex) }
  }

  /// Row by row in runs; a run like the one above it makes that one longer.
  private mutating func paint() {
    let grid = layer.grid
    let columns = (0..<grid.columns).filter { xs[$0] < xs[$0 + 1] }
    guard let first = columns.first, let last = columns.last else { return }
    var looks: [Int32: Look?] = [:]
    var open: [Int: Run] = [:]
    for row in 0..<grid.rows where ys[row] < ys[row + 1] {
      var next: [Int: Run] = [:]
      var column = first
      while column <= last {
        let value = layer.values[row * grid.columns + column]
        var end = column + 1
        while end <= last, layer.values[row * grid.columns + end] == value { end += 1 }
        let look = looks[value] ?? look(of: value)
        looks[value] = look
        if let look {
          let above = open[column]
          let continues = above?.end == end && above?.look == look
          next[column] = Run(end: end, look: look, top: continues ? above?.top ?? row : row)
          if continues { open[column] = nil }
        }
        column = end
      }
      close(open, at: row)
      open = next
    }
    close(open, at: grid.rows)
  }

  private func look(of value: Int32) -> Look? {
    if let noData = layer.noData, Int(value) == noData { return .missing }
    return layer.meaning.style(of: Int(value)).map(Look.style)
  }

  private mutating func close(_ runs: [Int: Run], at row: Int) {
    for (column, run) in runs.sorted(by: { $0.key < $1.key }) {
      let ring = SceneBox(left: xs[column], top: ys[run.top], right: xs[run.end], bottom: ys[row])
        .ring
      switch run.look {
      case .style(let style): rectangles[style, default: []].append(ring)
      case .missing: missing.append(ring)
      }
    }
  }

  /// The frame without the layer: up to four rectangles.
  private mutating func addOutside() {
    let (width, height) = (MapFrame.width, MapFrame.height)
    var known = SceneBox(left: xs[0], top: ys[0], right: xs[xs.count - 1], bottom: ys[ys.count - 1])
    if known.right - known.left < Self.sliver || known.bottom - known.top < Self.sliver {
      reaches = false
      known = SceneBox(left: 0, top: 0, right: width, bottom: 0)
    }
    let boxes = [
      SceneBox(left: 0, top: 0, right: width, bottom: known.top),
      SceneBox(left: 0, top: known.top, right: known.left, bottom: known.bottom),
      SceneBox(left: known.right, top: known.top, right: width, bottom: known.bottom),
      SceneBox(left: 0, top: known.bottom, right: width, bottom: height),
    ]
    for box in boxes
    where box.right - box.left > Self.sliver && box.bottom - box.top > Self.sliver {
      missing.append(box.ring)
    }
  }
}
