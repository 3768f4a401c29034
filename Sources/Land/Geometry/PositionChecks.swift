/// G01 and G08: ranges, swapped axes, altitudes and decimals.
extension GeometryChecker {
  mutating func checkPositions(_ positions: [PlacedPosition], at place: String) {
    var further = 0
    var few = 0
    var fewest = Int.max
    var outside: PlacedPosition?
    var onlySwapped = expected != nil && !positions.isEmpty
    for placed in positions {
      let longitude = placed.position.longitude
      let latitude = placed.position.latitude
      if let problem = Self.rangeProblem(longitude.value, latitude.value) {
        // One place is enough: the rest of the ring is likely wrong in the same way.
        note(problem, at: placed.place, ["longitude": longitude.text, "latitude": latitude.text])
        return
      }
      if let expected {
        let inside = expected.contains(longitude: longitude.value, latitude: latitude.value)
        let swapped = expected.contains(longitude: latitude.value, latitude: longitude.value)
        if !inside { outside = outside ?? placed }
        onlySwapped = onlySwapped && !inside && swapped
      }
      if placed.position.furtherNumbers > 0 { further += 1 }
      let decimals = min(longitude.decimals, latitude.decimals)
      fewest = min(fewest, decimals)
      if decimals < thresholds.decimals { few += 1 }
    }
    if onlySwapped, let outside {
      note(
        .axesSwapped, at: outside.place,
        [
          "longitude": outside.position.longitude.text, "latitude": outside.position.latitude.text,
        ])
    }
    if further > 0 { note(.furtherNumbersDropped, at: place, ["count": String(further)]) }
    if few > 0 {
      note(
        .fewDecimals, at: place,
        ["count": String(few), "total": String(positions.count), "decimals": String(fewest)])
    }
  }

  private static func rangeProblem(_ longitude: Double, _ latitude: Double) -> GeometryProblem? {
    guard longitude.isFinite, latitude.isFinite else { return .notFinite }
    if abs(longitude) <= 180 && abs(latitude) <= 90 { return nil }
    return abs(longitude) <= 90 && abs(latitude) <= 180 ? .axesSwapped : .outOfRange
  }
}

/// Figures in messages, without a locale.
enum Figure {
  static func text(_ value: Double, decimals: Int) -> String {
    guard value.isFinite,
      let units = DecimalText(value).roundedInteger(decimals: decimals)
    else { return value.description }
    return DecimalText.fixed(units, decimals: decimals)
  }

  /// A position's figures, to 7 decimals (1 cm).
  static func place(_ position: Position) -> [String: String] {
    [
      "longitude": text(position.longitude, decimals: 7),
      "latitude": text(position.latitude, decimals: 7),
    ]
  }
}
