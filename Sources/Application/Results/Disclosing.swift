import ReadModels
public import Traceability

extension Raiz {
  /// A lot as one organisation may see it.
  ///
  /// - Throws: `ApplicationError.notFound` for a lot that is not there or that the organisation may
  ///   not know of: the two look alike.
  public func disclosure(
    of code: LotCode, to viewer: OrganisationCode
  ) async throws -> LotDisclosure {
    let evidence = try await evidence(for: .lot(code), downstream: true)
    let below = Provenance(world: evidence.world).downstream(of: [code]).lots
    let sight = evidence.world.sight(of: code, by: viewer, below: below)
    guard let seen = evidence.world.lots[code]?.disclosed(to: viewer, with: sight) else {
      throw ApplicationError.notFound(.lot(code))
    }
    return seen
  }
}
