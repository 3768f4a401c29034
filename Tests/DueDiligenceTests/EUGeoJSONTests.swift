import DueDiligence
import Foundation
import Land
import Testing
import Traceability

struct EUGeoJSONTests {
  private func plot(
    _ code: String, _ geometry: PlotGeometry, hectares: Double? = nil, country: String = "PE",
    name: String? = nil, place: String? = "Uchiza"
  ) throws -> EUPlot {
    EUPlot(
      code: try PlotCode(code), producerName: name, country: country, place: place,
      geometry: geometry, areaHectares: hectares ?? geometry.areaSquareMetres / 10_000)
  }

  private func features(_ bytes: [UInt8]) throws -> [[String: Any]] {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(Set(object.keys) == ["type", "features"])
    #expect(object["type"] as? String == "FeatureCollection")
    return try #require(object["features"] as? [[String: Any]])
  }

  private func kind(_ value: Any?) -> String {
    switch value {
    case is String: "text"
    case is NSNumber: "number"
    case is [Any]: "array"
    case is [String: Any]: "object"
    default: "none"
    }
  }

  @Test(arguments: [
    "official_typeI_single_producer.geojson", "official_typeII_multiple_producers.geojson",
  ])
  func `given the official sample then ours has its members and their kinds`(_ name: String)
    throws
  {
    let sample = try features(try SharedData.bytes("eudr/geojson-samples/" + name))
    let ours = try features(
      try EUGeoJSON.build(plots: [try plot("P-1", try Scenario.square(-76.5, -8.2))]))
    let own = try #require(ours.first)
    for theirs in sample {
      #expect(Set(own.keys) == Set(theirs.keys))
      for key in theirs.keys { #expect(kind(own[key]) == kind(theirs[key]), "\(key)") }
      let properties = try #require(theirs["properties"] as? [String: Any])
      let mine = try #require(own["properties"] as? [String: Any])
      #expect(Set(mine.keys) == Set(properties.keys))
      for key in properties.keys { #expect(kind(mine[key]) == kind(properties[key]), "\(key)") }
      let geometry = try #require(theirs["geometry"] as? [String: Any])
      let shape = try #require(own["geometry"] as? [String: Any])
      #expect(Set(shape.keys) == Set(geometry.keys))
      #expect(shape["type"] as? String == geometry["type"] as? String)
    }
  }

  @Test(arguments: [
    "official_typeI_single_producer.geojson", "official_typeII_multiple_producers.geojson",
  ])
  func `given the official sample's land then it passes through unchanged`(_ name: String) throws {
    let bytes = try SharedData.bytes("eudr/geojson-samples/" + name)
    let sample = try GeoJSONDocument.parse(bytes)
    let plots = try sample.features.map { feature in
      try plot(
        "P-\(feature.index)", try #require(PlotGeometry.make(from: feature.geometry).geometry),
        hectares: try #require(feature.properties["Area"]?.number?.value),
        country: try #require(feature.properties["ProducerCountry"]?.string),
        place: feature.properties["ProductionPlace"]?.string)
    }
    let built = try GeoJSONDocument.parse(try EUGeoJSON.build(plots: plots))
    #expect(built.features.count == sample.features.count)
    for (mine, theirs) in zip(built.features, sample.features) {
      #expect(mine.properties["Area"]?.number?.value == theirs.properties["Area"]?.number?.value)
      #expect(mine.properties["ProductionPlace"] == theirs.properties["ProductionPlace"])
      #expect(
        PlotGeometry.make(from: mine.geometry).geometry
          == PlotGeometry.make(from: theirs.geometry).geometry)
    }
  }

  @Test func `given many decimals then they are cut, not rounded`() throws {
    let point = PlotGeometry.point(
      Position(longitude: -76.5123459999, latitude: -8.0000009999))
    let text = String(
      decoding: try EUGeoJSON.build(plots: [try plot("P", point, hectares: 1.5)]),
      as: UTF8.self)
    #expect(
      text == """
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":\
        {"ProducerCountry":"PE","ProductionPlace":"Uchiza","Area":1.5},"geometry":\
        {"type":"Point","coordinates":[-76.512345,-8.000000]}}]}
        """)
  }

