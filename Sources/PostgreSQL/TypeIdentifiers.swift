/// OIDs of the types that have a binary form here (`pg_type.dat`; fixed in every release).
enum TypeOID {
  static let bool: UInt32 = 16
  static let bytea: UInt32 = 17
  static let name: UInt32 = 19
  static let int8: UInt32 = 20
  static let int2: UInt32 = 21
  static let int4: UInt32 = 23
  static let text: UInt32 = 25
  static let oid: UInt32 = 26
  static let float4: UInt32 = 700
  static let float8: UInt32 = 701
  static let bpchar: UInt32 = 1042
  static let varchar: UInt32 = 1043
  static let timestamptz: UInt32 = 1184
  static let uuid: UInt32 = 2950
  static let jsonb: UInt32 = 3802
  static let json: UInt32 = 114
  static let void: UInt32 = 2278

  static let boolArray: UInt32 = 1000
  static let byteaArray: UInt32 = 1001
  static let int2Array: UInt32 = 1005
  static let int4Array: UInt32 = 1007
  static let textArray: UInt32 = 1009
  static let int8Array: UInt32 = 1016
  static let float8Array: UInt32 = 1022
  static let timestamptzArray: UInt32 = 1185
  static let uuidArray: UInt32 = 2951
  static let varcharArray: UInt32 = 1015

  static let texts: Set<UInt32> = [text, varchar, name, bpchar, json]
}

/// Big-endian integers, as PostgreSQL's binary forms have them.
enum BigEndian {
  static func append<Value: FixedWidthInteger>(_ value: Value, to bytes: inout [UInt8]) {
    unsafe withUnsafeBytes(of: value.bigEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  static func bytes<Value: FixedWidthInteger>(of value: Value) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Value.bitWidth / 8)
    append(value, to: &bytes)
    return bytes
  }

  /// Nil unless there are exactly as many bytes as the integer has.
  static func read<Value: FixedWidthInteger>(
    _ bytes: ArraySlice<UInt8>, as: Value.Type = Value.self
  ) -> Value? {
    guard bytes.count == Value.bitWidth / 8 else { return nil }
    var value: Value = 0
    for byte in bytes { value = value << 8 | Value(truncatingIfNeeded: byte) }
    return value
  }
}
