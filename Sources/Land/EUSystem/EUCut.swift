extension EUGeometry {
  /// Most pieces a plot may fall into when its holes are opened.
  public static let mostPieces = 1_000

  /// One millionth of a degree: 11 cm along a meridian.
  static let grid = 1e-6

  /// No cut moves a position further than this, in metres: the diagonal of a grid cell.
  static let farthestMove = 0.16

  /// Brings a geometry into the EU system's form.
  ///
  /// Each coordinate is cut off after six decimals, towards zero, on its decimal text. The
  /// result is valid (GEOS), and its area differs from the plot's by no more than moving
  /// every side by a grid cell can do.
  public static func cut(_ geometry: PlotGeometry) throws(EUGeometryError) -> EUGeometry {
    switch geometry {
    case .point(let position):
      return EUGeometry(
        shape: .point(MicroPosition(cutting: position)), holesCut: 0, positionsDropped: 0,
        wasRepaired: false)
    case .multiPolygon(let polygons):
      do {
        var cutter = EUCutter(geos: try GEOSContext())
        let rings = try cutter.pieces(of: polygons)
        try checkArea(rings, of: geometry)
        return EUGeometry(
          shape: .polygons(rings), holesCut: cutter.holesCut,
          positionsDropped: cutter.positionsDropped, wasRepaired: cutter.wasRepaired)
      } catch let error as EUGeometryError {
        throw error
      } catch let error as GEOSError {
        throw .engine(reason: error.reason)
      } catch {
        throw .engine(reason: "\(error)")
      }
    }
  }

  private static func checkArea(
    _ rings: [[MicroPosition]], of geometry: PlotGeometry
  ) throws(EUGeometryError) {
    let before = geometry.areaSquareMetres
    let after = rings.reduce(0) { $0 + Geodesic.area(ofRing: $1.map(\.position)) }
    let allowed = geometry.perimeterMetres * farthestMove
    guard abs(after - before) <= allowed else {
      throw .areaChanged(before: before, after: after, allowed: allowed)
    }
  }
}

extension EUGeometry.MicroPosition {
  /// Cuts off what follows the sixth decimal.
  init(cutting position: Position) {
    self.init(
      longitude: Self.cut(position.longitude), latitude: Self.cut(position.latitude))
  }

  private static func cut(_ degrees: Double) -> Int64 {
    let millionths = degrees * 1e6
    let whole = millionths.rounded(.towardZero)
    // The decimal text is off the double, and the product off both, by under 10^-7: only near
    // a whole number can the digits say otherwise.
    let rest = abs(millionths - whole)
    if rest > 1e-6, rest < 1 - 1e-6 { return Int64(whole) }
    // Degrees have three digits before the point, so nine digits always fit.
    return DecimalText(degrees).truncatedInteger(decimals: 6) ?? 0
  }

  /// From a vertex that GEOS has put on the grid.
  init(onGrid position: Position) {
    self.init(
      longitude: Int64((position.longitude * 1e6).rounded()),
      latitude: Int64((position.latitude * 1e6).rounded()))
  }

  /// The doubles nearest to the six-decimal texts.
  var position: Position {
    Position(longitude: Double(longitude) / 1e6, latitude: Double(latitude) / 1e6)
  }
}

/// One geometry on its way into the EU system's form.
struct EUCutter {
  typealias Micro = EUGeometry.MicroPosition

  let geos: GEOSContext
  private(set) var holesCut = 0
  private(set) var positionsDropped = 0
  private(set) var wasRepaired = false

  init(geos: GEOSContext) { self.geos = geos }

