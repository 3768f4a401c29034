import Foundation
import TestSupport
import Testing

/// Answering many doubts by the command line, and what the pages then show.
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
    try await checkPages(raiz, finding: listed.output)
  }

  /// The list in both states, and a finding from it with who answered it and why.
  private func checkPages(_ raiz: RaizProcess, finding listed: String) async throws {
    let port = FreePort.take()
    let server = try raiz.start(["serve", "--port", "\(port)"])
    let base = "http://127.0.0.1:\(port)"
    try await Web.waitUntilUp(base, server)
    let open = try await Web.get(base + "/findings?status=open&kind=&subject=&lang=es")
    #expect(open.status == 200 && open.text.contains("Abierta"))
    #expect(!open.text.contains(">Descartada</span>"))
    let dismissed = try await Web.get(base + "/findings?status=dismissed&lang=en")
    let link = try #require(dismissed.text.part(from: "href=\"/finding?code=", to: "\""))
    let page = try await Web.get(base + "/finding?code=\(link)")
    #expect(page.status == 200 && page.text.contains("Dismissed: Ana"), "\(page.text)")
    #expect(page.text.contains("the map was wrong"))
    let plot = try #require(page.text.part(from: "<dd>plot:", to: "<"))
    let narrowed = try await Web.get(base + "/findings?subject=plot:\(plot)")
    #expect(narrowed.status == 200 && narrowed.text.contains("plot:\(plot)"))
    let lots = try await Web.get(base + "/?verdict=insufficient-evidence")
    var links = 0
    for part in lots.text.components(separatedBy: "href=\"/lots/").dropFirst() {
      let lot = part.prefix { $0 != "\"" }
      let reasons = try await Web.get(base + "/lots/\(lot)?lang=en").text
      let doubts = reasons.components(separatedBy: "Open finding: ").count - 1
      #expect(reasons.components(separatedBy: "href=\"/findings?subject=").count - 1 == doubts)
      links += doubts
      if links > 2 { break }
    }
    #expect(links > 0)
    #expect(try await Web.get(base + "/finding?code=NONE/1").status == 404)
    #expect(try await Web.get(base + "/finding").status == 422)
    #expect(try await Web.get(base + "/findings?status=x").status == 422)
    server.terminate()
    try await RaizProcess.aside { server.waitUntilExit() }
  }
}

extension String {
  /// What stands between the first of two texts and the second; nil without them.
  fileprivate func part(from start: String, to end: String) -> String? {
    guard let opening = range(of: start),
      let closing = range(of: end, range: opening.upperBound..<endIndex)
    else { return nil }
    return String(self[opening.upperBound..<closing.lowerBound])
  }
}
