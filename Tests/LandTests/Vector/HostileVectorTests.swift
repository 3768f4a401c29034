import CGeo
import Foundation
import Testing

@testable import Land

/// Files that lie, burst or reach out.
@Suite struct HostileVectorTests {
  private func code(_ name: String, _ bytes: [UInt8]) throws -> VectorError.Code? {
    let folder = try TemporaryFolder()
    let path = folder.path(name)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return code(path)
  }

  private func code(_ path: String) -> VectorError.Code? {
    do {
      _ = try VectorPlots.read(path)
      return nil
    } catch {
      #expect(!error.message(in: .spanish).contains("{"), "\(error.message(in: .spanish))")
      #expect(!error.remedy(in: .english).isEmpty && !"\(error)".contains("{"))
      return error.code
    }
  }

  @Test func `given addresses and folders when read then none is opened`() throws {
    let folder = try TemporaryFolder()
    for path in [
      "/vsicurl/http://127.0.0.1:9/x.geojson", "/vsizip/x.zip", "http://127.0.0.1:9/x.kml",
      "/vsistdin/", folder.path("nothing.gpkg"), folder.path(""), "PG:host=localhost", "",
    ] {
      #expect(code(path) == .notLocalFile, "\(path)")
    }
  }

  @Test func `given lying endings when read then they are named`() throws {
    let kml = Array("<kml><Document/></kml>".utf8)
    #expect(try code("a.gpkg", kml) == .endingLies)
    #expect(try code("a.kml", ZipWriter.zip([])) == .endingLies)
    #expect(try code("a.zip", Array("{}".utf8)) == .endingLies)
    #expect(try code("a.gpkg", [0, 1, 2]) == .endingLies)
    #expect(try code("a.bin", [0, 1, 2]) == .unknownFormat)
    #expect(try code("a.gpkg", Array("SQLite format 3\0garbage".utf8)) == .cannotOpen)
    #expect(try code("a.shp", [0, 0, 0x27, 0x0A]) == .bareShapefile)
    #expect(try code("a.kml", []) == .endingLies)
  }

  // MARK: KMZ

  @Test func `given a KMZ when read then its one document is, and any other KMZ is refused`() throws
  {
    let ring = "-76.5,-8.2 -76.49,-8.2 -76.492,-8.191234 -76.5,-8.2"
    let kml =
      "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><name>P 1</name>"
      + "<Polygon><outerBoundaryIs><LinearRing><coordinates>\(ring)</coordinates></LinearRing>"
      + "</outerBoundaryIs></Polygon></Placemark></Document></kml>"
    let document = ZipWriter.Entry(name: "doc.kml", bytes: Array(kml.utf8))
    let picture = ZipWriter.Entry(name: "files/icon.png", bytes: [1, 2, 3])
    let note = ZipWriter.Entry(name: "__MACOSX/._doc.kml", bytes: [9])
    let folder = try TemporaryFolder()
    let path = folder.path("a.kmz")
    try Data(ZipWriter.zip([document, picture, note])).write(to: URL(fileURLWithPath: path))
    let plots = try VectorPlots.read(path)
    #expect(plots.format == .kmz && plots.features.count == 1 && plots.refused.isEmpty)
    #expect(plots.features[0].properties.values.contains(.string("P 1")))
    #expect(try VectorLayer(path: path).featureCount == 1)

    let second = ZipWriter.Entry(name: "b/more.KML", bytes: Array(kml.utf8))
    #expect(try code("a.kmz", ZipWriter.zip([document, second])) == .kmzSeveralDocuments)
    #expect(try code("a.kmz", ZipWriter.zip([picture])) == .kmzNoDocument)
    #expect(try code("a.zip", ZipWriter.zip([document])) == .zipNoShapefile)
    #expect(try code("a.kmz", Array(kml.utf8)) == .endingLies)
    let link = ZipWriter.Entry(
      name: "doc.kml", bytes: Array("<kml><NetworkLink/></kml>".utf8))
    #expect(try code("a.kmz", ZipWriter.zip([link])) == .kmlLink)
    let broken = ZipWriter.Entry(name: "doc.kml", bytes: Array("<kml><Document>".utf8))
    #expect(try code("a.kmz", ZipWriter.zip([broken])) == .kmlNotXML)
  }

  // MARK: Zip

