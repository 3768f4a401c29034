import Testing

@testable import Land

/// Files of others, good and bad, each judged as a table says.
@Suite struct FixtureTests {
  @Test(arguments: try Fixtures.files())
  func `given a fixture, when judged, then with exactly these findings`(name: String) throws {
    let expected = Fixtures.verdicts.first { $0.0 == name }?.1
    let box = name.contains("reversed") ? Fixtures.ghana : nil
    do {
      let document = try GeoJSONDocument.parse(SharedData.bytes("eudr/" + name))
      let codes = Fixtures.codes(Fixtures.findings(document, expected: box))
      guard case .judged(let wanted)? = expected else {
        Issue.record("read, with \(codes)")
        return
      }
      #expect(codes == wanted)
    } catch let error as GeoJSONError {
      guard case .unreadable(let code)? = expected else {
        throw error
      }
      #expect(error.code == code)
    }
  }

  @Test func `given the table, when compared with the folders, then it names each file once`()
    throws
  {
    #expect(Fixtures.verdicts.map(\.0).sorted() == (try Fixtures.files()))
  }
}
