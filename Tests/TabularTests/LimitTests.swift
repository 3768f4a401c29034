import Glibc
import Tabular
import Testing

@Suite struct LimitTests {
  @Test func `given limits then the defaults are the documented ones`() {
    let limits = TableLimits()
    #expect(limits.fileBytes == 268_435_456)
    #expect(limits.columns == 256)
    #expect(limits.rowBytes == 1_048_576)
    #expect(limits.cellBytes == 65_536)
    #expect(limits.rows == 1_000_000)
  }

  @Test func `given a file at and over the byte limit then only the second is refused`() {
    #expect(refusal("a,b\n1,2", TableLimits(fileBytes: 7)) == nil)
    #expect(refusal("a,b\n1,2\n", TableLimits(fileBytes: 7))?.code == .fileTooLarge)
  }

  @Test func `given rows at and over the limit then only the second is refused`() throws {
    #expect(refusal("a\n1\n\n2\n", TableLimits(rows: 2)) == nil)
    let error = try #require(refusal("a\n1\n\n2\n3\n", TableLimits(rows: 2)))
    #expect(error.code == .tooManyRows)
    #expect(error.place.row == 5)
  }

  @Test func `given columns at and over the limit then only the second is refused`() throws {
    #expect(refusal(Array(repeating: UInt8(ascii: ","), count: 255) + Array("x".utf8)) == nil)
    let error = try #require(refusal("a,b\n" + String(repeating: ",", count: 256)))
    #expect(error.code == .tooManyColumns)
    #expect(error.place.row == 2)
  }

  @Test func `given a cell at and over the limit then only the second is refused`() {
    let limits = TableLimits(cellBytes: 5)
    #expect(refusal("a,b\n12345,2\n", limits) == nil)
    #expect(refusal("a,b\n123456,2\n", limits)?.code == .cellTooLong)
    #expect(refusal("a,b\n\"123\",2\n", limits) == nil)
    #expect(refusal("a,b\n\"1234\",2\n", limits)?.code == .cellTooLong)
    #expect(refusal("a,b\n\"\"\"\"\"\"\"\",2\n", limits)?.code == .cellTooLong)
    #expect(refusal("a,b\n1,12345", limits) == nil)
    #expect(refusal("a,b\n1,123456", limits)?.code == .cellTooLong)
  }

  @Test func `given a row at and over the limit then only the second is refused`() {
    let limits = TableLimits(rowBytes: 9)
    #expect(refusal("a,b,c\n123,456,7\n", limits) == nil)
    #expect(refusal("a,b,c\n123,456,78\n", limits)?.code == .rowTooLong)
    #expect(refusal("a,b,c\n123,456,\"7\"\n", limits)?.code == .rowTooLong)
    #expect(refusal("a,b,c\n123,45678,\n", limits)?.code == .rowTooLong)
  }

  @Test func `given a million columns then the 257th ends it`() throws {
    let error = try #require(refusal(Array(repeating: UInt8(ascii: ","), count: 1_000_000)))
    #expect(error.code == .tooManyColumns)
    #expect(error.place.offset == 256)
  }

  @Test func `given a line of 200 MB then a few kilobytes of it are looked at`() throws {
    let line = [UInt8](repeating: UInt8(ascii: "x"), count: 200 * 1_024 * 1_024)
    let before = Self.processorSeconds
    let error = refusal(line)
    let spent = Self.processorSeconds - before
    #expect(error?.code == .cellTooLong)
    #expect(error?.text(.english).contains("65536 bytes") == true)
    // All of it would take minutes.
    #expect(spent < 4)
  }

  /// What this thread has computed so far: others on the machine do not count.
  private static var processorSeconds: Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test func `given a quote left open in a large file then the line where it opened is told`()
    throws
  {
    let rows = String(repeating: "1,2\n", count: 30_000)
    let error = try #require(refusal("a,b\n1,2\n\"3,4\n" + rows))
    #expect(error.code == .cellTooLong)
    #expect(error.place.line == 3)
    #expect(error.remedy.es.contains("comilla"))
  }
}
