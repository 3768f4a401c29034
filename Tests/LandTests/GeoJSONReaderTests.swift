import Testing

@testable import Land

@Suite struct GeoJSONReaderTests {
  func failure(_ text: String, limits: GeoJSONLimits = GeoJSONLimits()) -> GeoJSONError? {
    do throws(GeoJSONError) {
      _ = try GeoJSONDocument.parse(Array(text.utf8), limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test func `given a position, when read, then its text and decimals are kept`() throws {
    let text = #"{"type":"Point","coordinates":[-76.512300,-8.1e0]}"#
    let document = try GeoJSONDocument.parse(Array(text.utf8))
    guard case .point(let position)? = document.features[0].geometry else {
      Issue.record("no point")
      return
    }
    #expect(position.longitude.text == "-76.512300")
    #expect(position.longitude.decimals == 6)
    #expect(position.longitude.value == -76.5123)
    #expect(position.latitude.decimals == 1)
  }

  @Test func `given a fault deep inside, when read, then the error names feature and path`() {
    let ok =
      #"{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[1,2]}}"#
    let bad =
      #"{"properties":{},"geometry":{"coordinates":[[[0,0],[1,0],[1,"1"],[0,0]]],"type":"Polygon"}"#
      + #","type":"Feature"}"#
    let found = failure(#"{"type":"FeatureCollection","features":[\#(ok),\#(bad)]}"#)
    #expect(found?.code == .badCoordinates)
    #expect(found?.featureIndex == 1)
    #expect(found?.place == "features[1].geometry.coordinates[0][2][1]")
    #expect(found?.message(in: .spanish).contains("Polygon") == true)
  }

  @Test(arguments: [
    ("", GeoJSONError.Code.endsTooEarly),
    ("{", .endsTooEarly),
    (#"{"type":"Point","coordinates":[1,"#, .endsTooEarly),
    (#"{"type":"Point","coordinates":[1,2]"#, .endsTooEarly),
    (#"{"type":"Point","coordinates":[1,2]} x"#, .notJSON),
    (#"{"type":"Point","coordinates":[1,2,]}"#, .notJSON),
    (#"{"type":"Point","coordinates":[01,2]}"#, .notJSON),
    (#"{"type":"Point","coordinates":[NaN,2]}"#, .notJSON),
    (#"{"type":"Point","coordinates":[+1,2]}"#, .notJSON),
    (#"{"type":"Point","coordinates":[1.,2]}"#, .notJSON),
    (#"{"type":"Point","coordinates":[1e999,2]}"#, .numberOutOfRange),
    (#"{"type":"Point","type":"Point","coordinates":[1,2]}"#, .duplicateMember),
    (#"{"type":"Point","coordinates":[1]}"#, .badCoordinates),
    (#"{"type":"Point","coordinates":[]}"#, .badCoordinates),
    (#"{"type":"Point","coordinates":null}"#, .badCoordinates),
    (#"{"type":"Point"}"#, .memberMissing),
    (#"{"coordinates":[1,2]}"#, .memberMissing),
    (#"[1,2]"#, .wrongKind),
    (#""Point""#, .wrongKind),
    (#"{"type":"Feature","geometry":null}"#, .memberMissing),
    (#"{"type":"Feature","properties":{},"geometry":null,"coordinates":[]}"#, .misplacedMember),
    (#"{"type":"FeatureCollection","features":[1]}"#, .wrongKind),
    (
      #"{"type":"FeatureCollection","features":[{"type":"Point","coordinates":[1,2]}]}"#,
      .unknownType
    ),
    (#"{"type":"Point","coordinates":[1,2],"crs":null}"#, .crsNotSupported),
    (
      #"{"type":"Point","coordinates":[1,2],"#
        + #""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32718"}}}"#,
      .crsNotSupported
    ),
    ("{\"type\":\"Point\",\"coordinates\":[1,2],\"a\":\"\u{1}\"}", .notJSON),
    (#"{"type":"Point","coordinates":[1,2],"a":"\ud800"}"#, .notJSON),
    (#"{"type":"Point","coordinates":[1,2],"a":"\x"}"#, .notJSON),
  ])
  func `given faulty text, when read, then the code says how`(
    text: String, code: GeoJSONError.Code
  ) {
    let found = failure(text)
    #expect(found?.code == code)
    #expect(found?.remedy(in: .spanish).isEmpty == false)
  }

  @Test func `given bytes that are not UTF-8, when read, then their offset is told`() {
    var bytes = Array(#"{"type":"Point","coordinates":[1,2],"a":"x"}"#.utf8)
    let place = bytes.count - 3
    bytes[place] = 0xC3
    #expect(throws: GeoJSONError.self) { try GeoJSONDocument.parse(bytes) }
    #expect(UTF8Check.firstFault(in: bytes) == place)
    #expect(UTF8Check.firstFault(in: [0xED, 0xA0, 0x80]) == 0)
    #expect(UTF8Check.firstFault(in: [0x41, 0xC0, 0x80]) == 1)
    #expect(UTF8Check.firstFault(in: Array("Tocache, ñandú 🌳".utf8)) == nil)
  }

  @Test func `given escapes and foreign members, when read, then they come through`() throws {
    let text =
      "\u{FEFF}"
      + #"{"type":"Feature","id":7,"note":[{"a":"]}\""}],"properties":{"n":"\u00f1 \ud83c\udf33","#
      + #""Area":"3","b":[true,false,null,{}]},"geometry":{"type":"Point","coordinates":[1,2,3],"#
      + #""extra":"\\"}}"#
    let feature = try GeoJSONDocument.parse(Array(text.utf8)).features[0]
    #expect(feature.id == .number(JSONNumber(value: 7, text: "7")))
    #expect(feature.properties["n"] == .string("ñ 🌳"))
    #expect(feature.properties["Area"]?.number == nil)
    #expect(feature.properties["b"] == .array([.bool(true), .bool(false), .null, .object([:])]))
    #expect(feature.geometryPlace == "geometry")
  }

  @Test func `given more than a limit, when read, then the error names the limit`() {
    var limits = GeoJSONLimits()
    limits.bytes = 10
    #expect(failure("           ", limits: limits)?.code == .tooManyBytes)
    #expect(
      failure(String(repeating: "[", count: 100_000))?.code == .tooDeep)
    #expect(
      failure(String(repeating: #"{"a":"#, count: 100_000))?.code == .tooDeep)
    limits = GeoJSONLimits()
    limits.positionsPerGeometry = 3
    let line = #"{"type":"LineString","coordinates":[[1,2],[1,2],[1,2],[1,2]]}"#
    #expect(failure(line, limits: limits)?.figures["limit"] == "3")
    limits = GeoJSONLimits()
    limits.positionsPerFile = 3
    #expect(failure(line, limits: limits)?.figures["scope"] == "file")
    limits.features = 1
    let feature = #"{"type":"Feature","properties":null,"geometry":null}"#
    let two = #"{"type":"FeatureCollection","features":[\#(feature),\#(feature)]}"#
    #expect(failure(two, limits: limits)?.code == .tooManyFeatures)
    let digits = String(repeating: "9", count: 65)
    #expect(
      failure(#"{"type":"Point","coordinates":[\#(digits),2]}"#)?.code == .numberTooLong)
  }
}
