import ProvenanceGraph
import Testing

@Suite struct CodeTableTests {
  @Test func `given many codes of two kinds then each has one number and its text`() throws {
    var table = CodeTable(seed: 7)
    let texts = (0..<1_000).map { "ÑAÑA-\($0 % 7)/\($0)" } + ["", "a", "A"]
    for kind in [UInt8(0), 1] {
      for (index, text) in texts.enumerated() {
        let bytes = Array(text.utf8)
        let added = try table.number(adding: bytes.span, kind: kind)
        #expect(added == (UInt32(Int(kind) * texts.count + index), true))
        #expect(try table.number(adding: bytes.span, kind: kind) == (added.number, false))
      }
    }
    for (index, text) in texts.enumerated() {
      #expect(table.number(of: text, kind: 0) == UInt32(index))
      #expect(table.text(UInt32(texts.count + index)) == text)
    }
    #expect(table.number(of: "none", kind: 0) == nil)
    #expect(table.number(of: "a", kind: 2) == nil)
    #expect(table.precedes(0, 1) == (texts[0] < texts[1]))
    #expect(table.bytes < 100_000)
  }
}
