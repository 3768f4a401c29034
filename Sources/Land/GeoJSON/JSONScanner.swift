/// Reads JSON text (RFC 8259) piece by piece and always knows the path it is at.
///
/// It never recurses deeper than the limit, and every byte it reads is bounds-checked, so
/// no input can crash it.
struct JSONScanner {
  /// Where a value starts, to come back to it once its meaning is known.
  struct Mark {
    fileprivate let offset: Int
    let path: JSONPath
  }

  private struct Frame {
    let isObject: Bool
    var count = 0
    var members: Set<String> = []
  }

  private let bytes: [UInt8]
  private(set) var offset: Int
  private(set) var path: JSONPath
  private var frames: [Frame] = []
  private let limits: GeoJSONLimits

  init(_ bytes: [UInt8], limits: GeoJSONLimits) {
    self.bytes = bytes
    // A byte order mark may be ignored (RFC 8259 section 8.1); Windows programs write one.
    self.offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    self.path = JSONPath()
    self.limits = limits
  }

  var mark: Mark { Mark(offset: offset, path: path) }

  /// Goes back to a mark; the depth is counted from there.
  mutating func rewind(to mark: Mark) {
    offset = mark.offset
    path = mark.path
    frames = []
  }

  func failure(
    _ code: GeoJSONError.Code, _ figures: [String: String] = [:]
  ) -> GeoJSONError {
    GeoJSONError(code, at: path, byte: offset, figures)
  }

  // MARK: Bytes

