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
    post("assignment", to: router) { [raiz] (body: Assignment, finding) in
      try await raiz.assign(
        FindingAssigned(finding: finding, assignee: body.assignee, by: body.by, due: body.due))
    }
    post("review", to: router) { [raiz] (body: Review, finding) in
      try await raiz.review(
        FindingReviewed(
          finding: finding, outcome: body.outcome, reviewer: body.reviewer, reason: body.reason,
          evidence: body.evidence ?? [], organisation: body.organisation),
        recordedBy: body.reviewer)
    }
    post("reopening", to: router) { [raiz] (body: Reopening, finding) in
      try await raiz.reopen(
        FindingReopened(
          finding: finding, by: body.by, reason: body.reason, evidence: body.evidence ?? []))
    }
  }

  /// What somebody does with the finding that the request names.
  private func post<Body: Decodable & SendableMetatype, Answer: Encodable & SendableMetatype>(
    _ name: String, to router: Router<BasicRequestContext>,
    _ act: @escaping @Sendable (Body, FindingCode) async throws -> Answer
  ) {
    router.post("/api/finding/\(name)") { [writeToken] request, _ in
      try Authorization.check(request, token: writeToken)
      let body: Body = try await request.json(upTo: Self.bodyLimit)
      return try Response.json(try await act(body, try Self.code(request)), status: .created)
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
}
