import Testing

/// What the proxy understands of PostgreSQL's protocol.
@Suite struct RecogniserTests {
  private func message(_ type: Character, _ texts: String...) -> [UInt8] {
    var body: [UInt8] = []
    for text in texts { body += Array(text.utf8) + [0] }
    let length = UInt16(body.count + 4)
    let header: [UInt8] = [
      type.asciiValue ?? 0, 0, 0, UInt8(length >> 8), UInt8(truncatingIfNeeded: length),
    ]
    return header + body
  }

  private func sent(_ text: String) -> [UInt8] {
    message("P", "", text) + message("B", "", "") + message("D") + message("E", "")
  }

  private func marks(_ bytes: [UInt8]) -> [AppendRecogniser.Marks] {
    var reader = WireReader(opening: false)
    var recogniser = AppendRecogniser()
    var marks: [AppendRecogniser.Marks] = []
    // One byte at a time: messages come in any pieces.
    for byte in bytes {
      reader.feed([byte])
      while let message = reader.next() { marks.append(recogniser.see(message)) }
    }
    return marks
  }

  private let advance = "UPDATE raiz.ledgers SET size = CASE /* COPY follows */ WHEN …"
  private let small = "UPDATE raiz.ledgers SET size = CASE WHEN …"

  @Test func `given a block then the append ends with the synchronisation after COMMIT`() {
    let bytes =
      sent("BEGIN") + sent(advance) + sent("INSERT INTO raiz.events …") + sent("COMMIT")
      + message("S")
    let found = marks(bytes)
    #expect(found.count == 17)
    #expect(found[5] == .begins)
    #expect(found[16] == .ends)
    #expect(found.filter { $0 != [] }.count == 2)
  }

  @Test func `given a block over several trips then only the last ends it`() {
    let trips = ["BEGIN", advance, "COPY raiz.events FROM STDIN", "COMMIT", "SELECT 1"]
    let found = marks(trips.flatMap { sent($0) + message("S") })
    #expect(found.indices.filter { found[$0] == .begins } == [6])
    #expect(found.indices.filter { found[$0] == .ends } == [19])
  }

  @Test func `given a copy then it is known from a small append`() {
    var recogniser = AppendRecogniser()
    for (text, isCopy) in [("BEGIN", false), (advance, true), (small, false)] {
      var reader = WireReader(opening: false)
      reader.feed(sent(text) + message("S"))
      while let message = reader.next() { _ = recogniser.see(message) }
      #expect(recogniser.isCopy == isCopy)
    }
  }

  @Test func `given statements prepared long before then each run is an append`() {
    let parse = message("P", "append", small) + message("S")
    let run = message("B", "", "append") + message("E", "") + message("S")
    let found = marks(parse + run + run)
    #expect(found == [[], [], .begins, [], .ends, .begins, [], .ends])
  }

  @Test func `given a rollback then the append is abandoned`() {
    let found = marks(sent("BEGIN") + sent(advance) + message("S") + message("Q", "ROLLBACK"))
    #expect(found.last == .abandons)
    #expect(!found.contains(.ends))
  }

  @Test func `given the messages that open a connection then they have no type`() {
    var reader = WireReader(opening: true)
    let encryption: [UInt8] = [0, 0, 0, 8, 4, 210, 22, 47]
    let startup: [UInt8] = [0, 0, 0, 9, 0, 3, 0, 0, 0]
    reader.feed(encryption + startup + message("S"))
    let first = reader.next()
    #expect(first.map { WireReader.encryptionRequests.contains($0.number) } == true)
    #expect(reader.next() == WireMessage(type: nil, bytes: startup))
    #expect(reader.next()?.type == "S")
    #expect(reader.next() == nil)
  }
}
