import Application
import Foundation
public import Ledger

/// Where a witness is asked, and the key that its answers are checked with.
public struct WitnessAddress: Sendable {
  /// The submission prefix of C2SP tlog-witness, without a slash at its end.
  public let url: String
  public let verifier: CosignatureVerifier

  /// Reads `URL,VERIFIERKEY`: the first comma divides.
  ///
  /// - Throws: `ApplicationError.invalidSetting`, named as `name`.
  public init(_ text: String, name: String) throws {
    let parts = text.split(separator: ",", maxSplits: 1).map(String.init)
    func refusal(_ reason: String) -> ApplicationError {
      .invalidSetting(
        name: name, value: text, expected: "URL,name+hex+base64 (http://…) — \(reason)")
    }
    guard parts.count == 2 else { throw refusal("no comma / falta la coma") }
    var prefix = parts[0]
    while prefix.hasSuffix("/") { prefix.removeLast() }
    guard let components = URLComponents(string: prefix),
      ["http", "https"].contains(components.scheme ?? ""), !(components.host ?? "").isEmpty,
      components.query == nil, components.fragment == nil
    else { throw refusal("no URL / no es una URL") }
    url = prefix
    do {
      verifier = try CosignatureVerifier(verifierKey: parts[1])
    } catch {
      throw refusal("\(error)")
    }
  }

  /// The witnesses of options and of an environment variable with such pairs between spaces.
  ///
  /// - Throws: `ApplicationError.invalidSetting`, also where a key is given twice.
  public static func all(options: [String], environment: String?) throws -> [WitnessAddress] {
    var addresses = try options.map { try WitnessAddress($0, name: "--witness") }
    for text in (environment ?? "").split(whereSeparator: \.isWhitespace) {
      addresses.append(try WitnessAddress(String(text), name: "RAIZ_WITNESSES"))
    }
    var keys: Set<[UInt8]> = []
    for address in addresses where !keys.insert(address.verifier.publicKey).inserted {
      throw ApplicationError.invalidSetting(
        name: "--witness", value: address.verifier.verifierKey,
        expected: "each key once / cada clave una vez")
    }
    return addresses
  }
}
