import Land

/// Countries that grow cocoa, oil palm or coffee, as boxes of degrees: enough to see swapped axes
/// and a plot in the sea, not to place a plot in a country near a border.
enum CountryBoxes {
  /// ISO 3166-1 alpha-2 and west, south, east, north, rounded outwards to a tenth of a degree.
  private static let boxes: [(code: String, box: GeographicBox)] = [
    box("AO", 11.6, -18.1, 24.1, -4.3), box("BJ", 0.7, 6.2, 3.9, 12.5),
    box("BO", -69.7, -22.9, -57.4, -9.6), box("BR", -74.0, -33.8, -28.8, 5.3),
    box("CD", 12.2, -13.5, 31.4, 5.4), box("CF", 14.4, 2.2, 27.5, 11.1),
    box("CG", 11.1, -5.1, 18.7, 3.8), box("CI", -8.7, 4.3, -2.4, 10.8),
    box("CM", 8.4, 1.6, 16.2, 13.1), box("CO", -79.1, -4.3, -66.8, 13.4),
    box("CR", -86.0, 8.0, -82.5, 11.3), box("CU", -85.0, 19.8, -74.1, 23.3),
    box("DO", -72.1, 17.5, -68.3, 20.0), box("EC", -81.1, -5.1, -75.1, 1.5),
    box("ET", 32.9, 3.4, 48.0, 14.9), box("GA", 8.6, -4.0, 14.6, 2.4),
    box("GH", -3.3, 4.7, 1.3, 11.2), box("GN", -15.1, 7.1, -7.6, 12.7),
    box("GQ", 8.4, 0.9, 11.4, 3.8), box("GT", -92.3, 13.7, -88.2, 17.9),
    box("HN", -89.4, 12.9, -83.1, 16.6), box("HT", -74.5, 18.0, -71.6, 20.1),
    box("ID", 95.0, -11.1, 141.1, 6.0), box("IN", 68.1, 6.7, 97.5, 35.6),
    box("JM", -78.4, 17.7, -76.1, 18.6), box("KE", 33.9, -4.8, 42.0, 5.1),
    box("KH", 102.3, 10.3, 107.7, 14.7), box("LA", 100.0, 13.9, 107.7, 22.6),
    box("LK", 79.6, 5.9, 81.9, 9.9), box("LR", -11.5, 4.3, -7.3, 8.6),
    box("MG", 43.2, -25.7, 50.5, -11.9), box("MM", 92.1, 9.6, 101.2, 28.6),
    box("MX", -117.2, 14.5, -86.7, 32.8), box("MY", 99.6, 0.8, 119.3, 7.4),
    box("NG", 2.6, 4.2, 14.7, 13.9), box("NI", -87.7, 10.7, -82.7, 15.1),
    box("PA", -83.1, 7.1, -77.1, 9.7), box("PE", -81.4, -18.4, -68.6, 0.0),
    box("PG", 140.8, -11.7, 156.0, -0.8), box("PH", 116.9, 4.5, 126.7, 21.2),
    box("PY", -62.7, -27.7, -54.2, -19.2), box("RW", 28.8, -2.9, 30.9, -1.0),
    box("SB", 155.4, -12.4, 170.3, -6.5), box("SL", -13.4, 6.8, -10.2, 10.1),
    box("ST", 6.4, 0.0, 7.5, 1.8), box("SV", -90.2, 13.1, -87.6, 14.5),
    box("TG", -0.2, 6.0, 1.9, 11.2), box("TH", 97.3, 5.6, 105.7, 20.5),
    box("TL", 124.0, -9.6, 127.4, -8.1), box("TT", -62.0, 10.0, -60.4, 11.4),
    box("TZ", 29.3, -11.8, 40.5, -0.9), box("UG", 29.5, -1.5, 35.1, 4.3),
    box("VE", -73.4, 0.6, -59.7, 12.3), box("VN", 102.1, 8.3, 109.5, 23.4),
  ]

  private static func box(
    _ code: String, _ west: Double, _ south: Double, _ east: Double, _ north: Double
  ) -> (code: String, box: GeographicBox) {
    (code, GeographicBox(west: west, south: south, east: east, north: north))
  }

  static func box(of country: String) -> GeographicBox? {
    boxes.first { $0.code == country }?.box
  }

  static func countries(longitude: Double, latitude: Double) -> [String] {
    boxes.filter { $0.box.contains(longitude: longitude, latitude: latitude) }.map(\.code)
  }
}
