import Testing

@testable import Ledger

@Suite struct TileTests {
  @Test(arguments: [
    ("tile/0/x001/x234/067", TilePath.Kind.hashes(level: 0), Int64(1_234_067), 256),
    ("tile/0/000.p/12", .hashes(level: 0), 0, 12),
    ("tile/63/999", .hashes(level: 63), 999, 256),
    ("tile/entries/x001/000.p/255", .entries, 1_000, 255),
  ])
  func `a path reads and writes alike`(
    path: String, kind: TilePath.Kind, index: Int64, width: Int
  ) throws {
    let tile = try TilePath(path: path)
    #expect(tile == (try TilePath(kind: kind, index: index, width: width)))
    #expect(tile.path == path)
  }

  @Test(arguments: [
    "", "tile", "tile/0", "tile/0/", "tile/0/0", "tile/0/1000", "tile/0/x000/001", "tile/64/000",
    "tile/00/000", "tile/-1/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/07",
    "tile/0/000.p", "tile/entries/+01", "tile/0/001/x002", "tile/0/x9/223/372/036/854/775/807",
    "tile/data/000", "/tile/0/000", "tile/0/000/",
  ])
  func `what is no path is refused`(path: String) {
    #expect(throws: LedgerError.self) { try TilePath(path: path) }
  }

  @Test func `a bundle survives a round trip and a cut is refused`() throws {
    let entries: [[UInt8]] = [[], [1], Array(repeating: 7, count: 65_535)]
    let bundle = try EntryBundle.encode(entries)
    #expect(try EntryBundle.parse(bundle) == entries)
    #expect(throws: LedgerError.self) { try EntryBundle.parse(Array(bundle.dropLast())) }
    #expect(throws: LedgerError.self) { try EntryBundle.parse([0]) }
    #expect(throws: LedgerError.self) {
      try EntryBundle.encode([Array(repeating: 0, count: 65_536)])
    }
  }
}
