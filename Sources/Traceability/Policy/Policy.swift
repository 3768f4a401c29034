import FoundationEssentials
public import ValueTypes

/// A named, versioned set of rules that turns evidence into a verdict; data, reviewed like code.
public struct Policy: Sendable, Hashable {
  public let name: String
  public let version: String
  public let validFrom: CivilDate
  public let source: String
  /// No deforestation after this day (Regulation (EU) 2023/1115, Art. 2(13)).
  public let cutOff: CivilDate
  /// Every plot must be assessed by a map of each of these kinds.
  public let requiredDatasets: [DatasetKind]
  /// How maps become a class of risk; nil where only the rules judge.
  public let risk: RiskMethod?
  /// The risk's class stands among a doubt's figures.
  public let tellsRisk: Bool
  public let rules: [PolicyRule]
  /// Areas up to this are within the maps' and receivers' position errors, m².
  public let toleranceSquareMetres: Double
  /// On a small plot, so much of it may be unseen at most, percent.
  public let unseenPercent: Double
  /// A plot above this needs a polygon, m² (Art. 2(28): 4 ha).
  public let pointLimitSquareMetres: Double
  /// Any one of these papers answers the land-use-rights limb (Art. 2(40)(a)).
  public let tenure: [TenureKind]

  /// Reads a policy file; throws Foundation's decoding error with the path of what is wrong.
  public init(json: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(PolicyFile.self, from: Data(json)).policy
  }

  init(_ file: PolicyFile, risk: RiskMethod?, tellsRisk: Bool) {
    name = file.name
    version = file.version
    validFrom = file.validFrom
    source = file.source
    cutOff = file.cutOff
    self.risk = risk
    self.tellsRisk = tellsRisk
    rules = file.rules ?? []
    // A rule that reads a layer asks for it: a missing map is no answer.
    let asked = Set(file.requiredDatasets)
    var more: [DatasetKind] = []
    for kind in rules.flatMap(\.kinds) where !asked.contains(kind) && !more.contains(kind) {
      more.append(kind)
    }
    requiredDatasets = file.requiredDatasets + more
    toleranceSquareMetres = file.toleranceSquareMetres
    unseenPercent = file.unseenPercent ?? file.treeCoverPercent ?? 10
    pointLimitSquareMetres = file.pointLimitSquareMetres
    tenure = file.tenure
  }

  /// The policy's stream code: `eudr-1`.
  public var code: String { name + "-" + version }
}
