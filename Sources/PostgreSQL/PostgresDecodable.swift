public import Foundation

/// A value that a column can be read as.
public protocol PostgresDecodable {
  /// Nil where the column's type does not fit; `bytes` is nil for NULL.
  static func decode(postgres bytes: ArraySlice<UInt8>?, type: UInt32) -> Self?
}

extension Bool: PostgresDecodable {
  public static func decode(postgres bytes: ArraySlice<UInt8>?, type: UInt32) -> Bool? {
    guard type == TypeOID.bool, let byte = bytes?.first else { return nil }
    return byte != 0
  }
}

extension Int16: PostgresDecodable {
  public static func decode(postgres bytes: ArraySlice<UInt8>?, type: UInt32) -> Int16? {
    Int64.decode(postgres: bytes, type: type).flatMap { Int16(exactly: $0) }
  }
}

extension Int32: PostgresDecodable {
  public static func decode(postgres bytes: ArraySlice<UInt8>?, type: UInt32) -> Int32? {
    Int64.decode(postgres: bytes, type: type).flatMap { Int32(exactly: $0) }
  }
}

extension Int: PostgresDecodable {
  public static func decode(postgres bytes: ArraySlice<UInt8>?, type: UInt32) -> Int? {
    Int64.decode(postgres: bytes, type: type).map { Int($0) }
  }
}

extension Int64: PostgresDecodable {
  /// Any of PostgreSQL's integers fits.
  public static func decode(postgres bytes: ArraySlice<UInt8>?, type: UInt32) -> Int64? {
    guard let bytes else { return nil }
    switch type {
    case TypeOID.int8: return BigEndian.read(bytes)
    case TypeOID.int4: return BigEndian.read(bytes, as: Int32.self).map { Int64($0) }
    case TypeOID.int2: return BigEndian.read(bytes, as: Int16.self).map { Int64($0) }
    case TypeOID.oid: return BigEndian.read(bytes, as: UInt32.self).map { Int64($0) }
    default: return nil
    }
  }
}

extension Double: PostgresDecodable {
  public static func decode(postgres bytes: ArraySlice<UInt8>?, type: UInt32) -> Double? {
    guard let bytes else { return nil }
    switch type {
    case TypeOID.float8: return BigEndian.read(bytes).map { Double(bitPattern: $0) }
    case TypeOID.float4:
      return BigEndian.read(bytes).map { Double(Float(bitPattern: $0)) }
    default: return nil
    }
  }
}

extension String: PostgresDecodable {
  public static func decode(postgres bytes: ArraySlice<UInt8>?, type: UInt32) -> String? {
    guard let bytes else { return nil }
    if TypeOID.texts.contains(type) { return String(decoding: bytes, as: UTF8.self) }
    // jsonb's binary form is a version byte and then the text.
    if type == TypeOID.jsonb, bytes.first == 1 {
      return String(decoding: bytes.dropFirst(), as: UTF8.self)
    }
    return nil
  }
}

extension UUID: PostgresDecodable {
  public static func decode(postgres bytes: ArraySlice<UInt8>?, type: UInt32) -> UUID? {
    guard type == TypeOID.uuid, let bytes, bytes.count == 16 else { return nil }
    let b = Array(bytes)
    return UUID(
      uuid: (
        b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
        b[14], b[15]
      ))
  }
}

extension PostgresTimestamp: PostgresDecodable {
  public static func decode(
    postgres bytes: ArraySlice<UInt8>?, type: UInt32
  ) -> PostgresTimestamp? {
    guard type == TypeOID.timestamptz, let bytes, let value = BigEndian.read(bytes, as: Int64.self)
    else { return nil }
    return PostgresTimestamp(microseconds: value &+ epochMicroseconds)
  }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  public static func decode(
    postgres bytes: ArraySlice<UInt8>?, type: UInt32
  ) -> Wrapped?? {
    guard let bytes else { return .some(nil) }
    guard let value = Wrapped.decode(postgres: bytes, type: type) else { return nil }
    return .some(value)
  }
}

extension Array: PostgresDecodable where Element: PostgresArrayDecodable {
  public static func decode(
    postgres bytes: ArraySlice<UInt8>?, type: UInt32
  ) -> [Element]? {
    bytes.flatMap { Element.array(from: $0, type: type) }
  }
}

/// Decides what an array of the type is read from.
public protocol PostgresArrayDecodable {
  static func array(from bytes: ArraySlice<UInt8>, type: UInt32) -> [Self]?
}

extension UInt8: PostgresArrayDecodable {
  public static func array(from bytes: ArraySlice<UInt8>, type: UInt32) -> [UInt8]? {
    type == TypeOID.bytea ? Array(bytes) : nil
  }
}

extension PostgresArrayDecodable where Self: PostgresDecodable {
  public static func array(from bytes: ArraySlice<UInt8>, type: UInt32) -> [Self]? {
    guard let (element, values) = ArrayForm.decode(bytes) else { return nil }
    var out: [Self] = []
    out.reserveCapacity(values.count)
    for value in values {
      guard let decoded = Self.decode(postgres: value, type: element) else { return nil }
      out.append(decoded)
    }
    return out
  }
}

extension Bool: PostgresArrayDecodable {}
extension Int16: PostgresArrayDecodable {}
extension Int32: PostgresArrayDecodable {}
extension Int64: PostgresArrayDecodable {}
extension Int: PostgresArrayDecodable {}
extension Double: PostgresArrayDecodable {}
extension String: PostgresArrayDecodable {}
extension UUID: PostgresArrayDecodable {}
extension PostgresTimestamp: PostgresArrayDecodable {}
extension Optional: PostgresArrayDecodable where Wrapped: PostgresDecodable {}
extension Array: PostgresArrayDecodable where Element == UInt8 {}