  /// The next byte that is not white space, not consumed; nil at the end.
  mutating func peek() -> UInt8? {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return bytes[offset]
      }
    }
    return nil
  }

  private func unexpected(_ expected: String) -> GeoJSONError {
    guard offset < bytes.count else { return failure(.endsTooEarly) }
    let byte = bytes[offset]
    let shown =
      (0x21...0x7E).contains(byte) ? "'\(Character(UnicodeScalar(byte)))'" : "byte \(byte)"
    return failure(.notJSON, ["expected": expected, "found": shown])
  }

  private mutating func expect(_ byte: UInt8) throws(GeoJSONError) {
    guard peek() == byte else { throw unexpected("'\(Character(UnicodeScalar(byte)))'") }
    offset += 1
  }

  /// Nothing but white space may follow.
  mutating func end() throws(GeoJSONError) {
    if peek() != nil { throw unexpected("the end of the file") }
  }

  // MARK: Containers

  mutating func openObject() throws(GeoJSONError) { try open(UInt8(ascii: "{"), isObject: true) }

  mutating func openArray() throws(GeoJSONError) { try open(UInt8(ascii: "["), isObject: false) }

  private mutating func open(_ byte: UInt8, isObject: Bool) throws(GeoJSONError) {
    try expect(byte)
    guard frames.count < limits.depth else {
      throw failure(.tooDeep, ["limit": String(limits.depth)])
    }
    frames.append(Frame(isObject: isObject))
    path.steps.append(.entry)
  }

  private mutating func close() {
    offset += 1
    frames.removeLast()
    path.steps.removeLast()
  }

  /// The next member's name, its value next to be read; nil once the object is closed.
  mutating func nextMember() throws(GeoJSONError) -> String? {
    let last = frames.count - 1
    if peek() == UInt8(ascii: "}") {
      close()
      return nil
    }
    if frames[last].count > 0 { try expect(UInt8(ascii: ",")) }
    guard peek() == UInt8(ascii: "\"") else { throw unexpected("a member's name") }
    let name = try string()
    path.steps[path.steps.count - 1] = .member(name)
    guard frames[last].members.insert(name).inserted else {
      throw failure(.duplicateMember, ["member": name])
    }
    frames[last].count += 1
    try expect(UInt8(ascii: ":"))
    return name
  }

  /// True if another element follows, next to be read; false once the array is closed.
  mutating func nextElement() throws(GeoJSONError) -> Bool {
    let last = frames.count - 1
    if peek() == UInt8(ascii: "]") {
      close()
      return false
    }
    if frames[last].count > 0 { try expect(UInt8(ascii: ",")) }
    path.steps[path.steps.count - 1] = .element(frames[last].count)
    // A closing bracket after the comma is caught when the value is read.
    frames[last].count += 1
    return true
  }

  /// Passes over a value that `check()` has read before; only brackets and quotes are looked at.
  mutating func skipChecked() {
    var depth = 0
    _ = peek()
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
      case UInt8(ascii: "\""): skipCheckedString()
      case UInt8(ascii: ",") where depth == 0: return
      default: break
      }
      offset += 1
    }
  }

  /// Leaves the offset at the closing quote.
  private mutating func skipCheckedString() {
    offset += 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
  }

  // MARK: Scalars

  mutating func literal(_ word: StaticString) throws(GeoJSONError) {
    for index in 0..<word.utf8CodeUnitCount {
      let wanted = unsafe word.utf8Start[index]
      guard offset < bytes.count, bytes[offset] == wanted else { throw unexpected("\(word)") }
      offset += 1
    }
  }

  /// A number by RFC 8259's grammar, finite as a double.
  mutating func number() throws(GeoJSONError) -> JSONNumber {
    _ = peek()
    let start = offset
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "0") {
      offset += 1
    } else {
      try digits()
    }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      try digits()
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if offset < bytes.count, [0x2B, 0x2D].contains(bytes[offset]) { offset += 1 }
      try digits()
    }
    guard offset - start <= limits.numberBytes else {
      throw failure(.numberTooLong, ["limit": String(limits.numberBytes)])
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw failure(.numberOutOfRange, ["text": text])
    }
    return JSONNumber(value: value, text: text)
  }

  private mutating func digits() throws(GeoJSONError) {
    let start = offset
    while offset < bytes.count, (0x30...0x39).contains(bytes[offset]) { offset += 1 }
    guard offset > start else { throw unexpected("a digit") }
  }

  mutating func string() throws(GeoJSONError) -> String {
    try expect(UInt8(ascii: "\""))
    var out: [UInt8] = []
    while offset < bytes.count {
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return String(decoding: out, as: UTF8.self)
      case UInt8(ascii: "\\"):
        offset += 1
        try escape(into: &out)
      case 0..<0x20: throw unexpected("no control character in a text")
      default:
        out.append(byte)
        offset += 1
      }
    }
    throw failure(.endsTooEarly)
  }

  private mutating func escape(into out: inout [UInt8]) throws(GeoJSONError) {
    guard offset < bytes.count else { throw failure(.endsTooEarly) }
    let byte = bytes[offset]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
      try unicodeEscape(into: &out)
      return
    default: throw unexpected("an escape")
    }
    offset += 1
  }

  /// `\uXXXX`, or two that make a surrogate pair; half a pair is no text and is refused.
  private mutating func unicodeEscape(into out: inout [UInt8]) throws(GeoJSONError) {
    var code = try hexUnit()
    if (0xD800...0xDBFF).contains(code) {
      guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\") else {
        throw unexpected("the second half of a surrogate pair")
      }
      offset += 1
      let low = try hexUnit()
      guard (0xDC00...0xDFFF).contains(low) else {
        throw unexpected("the second half of a surrogate pair")
      }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = UnicodeScalar(code) else { throw unexpected("a whole surrogate pair") }
    out += Array(String(Character(scalar)).utf8)
  }

  private mutating func hexUnit() throws(GeoJSONError) -> UInt32 {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "u") else {
      throw unexpected("'u'")
    }
    offset += 1
    guard offset + 4 <= bytes.count else { throw failure(.endsTooEarly) }
    let text = String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
    guard bytes[offset] != UInt8(ascii: "+"), let code = UInt32(text, radix: 16) else {
      throw unexpected("four hexadecimal digits")
    }
    offset += 4
    return code
  }
}
