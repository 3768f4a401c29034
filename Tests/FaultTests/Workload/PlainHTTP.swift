import Foundation

/// A whole answer of a server.
struct HTTPAnswer: Sendable {
  let status: Int
  let body: String

  /// The body as a JSON object; empty for anything else.
  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
  }
}

/// HTTP/1.1, one request a connection. Blocks: to be called on threads of the tests' own.
enum PlainHTTP {
  /// Nil where no whole answer came: then nobody was told anything.
  static func send(
    _ method: String, _ path: String, port: Int, headers: [String] = [], body: String = "",
    seconds: Double
  ) -> HTTPAnswer? {
    guard let end = Sockets.connect(toPort: port, seconds: seconds) else { return nil }
    defer { close(end) }
    let lines =
      ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1", "Connection: close"] + headers
      + ["Content-Length: \(body.utf8.count)", "", body]
    guard Sockets.write(Array(lines.joined(separator: "\r\n").utf8), to: end) else { return nil }
    var bytes: [UInt8] = []
    while true {
      if let answer = parse(bytes) { return answer }
      guard let more = Sockets.read(end) else { return nil }
      bytes += more
    }
  }

  private static func parse(_ bytes: [UInt8]) -> HTTPAnswer? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let gap = text.range(of: "\r\n\r\n") else { return nil }
    let lines = text[..<gap.lowerBound].components(separatedBy: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    let length = lines.compactMap { line -> Int? in
      let parts = line.split(separator: ":")
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
      return Int(parts[1].drop { $0 == " " })
    }.first
    let body = text[gap.upperBound...]
    guard words.count > 1, let status = Int(words[1]), let length, body.utf8.count >= length
    else { return nil }
    return HTTPAnswer(status: status, body: String(body))
  }
}
