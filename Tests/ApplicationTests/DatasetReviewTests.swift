import Application
import Foundation
import ReadModels
import Testing
import Traceability
import ValueTypes

/// All open doubts that rest on one superseded map, answered together.
@Suite(.serialized) struct DatasetReviewTests {
  /// The sample's own forest map under another name, with doubts of its own.
  private func workshop() async throws -> (workshop: Workshop, name: DatasetName) {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample(last: 5)
    let raiz = workshop.raiz
    let map = try #require(
      try await raiz.datasetSummaries().first { $0.registered.kind == .forest2020 })
    // The last by name of the maps that show most is the one that a doubt names.
    let name = try DatasetName("wrong-map")
    _ = try await raiz.addDataset(
      DatasetRequest(
        name: name.text, kind: "forest-2020", version: "1", licence: "CC0", source: "test",
        path: map.path, meaning: "values 1"), recordedBy: "steward")
    _ = try await raiz.assessor.assessAll(recordedBy: "assessor")
    return (workshop, name)
  }

  private func review(_ reviewer: String) throws -> CommonReview {
    CommonReview(
      outcome: .dismissed, reviewer: reviewer, reason: "el mapa estaba mal",
      evidence: [try #require(SHA256Digest([UInt8](repeating: 7, count: 32)))])
  }

  @Test func `given a map in use, then unknown, then superseded: only the last is answered`()
    async throws
  {
    let (workshop, name) = try await workshop()
    let raiz = workshop.raiz
    let used = await #expect(throws: ApplicationError.self) {
      try await raiz.doubts(restingOn: name)
    }
    #expect(used?.code == "dataset-in-use")
    let unknown = await #expect(throws: ApplicationError.self) {
      try await raiz.doubts(restingOn: try DatasetName("nothing"))
    }
    #expect(unknown?.code == "not-found")

    _ = try await raiz.supersede(
      DatasetSuperseded(dataset: name, by: nil, reason: "wrong everywhere"), recordedBy: "steward")
    // The plots still rest on it: nothing can be answered yet.
    let early = try await raiz.doubts(restingOn: name)
    #expect(early.doubts.isEmpty && early.waiting.count > 3)
    let nothing = try await raiz.review(early, with: try review("Ana"), recordedBy: "Ana")
    #expect(nothing.answered.isEmpty && !nothing.isWhole)

    _ = try await raiz.assessor.assessAll(recordedBy: "assessor")
    let listed = try await raiz.doubts(restingOn: name)
    #expect(listed.waiting.isEmpty)
    #expect(Set(listed.doubts.map(\.finding)) == Set(early.waiting.map(\.finding)))
    #expect(
      listed.doubts.allSatisfy { !$0.es.contains("—") && !$0.en.contains("—") && $0.es != $0.en })
    let size = try await workshop.size()
    // Listing records nothing.
    #expect(try await workshop.size() == size)

    // Who raised them, or who brings no evidence, answers none.
    let own = try await raiz.review(listed, with: try review("assessor"), recordedBy: "assessor")
    #expect(own.answered.isEmpty)
    #expect(Set(own.refused.map(\.code)) == ["reviewer-raised-it"])
    var bare = try review("Ana")
    bare.evidence = []
    let without = try await raiz.review(listed, with: bare, recordedBy: "Ana")
    #expect(Set(without.refused.map(\.code)) == ["evidence-missing"])
    #expect(try await workshop.size() == size)

    let report = try await raiz.review(listed, with: try review("Ana"), recordedBy: "Ana")
    #expect(report.isWhole && report.answered.count == listed.doubts.count)
    // Each in its own stream and in its plot's.
    #expect(try await workshop.size() == size + 2 * listed.doubts.count)
    #expect(Set(report.answered.map(\.position)).count == report.answered.count)
    #expect(try await raiz.doubts(restingOn: name).doubts.isEmpty)
    let repeated = try await raiz.review(listed, with: try review("Ana"), recordedBy: "Ana")
    #expect(repeated.answered.isEmpty)
    let audit = try await raiz.audit()
    #expect(audit.isSound, "\(audit.readModels.differences)")
    await workshop.close()
  }
}
