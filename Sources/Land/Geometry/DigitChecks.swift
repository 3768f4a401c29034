/// G02, G03 and G08: what the digits tell, and what is left when the EU system cuts them off.
extension GeometryChecker {
  // MARK: Lattice

  /// Corners on a lattice were traced from cells of a map, or their last decimals are made up.
  mutating func checkLattice(_ polygons: [SourcePolygon], at place: String) {
    if findings.contains(where: { $0.problem == .fewDecimals }) { return }
    let positions = polygons.flatMap { $0.rings.flatMap(\.positions) }
    guard let east = latticeStep(positions.map(\.longitude)),
      let north = latticeStep(positions.map(\.latitude))
    else { return }
    let scale = MetreScale(at: positions[0])
    note(
      .lattice, at: place,
      [
        "east": Figure.text(east, decimals: 7), "north": Figure.text(north, decimals: 7),
        "metres": Figure.text(max(east * scale.east, north * scale.north), decimals: 1),
      ])
  }

  /// The step of which all differences of the values are multiples; nil if there is none, or
  /// too few values to tell.
  private func latticeStep(_ values: [Double]) -> Double? {
    var distinct: [Double] = []
    // Two millionths apart and less: the same line of the lattice, rounded twice.
    for value in values.sorted() where value - (distinct.last ?? -.infinity) > 2e-9 {
      distinct.append(value)
    }
    guard distinct.count >= thresholds.latticeValues, let first = distinct.first else { return nil }
    let gaps = zip(distinct.dropFirst(), distinct).map { $0 - $1 }
    let least = gaps.min() ?? 0
    guard least > thresholds.latticeDegrees * 0.999 else { return nil }
    for part in [1.0, 2] where least / part > thresholds.latticeDegrees * 0.999 {
      // Each value's number on the lattice, then the step again from the whole extent.
      let numbers = gaps.reduce(into: [0.0]) {
        $0.append($0[$0.count - 1] + ($1 * part / least).rounded())
      }
      let step = (distinct[distinct.count - 1] - first) / numbers[numbers.count - 1]
      let slack = min(Self.roundedDegrees, step / 10)
      let fits = zip(distinct, numbers).allSatisfy { abs($0 - first - $1 * step) <= slack }
      if fits { return step }
    }
    return nil
  }

  /// What two values rounded to six decimals may be off together.
  private static let roundedDegrees = 1.1e-6

  // MARK: At six decimals

  /// The EU system cuts coordinates off after the sixth decimal and judges what is left.
  mutating func checkWhenCut(_ polygons: [SourcePolygon], at place: String) {
    do {
      let geos = try GEOSContext()
      for source in polygons { try checkWhenCut(source, geos) }
    } catch {
      note(.notChecked, at: place, ["reason": error.reason])
    }
  }

  private mutating func checkWhenCut(
    _ source: SourcePolygon, _ geos: GEOSContext
  ) throws(GEOSError) {
    let cut = source.rings.map { ring in
      SourceRing(
        positions: ring.positions.map { EUGeometry.MicroPosition(cutting: $0).position },
        vertices: ring.vertices)
    }
    let isSame = zip(cut, source.rings).allSatisfy { $0.positions == $1.positions }
    if isSame { return }
    var kept = SourcePolygon(part: source.part, place: source.place, rings: [])
    var dropped = 0
    var firstDropped: GeometrySpot?
    for (number, ring) in cut.enumerated() {
      let rest = ring.withoutRepeats
      dropped += ring.positions.count - rest.positions.count
      if firstDropped == nil, let index = Self.firstRepeat(ring.positions) {
        firstDropped = source.spot(ring: number, index: index)
      }
      kept.rings.append(rest)
    }
    if let spot = firstDropped {
      var figures = Figure.place(Position(longitude: spot.longitude, latitude: spot.latitude))
      figures["count"] = String(dropped)
      note(.duplicateWhenCut, in: source, at: spot, figures)
    }
    if let collapsed = kept.rings.firstIndex(where: { $0.positions.count < 4 }) {
      let spot = source.spot(ring: collapsed, index: 0)
      let place = Position(longitude: spot.longitude, latitude: spot.latitude)
      note(.crossesWhenCut, in: source, at: spot, Figure.place(place))
    } else if let fault = try geos.fault(in: geos.shape(kept.polygon)) {
      note(
        .crossesWhenCut, in: source, at: kept.spot(nearest: fault.place), Figure.place(fault.place))
    }
  }

  private static func firstRepeat(_ positions: [Position]) -> Int? {
    positions.indices.dropFirst().first { positions[$0] == positions[$0 - 1] }
  }
}
