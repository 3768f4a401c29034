import Foundation
import Testing
import Traceability

/// `docs/events.md` names everything that the code can write.
@Suite struct CatalogueDocumentTests {
  private func document() throws -> String {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    repeat {
      folder.deleteLastPathComponent()
    } while folder.path != "/"
      && !FileManager.default.fileExists(atPath: folder.path + "/docs/events.md")
    let data = try #require(FileManager.default.contents(atPath: folder.path + "/docs/events.md"))
    return String(decoding: data, as: UTF8.self)
  }

  /// A page by its `##` headings; code marks around a heading are left out.
  private func sections(_ text: String) -> [String: String] {
    var sections: [String: String] = [:]
    for part in ("\n" + text).components(separatedBy: "\n## ").dropFirst() {
      let heading = part.prefix { $0 != "\n" }
      sections[heading.filter { $0 != "`" }] = String(part.dropFirst(heading.count))
    }
    return sections
  }

  @Test func `given every event then its section names its stream and each field`() throws {
    let sections = sections(try document())
    let parts = try #require(sections["Parts of events"])
    for event in try Samples.all() {
      let section = try #require(sections[event.type], "\(event.type)")
      #expect(section.contains("Stream `\(event.stream.kind.rawValue):…`"), "\(event.type)")
      #expect(section.contains("Recorded by: ") && section.contains("Refused by: "))
      let object = try JSONSerialization.jsonObject(with: Data(event.encoded()))
      for (field, value) in try #require(object as? [String: Any]) {
        #expect(section.contains("| `\(field)` |"), "\(event.type) \(field)")
        // The figures of a finding have a table of their own.
        guard field != "figures" else { continue }
        for inner in innerFields(value) {
          #expect(parts.contains("| `\(inner)` |"), "\(event.type) \(field).\(inner)")
        }
      }
    }
  }

  private func innerFields(_ value: Any) -> Set<String> {
    if let object = value as? [String: Any] {
      return object.reduce(into: Set(object.keys)) { $0.formUnion(innerFields($1.value)) }
    }
    let list = value as? [Any] ?? []
    return list.reduce(into: []) { $0.formUnion(innerFields($1)) }
  }

  @Test func `given findings, refusals, reasons and named values then each has its row`() throws {
    let sections = sections(try document())
    let findings = try #require(sections["Findings"])
    for kind in FindingKind.allCases { #expect(findings.contains("| `\(kind.rawValue)` |")) }
    let refusals = try #require(sections["Refusals"])
    for code in Refusal.Code.allCases { #expect(refusals.contains("| `\(code.rawValue)` |")) }
    let reasons = try #require(sections["Reasons of a verdict"])
    for code in Reason.Code.allCases { #expect(reasons.contains("| `\(code.rawValue)` |")) }
    let values = try #require(sections["Named values"])
    let named =
      OrganisationKind.allCases.map(\.rawValue) + TenureKind.allCases.map(\.rawValue)
      + (try DatasetKinds.shipped().kinds.map(\.kind.rawValue))
      + StreamKind.allCases.map(\.rawValue)
    for value in named { #expect(values.contains("`\(value)`"), "\(value)") }
  }

  @Test func `given the page then it refuses and raises nothing that the code does not know`()
    throws
  {
    let codes = Set(Refusal.Code.allCases.map(\.rawValue))
    let kinds = Set(FindingKind.allCases.map(\.rawValue))
    for line in try document().split(separator: "\n") {
      let words = line.split(separator: "`", omittingEmptySubsequences: false)
      let quoted = words.indices.filter { $0 % 2 == 1 }.map { String(words[$0]) }
      if line.hasPrefix("Refused by: "), !line.hasPrefix("Refused by: as ") {
        #expect(!quoted.isEmpty && codes.isSuperset(of: quoted), "\(line)")
      }
      if line.hasPrefix("May raise: ") { #expect(kinds.isSuperset(of: quoted), "\(line)") }
    }
  }
}
