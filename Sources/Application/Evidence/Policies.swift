import Ledger
import ReadModels
public import Traceability
import ValueTypes

extension Raiz {
  /// A policy by its code (`rspo-1`) or name (`rspo`, its newest version): one that this program
  /// ships, or one that was registered.
  ///
  /// - Throws: `ApplicationError.invalidSetting` where there is none.
  public func policy(named text: String) async throws -> Policy {
    let shipped = try Policy.shippedTexts.map { try Policy(json: $0) }
    if let policy = shipped.last(where: { $0.code == text || $0.name == text }) { return policy }
    let stream = StreamKey(kind: .policy, code: text)
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load([stream], into: &world, loaded: &loaded)
    if let registered = world.policies[text] {
      return try Policy(json: Array(registered.text.utf8))
    }
    throw ApplicationError.invalidSetting(
      name: "policy", value: text, expected: shipped.map(\.code).joined(separator: ", "))
  }

  /// Registers a policy's file with its whole text.
  ///
  /// - Throws: `ApplicationError.invalidSetting` with what is wrong in it.
  public func addPolicy(path: String, recordedBy: String) async throws -> Policy {
    let bytes = try FileBytes.read(path, limit: Self.policyFileLimit)
    let policy = try Self.policy(bytes, path)
    // A policy of our own name with other rules would be refused by whoever verifies with it.
    if let shipped = try Policy.shippedText(name: policy.name, version: policy.version),
      shipped != bytes
    {
      throw ApplicationError.invalidSetting(
        name: "version", value: policy.version, expected: "another one, or the shipped text")
    }
    let event = PolicyRegistered(
      name: policy.name, version: policy.version, text: String(decoding: bytes, as: UTF8.self),
      digest: Attachment(mediaType: "application/json", bytes: bytes).digest)
    _ = try await record(
      .registerPolicy(event), occurredAt: now(), key: nil, recordedBy: recordedBy)
    return policy
  }

  private static let policyFileLimit = 60_000

  /// The policy in a file, registered or not.
  ///
  /// - Throws: `ApplicationError.invalidSetting` with what is wrong in it, `.cannotRead`.
  public func policy(file path: String) throws -> Policy {
    try Self.policy(try FileBytes.read(path, limit: Self.policyFileLimit), path)
  }

  private static func policy(_ bytes: [UInt8], _ path: String) throws -> Policy {
    do {
      return try Policy(json: bytes)
    } catch let error as DecodingError {
      throw ApplicationError.invalidSetting(name: "policy", value: path, expected: words(error))
    }
  }

  private static func words(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      return path(context) + "«\(key.stringValue)» is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      return path(context) + context.debugDescription
    @unknown default: return "\(error)"
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    let keys = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
    return keys.isEmpty ? "" : keys.joined(separator: ".") + ": "
  }

  /// What the policy's method makes of a plot's newest assessment, indicator by indicator.
  ///
  /// - Throws: `ApplicationError.notFound` where the plot is not in the ledger; nil where it is not
  ///   assessed or the policy has no method.
  public func risk(
    of plot: PlotCode, by policy: Policy? = nil
  ) async throws -> RiskExplanation? {
    let evidence = try await evidence(for: .plot(plot), downstream: false)
    return Judge(world: evidence.world, policy: policy ?? self.policy).risk(plot: plot)
  }
}
