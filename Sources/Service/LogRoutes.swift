import Application
import HTTPTypes
import Hummingbird
import Ledger
import ValueTypes

/// The log for strangers' tools: C2SP tlog-tiles, proofs, and the events themselves.
struct LogRoutes {
  let raiz: Raiz

  func add(to router: Router<BasicRequestContext>) {
    router.get("/checkpoint") { [raiz] request, _ in
      guard let note = try await raiz.newestCheckpoint() else {
        throw ProofRequestError.emptyLedger
      }
      return Response.cached(
        Array(note.utf8), type: TransparencyProof.mediaType, control: "no-cache", for: request)
    }
    router.get("/tile/**") { [raiz] request, _ in
      let path: TilePath
      do {
        path = try TilePath(path: String(request.uri.path.drop { $0 == "/" }))
      } catch let error as LedgerError {
        throw Problem(.badRequest, error.code, error.description)
      }
      return Response.cached(
        try await raiz.tile(path), type: "application/octet-stream", control: Self.immutable,
        for: request)
    }
    router.get("/api/proof/inclusion") { [raiz] request, _ in
      let numbers = ProofQuery(request)
      return try Response.json(
        try await raiz.inclusion(
          of: try numbers.required("index"), size: try numbers.optional("size")))
    }
    router.get("/api/proof/consistency") { [raiz] request, _ in
      let numbers = ProofQuery(request)
      return try Response.json(
        try await raiz.consistency(
          from: try numbers.required("from"), to: try numbers.optional("to")))
    }
    router.get("/api/events/:position/proof") { [raiz] request, context in
      let proof = try await raiz.transparencyProof(
        of: try ProofQuery.number(try context.code("position"), name: "position"),
        size: try ProofQuery(request).optional("size"))
      return Response.text(proof.text)
    }
    router.get("/api/events/:position") { [raiz] request, context in
      let bytes = try await raiz.entry(
        at: try ProofQuery.number(try context.code("position"), name: "position"))
      return Response.cached(
        bytes, type: "application/json", control: Self.immutable, for: request)
    }
  }

  /// A tile and an event never change.
  private static let immutable = "public, max-age=31536000, immutable"
}

/// Whole numbers in a query.
struct ProofQuery {
  private let request: Request

  init(_ request: Request) { self.request = request }

  func required(_ name: String) throws -> Int64 {
    guard let value = try optional(name) else {
      throw Problem(.badRequest, "missing-number", "\(name)=N is missing / falta \(name)=N")
    }
    return value
  }

  func optional(_ name: String) throws -> Int64? {
    try request.uri.queryParameters[name[...]].map { try Self.number(String($0), name: name) }
  }

  static func number(_ text: String, name: String) throws -> Int64 {
    guard let value = Int64(text), value >= 0, String(value) == text else {
      throw Problem(
        .badRequest, "bad-number",
        "\(name): a whole number in plain digits / un número entero en cifras")
    }
    return value
  }
}

extension Response {
  /// Content that caches may keep as `control` says, told apart by its hash (RFC 9110, ETag).
  static func cached(
    _ bytes: [UInt8], type: String, control: String, for request: Request
  ) -> Response {
    var response = Response.bytes(bytes, type: type)
    let tag = "\"\(MerkleTree.digest(bytes).description.prefix(32))\""
    response.headers[.cacheControl] = control
    response.headers[.eTag] = tag
    let known = request.headers[values: .ifNoneMatch]
      .flatMap { $0.split(separator: ",") }
      .map { $0.drop(while: \.isWhitespace) }
    guard known.contains(where: { $0 == tag || $0 == "W/" + tag || $0 == "*" }) else {
      return response
    }
    return Response(status: .notModified, headers: response.headers)
  }
}
