import Foundation
import Ledger
public import Traceability
import ValueTypes

/// The catalogue that a program works by: the one it ships, and the files that were given.
public struct Catalogues: Sendable {
  /// All together.
  public let merged: Catalogue
  /// The exact text of each, the shipped one first.
  let texts: [[UInt8]]

  /// An event holds the text, and an event is at most 65,535 bytes.
  static let byteLimit = 40_000

  /// - Throws: `ApplicationError.cannotRead`, and `.catalogueWrong` with every fault of a file.
  public init(files: [String]) throws {
    var merged = try Catalogue.shipped()
    var texts = [Catalogue.shippedText]
    for path in files {
      let (catalogue, bytes) = try Self.read(path)
      do throws(CatalogueFaults) {
        merged = try merged.adding(catalogue)
      } catch {
        throw ApplicationError.catalogueWrong(path, error.faults)
      }
      texts.append(bytes)
    }
    self.merged = merged
    self.texts = texts
  }

  /// What is wrong in a file, where it is to be added to what this program ships.
  ///
  /// - Throws: `ApplicationError.cannotRead`.
  public static func check(_ path: String) throws -> (Catalogue?, [CatalogueFault]) {
    do {
      let (catalogue, bytes) = try read(path)
      // The shipped file itself may be checked too, and so may its next version.
      let isOwn = catalogue.name == (try Catalogue.shipped().name)
      var faults = catalogue.faults(beside: isOwn ? nil : try Catalogue.shipped())
      if bytes.count > byteLimit { faults.append(.tooLarge) }
      return (catalogue, faults)
    } catch ApplicationError.catalogueWrong(_, let faults) {
      return (nil, faults)
    }
  }

  private static func read(_ path: String) throws -> (Catalogue, [UInt8]) {
    let bytes = try FileBytes.read(path, limit: byteLimit)
    do {
      let catalogue = try Catalogue(json: bytes)
      let unknown = try unknownFields(bytes, catalogue)
      guard unknown.isEmpty else { throw ApplicationError.catalogueWrong(path, unknown) }
      return (catalogue, bytes)
    } catch let error as DecodingError {
      let (place, text) = error.placed
      throw ApplicationError.catalogueWrong(
        path, [CatalogueFault(place: place, es: "No se entiende: \(text).", en: "\(text).")])
    }
  }
}

extension Catalogues {
  /// Fields that were given and not read: a range under a misspelt name would check nothing.
  private static func unknownFields(
    _ bytes: [UInt8], _ catalogue: Catalogue
  ) throws -> [CatalogueFault] {
    let given = try JSONSerialization.jsonObject(with: Data(bytes))
    let read = try JSONSerialization.jsonObject(with: JSONEncoder().encode(catalogue))
    return unknown(given, read, "")
  }

  private static func unknown(_ given: Any, _ read: Any?, _ place: String) -> [CatalogueFault] {
    if let list = given as? [Any], let other = read as? [Any] {
      return zip(list, other).enumerated().flatMap {
        unknown($1.0, $1.1, "\(place)[\($0)]")
      }
    }
    guard let object = given as? [String: Any], let other = read as? [String: Any] else {
      return []
    }
    return object.sorted { $0.key < $1.key }.flatMap { key, value -> [CatalogueFault] in
      let inner = place.isEmpty ? key : place + "." + key
      if value is NSNull { return [] }
      if let known = other[key] { return unknown(value, known, inner) }
      return [
        CatalogueFault(
          place: inner, es: "No hay campo de este nombre.", en: "There is no field of this name.")
      ]
    }
  }
}

extension CatalogueFault {
  fileprivate static let tooLarge = CatalogueFault(
    place: "", es: "Pasa de \(Catalogues.byteLimit) bytes: divídalo en dos archivos.",
    en: "It has more than \(Catalogues.byteLimit) bytes: make two files of it.")
}

extension DecodingError {
  /// Where a file cannot be read, as `products[3].code`, and why.
  fileprivate var placed: (String, String) {
    switch self {
    case .keyNotFound(let key, let context):
      return (Self.place(context.codingPath + [key]), "it is missing")
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      return (Self.place(context.codingPath), context.debugDescription)
    @unknown default: return ("", "\(self)")
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    var text = ""
    for key in path {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return text
  }
}

extension Raiz {
  /// Every catalogue's text enters the ledger once.
  func registerCatalogues(_ catalogues: Catalogues) async throws {
    for text in catalogues.texts {
      let catalogue = try Catalogue(json: text)
      let event = CatalogueRegistered(
        name: catalogue.name, version: catalogue.version,
        text: String(decoding: text, as: UTF8.self),
        digest: Attachment(mediaType: "application/json", bytes: text).digest)
      try await recordOnce(.registerCatalogue(event))
    }
  }
}
