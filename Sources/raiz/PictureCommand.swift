import Application
import ArgumentParser
import Traceability

struct PictureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "picture",
    abstract: "A plot's map: outline, forest, loss by year, scale, north and legend.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The plot's code, with or without plot: before it.") var plot: String
  @Option(help: "svg or png (default: as the file's name ends, else svg).")
  var format: String?
  @Option(name: [.customShort("o"), .long], help: "The file (default: CODE.svg or CODE.png).")
  var out: String?
  @Option(help: "Pixels across a PNG, 200 to 4000.") var width: Int?

  private func chosenFormat() throws -> PictureFormat {
    guard let format else {
      return out?.lowercased().hasSuffix(".png") == true ? .png : .svg
    }
    guard let known = PictureFormat(rawValue: format) else {
      throw ApplicationError.invalidSetting(
        name: "--format", value: format, expected: "svg, png")
    }
    return known
  }

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let format = try chosenFormat()
      let code = try Subjects.plot(plot)
      try await raiz.catchUp()
      let bytes = try await raiz.picture(
        of: code, format: format, language: shared.language, width: width)
      let path = out ?? FileNames.safe(code.text) + "." + format.rawValue
      try FileNames.write(bytes, to: path)
      struct Document: Encodable {
        let file: String
        let bytes: Int
        let plot: PlotCode
      }
      if shared.json {
        return try Terminal.json(Document(file: path, bytes: bytes.count, plot: code))
      }
      Terminal.out("\(path) (\(bytes.count) bytes)")
    }
  }
}
