public import Foundation

/// A value that can be a parameter.
public protocol PostgresEncodable: Sendable {
  var postgresParameter: Parameter { get }
  /// Appends the value as it stands in an array and in binary COPY: length (-1 is NULL) and bytes.
  func appendPostgresField(to bytes: inout [UInt8])
}

extension PostgresEncodable {
  public func appendPostgresField(to bytes: inout [UInt8]) {
    FieldForm.append(postgresParameter.bytes, to: &bytes)
  }
}

/// A value that can also stand in an array and in binary COPY.
public protocol PostgresElement: PostgresEncodable {
  /// OID of the type and of its array.
  static var postgresType: UInt32 { get }
  static var postgresArrayType: UInt32 { get }
  /// The binary form; nil is NULL.
  var postgresBytes: [UInt8]? { get }
}

extension PostgresElement {
  public var postgresParameter: Parameter {
    Parameter(type: Self.postgresType, bytes: postgresBytes)
  }

  public func appendPostgresField(to bytes: inout [UInt8]) {
    FieldForm.append(postgresBytes, to: &bytes)
  }
}

/// A moment: microseconds since 1970-01-01T00:00:00Z, as `timestamptz`.
public struct PostgresTimestamp: Sendable, Hashable {
  public let microseconds: Int64
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// PostgreSQL counts from 2000-01-01.
  static let epochMicroseconds: Int64 = 946_684_800_000_000
}

/// JSON text for a `jsonb` column, sent as text.
public struct PostgresJSON: PostgresEncodable, Hashable {
  public let text: String
  public init(text: String) { self.text = text }
  public var postgresParameter: Parameter {
    Parameter(type: TypeOID.jsonb, bytes: Array(text.utf8), isBinary: false)
  }
}

/// Text whose type the server infers from where it stands: numeric, geometry, enumerations.
public struct PostgresText: PostgresEncodable, Hashable {
  public let text: String
  public init(_ text: String) { self.text = text }
  public var postgresParameter: Parameter {
    Parameter(type: 0, bytes: Array(text.utf8), isBinary: false)
  }
}

extension Bool: PostgresElement {
  public static var postgresType: UInt32 { TypeOID.bool }
  public static var postgresArrayType: UInt32 { TypeOID.boolArray }
  public var postgresBytes: [UInt8]? { [self ? 1 : 0] }
}

extension Int16: PostgresElement {
  public static var postgresType: UInt32 { TypeOID.int2 }
  public static var postgresArrayType: UInt32 { TypeOID.int2Array }
  public var postgresBytes: [UInt8]? { BigEndian.bytes(of: self) }
  public func appendPostgresField(to bytes: inout [UInt8]) {
    FieldForm.append(self, to: &bytes)
  }
}

extension Int32: PostgresElement {
  public static var postgresType: UInt32 { TypeOID.int4 }
  public static var postgresArrayType: UInt32 { TypeOID.int4Array }
  public var postgresBytes: [UInt8]? { BigEndian.bytes(of: self) }
  public func appendPostgresField(to bytes: inout [UInt8]) {
    FieldForm.append(self, to: &bytes)
  }
}

extension Int64: PostgresElement {
  public static var postgresType: UInt32 { TypeOID.int8 }
  public static var postgresArrayType: UInt32 { TypeOID.int8Array }
  public var postgresBytes: [UInt8]? { BigEndian.bytes(of: self) }
  public func appendPostgresField(to bytes: inout [UInt8]) {
    FieldForm.append(self, to: &bytes)
  }
}

extension Int: PostgresElement {
  public static var postgresType: UInt32 { TypeOID.int8 }
  public static var postgresArrayType: UInt32 { TypeOID.int8Array }
  public var postgresBytes: [UInt8]? { BigEndian.bytes(of: Int64(self)) }
  public func appendPostgresField(to bytes: inout [UInt8]) {
    FieldForm.append(Int64(self), to: &bytes)
  }
}

extension Double: PostgresElement {
  public static var postgresType: UInt32 { TypeOID.float8 }
  public static var postgresArrayType: UInt32 { TypeOID.float8Array }
  public var postgresBytes: [UInt8]? { BigEndian.bytes(of: bitPattern) }
}

extension String: PostgresElement {
  public static var postgresType: UInt32 { TypeOID.text }
  public static var postgresArrayType: UInt32 { TypeOID.textArray }
  public var postgresBytes: [UInt8]? { Array(utf8) }
  public func appendPostgresField(to bytes: inout [UInt8]) {
    BigEndian.append(Int32(truncatingIfNeeded: utf8.count), to: &bytes)
    bytes.append(contentsOf: utf8)
  }
}

extension UUID: PostgresElement {
  public static var postgresType: UInt32 { TypeOID.uuid }
  public static var postgresArrayType: UInt32 { TypeOID.uuidArray }
  public var postgresBytes: [UInt8]? {
    let u = uuid
    return [
      u.0, u.1, u.2, u.3, u.4, u.5, u.6, u.7, u.8, u.9, u.10, u.11, u.12, u.13, u.14, u.15,
    ]
  }
}

