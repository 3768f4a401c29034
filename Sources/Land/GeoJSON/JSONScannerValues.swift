/// Whole values: built, checked and passed over, or passed over without a second check.
extension JSONScanner {
  /// What the next value is, for messages.
  mutating func kind() -> String {
    switch peek() {
    case UInt8(ascii: "{"): "an object"
    case UInt8(ascii: "["): "an array"
    case UInt8(ascii: "\""): "a text"
    case UInt8(ascii: "t"), UInt8(ascii: "f"): "a boolean"
    case UInt8(ascii: "n"): "null"
    case nil: "the end"
    default: "a number"
    }
  }

  mutating func value() throws(GeoJSONError) -> JSONValue {
    switch peek() {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      try openObject()
      while let name = try nextMember() { members[name] = try value() }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try openArray()
      while try nextElement() { elements.append(try value()) }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try literal("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try literal("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try literal("null")
      return .null
    default: return .number(try number())
    }
  }

  /// Passes over a value and checks its every byte.
  mutating func check() throws(GeoJSONError) {
    switch peek() {
    case UInt8(ascii: "{"):
      try openObject()
      while try nextMember() != nil { try check() }
    case UInt8(ascii: "["):
      try openArray()
      while try nextElement() { try check() }
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    default: _ = try number()
    }
  }
}
