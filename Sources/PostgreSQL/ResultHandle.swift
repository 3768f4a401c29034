import CPostgreSQL

/// Owns a `PGresult` and frees it.
@safe struct ResultHandle: ~Copyable {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }

  deinit { unsafe PQclear(pointer) }

  var status: ExecStatusType { unsafe PQresultStatus(pointer) }
  var rowCount: Int { Int(unsafe PQntuples(pointer)) }

  /// Rows that INSERT, UPDATE, DELETE, COPY or SELECT counted.
  var affected: Int {
    guard let text = unsafe PQcmdTuples(pointer) else { return 0 }
    return Int(unsafe String(cString: text)) ?? 0
  }

  func shape() -> RowShape {
    let count = unsafe PQnfields(pointer)
    var names: [String] = []
    var types: [UInt32] = []
    for column in 0..<count {
      names.append(unsafe PQfname(pointer, column).map { unsafe String(cString: $0) } ?? "")
      types.append(unsafe PQftype(pointer, column))
    }
    return RowShape(names: names, types: types)
  }

  func rows(_ shape: RowShape) -> [Row] {
    (0..<rowCount).map { row(Int32(truncatingIfNeeded: $0), shape) }
  }

  private func row(_ row: Int32, _ shape: RowShape) -> Row {
    var storage: [UInt8] = []
    var bounds: [(begin: Int, end: Int)] = []
    bounds.reserveCapacity(shape.names.count)
    for column in 0..<Int32(truncatingIfNeeded: shape.names.count) {
      if unsafe PQgetisnull(pointer, row, column) == 1 {
        bounds.append((-1, -1))
        continue
      }
      let length = Int(unsafe PQgetlength(pointer, row, column))
      let begin = storage.count
      if let value = unsafe PQgetvalue(pointer, row, column) {
        unsafe storage.append(
          contentsOf: UnsafeRawBufferPointer(start: value, count: length))
      }
      bounds.append((begin, storage.count))
    }
    return Row(shape: shape, storage: storage, bounds: bounds)
  }

  /// The server's error, by its fields.
  func error() -> PostgresError {
    let state = field(DiagnosticField.sqlState)
    let code: PostgresError.Code =
      switch state {
      case "57014": .cancelled
      case .some(let text) where text.hasPrefix("08") || text.hasPrefix("57P0"): .connectionLost
      default: .server
      }
    let whole = unsafe PQresultErrorMessage(pointer).map { unsafe String(cString: $0) } ?? ""
    return PostgresError(
      code, field(DiagnosticField.message) ?? whole, sqlState: state,
      detail: field(DiagnosticField.detail), hint: field(DiagnosticField.hint),
      constraint: field(DiagnosticField.constraint), table: field(DiagnosticField.table))
  }

  private func field(_ code: UInt8) -> String? {
    unsafe PQresultErrorField(pointer, Int32(code)).map { unsafe String(cString: $0) }
  }
}

/// Letters of `PQresultErrorField` (postgres_ext.h), which Swift does not import from macros.
private enum DiagnosticField {
  static let sqlState = UInt8(ascii: "C")
  static let message = UInt8(ascii: "M")
  static let detail = UInt8(ascii: "D")
  static let hint = UInt8(ascii: "H")
  static let constraint = UInt8(ascii: "n")
  static let table = UInt8(ascii: "t")
}