  mutating func pieces(of polygons: [Polygon]) throws -> [[Micro]] {
    var cut: [Polygon] = []
    for polygon in polygons {
      guard let shell = truncated(polygon.shell) else { continue }
      cut.append(Polygon(shell: shell, holes: polygon.holes.compactMap { truncated($0) }))
    }
    guard !cut.isEmpty else { throw EUGeometryError.collapsed }
    let whole = try geos.shape(cut)
    if try geos.fault(in: whole) != nil {
      wasRepaired = true
      cut = try geos.repaired(whole, grid: EUGeometry.grid).polygons()
    }
    var rings: [[Micro]] = []
    for polygon in cut {
      for piece in try withoutHoles(polygon) {
        rings.append(try finished(piece))
        guard rings.count <= EUGeometry.mostPieces else {
          throw EUGeometryError.tooManyPieces(limit: EUGeometry.mostPieces)
        }
      }
    }
    guard !rings.isEmpty else { throw EUGeometryError.collapsed }
    return rings
  }

  /// The ring on the grid without repeats; nil if it no longer encloses anything.
  private mutating func truncated(_ ring: [Position]) -> [Position]? {
    let all = ring.map { Micro(cutting: $0).position }
    let kept = PlanarRing.withoutRepeats(all)
    positionsDropped += all.count - kept.count
    guard kept.count >= 4, PlanarRing.signedArea(kept) != 0 else { return nil }
    return kept
  }

  // MARK: Holes

  /// Cuts a polygon through each hole until no piece has one.
  private mutating func withoutHoles(_ polygon: Polygon) throws -> [Polygon] {
    var open = [polygon]
    var done: [Polygon] = []
    while let next = open.popLast() {
      guard let hole = next.holes.first else {
        done.append(next)
        continue
      }
      guard let halves = halves(of: next, through: hole) else {
        // One grid step wide either way: under a hundredth of a square metre.
        open.append(Polygon(shell: next.shell, holes: Array(next.holes.dropFirst())))
        continue
      }
      holesCut += 1
      let shape = try geos.shape(next)
      for half in [halves.1, halves.0] {
        let piece = try geos.intersection(shape, geos.box(half), grid: EUGeometry.grid)
        open += try piece.polygons().reversed()
      }
      guard open.count + done.count <= EUGeometry.mostPieces else {
        throw EUGeometryError.tooManyPieces(limit: EUGeometry.mostPieces)
      }
    }
    return done
  }

  /// Two boxes that share a side through the middle of the hole, on the grid; nil for a hole
  /// too small to have a middle.
  private func halves(
    of polygon: Polygon, through hole: [Position]
  ) -> (GeographicBox, GeographicBox)? {
    let outer = GeographicBox(around: polygon.shell)
    let inner = GeographicBox(around: hole)
    let low = Micro(onGrid: Position(longitude: inner.west, latitude: inner.south))
    let high = Micro(onGrid: Position(longitude: inner.east, latitude: inner.north))
    let width = high.longitude - low.longitude
    let height = high.latitude - low.latitude
    guard max(width, height) >= 2 else { return nil }
    if width >= height {
      let middle = Double(low.longitude + width / 2) / 1e6
      return (
        GeographicBox(
          west: outer.west, south: outer.south, east: middle, north: outer.north),
        GeographicBox(
          west: middle, south: outer.south, east: outer.east, north: outer.north)
      )
    }
    let middle = Double(low.latitude + height / 2) / 1e6
    return (
      GeographicBox(west: outer.west, south: outer.south, east: outer.east, north: middle),
      GeographicBox(west: outer.west, south: middle, east: outer.east, north: outer.north)
    )
  }

  // MARK: The last look

  /// The ring in millionths, counter-clockwise, judged once more as it will be read.
  private func finished(_ piece: Polygon) throws -> [Micro] {
    var ring = piece.shell.map { Micro(onGrid: $0) }
    if PlanarRing.signedArea(ring.map(\.position)) < 0 { ring.reverse() }
    let asRead = Polygon(shell: ring.map(\.position))
    if let fault = try geos.fault(in: geos.shape(asRead)) {
      throw EUGeometryError.notValid(
        reason: fault.reason, longitude: fault.place.longitude, latitude: fault.place.latitude)
    }
    return ring
  }
}
