/// JSON of the long answers, written as bytes: a general encoder takes longer for ten thousand
/// plots than tracing them does.
struct JSONBytes: Sendable {
  private var room: [UInt8]
  private var count = 0

  init(capacity: Int) { room = [UInt8](repeating: 0, count: capacity) }

  /// What was written.
  consuming func finished() -> [UInt8] {
    room.removeLast(room.count - count)
    return room
  }

  /// Writes at most so many bytes.
  @inline(__always)
  mutating func write(atMost most: Int, _ body: (inout JSONPen) -> Void) {
    if room.count - count < most { grow(most) }
    let start = count
    count += unsafe room.withUnsafeMutableBytes { bytes in
      // The pen is gone when the bytes are.
      var pen = unsafe JSONPen(room: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
      body(&pen)
      return pen.count
    }
  }

  private mutating func grow(_ more: Int) {
    room += [UInt8](repeating: 0, count: max(more, room.count))
  }

  /// Text of the program, as it is.
  mutating func raw(_ text: StaticString) {
    write(atMost: text.utf8CodeUnitCount) { $0.raw(text) }
  }

  mutating func number(_ value: Int64) { write(atMost: JSONPen.digits) { $0.number(value) } }

  /// A string with its quotes.
  mutating func text(_ value: String) {
    let bytes = Array(value.utf8)
    write(atMost: JSONPen.room(forText: bytes.count)) { $0.text(bytes.span, isPlain: false) }
  }

  /// A field whose value may be missing, with the comma after it.
  mutating func field(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    raw(name)
    text(value)
    raw(",")
  }
}

/// Writes into bytes that somebody lends for so long; it never writes past their end.
@safe struct JSONPen {
  private let room: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  /// The longest number, with its sign.
  static let digits = 20
  /// The most that a text of so many bytes takes.
  static func room(forText count: Int) -> Int { 6 * count + 2 }

  @unsafe init(room: UnsafeMutableRawBufferPointer) { unsafe self.room = room }

  @inline(__always)
  private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
    precondition(unsafe bytes.count <= room.count - count)
    unsafe UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyMemory(from: bytes)
    count += bytes.count
  }

  @inline(__always)
  private mutating func byte(_ byte: UInt8) {
    precondition(unsafe count < room.count)
    unsafe room[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { unsafe copy(UnsafeRawBufferPointer($0)) }
  }

  mutating func number(_ value: Int64) {
    var rest = value.magnitude
    if value < 0 { byte(UInt8(ascii: "-")) }
    var digits = 1
    var power: UInt64 = 10
    while digits < 19, rest >= power { (digits, power) = (digits + 1, power &* 10) }
    precondition(unsafe digits <= room.count - count)
    for place in stride(from: count + digits - 1, through: count, by: -1) {
      unsafe room[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += digits
  }

  /// A string with its quotes.
  ///
  /// - Parameter isPlain: whether it holds nothing that must be escaped.
  @inline(__always)
  mutating func text(_ bytes: Span<UInt8>, isPlain: Bool) {
    byte(UInt8(ascii: "\""))
    if isPlain {
      unsafe bytes.withUnsafeBytes { unsafe copy($0) }
    } else {
      for index in bytes.indices { escaped(bytes[index]) }
    }
    byte(UInt8(ascii: "\""))
  }

  private mutating func escaped(_ one: UInt8) {
    switch one {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      byte(UInt8(ascii: "\\"))
      byte(one)
    case 0x08: raw("\\b")
    case 0x09: raw("\\t")
    case 0x0A: raw("\\n")
    case 0x0C: raw("\\f")
    case 0x0D: raw("\\r")
    case 0..<0x20:
      raw("\\u00")
      byte(one < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
      let low = one & 15
      byte(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") - 10 + low)
    default: byte(one)
    }
  }
}
