import Foundation
import Testing

/// Ctrl-C in the middle of long work.
@Suite struct InterruptTests {
  @Test func `given an import when interrupted then it says what stays, and goes on when repeated`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let sample = raiz.data + "/sample"
    #expect(try await raiz.run("sample", "--out", sample, "--plots", "200").status == 0)
    let (output, errors) = (Pipe(), Pipe())
    let process = try raiz.start(["import", sample + "/import"], output: output, errors: errors)
    let told = try await RaizProcess.aside {
      // At the first file that is taken there are many to come.
      var text = ""
      while !text.contains(": taken") {
        let data = output.fileHandleForReading.availableData
        if data.isEmpty { break }
        text += String(decoding: data, as: UTF8.self)
      }
      kill(process.processIdentifier, SIGINT)
      let rest = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return text + String(decoding: rest, as: UTF8.self)
    }
    let said = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationStatus == 130, "\(told) \(said)")
    #expect(said.contains("[interrupted]") && said.contains("the server has stopped"))
    #expect(raiz.postmaster == nil)
    let again = try await raiz.run("import", sample + "/import")
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains(": unchanged") && again.output.contains(": taken"))
    #expect(try await raiz.run("audit").status == 0)
  }
}
