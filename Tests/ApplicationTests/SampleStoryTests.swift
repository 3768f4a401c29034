import Application
import Foundation
import Ledger
import ReadModels
import SampleData
import TestSupport
import Testing

@Suite(.serialized) struct SampleStoryTests {
  @Test(arguments: [(60, 1), (140, 7)])
  func `given a sample when imported then exactly the planted stories are found`(
    plots: Int, seed: Int
  ) async throws {
    let workshop = try await Workshop.open()
    let sample = try await workshop.sample(plots: plots, seed: UInt64(seed))
    let names = try FileManager.default.contentsOfDirectory(atPath: sample + "/refused").sorted()
    let before = try await workshop.size()
    var refused: [FileReport] = []
    for name in names { refused.append(try await workshop.take(sample + "/refused/" + name)) }
    #expect(try await workshop.size() == before)
    let report = try await workshop.raiz.checkStories(in: sample, imported: refused)
    #expect(report.isExact, "\(report.missing.prefix(5)) \(report.unexpected.prefix(5))")
    #expect(report.lines.count == 24)
    let audit = try await workshop.raiz.audit()
    #expect(audit.isSound, "\(audit.ledger.discrepancies) \(audit.readModels.differences)")
    await workshop.close()
  }

  @Test func `given the same options when written twice then the bytes are the same`() throws {
    let folder = try TestFolders.scratch()
    for part in ["a", "b"] {
      try Sample.write(try SampleOptions(plots: 60, seasons: 1, seed: 5), to: folder + "/" + part)
    }
    let files = try #require(FileManager.default.subpaths(atPath: folder + "/a")).sorted()
    #expect(files.count > 20)
    for file in files where !file.hasSuffix("import") && !file.hasSuffix("maps") {
      let left = FileManager.default.contents(atPath: folder + "/a/" + file)
      #expect(left == FileManager.default.contents(atPath: folder + "/b/" + file), "\(file)")
    }
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test func `given a story whose evidence is missing then the check is not exact`() async throws {
    let workshop = try await Workshop.open()
    let out = workshop.folder + "/sample"
    try Sample.write(try SampleOptions(plots: 60), to: out)
    let report = try await workshop.raiz.checkStories(in: out, imported: [])
    #expect(!report.isExact && !report.missing.isEmpty)
    await workshop.close()
  }
}
