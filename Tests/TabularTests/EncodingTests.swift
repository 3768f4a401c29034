import Tabular
import Testing

@Suite struct EncodingTests {
  private let rows = [["código", "señor"], ["A", "Ñahui – €5 “œ”"]]

  @Test(arguments: TableWriter.Encoding.allCases)
  func `given each encoding then the letters are the same`(encoding: TableWriter.Encoding) throws {
    let bytes = TableWriter(encoding: encoding).bytes(rows)
    let read = try Table.read(bytes: bytes, name: "x.csv")
    #expect(read.header == rows[0])
    #expect(texts(read) == [rows[1]])
    #expect(read.encoding == (encoding == .windows1252 ? .windows1252 : .utf8))
  }

  @Test func `given every byte of code page 1252 then it is the character of Microsoft's table`()
    throws
  {
    let undefined: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
    // The published table's row 0x8x and 0x9x, in order, without the undefined five.
    let expected =
      "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".unicodeScalars + (0xA0...0xFF).compactMap(Unicode.Scalar.init)
    let defined = (UInt8(0x80)...0xFF).filter { !undefined.contains($0) }
    let bytes = Array("a,b\nx,".utf8) + defined
    let read = try Table.read(bytes: bytes, name: "x.csv")
    #expect(Array(read.rows[0][1].unicodeScalars) == Array(expected))
  }

  @Test(arguments: [0x81, 0x8D, 0x8F, 0x90, 0x9D] as [UInt8])
  func `given an undefined byte then the error names its offset`(byte: UInt8) throws {
    let error = try #require(refusal(Array("a,b\nñ".utf8) + [0xF1, byte]))
    #expect(error.code == .undefinedByte)
    #expect(error.place.offset == 7)
    #expect(error.place.line == 2)
  }

  @Test func `given a UTF-8 mark over other bytes then it is refused where UTF-8 ends`() throws {
    let error = try #require(refusal([0xEF, 0xBB, 0xBF] + Array("a,b\n1,".utf8) + [0xF1]))
    #expect(error.code == .invalidUTF8)
    #expect(error.place.offset == 9)
  }

  @Test(arguments: [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61]] as [[UInt8]])
  func `given UTF-16 then it is refused by that name`(bytes: [UInt8]) throws {
    let error = try #require(refusal(bytes))
    #expect(error.code == .utf16)
    #expect(error.text(.spanish).contains("UTF-16"))
  }

  @Test(
    arguments: [[0x50, 0x4B, 3, 4], [0xD0, 0xCF, 0x11, 0xE0], Array("%PDF-1.7".utf8)] as [[UInt8]])
  func `given a workbook or a PDF then the remedy says to save as CSV`(bytes: [UInt8]) throws {
    let error = try #require(refusal(bytes + [0, 1, 2]))
    #expect(error.code == .notText)
    #expect(error.remedy.en.contains("CSV UTF-8"))
  }

  @Test func `given a NUL byte in or out of quotes then its place is told`() throws {
    let plain = try #require(refusal("a,b\n1,\u{0}2\n"))
    #expect(plain.code == .nulByte)
    #expect(plain.place == .init(row: 2, line: 2, offset: 6))
    #expect(refusal("a,b\n\"1\u{0}\",2\n")?.code == .nulByte)
    #expect(refusal("a\u{0},\u{0}b")?.code == .nulByte)
  }

  @Test func `given a file written by two programs then a note says so`() throws {
    let bytes = Array("a,b\nPeña,".utf8) + [0xF1, 0x0A]
    let read = try Table.read(bytes: bytes, name: "x.csv")
    #expect(read.encoding == .windows1252)
    #expect(read.notes.map(\.code) == ["file.mixed-encodings"])
  }
}
