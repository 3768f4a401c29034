import Ledger
import ReadModels
public import Traceability

/// A producer as the ledger knows it: no name, no document, no telephone.
public struct ProducerDetail: Sendable, Hashable, Codable {
  public enum PersonalDataState: String, Sendable, Codable {
    case absent, held, erased
  }

  public let producer: ProducerCode
  public let organisation: OrganisationCode?
  public let district: String?
  public let personalData: PersonalDataState
  public let history: [HistoryEntry]
}

extension Raiz {
  /// - Throws: `ApplicationError.notFound`.
  public func producer(_ code: ProducerCode) async throws -> ProducerDetail {
    let world = try await world(of: code)
    guard let registered = world.producers[code] else {
      throw ApplicationError.notFound(.producer(code))
    }
    return ProducerDetail(
      producer: code, organisation: registered.organisation, district: registered.district,
      personalData: world.people[code].map { $0.isErased ? .erased : .held } ?? .absent,
      history: try await history(of: .producer(code)))
  }

  /// The person's own data in clear; nil where none are held, or where key or ciphertext is gone.
  ///
  /// - Throws: `ApplicationError.notFound`.
  public func person(_ code: ProducerCode) async throws -> PersonalData? {
    let world = try await world(of: code)
    guard world.producers[code] != nil else { throw ApplicationError.notFound(.producer(code)) }
    guard let person = world.people[code], !person.isErased else { return nil }
    return try await vault.open(person.reference, of: code, reader: reader)
  }

  /// Which of the producers had their personal data erased.
  func erased(among producers: [ProducerCode]) async throws -> Set<ProducerCode> {
    let names = try Set(producers).map { try StreamName(StreamKey.producer($0).description) }
    // Most producers have nothing but their registration: only the others are folded.
    let streams = try await reader.heads(of: names).filter { $0.value > 1 }.map(\.key.text)
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load(
      Set(streams.compactMap { StreamKey($0) }), into: &world, loaded: &loaded)
    return Set(world.people.filter(\.value.isErased).keys)
  }

  private func world(of code: ProducerCode) async throws -> World {
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load([.producer(code)], into: &world, loaded: &loaded)
    return world
  }
}