  private static let deflatedZeros = Data(
    base64Encoded:
      "7cExAQAAAMKg9U9tDQ+gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      + "AAAAAAAAgFcD")

  @Test func `given hostile zips when read then each is refused by name`() throws {
    let shape = ZipWriter.Entry(name: "a.shp", bytes: [1, 2, 3])
    for name in ["../a.shp", "x/../../a.shp", "/etc/a.shp", "..\\a.shp", "C:a.shp", "a\n.shp"] {
      let entry = ZipWriter.Entry(name: name, bytes: [1])
      #expect(try code("a.zip", ZipWriter.zip([entry])) == .zipUnsafeName, "\(name)")
    }
    #expect(try code("a.zip", ZipWriter.zip([])) == .zipNoShapefile)
    #expect(try code("a.zip", ZipWriter.zip([shape])) == .zipPartMissing)
    #expect(
      try code("a.zip", ZipWriter.zip([shape, ZipWriter.Entry(name: "b/c.SHP", bytes: [1])]))
        == .zipSeveralShapefiles)
    let many = (0..<101).map { ZipWriter.Entry(name: "\($0).txt", bytes: []) }
    #expect(try code("a.zip", ZipWriter.zip(many)) == .zipTooManyEntries)
    #expect(try code("a.zip", Array(ZipWriter.zip([shape]).dropLast(8))) == .zipDamaged)

    var bad = shape
    bad.checksum = 7
    #expect(try code("a.zip", ZipWriter.zip([bad])) == .zipDamaged)
    bad = shape
    bad.flags = 1
    #expect(try code("a.zip", ZipWriter.zip([bad])) == .zipNotSupported)
    bad = shape
    bad.method = 14
    #expect(try code("a.zip", ZipWriter.zip([bad])) == .zipNotSupported)
  }

  @Test func `given bombs when unpacked then no more than promised comes out`() throws {
    let zeros = [UInt8](try #require(Self.deflatedZeros))
    let truth = ZipWriter.checksum([UInt8](repeating: 0, count: 100_000))
    func entry(_ says: Int) -> ZipWriter.Entry {
      ZipWriter.Entry(
        name: "a.shp", bytes: zeros, method: 8, unpackedBytes: says, checksum: truth)
    }
    let limits = VectorLimits.plots
    let honest = try ZipArchive(ZipWriter.zip([entry(100_000)]), limits: limits)
    #expect(try honest.contents(of: honest.entries[0]).count == 100_000)
    for says in [1, 99_999, 100_001, 4_000_000] {
      let lying = try ZipArchive(ZipWriter.zip([entry(says)]), limits: limits)
      let error = #expect(throws: VectorError.self) { try lying.contents(of: lying.entries[0]) }
      #expect(error?.code == .zipDamaged, "\(says)")
    }
    // Each within the limit, together beyond it.
    let half = limits.unpackedBytes / 2 + 1
    #expect(try code("a.zip", ZipWriter.zip([entry(half), entry(half)])) == .zipTooLarge)
  }

  @Test func `given a shapefile without a part when read then the part is named`() throws {
    for ending in ["prj", "dbf", "shx"] {
      let folder = try TemporaryFolder()
      let parts = try VectorWriter.parts(VectorPlotsTests.rows, in: folder)
      let path = folder.path("p.zip")
      try Data(ZipWriter.zip(parts.filter { !$0.name.hasSuffix(ending) }))
        .write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: VectorError.self) { try VectorPlots.read(path) }
      #expect(error?.code == .zipPartMissing && error?.place == "parcelas.\(ending)")
    }
  }

  @Test func `given broken shapefiles when read then nothing crashes`() throws {
    let folder = try TemporaryFolder()
    let parts = try VectorWriter.parts(VectorPlotsTests.rows, in: folder)
    var random = FixedRandom(state: 3)
    var refused = 0
    for round in 0..<25 {
      var broken = parts
      for _ in 0..<3 {
        let part = Int.random(in: 0..<broken.count, using: &random)
        guard !broken[part].bytes.isEmpty else { continue }
        let place = Int.random(in: 0..<broken[part].bytes.count, using: &random)
        broken[part].bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      if round.isMultiple(of: 3) {
        broken[0].bytes.removeLast(broken[0].bytes.count / 2)
      }
      let path = folder.path("broken.zip")
      try Data(ZipWriter.zip(broken)).write(to: URL(fileURLWithPath: path))
      if code(path) != nil { refused += 1 }
    }
    #expect(refused > 5)
  }
}
