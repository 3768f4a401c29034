import Database
import Foundation
public import Ledger
import PostgreSQL
import PrivateCluster
import ReadModels
public import Traceability
public import ValueTypes

/// A running Raíz: a ledger, its read models and its use cases, over one database.
public final class Raiz: Sendable {
  let settings: Settings
  let cluster: PrivateCluster?
  let pool: Pool
  let writer: LedgerWriter
  let reader: LedgerReader
  let signer: CheckpointSigner
  let published: PublishedCheckpointFile
  let heads: HeadsKeeper
  let projector: Projector
  let loader: WorldLoader
  let provenance: ProvenanceEngine
  let datasets: DatasetStore
  let maps: VerifiedMaps
  let vault: PersonVault
  public let catalogue: Catalogue
  public let policy: Policy

  /// Public key of the ledger: `name+hex+base64`, to be given to whoever verifies.
  public var verifierKey: String { signer.verifierKey }
  public var origin: String { signer.name }

  /// Opens the database (making and starting a private cluster if there is none), migrates it,
  /// and opens the ledger, which refuses to go on from a database older than what was published.
  public static func open(
    _ settings: Settings, log: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Raiz {
    let cluster: PrivateCluster? =
      if settings.database == nil {
        try await PrivateCluster.open(folder: settings.folder, log: log)
      } else {
        nil
      }
    do {
      return try await Raiz(settings: settings, cluster: cluster, log: log)
    } catch {
      try? await cluster?.close()
      throw error
    }
  }

  private init(
    settings: Settings, cluster: PrivateCluster?, log: @Sendable (String) -> Void
  ) async throws {
    self.settings = settings
    self.cluster = cluster
    let catalogues = try Catalogues(files: settings.catalogues)
    catalogue = catalogues.merged
    policy = try Policy.shipped()
    let folder = settings.folder.path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let target = try Self.target(settings, cluster)
    let keys = try PersonKeyStore(folder: settings.personKeys ?? folder + "/person-keys")
    try await Self.migrate(target, keys, ledger: settings.ledger, log: log)
    // The service works with the rights of the writer and no more.
    // A server that hangs in a transaction would hold up every other by its locks.
    pool = Pool(
      target.with(
        "options", "-c role=raiz_writer -c idle_in_transaction_session_timeout=60s"))
    let name = settings.ledger
    vault = PersonVault(keys: keys, pool: pool)
    // Even where the ledger is refused below: a restored database brings nobody back.
    try await vault.destroyReturned(ledger: name)
    signer = try CheckpointSigner.loadOrCreate(
      file: folder + "/ledger.key", name: name)
    published = PublishedCheckpointFile(path: folder + "/published.checkpoint")
    writer = try await LedgerWriter.open(
      pool: pool, ledger: name, signer: signer, published: published,
      clock: LedgerClock(now: settings.now, random: LedgerClock.system.random))
    reader = try await LedgerReader(pool: pool, ledger: name)
    heads = HeadsKeeper(pool: pool, reader: reader)
    projector = Projector(pool: pool, reader: reader, ledger: reader.ledger, policy: policy)
    loader = WorldLoader(reader: reader)
    provenance = ProvenanceEngine(
      pool: pool, ledger: reader.ledger, projector: projector,
      seed: UInt64.random(in: .min ... .max))
    datasets = DatasetStore(dataFolder: folder)
    maps = VerifiedMaps(datasets)
    try await carryOutErasures()
    try await registerPolicy()
    try await registerCatalogues(catalogues)
  }

  private static func target(
    _ settings: Settings, _ cluster: PrivateCluster?
  ) throws -> ConnectionTarget {
    guard let target = settings.database ?? cluster?.target else {
      throw ApplicationError.invalidSetting(
        name: "DATABASE_URL", value: "", expected: "a PostgreSQL URL, or none for a private one")
    }
    return target.with("application_name", "raiz")
  }

  private static func migrate(
    _ target: ConnectionTarget, _ keys: PersonKeyStore, ledger: String,
    log: @Sendable (String) -> Void
  ) async throws {
    let session = try await Session.connect(target)
    do {
      try await session.execute("CREATE EXTENSION IF NOT EXISTS postgis")
      for name in try await Migrations.apply(to: session) { log("migration \(name)") }
      let moved = try await KeyTransfer.run(session, ledger: ledger, into: keys)
      if moved > 0 { log("\(moved) keys moved to \(keys.folder)") }
    } catch {
      await session.close()
      throw error
    }
    await session.close()
  }

  /// The policy's text enters the ledger once, so that a bundle can carry it.
  private func registerPolicy() async throws {
    let text = Policy.shippedText
    let event = PolicyRegistered(
      name: policy.name, version: policy.version, text: String(decoding: text, as: UTF8.self),
      digest: Attachment(mediaType: "application/json", bytes: text).digest)
    try await recordOnce(.registerPolicy(event))
  }

  /// Records what the program itself brings, unless it stands there already.
  func recordOnce(_ command: Command) async throws {
    do {
      _ = try await handler.record(
        command, occurredAt: settings.now(), key: nil, recordedBy: "raiz")
    } catch let refusal as Refusal where refusal.code == .alreadyRecorded {
      return
    }
  }

  /// Ends all sessions; stops the private cluster if nobody else uses it.
  public func close() async {
    await writer.close()
    await pool.close()
    try? await cluster?.close()
  }

  var handler: CommandHandler {
    CommandHandler(
      writer: writer, reader: reader, loader: loader, catalogue: catalogue, policy: policy,
      now: settings.now)
  }

  var context: DecisionContext {
    DecisionContext(now: settings.now(), catalogue: catalogue, policy: policy)
  }

  /// Records one act and brings the read models level.
  public func record(
    _ command: Command, occurredAt: Timestamp, key: String?, recordedBy: String
  ) async throws -> CommitReceipt {
    let receipt = try await handler.record(
      command, occurredAt: occurredAt, key: key, recordedBy: recordedBy)
    try await projector.catchUp()
    return receipt
  }

  public var importer: Importer {
    Importer(
      context: context, writer: writer, loader: loader,
      vault: vault,
      overlaps: OverlapSearch(pool: pool, projector: projector), datasets: datasets,
      places: PlotPlaces.Source(
        registered: RegisteredDatasets(pool: pool, loader: loader, ledger: reader.ledger),
        store: datasets, projector: projector))
  }

  public var assessor: Assessor {
    Assessor(
      pool: pool, writer: writer, reader: reader, loader: loader, projector: projector,
      store: datasets, context: context)
  }

  /// Brings the read models level with the log.
  public func catchUp() async throws { try await projector.catchUp() }

  /// Keeps the read models level until the task is cancelled.
  public func follow() async throws {
    let from = try await projector.catchUp()
    // Loaded before anybody asks.
    try await provenance.keepLevel()
    // What another server recorded between this one's start and `from`.
    try await carryOutErasures()
    try await Follower(reader: reader).run(from: from) { events in
      try await carryOut(events)
      try await provenance.keepLevel()
    }
  }

  /// The newest signed note.
  public func newestCheckpoint() async throws -> String? {
    try await reader.newestCheckpoint()?.note
  }

  public func now() -> Timestamp { settings.now() }
}
