public import ValueTypes

/// How certified product is kept apart on its way; weaker is greater. Credits without product (book
/// and claim) are none of a lot's.
public enum CertificationModel: String, Sendable, Hashable, Codable, Comparable, CaseIterable {
  case identityPreserved = "identity-preserved"
  case segregated
  case massBalance = "mass-balance"

  private var rank: Int {
    switch self {
    case .identityPreserved: 0
    case .segregated: 1
    case .massBalance: 2
    }
  }

  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// What a lot is certified as.
public struct LotCertification: Sendable, Hashable, Codable {
  /// `rspo`, `fairtrade`, `organic`: whatever the certificate says.
  public let scheme: SchemeCode
  public let model: CertificationModel

  public init(scheme: SchemeCode, model: CertificationModel) {
    self.scheme = scheme
    self.model = model
  }
}

/// A plot is certified: what is harvested on it may be sold as such.
public struct PlotCertified: Sendable, Hashable, Codable {
  public let plot: PlotCode
  public let scheme: SchemeCode
  public let certificate: String
  /// The last day on which it holds.
  public let validTo: CivilDate
  /// SHA-256 of the certificate's file.
  public let digest: SHA256Digest

  public init(
    plot: PlotCode, scheme: SchemeCode, certificate: String, validTo: CivilDate,
    digest: SHA256Digest
  ) {
    self.plot = plot
    self.scheme = scheme
    self.certificate = certificate
    self.validTo = validTo
    self.digest = digest
  }
}

/// The holder sells a lot as less than it is. There is no way back.
public struct LotDowngraded: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let holder: OrganisationCode
  public let scheme: SchemeCode
  /// Nil where it is certified no more.
  public let model: CertificationModel?
  public let reason: String

  public init(
    lot: LotCode, holder: OrganisationCode, scheme: SchemeCode, model: CertificationModel?,
    reason: String
  ) {
    self.lot = lot
    self.holder = holder
    self.scheme = scheme
    self.model = model
    self.reason = reason
  }
}
