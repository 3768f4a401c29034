import CGeo

/// The text of a VRT as a tree, by the parser that GDAL itself reads VRTs with.
struct MosaicText {
  /// An element: its attributes, its elements, and its text.
  struct Element {
    var name = ""
    var text = ""
    var attributes: [String: String] = [:]
    var elements: [Element] = []

    func first(_ name: String) -> Element? { elements.first { $0.name == name } }
    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }
    func number(_ name: String) -> Double? { attributes[name].flatMap { Double($0) } }
  }

  private static let mostBytes = 1 << 24
  private static let deepest = 16

  /// Whether the file is a VRT, by its first bytes, as GDAL tells them.
  static func isMosaic(_ path: String) throws(RasterError) -> Bool {
    let head = try read(path, most: 1_024)
    return String(decoding: head, as: UTF8.self).contains("<VRTDataset")
  }

  /// The root element of a VRT.
  static func root(_ path: String) throws(RasterError) -> Element {
    let bytes = try read(path, most: mostBytes + 1)
    guard bytes.count <= mostBytes else {
      throw .mosaicMalformed(path: path, reason: "longer than \(mostBytes) bytes")
    }
    guard !bytes.contains(0) else {
      throw .mosaicMalformed(path: path, reason: "a zero byte")
    }
    let tree = unsafe GDAL.quietly {
      unsafe CPLParseXMLString(String(decoding: bytes, as: UTF8.self))
    }
    guard let tree = unsafe tree else {
      throw .mosaicMalformed(path: path, reason: GDAL.lastMessage)
    }
    defer { unsafe CPLDestroyXMLNode(tree) }
    var found: [Element] = []
    var node: UnsafeMutablePointer<CPLXMLNode>? = unsafe tree
    while let here = unsafe node {
      if unsafe here.pointee.eType == CXT_Element,
        unsafe String(cString: here.pointee.pszValue) == "VRTDataset"
      {
        found.append(try unsafe element(here, depth: 0, path: path))
      }
      unsafe node = here.pointee.psNext
    }
    guard found.count == 1 else {
      throw .mosaicMalformed(path: path, reason: "\(found.count) elements VRTDataset")
    }
    return found[0]
  }

  private static func element(
    _ node: UnsafeMutablePointer<CPLXMLNode>, depth: Int, path: String
  ) throws(RasterError) -> Element {
    guard depth < deepest else {
      throw .mosaicMalformed(path: path, reason: "elements over \(deepest) deep")
    }
    var made = Element(name: unsafe String(cString: node.pointee.pszValue))
    var child = unsafe node.pointee.psChild
    while let here = unsafe child {
      let value = unsafe String(cString: here.pointee.pszValue)
      switch unsafe here.pointee.eType {
      case CXT_Text: made.text += value
      case CXT_Attribute:
        let text = unsafe here.pointee.psChild
        made.attributes[value] = unsafe text.map { unsafe String(cString: $0.pointee.pszValue) }
      case CXT_Element:
        made.elements.append(try unsafe element(here, depth: depth + 1, path: path))
      default: break
      }
      unsafe child = here.pointee.psNext
    }
    return made
  }

  private static func read(_ path: String, most: Int) throws(RasterError) -> [UInt8] {
    guard let file = unsafe fopen(path, "rb") else {
      throw .cannotOpen(path: path, reason: "the file is missing or may not be read")
    }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: min(most, 1 << 16))
    while bytes.count < most {
      let count = unsafe fread(&piece, 1, min(piece.count, most - bytes.count), file)
      bytes += piece[..<count]
      if count == 0 { break }
    }
    guard unsafe ferror(file) == 0 else {
      throw .cannotRead(path: path, reason: "reading stopped before the end")
    }
    return bytes
  }
}
