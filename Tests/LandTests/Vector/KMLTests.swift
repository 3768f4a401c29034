import Foundation
import Testing

@testable import Land

/// KML, which can link, nest and expand.
@Suite struct KMLTests {
  private static let ring =
    "-76.5,-8.2,400 -76.49,-8.2,400 -76.49,-8.191234,400 -76.5,-8.191234,400 -76.5,-8.2,400"

  private func placemark(_ name: String, _ ring: String = Self.ring) -> String {
    "<Placemark id=\"ID_1\"><name>\(name)</name><ExtendedData><Data name=\"productor\">"
      + "<value>S-1</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing>"
      + "<coordinates>\(ring)</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
  }

  private func read(_ body: String, head: String = "") throws -> VectorPlots {
    let folder = try TemporaryFolder()
    let path = folder.path("parcelas.kml")
    let text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\(head)"
      + "<kml xmlns=\"http://www.opengis.net/kml/2.2\">\(body)</kml>"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try VectorPlots.read(path)
  }

  private func code(_ body: String, head: String = "") -> VectorError.Code? {
    do {
      _ = try read(body, head: head)
      return nil
    } catch {
      return (error as? VectorError)?.code
    }
  }

  @Test func `given folders in folders when read then every place is there`() throws {
    let plots = try read(
      "<Document><Folder><name>A</name>\(placemark("P 1"))<Folder><name>B</name>"
        + "\(placemark("P 2"))</Folder></Folder><Folder><name>C</name>\(placemark("P 3"))"
        + "</Folder></Document>")
    #expect(plots.features.map(\.id?.string) == ["P 1", "P 2", "P 3"])
    #expect(plots.features.map(\.index) == [0, 1, 2])
    #expect(plots.features.allSatisfy { $0.properties["productor"]?.string == "S-1" })
    #expect(plots.features.allSatisfy { $0.properties["id"] == nil })
    let findings = PlotGeometry.make(from: plots.features[0].geometry).findings
    #expect(findings.map(\.problem).contains(.furtherNumbersDropped))
  }

  @Test func `given an open ring when read then it is still open`() throws {
    let open = "-76.5,-8.2 -76.49,-8.2 -76.49,-8.191234 -76.5,-8.191234"
    let plots = try read("<Document>\(placemark("P", open))</Document>")
    let findings = PlotGeometry.make(from: plots.features[0].geometry).findings
    #expect(findings.map(\.problem).contains(.ringNotClosed), "\(findings)")
  }

  @Test func `given what reaches out or expands when read then it is refused`() throws {
    let link = "<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>"
    #expect(code("<Document>\(placemark("P"))\(link)</Document>") == .kmlLink)
    let head = "<!DOCTYPE kml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
    #expect(code("<Document>\(placemark("&x;"))</Document>", head: head) == .kmlDoctype)
    let deep = String(repeating: "<Folder>", count: 100_000)
    #expect(code(deep) == .kmlTooDeep)
    #expect(code("<Document><Placemark>") == .kmlNotXML)
    #expect(code("<Document></Folder></Document>") == .kmlNotXML)
    #expect(code("<Document><!-- <Placemark></Document>") == .kmlNotXML)
  }

  @Test func `given comments and CDATA then only real places count`() throws {
    let plots = try read(
      "<Document><!-- <Placemark> --><description><![CDATA[<Placemark>]]></description>"
        + "\(placemark("P"))</Document>")
    #expect(plots.features.count == 1)
  }

  @Test func `given the cut-off fixture when read then it is no XML`() throws {
    let path = SharedData.path("eudr/geojson-fixtures-vancebw/invalid__malformed.kml")
    let error = #expect(throws: VectorError.self) { try VectorPlots.read(path) }
    #expect(error?.code == .kmlNotXML)
  }

  @Test func `given a KML as a layer then positions are found in it`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("zona.kml")
    try Data("<kml><Document>\(placemark("Z"))</Document></kml>".utf8)
      .write(to: URL(fileURLWithPath: path))
    let layer = try VectorLayer(path: path)
    #expect(layer.attributes(of: 1)["Name"] == "Z")
    #expect(try layer.containing(Position(longitude: -76.495, latitude: -8.195)) == [1])
  }
}
