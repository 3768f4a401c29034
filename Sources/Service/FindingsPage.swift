import Application
import Hummingbird
import Traceability

/// What the list of findings shows.
struct FindingsView {
  struct Row {
    let url, text, kind, subjects, assignee, due, status, css: String
    let labelSubjects, labelAssignee, labelDue, labelStatus: String
  }

  let t: [String: String]
  let statuses, kinds: [LotsView.Option]
  let subject: String
  let hasFindings: Bool
  let findings: [Row]
  let nextUrl: String?
}

/// Builds it: all findings, unless a state, a kind or a subject is asked for.
struct FindingsPage {
  let raiz: Raiz
  let request: Request

  func view() async throws -> FindingsView {
    let filter = try FindingRoutes.filter(request)
    let page = try await raiz.findings(filter)
    let format = FindingFormat(language: request.language)
    return FindingsView(
      t: format.t,
      statuses: FindingStatus.allCases.map {
        LotsView.Option(
          value: $0.rawValue, name: format.status($0), selected: filter.status == $0)
      },
      kinds: FindingKind.allCases.map {
        LotsView.Option(value: $0.rawValue, name: $0.rawValue, selected: filter.kind == $0)
      },
      subject: filter.subject?.description ?? "", hasFindings: !page.findings.isEmpty,
      findings: page.findings.map { row($0, format) },
      nextUrl: page.next.map { url(filter, after: $0) })
  }

  private func row(_ finding: FindingSummary, _ format: FindingFormat) -> FindingsView.Row {
    FindingsView.Row(
      url: FindingFormat.url(finding.code),
      text: Wording.text(of: finding.kind, finding.figures, in: request.language),
      kind: finding.kind.rawValue,
      subjects: finding.subjects.map(\.description).joined(separator: ", "),
      assignee: finding.assignee ?? "—", due: finding.due ?? "—",
      status: format.status(finding.status), css: format.css(finding.status, finding.severity),
      labelSubjects: format.text("concerns"),
      labelAssignee: format.text("assignee"), labelDue: format.text("due"),
      labelStatus: format.text("status"))
  }

  private func url(_ filter: FindingFilter, after: FindingCode) -> String {
    PageFormat.url(
      "/findings",
      [
        ("status", filter.status?.rawValue), ("kind", filter.kind?.rawValue),
        ("subject", filter.subject?.description), ("assignee", filter.assignee),
        ("after", after.text),
      ])
  }
}

/// Words and links of findings.
struct FindingFormat {
  let language: Language
  let t: [String: String]

  init(language: Language) {
    self.language = language
    t = PageTexts.all(language)
  }

  func text(_ key: String) -> String { t[key] ?? key }

  func status(_ status: FindingStatus) -> String { text("finding.\(status.rawValue)") }

  func severity(_ severity: FindingSeverity) -> String { text("finding.\(severity.rawValue)") }

  /// As a verdict would be coloured that rests on it.
  func css(_ status: FindingStatus, _ severity: FindingSeverity) -> String {
    switch status {
    case .dismissed: "free"
    case .upheld: "not"
    case .open, .assigned: severity == .doubt ? "insufficient" : "quiet"
    }
  }

  /// A finding's code holds slashes, so it is a parameter.
  static func url(_ code: FindingCode) -> String {
    PageFormat.url("/finding", [("code", code.text)])
  }

  /// The list of those about a subject.
  static func url(about subject: StreamKey) -> String {
    PageFormat.url("/findings", [("subject", subject.description)])
  }
}