extension PostgresTimestamp: PostgresElement {
  public static var postgresType: UInt32 { TypeOID.timestamptz }
  public static var postgresArrayType: UInt32 { TypeOID.timestamptzArray }
  public var postgresBytes: [UInt8]? {
    BigEndian.bytes(of: microseconds &- Self.epochMicroseconds)
  }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable & PostgresElement {
  public var postgresParameter: Parameter {
    Parameter(type: Wrapped.postgresType, bytes: self?.postgresBytes)
  }
}

extension Optional: PostgresElement where Wrapped: PostgresElement {
  public static var postgresType: UInt32 { Wrapped.postgresType }
  public static var postgresArrayType: UInt32 { Wrapped.postgresArrayType }
  public var postgresBytes: [UInt8]? { self?.postgresBytes }
}

/// An array of bytes is one `bytea`; an array of anything else is an array.
extension Array: PostgresEncodable where Element: PostgresArrayMember {
  public var postgresParameter: Parameter { Element.parameter(of: self) }
}

/// Decides what an array of the type is: `bytea` of `UInt8`, an array of all else.
public protocol PostgresArrayMember: Sendable {
  static func parameter(of values: [Self]) -> Parameter
}

extension UInt8: PostgresArrayMember {
  public static func parameter(of values: [UInt8]) -> Parameter {
    Parameter(type: TypeOID.bytea, bytes: values)
  }
}

extension PostgresArrayMember where Self: PostgresElement {
  public static func parameter(of values: [Self]) -> Parameter {
    Parameter(
      type: postgresArrayType,
      bytes: ArrayForm.encode(values, element: postgresType))
  }
}

extension Bool: PostgresArrayMember {}
extension Int16: PostgresArrayMember {}
extension Int32: PostgresArrayMember {}
extension Int64: PostgresArrayMember {}
extension Int: PostgresArrayMember {}
extension Double: PostgresArrayMember {}
extension String: PostgresArrayMember {}
extension UUID: PostgresArrayMember {}
extension PostgresTimestamp: PostgresArrayMember {}
extension Optional: PostgresArrayMember where Wrapped: PostgresElement {}

extension Array: PostgresArrayMember where Element == UInt8 {
  public static func parameter(of values: [[UInt8]]) -> Parameter {
    Parameter(
      type: TypeOID.byteaArray,
      bytes: ArrayForm.encode(values, element: TypeOID.bytea))
  }
}

extension Array: PostgresElement where Element == UInt8 {
  public static var postgresType: UInt32 { TypeOID.bytea }
  public static var postgresArrayType: UInt32 { TypeOID.byteaArray }
  public var postgresBytes: [UInt8]? { self }
}

/// A value where several stand one after the other: its length as an Int32 (-1 is NULL), its bytes.
enum FieldForm {
  static func append(_ value: [UInt8]?, to bytes: inout [UInt8]) {
    guard let value else {
      BigEndian.append(Int32(-1), to: &bytes)
      return
    }
    BigEndian.append(Int32(truncatingIfNeeded: value.count), to: &bytes)
    bytes += value
  }

  static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    BigEndian.append(Int32(truncatingIfNeeded: type(of: value).bitWidth / 8), to: &bytes)
    BigEndian.append(value, to: &bytes)
  }
}

/// The binary form of a one-dimensional array (`array_send`).
enum ArrayForm {
  static func encode(_ values: [some PostgresElement], element: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20 + 40 * values.count)
    BigEndian.append(Int32(values.isEmpty ? 0 : 1), to: &bytes)
    // Whether there are NULLs: that there may be is always true.
    BigEndian.append(Int32(1), to: &bytes)
    BigEndian.append(element, to: &bytes)
    guard !values.isEmpty else { return bytes }
    BigEndian.append(Int32(truncatingIfNeeded: values.count), to: &bytes)
    BigEndian.append(Int32(1), to: &bytes)
    for value in values { value.appendPostgresField(to: &bytes) }
    return bytes
  }

  /// Nil where the bytes are no one-dimensional array.
  static func decode(_ bytes: ArraySlice<UInt8>) -> (element: UInt32, values: [ArraySlice<UInt8>?])?
  {
    var reader = ByteReader(bytes)
    guard let dimensions = reader.int32(), reader.int32() != nil, let element = reader.uint32()
    else { return nil }
    if dimensions == 0 { return (element, []) }
    guard dimensions == 1, let count = reader.int32(), count >= 0, reader.int32() != nil else {
      return nil
    }
    var values: [ArraySlice<UInt8>?] = []
    for _ in 0..<count {
      guard let length = reader.int32() else { return nil }
      if length == -1 {
        values.append(nil)
      } else {
        guard let part = reader.take(Int(length)) else { return nil }
        values.append(part)
      }
    }
    return (element, values)
  }
}

/// Takes bytes from the front, never past the end.
struct ByteReader {
  private var rest: ArraySlice<UInt8>
  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func int16() -> Int16? { take(2).flatMap { BigEndian.read($0) } }
  mutating func int32() -> Int32? { take(4).flatMap { BigEndian.read($0) } }
  mutating func uint32() -> UInt32? { take(4).flatMap { BigEndian.read($0) } }
}
