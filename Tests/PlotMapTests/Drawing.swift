import Foundation
import FoundationXML
import Testing

/// An SVG read by an XML parser.
struct Drawing {
  let root: XMLElement
  /// Its elements live as long as it does.
  private let document: XMLDocument

  init(_ bytes: [UInt8]) throws {
    document = try XMLDocument(data: Data(bytes), options: [])
    root = try #require(document.rootElement())
  }

  var elements: [XMLElement] { Self.below(root) }

  private static func below(_ element: XMLElement) -> [XMLElement] {
    (element.children ?? []).compactMap { $0 as? XMLElement }.flatMap { [$0] + below($0) }
  }

  /// The groups of a class.
  func groups(_ name: String) -> [XMLElement] {
    elements.filter { $0.name == "g" && $0["class"] == name }
  }

  func paths(in group: String) -> [XMLElement] {
    groups(group).flatMap(Self.below).filter { $0.name == "path" }
  }

  /// Every text on the page, in order; the light edge under a text is not one.
  func texts(in group: String) -> [String] {
    groups(group).flatMap(Self.below)
      .filter { $0.name == "text" && $0["aria-hidden"] == nil }
      .map { $0.stringValue ?? "" }
  }

  func first(_ name: String) -> String? { elements.first { $0.name == name }?.stringValue }

  /// The polylines of a path made of M, l, h, v and z.
  static func rings(_ path: XMLElement) throws -> [[(x: Double, y: Double)]] {
    let text = try #require(path["d"])
    var rings: [[(x: Double, y: Double)]] = []
    for match in text.matches(of: /([Mlhvz])([-0-9. ]*)/) {
      let numbers = match.2.split(separator: " ").compactMap { Double($0) }
      let last = rings.last?.last ?? (0, 0)
      switch match.1 {
      case "M": rings.append([(numbers[0], numbers[1])])
      case "l": rings[rings.count - 1].append((last.x + numbers[0], last.y + numbers[1]))
      case "h": rings[rings.count - 1].append((last.x + numbers[0], last.y))
      case "v": rings[rings.count - 1].append((last.x, last.y + numbers[0]))
      default: break
      }
    }
    return rings
  }
}

extension XMLElement {
  /// An attribute's value.
  subscript(_ attribute: String) -> String? {
    attributes?.first { $0.name == attribute || $0.name == "xml:" + attribute }?.stringValue
  }
}
