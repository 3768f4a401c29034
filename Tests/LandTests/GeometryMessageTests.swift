import Foundation
import Testing

@testable import Land

/// What findings say, and that each can be said.
@Suite struct GeometryMessageTests {
  @Test func `given every problem, when worded, then in both languages with a remedy`() {
    for problem in GeometryProblem.allCases {
      for text in [problem.texts.es, problem.texts.en, problem.remedies.es, problem.remedies.en] {
        #expect(text.count > 10 && text.hasSuffix("."), "\(problem): \(text)")
      }
      #expect(problem.texts.es != problem.texts.en)
      #expect(problem.remedies.es != problem.remedies.en)
      #expect(problem.code.wholeMatch(of: /G(0[1-9]|1[0-4])/) != nil)
    }
  }

  @Test func `given any two problems, when worded, then they do not say the same`() {
    let all = GeometryProblem.allCases
    #expect(Set(all.map(\.texts.es)).count == all.count)
    #expect(Set(all.map(\.texts.en)).count == all.count)
  }

  @Test func `given a problem, when worded, then both languages give the same figures`() {
    for problem in GeometryProblem.allCases {
      let spanish = Self.names(in: problem.texts.es)
      #expect(spanish == Self.names(in: problem.texts.en), "\(problem)")
    }
  }

  private static func names(in text: String) -> Set<String> {
    Set(text.matches(of: /\{([a-zA-Z]+)\}/).map { String($0.1) })
  }

  /// Each problem as it is really found: a figure that a message asks for must be there.
  @Test func `given each problem's own example, when judged, then its message is whole`() throws {
    let examples = try GeometryExamples.all()
    for problem in GeometryProblem.allCases where problem != .notChecked && problem != .invalid {
      let finding = try #require(
        examples.first { $0.problem == problem }, "no example gives \(problem)")
      for language in MessageLanguage.allCases {
        let said = finding.message(in: language) + finding.remedy(in: language)
        #expect(!said.contains("?"), "\(said)")
        #expect(!said.contains("{"), "\(said)")
      }
    }
  }

  @Test func `given the page on geometry, when read, then it lists each check as it is`() throws {
    let root = SharedData.project.appendingPathComponent("docs/geometry.md")
    let page = try String(contentsOf: root, encoding: .utf8)
    for problem in GeometryProblem.allCases {
      let row = "| `\(problem.code)` | `\(problem.rawValue)` | \(problem.severity.rawValue) |"
      #expect(page.contains(row), "\(row)")
    }
  }
}
