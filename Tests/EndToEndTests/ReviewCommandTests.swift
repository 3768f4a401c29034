import Foundation
import Testing

/// Answering many doubts by the command line.
@Suite(.serialized) struct ReviewCommandTests {
  @Test func `given a superseded map when its doubts are answered then they are listed first`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let sample = raiz.data + "/sample"
    let demo = try await raiz.run("demo", "--sample", sample, "--plots", "60", "--check")
    #expect(demo.status == 0, "\(demo.errors)")
    let map = sample + "/import/maps/bosque-2020.tif"
    let added = try await raiz.run(
      "dataset", "add", map, "--kind", "forest-2020", "--name", "wrong-map", "--version", "1",
      "--licence", "CC0", "--source", "test", "--meaning", "values 1")
    #expect(added.status == 0, "\(added.errors)")
    #expect(try await raiz.run("assess").status == 0)

    let list = ["review", "--dataset", "wrong-map", "--list"]
    let inUse = try await raiz.run(list)
    #expect(inUse.status == 2 && inUse.errors.contains("dataset supersede"))
    let superseded = try await raiz.run(
      "dataset", "supersede", "wrong-map", "--reason", "wrong everywhere")
    #expect(superseded.status == 0)
    #expect(try await raiz.run("assess").status == 0)
    let listed = try await raiz.run(list)
    #expect(listed.status == 0 && listed.output.contains("wrong everywhere"))
    let count = listed.output.split(separator: "\n").filter { $0.hasPrefix("  ? ") }.count
    #expect(count > 3)
    #expect(try await raiz.run(list).output == listed.output)

    for wrong in [
      ["review"], ["review", "X", "--dataset", "wrong-map"], ["review", "X", "--list"],
      ["review", "--dataset", "wrong-map", "--outcome", "dismissed"],
    ] { #expect(try await raiz.run(wrong).status == 64, "\(wrong)") }

    let evidence = raiz.data + "/visit.txt"
    try Data("seen".utf8).write(to: URL(fileURLWithPath: evidence))
    let answer = [
      "review", "--dataset", "wrong-map", "--outcome", "dismissed", "--reviewer", "Ana",
      "--reason", "the map was wrong", "--evidence", evidence,
    ]
    let answered = try await raiz.run(answer)
    #expect(answered.status == 0, "\(answered.errors)")
    #expect(answered.output.hasPrefix(listed.output))
    let lines = answered.output.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("  ✓ ") }.count == count)
    let again = try await raiz.run(answer)
    #expect(again.status == 0 && again.output.contains("0 answered"))
    #expect(try await raiz.run("audit").status == 0)
  }
}
