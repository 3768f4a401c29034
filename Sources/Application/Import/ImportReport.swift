import Land
import Tabular
import Traceability

/// What became of one file.
public struct FileReport: Sendable, Encodable {
  public enum Outcome: String, Sendable, Codable {
    /// All rows stand in the ledger.
    case taken
    /// Good rows were taken, bad ones wait in the rejects.
    case takenInPart = "taken-in-part"
    /// Everything was there already.
    case unchanged
    /// Nothing was recorded.
    case refused
  }

  public struct Problem: Sendable, Codable {
    public let file: String
    /// As a spreadsheet shows it, or the feature counted from 1; 0 for the whole file.
    public let row: Int
    public let column: String
    public let value: String
    public let code: String
    /// Of a check on a plot's geometry or place: `critical`, `warning`, `mended` …
    public let severity: String?
    public let es: String
    public let en: String
  }

  public let file: String
  public let kind: FileKind?
  public internal(set) var outcome: Outcome
  public internal(set) var rows = 0
  public internal(set) var acts = 0
  public internal(set) var events = 0
  /// Acts that stood in the ledger already.
  public internal(set) var unchanged = 0
  public internal(set) var problems: [Problem] = []
  /// What was left out, mended or doubted in rows that were taken all the same.
  public internal(set) var notices: [Problem] = []
  /// Problems beyond those listed.
  public internal(set) var unlistedProblems = 0
  public internal(set) var rejects: String?
  public internal(set) var seconds = 0.0
  /// Of a file of harvests or purchases.
  public internal(set) var seasons: SeasonsOfFile?
  /// The ledger's size after the commit, and the last position it wrote.
  public internal(set) var checkpointSize: Int64?

  init(file: String, kind: FileKind?, outcome: Outcome) {
    self.file = file
    self.kind = kind
    self.outcome = outcome
  }

  mutating func list(_ problems: [RowProblem]) {
    for problem in problems {
      guard self.problems.count < ImportLimits.listedProblems else {
        unlistedProblems += 1
        continue
      }
      self.problems.append(Problem(problem))
    }
  }
}

extension FileKind: Codable {}

extension FileReport.Problem {
  init(_ problem: RowProblem) {
    file = problem.file
    row = problem.row
    column = problem.column
    value = problem.value
    code = problem.code
    severity = problem.severity?.rawValue
    es = problem.text(.spanish)
    en = problem.text(.english)
  }
}

extension RowProblem {
  /// Nil for what is no check on a plot (`G02.hole`).
  var severity: GeometryFinding.Severity? {
    let name = code.split(separator: ".").last.map(String.init) ?? ""
    guard let problem = GeometryProblem(rawValue: name), code.hasPrefix(problem.code + ".")
    else { return nil }
    return problem.severity
  }

  /// A refusal of the domain, at the row that asked for it.
  init(_ refusal: Refusal, file: String, row: Int) {
    self.init(
      file: file, row: row, column: "", value: refusal.subject.code,
      code: refusal.code.rawValue,
      reason: Tabular.Wording(
        es: Traceability.Wording.text(of: refusal, in: .spanish),
        en: Traceability.Wording.text(of: refusal, in: .english)),
      remedy: Tabular.Wording(es: "", en: ""))
  }
}
