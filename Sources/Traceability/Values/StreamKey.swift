/// What a stream is about; the part before the colon of its name.
public enum StreamKind: String, Sendable, Hashable, Codable, CaseIterable {
  case organisation, producer, plot, lot, shipment, statement, dataset, policy, finding
  case catalogue
  case tank
}

/// The name of a stream: `lot:ACO-26-0042`.
public struct StreamKey: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  public let kind: StreamKind
  public let code: String

  public init(kind: StreamKind, code: String) {
    self.kind = kind
    self.code = code
  }

  /// Reads `kind:code`; nil for an unknown kind or an empty code.
  public init?(_ text: some StringProtocol) {
    guard let colon = text.firstIndex(of: ":"),
      let kind = StreamKind(rawValue: String(text[..<colon]))
    else { return nil }
    let code = text[text.index(after: colon)...]
    guard !code.isEmpty else { return nil }
    self.init(kind: kind, code: String(code))
  }

  public static func organisation(_ code: OrganisationCode) -> StreamKey {
    StreamKey(kind: .organisation, code: code.text)
  }
  public static func producer(_ code: ProducerCode) -> StreamKey {
    StreamKey(kind: .producer, code: code.text)
  }
  public static func plot(_ code: PlotCode) -> StreamKey {
    StreamKey(kind: .plot, code: code.text)
  }
  public static func lot(_ code: LotCode) -> StreamKey { StreamKey(kind: .lot, code: code.text) }
  public static func shipment(_ code: ShipmentCode) -> StreamKey {
    StreamKey(kind: .shipment, code: code.text)
  }
  public static func tank(_ code: TankCode) -> StreamKey {
    StreamKey(kind: .tank, code: code.text)
  }
  public static func statement(_ code: StatementCode) -> StreamKey {
    StreamKey(kind: .statement, code: code.text)
  }
  public static func dataset(_ name: DatasetName) -> StreamKey {
    StreamKey(kind: .dataset, code: name.text)
  }
  public static func finding(_ code: FindingCode) -> StreamKey {
    StreamKey(kind: .finding, code: code.text)
  }

  public var description: String { kind.rawValue + ":" + code }

  public static func == (left: StreamKey, right: StreamKey) -> Bool {
    left.kind == right.kind && left.code.utf8.elementsEqual(right.code.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    for byte in code.utf8 { hasher.combine(byte) }
  }

  public static func < (left: StreamKey, right: StreamKey) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let key = StreamKey(text) else {
      throw InvalidValue(expected: "stream name", value: text)
    }
    self = key
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Names one event by its place in its stream: `lot:ACO-26-0042@3`.
public struct EventReference: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  public let stream: StreamKey
  /// 1 for the first event of the stream.
  public let version: Int64

  public init(stream: StreamKey, version: Int64) {
    self.stream = stream
    self.version = version
  }

  public var description: String { "\(stream)@\(version)" }

  public static func < (left: EventReference, right: EventReference) -> Bool {
    (left.stream, left.version) < (right.stream, right.version)
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let at = text.lastIndex(of: "@"), let stream = StreamKey(text[..<at]),
      let version = Int64(text[text.index(after: at)...]), version > 0
    else { throw InvalidValue(expected: "event reference", value: text) }
    self.init(stream: stream, version: version)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Who can hold a lot: the farmer who grew it, or an organisation.
public enum Party: Sendable, Hashable, Codable, CustomStringConvertible {
  case producer(ProducerCode)
  case organisation(OrganisationCode)

  public var stream: StreamKey {
    switch self {
    case .producer(let code): .producer(code)
    case .organisation(let code): .organisation(code)
    }
  }

  public var description: String { stream.description }

  public init(_ text: String) throws(InvalidValue) {
    switch StreamKey(text) {
    case .some(let key) where key.kind == .producer: self = .producer(try ProducerCode(key.code))
    case .some(let key) where key.kind == .organisation:
      self = .organisation(try OrganisationCode(key.code))
    default: throw InvalidValue(expected: "producer: or organisation: code", value: text)
    }
  }

  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
