import Application
import Foundation
import HTTPTypes
import Hummingbird
import Traceability
import ValueTypes

/// Findings: list, one, and what people do with them.
struct FindingRoutes {
  let raiz: Raiz
  let writeToken: String

  /// Bytes of one request's JSON.
  private static let bodyLimit = 65_536

  private struct Assignment: Decodable {
    let assignee: String
    let by: String
    let due: CivilDate?
  }

  private struct Reopening: Decodable {
    let by: String
    let reason: String
    let evidence: [SHA256Digest]?
  }

  private struct Review: Decodable {
    let outcome: ReviewOutcome
    let reviewer: String
    let reason: String
    let evidence: [SHA256Digest]?
    let organisation: OrganisationCode?
  }

  func add(to router: Router<BasicRequestContext>) {
    router.get("/api/findings") { [raiz] request, _ in
      try Response.json(try await raiz.findings(try Self.filter(request)))
    }
    // A finding's code holds slashes, so it comes as a parameter.
    router.get("/api/finding") { [raiz] request, _ in
      try Response.json(try await raiz.finding(try Self.code(request)))
    }
    router.post("/api/finding/assignment") { [raiz, writeToken] request, _ in
      try Authorization.check(request, token: writeToken)
      let body: Assignment = try await Self.read(request)
      return try Response.json(
        try await raiz.assign(
          FindingAssigned(
            finding: try Self.code(request), assignee: body.assignee, by: body.by, due: body.due)),
        status: .created)
    }
    router.post("/api/finding/review") { [raiz, writeToken] request, _ in
      try Authorization.check(request, token: writeToken)
      let body: Review = try await Self.read(request)
      return try Response.json(
        try await raiz.review(
          FindingReviewed(
            finding: try Self.code(request), outcome: body.outcome, reviewer: body.reviewer,
            reason: body.reason, evidence: body.evidence ?? [], organisation: body.organisation),
          recordedBy: body.reviewer), status: .created)
    }
    router.post("/api/finding/reopening") { [raiz, writeToken] request, _ in
      try Authorization.check(request, token: writeToken)
      let body: Reopening = try await Self.read(request)
      return try Response.json(
        try await raiz.reopen(
          FindingReopened(
            finding: try Self.code(request), by: body.by, reason: body.reason,
            evidence: body.evidence ?? [])), status: .created)
    }
  }

  static func code(_ request: Request) throws -> FindingCode {
    guard let text = request.uri.queryParameters["code"] else {
      throw Problem(.unprocessableContent, "fields-missing", "?code=FINDING")
    }
    return try FindingCode(String(text))
  }

  static func filter(_ request: Request) throws -> FindingFilter {
    let parameters = request.uri.queryParameters
    var filter = FindingFilter()
    filter.status = try known(parameters["status"], "status")
    filter.kind = try known(parameters["kind"], "kind")
    // A form sends what was left empty too.
    func given(_ name: String) -> String? {
      parameters.get(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    if let subject = given("subject") {
      guard let key = StreamKey(subject) else {
        throw Problem(.unprocessableContent, "invalid-value", "subject: \(subject)")
      }
      filter.subject = key
    }
    filter.assignee = given("assignee")
    filter.after = try given("after").map { try FindingCode($0) }
    if let limit = parameters["limit"].flatMap({ Int($0) }) { filter.limit = limit }
    return filter
  }

  private static func known<Value: RawRepresentable & CaseIterable>(
    _ text: Substring?, _ name: String
  ) throws -> Value? where Value.RawValue == String {
    guard let text, !text.isEmpty else { return nil }
    guard let value = Value(rawValue: String(text)) else {
      let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(.unprocessableContent, "invalid-value", "\(name): \(names)")
    }
    return value
  }

  private static func read<Body: Decodable>(_ request: Request) async throws -> Body {
    let buffer: ByteBuffer
    do {
      buffer = try await request.body.collect(upTo: bodyLimit)
    } catch {
      throw Problem(.contentTooLarge, "body-too-large", "at most \(bodyLimit) bytes")
    }
    do {
      return try JSONDecoder().decode(Body.self, from: Data(buffer.readableBytesView))
    } catch let error as DecodingError {
      throw ActRoutes.problem(error)
    }
  }
}
