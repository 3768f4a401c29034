/// One message of PostgreSQL's protocol 3.0, with its header.
struct WireMessage: Equatable {
  /// Nil for the messages that open a connection: they have a length and no type.
  let type: Character?
  let bytes: [UInt8]

  /// Past the header.
  var body: ArraySlice<UInt8> { bytes.dropFirst(type == nil ? 4 : 5) }

  /// The texts at the start of the body, each ended by a zero byte.
  func texts(_ count: Int) -> [String] {
    var rest = body
    var texts: [String] = []
    while texts.count < count, let end = rest.firstIndex(of: 0) {
      texts.append(String(decoding: rest[..<end], as: UTF8.self))
      rest = rest[(end + 1)...]
    }
    return texts
  }

  /// The big-endian number at the start of the body.
  var number: Int32 { body.prefix(4).reduce(0) { $0 << 8 | Int32($1) } }
}

/// Cuts a stream of bytes into messages.
struct WireReader {
  /// Requests for encryption and for cancelling come in the form of a first message.
  static let encryptionRequests: Set<Int32> = [80_877_103, 80_877_104]

  private var buffer: [UInt8] = []
  private var start = 0
  private var isOpening: Bool

  /// - Parameter opening: whether messages without a type come first, as from a client.
  init(opening: Bool) { isOpening = opening }

  mutating func feed(_ bytes: [UInt8]) {
    buffer.removeFirst(start)
    start = 0
    buffer += bytes
  }

  /// The next whole message, if it is there.
  mutating func next() -> WireMessage? {
    let header = isOpening ? 4 : 5
    guard buffer.count - start >= header else { return nil }
    let length = buffer[(start + header - 4)..<(start + header)].reduce(0) { $0 << 8 | Int($1) }
    let end = start + header - 4 + length
    guard length >= 4, buffer.count >= end else { return nil }
    let type = isOpening ? nil : Character(UnicodeScalar(buffer[start]))
    let message = WireMessage(type: type, bytes: Array(buffer[start..<end]))
    start = end
    if isOpening, !Self.encryptionRequests.contains(message.number) { isOpening = false }
    return message
  }
}
