/// The names and types of a result's columns, shared by its rows.
final class RowShape: Sendable {
  let names: [String]
  let types: [UInt32]
  let indexes: [String: Int]

  init(names: [String], types: [UInt32]) {
    self.names = names
    self.types = types
    var indexes: [String: Int] = [:]
    for (index, name) in names.enumerated() where indexes[name] == nil { indexes[name] = index }
    self.indexes = indexes
  }
}

/// One row of a result, in PostgreSQL's binary form.
public struct Row: Sendable {
  let shape: RowShape
  let storage: [UInt8]
  /// Begin and end of each column in `storage`; begin −1 is NULL.
  let bounds: [(begin: Int, end: Int)]

  public var columns: [String] { shape.names }

  /// - Throws: `decodingFailed` where there is no such column or its value does not fit the type,
  ///   NULL into a type that is not optional included; `unknownType` for a type that has no
  ///   binary form here.
  public func decode<T: PostgresDecodable>(
    _ column: String, as: T.Type = T.self
  ) throws(PostgresError) -> T {
    guard let index = shape.indexes[column] else {
      throw PostgresError(.decodingFailed, "the result has no column «\(column)»")
    }
    return try decode(index)
  }

  public func decode<T: PostgresDecodable>(
    _ index: Int, as: T.Type = T.self
  ) throws(PostgresError) -> T {
    guard bounds.indices.contains(index) else {
      throw PostgresError(.decodingFailed, "the result has no column number \(index)")
    }
    let (begin, end) = bounds[index]
    let bytes = begin < 0 ? nil : storage[begin..<end]
    if let value = T.decode(postgres: bytes, type: shape.types[index]) { return value }
    let name = shape.names[index]
    if bytes == nil {
      throw PostgresError(.decodingFailed, "column «\(name)» is NULL, but \(T.self) is wanted")
    }
    throw PostgresError(
      .unknownType,
      "column «\(name)» of type OID \(shape.types[index]) cannot be read as \(T.self)")
  }
}
