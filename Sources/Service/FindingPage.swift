import Application
import Traceability
import ValueTypes

/// What the page of one finding shows.
struct FindingView {
  struct Figure {
    let name, value: String
  }

  struct Step {
    let title, text: String
    let evidence: [String]
  }

  let t: [String: String]
  let code, kind, text, status, severity, css, restsOn: String
  let subjects: [LotView.Link]
  let figures: [Figure]
  let hasSteps: Bool
  let steps: [Step]
  let reachTitle: String
  let hasReach: Bool
  let reach: [LotView.Link]
  let moreReach: String?
  let history: [LotView.HistoryRow]
}

/// Builds it.
struct FindingPageBuilder {
  private let format: FindingFormat
  private let pages: PageFormat

  /// Lots and shipments shown; a plot's doubt can reach thousands.
  private static let reachShown = 500

  init(_ raiz: Raiz, _ language: Language) {
    format = FindingFormat(language: language)
    pages = PageFormat(language: language, catalogue: raiz.catalogue)
  }

  func view(_ detail: FindingDetail) -> FindingView {
    let raised = detail.finding
    let reach = detail.lots.map { link(.lot($0)) } + detail.shipments.map { link(.shipment($0)) }
    let steps = steps(detail)
    let hidden = reach.count - Self.reachShown
    return FindingView(
      t: format.t, code: raised.finding.text, kind: raised.kind.rawValue,
      text: Wording.text(of: raised.kind, raised.figures, in: format.language),
      status: format.status(detail.status), severity: format.severity(raised.severity),
      css: format.css(detail.status, raised.severity),
      restsOn: raised.restsOn.map(\.description).joined(separator: ", "),
      subjects: raised.subjects.map(link),
      figures: raised.figures.sorted { $0.key < $1.key }.map {
        FindingView.Figure(name: $0.key, value: $0.value)
      },
      hasSteps: !steps.isEmpty, steps: steps,
      reachTitle: format.text(detail.holds ? "holdsBack" : "reaches"), hasReach: !reach.isEmpty,
      reach: Array(reach.prefix(Self.reachShown)),
      moreReach: hidden > 0 ? "\(hidden) \(format.text("moreInList"))" : nil,
      history: detail.history.map { LotView.HistoryRow($0, pages, format.t) })
  }

  /// A lot has a page of its own; the rest is named.
  private func link(_ key: StreamKey) -> LotView.Link {
    LotView.Link(
      url: key.kind == .lot ? "/lots/" + pages.path(key.code) : nil, name: key.description,
      code: key.code, mass: "")
  }

  private func steps(_ detail: FindingDetail) -> [FindingView.Step] {
    var steps: [FindingView.Step] = []
    if let assignment = detail.assignment {
      let due = assignment.due.map { " · \(format.text("due")): \($0)" } ?? ""
      steps.append(
        FindingView.Step(
          title: "\(format.text("finding.assigned")): \(assignment.assignee)",
          text: "\(format.text("by")): \(assignment.by)\(due)", evidence: []))
    }
    for reopening in detail.reopenings {
      steps.append(
        FindingView.Step(
          title: "\(format.text("finding.reopened")): \(reopening.by)", text: reopening.reason,
          evidence: reopening.evidence.map(\.description)))
    }
    if let review = detail.review {
      let organisation = review.organisation.map { " (\($0))" } ?? ""
      let outcome = format.text("finding.\(review.outcome.rawValue)")
      steps.append(
        FindingView.Step(
          title: "\(outcome): \(review.reviewer)\(organisation)", text: review.reason,
          evidence: review.evidence.map(\.description)))
    }
    return steps
  }
}