  @Test func `given a plot with a hole then no feature has one and the land is the same`() throws {
    func ring(_ offset: Double, _ side: Double) -> [Position] {
      [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map {
        Position(
          longitude: -76.5 + offset + $0.0 * side, latitude: -8.2 + offset + $0.1 * side)
      }
    }
    let made = PlotGeometry.make(polygons: [[ring(0, 0.003), ring(0.001, 0.001).reversed()]])
    let geometry = try #require(made.geometry)
    let document = try GeoJSONDocument.parse(
      try EUGeoJSON.build(plots: [try plot("P", geometry)]))
    #expect(document.features.count >= 2)
    var area = 0.0
    var stated = 0.0
    for feature in document.features {
      guard case .polygon(let rings) = feature.geometry else {
        Issue.record("no polygon")
        return
      }
      #expect(rings.count == 1)
      for position in rings[0] {
        #expect(position.longitude.decimals == 6)
        #expect(position.latitude.decimals == 6)
      }
      area += try #require(PlotGeometry.make(from: feature.geometry).geometry).areaSquareMetres
      stated += try #require(feature.properties["Area"]?.number?.value)
    }
    #expect(abs(area - geometry.areaSquareMetres) < geometry.areaSquareMetres * 0.001)
    #expect(abs(stated * 10_000 - area) < 2)
  }

  @Test func `given plots in any order then the bytes are the same, by plot code`() throws {
    let plots = try (1...5).map { number in
      try plot(
        "P-\(number)", try Scenario.square(-76.5 - Double(number) * 0.01, -8.2),
        name: "Ñahui \"\(number)\"\n")
    }
    let bytes = try EUGeoJSON.build(plots: plots)
    #expect(try EUGeoJSON.build(plots: plots.reversed()) == bytes)
    let document = try GeoJSONDocument.parse(bytes)
    #expect(
      document.features.map { $0.properties["ProducerName"]?.string }
        == (1...5).map { "Ñahui \"\($0)\"\n" })
  }

  @Test func `given what the EU system rejects then the plot is named before it does`() throws {
    let point = PlotGeometry.point(Position(longitude: -76.5, latitude: -8.2))
    let square = try Scenario.square(-76.5, -8.2)
    let code = try PlotCode("P")
    #expect(throws: EUGeoJSONError.noPlots) { try EUGeoJSON.build(plots: []) }
    for hectares in [4.0001, 0, 0.00004, -1, .nan, .infinity] {
      #expect(throws: EUGeoJSONError.self) {
        try EUGeoJSON.build(plots: [try plot("P", point, hectares: hectares)])
      }
    }
    #expect(throws: EUGeoJSONError.area(code, hectares: "nan")) {
      try EUGeoJSON.build(plots: [try plot("P", square, hectares: .nan)])
    }
    for country in ["pe", "PER", ""] {
      #expect(throws: EUGeoJSONError.country(code, country)) {
        try EUGeoJSON.build(plots: [try plot("P", square, country: country)])
      }
    }
    #expect(throws: EUGeoJSONError.plotTwice(code)) {
      try EUGeoJSON.build(plots: [try plot("P", square), try plot("P", square)])
    }
    let long = String(repeating: "ñ", count: 501)
    #expect(throws: EUGeoJSONError.textTooLong(code, property: "ProductionPlace", limit: 500)) {
      try EUGeoJSON.build(plots: [try plot("P", square, place: long)])
    }
    // Nine centimetres wide: both long sides fall on one meridian.
    let corners = [(1, 0), (9, 0), (9, 1), (1, 1), (1, 0)].map {
      Position(longitude: -76.5 - Double($0.0) * 1e-7, latitude: -8.2 + Double($0.1) * 0.001)
    }
    let speck = try #require(PlotGeometry.make(polygons: [[corners]]).geometry)
    #expect(throws: EUGeoJSONError.geometry(code, .collapsed)) {
      try EUGeoJSON.build(plots: [try plot("P", speck, hectares: 0.1)])
    }
  }

  @Test func `given more than the EU system takes then the limit is named`() throws {
    let point = PlotGeometry.point(Position(longitude: -76.5, latitude: -8.2))
    let place = String(repeating: "x", count: 500)
    let plots = try (0..<42_000).map { try plot("P-\($0)", point, hectares: 1, place: place) }
    do {
      _ = try EUGeoJSON.build(plots: plots)
      Issue.record("a file above the limit")
    } catch {
      guard case .tooLarge(_, let limit) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(limit == 25_000_000)
    }
  }
}
