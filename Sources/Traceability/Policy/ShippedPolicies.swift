extension Policy {
  /// The exact bytes of the files that this program ships, the oldest version of each first.
  public static var shippedTexts: [[UInt8]] {
    [
      PackageResources.policy_eudr_1_json, PackageResources.policy_eudr_2_json,
      PackageResources.policy_pur_eligibility_1_json, PackageResources.policy_rspo_1_json,
    ]
  }

  /// The exact bytes of the policy by which verdicts are kept.
  public static var shippedText: [UInt8] { PackageResources.policy_eudr_2_json }

  public static func shipped() throws -> Policy { try Policy(json: shippedText) }

  /// The file of a policy of this name and version that this program ships.
  public static func shippedText(name: String, version: String) throws -> [UInt8]? {
    try shippedTexts.first {
      let policy = try Policy(json: $0)
      return policy.name == name && policy.version == version
    }
  }
}
