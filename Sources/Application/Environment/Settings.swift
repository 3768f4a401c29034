import Foundation
public import PostgreSQL
public import PrivateCluster
public import ValueTypes

/// Where a ledger lives and under which name; read from options and the environment.
public struct Settings: Sendable {
  /// Keys, maps, the newest published checkpoint, and the private cluster if there is one.
  public var folder: ClusterFolder
  /// The path of the data folder.
  public var dataFolder: String { folder.path }
  /// Nil makes and runs a private cluster in the data folder.
  public var database: ConnectionTarget?
  /// Where people's keys are; nil puts them into the data folder.
  public var personKeys: String?
  /// Files of products and processes besides those that the program ships.
  public var catalogues: [String] = []
  /// The ledger's name, and the origin of its checkpoints.
  public var ledger: String
  public var now: @Sendable () -> Timestamp

  public static let defaultLedger = "raiz.local/tocache"

  /// - Parameters:
  ///   - data: `--data`; else `RAIZ_DATA`, else the user's data folder by the XDG rules.
  ///   - given: the environment; the process's own where nil.
  /// - Throws: a `PostgresError` for a `DATABASE_URL` that cannot be read.
  public init(
    data: String?, environment given: [String: String]? = nil
  ) throws {
    let environment = given ?? ProcessInfo.processInfo.environment
    folder = ClusterFolder.resolve(explicit: data, environment: environment)
    database = try environment["DATABASE_URL"].flatMap { text in
      text.isEmpty ? nil : try ConnectionTarget(url: text)
    }
    personKeys = environment["RAIZ_PERSON_KEYS"].flatMap { $0.isEmpty ? nil : $0 }
    catalogues =
      environment["RAIZ_CATALOGUE"]?.split(separator: ":").map(String.init) ?? []
    ledger = environment["RAIZ_LEDGER"].flatMap { $0.isEmpty ? nil : $0 } ?? Self.defaultLedger
    now = SystemClock.now
  }
}

/// The one place that reads the wall clock.
enum SystemClock {
  static let now: @Sendable () -> Timestamp = {
    let seconds = Date().timeIntervalSince1970
    // Outside the years 1 to 9999 the machine's clock is broken; the epoch then refuses every
    // act as future-dated instead of recording nonsense.
    return Timestamp(microseconds: Int64(seconds * 1_000_000)) ?? Timestamp.epoch
  }
}

extension Timestamp {
  static var epoch: Timestamp {
    guard let zero = Timestamp(microseconds: 0) else {
      preconditionFailure("0 lies within the years 1 to 9999")
    }
    return zero
  }
}
