import ValueTypes

/// Writes the events of one commit: what they share is written once.
struct EnvelopeComposer {
  /// `,"recordedAt":…,"recordedBy":…,"commit":…,"data":`
  private let shared: [UInt8]

  /// `recordedAt` as a timestamp writes itself.
  init(recordedAt: String, recordedBy: String, commit: CommitKey) {
    var out: [UInt8] = []
    out.reserveCapacity(80 + recordedAt.utf8.count + recordedBy.utf8.count + commit.text.utf8.count)
    Self.field(",\"recordedAt\":", recordedAt, into: &out)
    Self.field(",\"recordedBy\":", recordedBy, into: &out)
    Self.field(",\"commit\":", commit.text, into: &out)
    out.append(contentsOf: ",\"data\":".utf8)
    shared = out
  }

  func compose(
    id: String, stream: StreamName, version: Int64, type: String, schema: Int,
    occurredAt: Timestamp, data: [UInt8]
  ) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(200 + shared.count + stream.text.utf8.count + data.count)
    Self.field("{\"id\":", id, into: &out)
    Self.field(",\"stream\":", stream.text, into: &out)
    out.append(contentsOf: ",\"version\":".utf8)
    out.append(contentsOf: String(version).utf8)
    Self.field(",\"type\":", type, into: &out)
    out.append(contentsOf: ",\"schema\":".utf8)
    out.append(contentsOf: String(schema).utf8)
    Self.field(",\"occurredAt\":", occurredAt.description, into: &out)
    out.append(contentsOf: shared)
    out.append(contentsOf: data)
    out.append(UInt8(ascii: "}"))
    return out
  }

  private static func field(_ name: String, _ text: String, into out: inout [UInt8]) {
    out.append(contentsOf: name.utf8)
    out.append(UInt8(ascii: "\""))
    let isPlain = text.utf8.allSatisfy { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    if isPlain {
      out.append(contentsOf: text.utf8)
    } else {
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
          out.append(UInt8(ascii: "\\"))
          out.append(byte)
        default: out.append(byte)  // names have no control characters
        }
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
