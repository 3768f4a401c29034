import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// A plot's map, by the command and by the server.
@Suite(.serialized) struct PictureTests {
  @Test func `given a sample when its plots are drawn then files, pages and server agree`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let sample = raiz.data + "/sample"
    let demo = try await raiz.run("demo", "--sample", sample, "--plots", "60", "--check")
    #expect(demo.status == 0, "\(demo.errors)")

    let svg = raiz.data + "/plot.svg"
    let drawn = try await raiz.run("picture", "P-000001", "-o", svg)
    #expect(drawn.status == 0 && drawn.output.contains(svg), "\(drawn.errors)")
    let text = String(
      decoding: try #require(FileManager.default.contents(atPath: svg)), as: UTF8.self)
    #expect(text.contains("<title>Map of plot P-000001</title>"))
    #expect(text.contains("shows:") && text.contains("ha inside the plot"))
    let png = raiz.data + "/plot.PNG"
    #expect(try await raiz.run("picture", "plot:P-000001", "-o", png).status == 0)
    let pixels = try #require(FileManager.default.contents(atPath: png))
    #expect(Array(pixels.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])

    let none = try await raiz.run("picture", "P-999999", "-o", svg)
    #expect(none.status == 2 && none.errors.contains("P-999999"))
    let wide = try await raiz.run("picture", "P-000001", "--format", "png", "--width", "9")
    #expect(wide.status == 64 && wide.errors.contains("200–4000"))
    #expect(try await raiz.run("picture", "P-000001", "--format", "gif").status == 64)

    let port = FreePort.take()
    let server = try raiz.start(["serve", "--port", "\(port)"])
    let base = "http://127.0.0.1:\(port)"
    try await Web.waitUntilUp(base, server)
    let served = try await get(base + "/plots/P-000001/map.svg?lang=en")
    #expect(served.status == 200 && served.type == "image/svg+xml; charset=utf-8")
    #expect(served.bytes == Data(text.utf8))
    let spanish = try await get(base + "/plots/P-000001/map.svg?lang=es")
    #expect(String(decoding: spanish.bytes, as: UTF8.self).contains("Mapa de la parcela P-000001"))
    let raster = try await get(base + "/plots/P-000001/map.png?lang=en")
    #expect(raster.status == 200 && raster.type == "image/png" && raster.bytes == pixels)
    #expect(try await get(base + "/plots/P-000001/map.png?width=300").bytes.count < pixels.count)
    #expect(try await get(base + "/plots/P-000001/map.png?width=no").status == 400)
    #expect(try await get(base + "/plots/P-000001/map.png?width=99999").status == 400)
    #expect(try await get(base + "/plots/P-999999/map.svg").status == 404)

    let page = try await Web.get(base + "/lots/CAH-B-0003-25?lang=en").text
    let image = try #require(page.firstMatch(of: /<img src="([^"]+)" alt="([^"]+)"[^>]*lazy/))
    #expect(image.2.hasPrefix("Map of plot P-"))
    #expect(try await get(base + image.1.replacing("&amp;", with: "&")).status == 200)

    server.terminate()
    try await RaizProcess.aside { server.waitUntilExit() }
    #expect(server.terminationStatus == 0)
  }

  private func get(
    _ address: String
  ) async throws -> (status: Int, type: String?, bytes: Data) {
    let url = try #require(URL(string: address))
    let (data, response) = try await URLSession.shared.data(for: URLRequest(url: url))
    let answer = response as? HTTPURLResponse
    return (answer?.statusCode ?? 0, answer?.value(forHTTPHeaderField: "Content-Type"), data)
  }
}
