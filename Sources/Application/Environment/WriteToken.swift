import Foundation
import ValueTypes

/// The bearer token for writes over HTTP: 32 random bytes in hexadecimal, in a file that only its
/// owner may read.
public enum WriteToken {
  /// The token in the folder's `api-token`, made at first use.
  ///
  /// - Throws: `ApplicationError.cannotWrite`, and `.invalidSetting` for a file without a token.
  public static func loadOrCreate(in folder: String) throws -> String {
    let path = folder + "/api-token"
    let files = FileManager.default
    if let data = files.contents(atPath: path) {
      let text = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      guard let token = text.first, token.utf8.count >= 32 else {
        throw ApplicationError.invalidSetting(
          name: path, value: "", expected: "at least 32 characters, or no file")
      }
      return String(token)
    }
    var generator = SystemRandomNumberGenerator()
    let token = Hex.encode((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard
      files.createFile(
        atPath: path, contents: Data((token + "\n").utf8),
        attributes: [.posixPermissions: 0o600])
    else { throw ApplicationError.cannotWrite(path, reason: "no right, or no room") }
    return token
  }
}
