public import PostgreSQL
public import ValueTypes

/// A digest is a `bytea`, written in place.
extension SHA256Digest: PostgresElement, PostgresArrayMember {
  public static var postgresType: UInt32 { [UInt8].postgresType }
  public static var postgresArrayType: UInt32 { [UInt8].postgresArrayType }
  public var postgresBytes: [UInt8]? { bytes }

  public func appendPostgresField(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: [0, 0, 0, 32])
    for index in 0..<4 {
      unsafe withUnsafeBytes(of: word(index).bigEndian) { unsafe bytes.append(contentsOf: $0) }
    }
  }
}
