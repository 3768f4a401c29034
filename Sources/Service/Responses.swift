import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Traceability

extension Response {
  static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    bytes(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
  }

  static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    bytes(Array(text.utf8), type: "text/html; charset=utf-8", status: status)
  }

  /// Sorted keys, so that equal answers are equal bytes.
  static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok,
    type: String = "application/json"
  ) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return bytes(Array(try encoder.encode(value)), type: type, status: status)
  }

  static func bytes(
    _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok, fileName: String? = nil
  ) -> Response {
    var headers: HTTPFields = [.contentType: type, .cacheControl: "no-store"]
    if let fileName {
      // Names come from codes: quotes and controls cannot be in one; others are encoded.
      let encoded =
        fileName.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "expediente"
      headers[.contentDisposition] = "attachment; filename*=UTF-8''\(encoded)"
    }
    return Response(
      status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

extension Request {
  /// `?lang=`, else `Accept-Language`, else Spanish.
  var language: Language {
    if let asked = uri.queryParameters.get("lang") {
      return asked.hasPrefix("en") ? .english : .spanish
    }
    if let kept = cookies["lang"]?.value { return kept == "en" ? .english : .spanish }
    let accepted = (headers[.acceptLanguage] ?? "").lowercased()
    let spanish = accepted.range(of: "es")?.lowerBound
    let english = accepted.range(of: "en")?.lowerBound
    guard let english else { return .spanish }
    guard let spanish else { return .english }
    return english < spanish ? .english : .spanish
  }
}

extension BasicRequestContext {
  /// A path's code with its percent-encoding undone: codes hold slashes and accents.
  func code(_ name: String = "code") throws -> String {
    guard let text = parameters.get(name)?.removingPercentEncoding else {
      throw Problem(.badRequest, "bad-path", "the path is not percent-encoded UTF-8")
    }
    return text
  }
}

/// Adds what keeps a browser from doing more than show.
struct SecurityHeaders: RouterMiddleware {
  typealias Context = BasicRequestContext

  @concurrent func handle(
    _ request: Request, context: BasicRequestContext,
    next: @concurrent (Request, BasicRequestContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    let fixed = [
      ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; form-action 'self'"),
      ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
    ]
    for (name, value) in fixed {
      if let field = HTTPField.Name(name) { response.headers[field] = value }
    }
    return response
  }
}
