import Foundation
import Hummingbird
import NIOCore
import Traceability

extension Request {
  /// The body's bytes.
  ///
  /// - Throws: `Problem` where they are more than `limit`.
  func bytes(upTo limit: Int) async throws -> ByteBuffer {
    do {
      return try await body.collect(upTo: limit)
    } catch {
      throw Problem(.contentTooLarge, "body-too-large", "at most \(limit) bytes")
    }
  }

  /// The body read as JSON.
  ///
  /// - Throws: `Problem` with the field that is wrong.
  func json<Body: Decodable>(upTo limit: Int) async throws -> Body {
    let buffer = try await bytes(upTo: limit)
    do {
      return try JSONDecoder().decode(Body.self, from: Data(buffer.readableBytesView))
    } catch let error as DecodingError {
      throw Problem.of(error)
    } catch let error as InvalidValue {
      throw Problem(.unprocessableContent, "invalid-value", error.description)
    }
  }
}

extension Problem {
  fileprivate static func of(_ error: DecodingError) -> Problem {
    let (context, text): (DecodingError.Context, String) =
      switch error {
      case .typeMismatch(let type, let context): (context, "must be \(type)")
      case .valueNotFound(_, let context): (context, "is missing")
      case .keyNotFound(let key, let context): (context, "\(key.stringValue) is missing")
      case .dataCorrupted(let context): (context, context.debugDescription)
      @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "is wrong")
      }
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    var problem = Problem(.unprocessableContent, "bad-json", "\(path) \(text)")
    problem.fields = [Problem.Field(field: path, detail: text)]
    return problem
  }
}
