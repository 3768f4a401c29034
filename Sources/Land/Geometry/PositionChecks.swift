/// G01 and G08: ranges, swapped axes, altitudes and decimals.
extension GeometryChecker {
  /// What a walk over all positions gathers.
  private struct Tally {
    var count = 0
    var further = 0
    /// Positions in the expected country only when swapped.
    var onlySwapped = 0
    /// Positions at which no plot can lie as they stand: off the world, or in Antarctica.
    var nowhere = 0
    var outside: (problem: GeometryProblem, address: VertexAddress, position: GeoJSONPosition)?
    var swapped: (address: VertexAddress, position: GeoJSONPosition)?
    // Decimals
    var few = 0
    var fewest = Int.max
    var firstFew: VertexAddress?
    var computed = 0
    var mostComputed = 0
  }

  /// - Returns: the parts, their axes turned where nothing else can be meant.
  mutating func checkPositions(_ parts: GeometryParts, at place: String) -> GeometryParts {
    var tally = Tally()
    parts.forEachPosition { position, address in
      tally.count += 1
      if position.furtherNumbers > 0 { tally.further += 1 }
      countDecimals(position, address, &tally)
      return locate(position, address, &tally)
    }
    let all = tally.count
    let isTurned = all > 0 && tally.onlySwapped == all && tally.nowhere == all
    if isTurned {
      note(.axesTurned, at: place, ["count": String(all)])
    } else if let outside = tally.outside {
      // One place is enough: the rest is likely wrong in the same way.
      note(outside.problem, outside.position, parts, outside.address)
      return parts
    } else if tally.onlySwapped == all, let swapped = tally.swapped {
      note(.axesSwapped, swapped.position, parts, swapped.address)
    }
    if tally.further > 0 {
      note(.furtherNumbersDropped, at: place, ["count": String(tally.further)])
    }
    noteDecimals(tally, parts, at: place)
    return isTurned ? parts.turned : parts
  }

  private mutating func note(
    _ problem: GeometryProblem, _ position: GeoJSONPosition, _ parts: GeometryParts,
    _ address: VertexAddress
  ) {
    note(
      problem, at: parts.place(of: address),
      ["longitude": position.longitude.text, "latitude": position.latitude.text])
  }

  /// - Returns: false if the rest need not be looked at.
  private func locate(
    _ position: GeoJSONPosition, _ address: VertexAddress, _ tally: inout Tally
  ) -> Bool {
    let longitude = position.longitude.value
    let latitude = position.latitude.value
    guard longitude.isFinite, latitude.isFinite else {
      tally.outside = (.notFinite, address, position)
      return false
    }
    let isOnWorld = abs(longitude) <= 180 && abs(latitude) <= 90
    if !isOnWorld {
      guard abs(longitude) <= 90, abs(latitude) <= 180 else {
        tally.outside = (.outOfRange, address, position)
        return false
      }
      if tally.outside == nil { tally.outside = (.axesSwapped, address, position) }
    }
    if !isOnWorld || latitude < thresholds.southernmostLatitude { tally.nowhere += 1 }
    if let expected, !expected.contains(longitude: longitude, latitude: latitude),
      expected.contains(longitude: latitude, latitude: longitude)
    {
      tally.onlySwapped += 1
      if tally.swapped == nil { tally.swapped = (address, position) }
    }
    return true
  }

  // MARK: Decimals

  private func countDecimals(
    _ position: GeoJSONPosition, _ address: VertexAddress, _ tally: inout Tally
  ) {
    let longitude = position.longitude
    let latitude = position.latitude
    guard longitude.isReceived, latitude.isReceived else {
      // Binary numbers have lost their zeros: only all of them together tell.
      tally.computed += 1
      if tally.mostComputed < thresholds.decimals {
        tally.mostComputed = max(tally.mostComputed, longitude.decimals, latitude.decimals)
      }
      return
    }
    let decimals = min(longitude.decimals, latitude.decimals)
    if decimals < tally.fewest { (tally.fewest, tally.firstFew) = (decimals, address) }
    if decimals < thresholds.decimals { tally.few += 1 }
  }

  private mutating func noteDecimals(
    _ tally: Tally, _ parts: GeometryParts, at place: String
  ) {
    var (few, fewest) = (tally.few, tally.fewest)
    if tally.computed > 0, tally.mostComputed < thresholds.decimals {
      few += tally.computed
      fewest = min(fewest, tally.mostComputed)
    }
    guard few > 0 else { return }
    note(
      .fewDecimals, at: tally.firstFew.map { parts.place(of: $0) } ?? place,
      [
        "count": String(few), "total": String(tally.count), "decimals": String(fewest),
        "least": String(thresholds.decimals),
      ])
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

  static func percent(_ share: Double) -> String { text(share * 100, decimals: 1) }

  /// A position's figures, to 7 decimals (1 cm).
  static func place(_ position: Position) -> [String: String] {
    [
      "longitude": text(position.longitude, decimals: 7),
      "latitude": text(position.latitude, decimals: 7),
    ]
  }
}
