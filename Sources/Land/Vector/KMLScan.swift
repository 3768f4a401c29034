/// A look through a KML file's tags before a library parses it: what it would follow, expand or
/// leave out is refused or counted here.
struct KMLScan {
  /// `Placemark` elements, comments and CDATA left out.
  private(set) var placemarks = 0

  init(_ bytes: [UInt8], limits: VectorLimits) throws(VectorError) {
    var scan = Scanner(bytes: bytes)
    var open: [[UInt8]] = []
    var sawKML = false
    while let tag = try scan.next() {
      let name = String(decoding: tag.name, as: UTF8.self)
      if tag.isClosing {
        guard open.popLast() == tag.name else {
          throw Self.notXML("</\(name.prefix(40))>")
        }
        continue
      }
      if open.isEmpty {
        guard !sawKML, name == "kml" else { throw Self.notXML("<\(name.prefix(40))>") }
        sawKML = true
      }
      if name == "Placemark" { placemarks += 1 }
      if name == "NetworkLink" || name == "NetworkLinkControl" { throw VectorError(.kmlLink) }
      guard open.count < limits.depth else {
        throw VectorError(.kmlTooDeep, ["limit": String(limits.depth)])
      }
      if !tag.isEmpty { open.append(tag.name) }
    }
    guard sawKML, open.isEmpty else {
      let last = open.last.map { "<\(String(decoding: $0, as: UTF8.self))>" } ?? "<kml>"
      throw Self.notXML(last)
    }
  }

  private static func notXML(_ reason: String) -> VectorError {
    VectorError(.kmlNotXML, ["reason": reason])
  }

  private struct Tag {
    /// Without its prefix.
    let name: [UInt8]
    let isClosing: Bool
    let isEmpty: Bool
  }

  private struct Scanner {
    let bytes: [UInt8]
    var offset = 0

    /// The next element's tag; nil at the end.
    mutating func next() throws(VectorError) -> Tag? {
      while offset < bytes.count {
        guard bytes[offset] == UInt8(ascii: "<") else {
          offset += 1
          continue
        }
        if starts("<!--") {
          try skip(past: "-->")
        } else if starts("<![CDATA[") {
          try skip(past: "]]>")
        } else if starts("<?") {
          try skip(past: "?>")
        } else if starts("<!") {
          throw VectorError(.kmlDoctype)
        } else {
          return try tag()
        }
      }
      return nil
    }

    private func starts(_ text: StaticString) -> Bool {
      let count = text.utf8CodeUnitCount
      guard offset + count <= bytes.count else { return false }
      for index in 0..<count {
        let wanted = unsafe text.utf8Start[index]
        if bytes[offset + index] != wanted { return false }
      }
      return true
    }

    private mutating func skip(past end: StaticString) throws(VectorError) {
      while offset < bytes.count {
        if starts(end) {
          offset += end.utf8CodeUnitCount
          return
        }
        offset += 1
      }
      throw KMLScan.notXML("\(end)")
    }

    private mutating func tag() throws(VectorError) -> Tag {
      offset += 1
      var name: [UInt8] = []
      var isClosing = false
      if offset < bytes.count, bytes[offset] == UInt8(ascii: "/") {
        isClosing = true
        offset += 1
      }
      while offset < bytes.count, ![0x20, 0x09, 0x0A, 0x0D, 0x2F, 0x3E].contains(bytes[offset]) {
        name.append(bytes[offset])
        offset += 1
      }
      if let colon = name.firstIndex(of: UInt8(ascii: ":")) { name.removeSubrange(...colon) }
      var quote: UInt8?
      while offset < bytes.count {
        let byte = bytes[offset]
        offset += 1
        switch (byte, quote) {
        case (UInt8(ascii: ">"), nil):
          let isEmpty = bytes[offset - 2] == UInt8(ascii: "/")
          return Tag(name: name, isClosing: isClosing, isEmpty: isEmpty)
        case (UInt8(ascii: "\""), nil), (UInt8(ascii: "'"), nil): quote = byte
        case (_, .some(let open)) where byte == open: quote = nil
        default: break
        }
      }
      throw KMLScan.notXML("<\(String(decoding: name.prefix(40), as: UTF8.self))")
    }
  }
}
