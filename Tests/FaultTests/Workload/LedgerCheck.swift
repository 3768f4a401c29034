import Foundation
import PostgreSQL

/// Reads a ledger straight from its tables, and holds it against what was acknowledged.
///
/// It shares no code with the ledger. A check goes on where the last one ended; a fresh one reads
/// everything.
struct LedgerCheck {
  private struct Place: Equatable {
    var first: Int64
    var count: Int64
  }

  private let target: ConnectionTarget
  private let ledger: Int64
  private(set) var size: Int64 = 0
  private var places: [String: Place] = [:]
  private var versions: [String: Int64] = [:]
  private var shipments: [String: String] = [:]

  init(_ target: ConnectionTarget, ledger: Int64 = 1) {
    self.target = target
    self.ledger = ledger
  }

  /// What is wrong, in words; empty where nothing acknowledged is lost, doubled or elsewhere.
  ///
  /// - Parameter imported: the codes of organisations that were registered once.
  mutating func run(
    _ acknowledged: [String: Acknowledgement], imported: [String] = []
  ) async throws -> [String] {
    let session = try await Session.connect(target)
    do {
      var problems = try await check(acknowledged, session)
      for code in imported {
        let times = versions["organisation:" + code] ?? 0
        if times != 1 { problems.append("\(code) was imported once and is there \(times) times") }
      }
      await session.close()
      return problems
    } catch {
      await session.close()
      throw error
    }
  }

  private mutating func check(
    _ acknowledged: [String: Acknowledgement], _ session: Session
  ) async throws -> [String] {
    try await session.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    let heads = try await session.query("SELECT size FROM raiz.ledgers WHERE ledger = \(ledger)")
    let head: Int64 = try heads[0].decode("size")
    guard head >= size else { return ["the ledger shrank from \(size) to \(head) events"] }
    let from = size
    var problems = try await readEvents(session)
    if size != head { problems.append("the head says \(head) events, there are \(size)") }
    problems += try await readKeys(from: from, session)
    let sizes = Set(acknowledged.values.compactMap(\.checkpointSize)).sorted()
    let rows = try await session.query(
      """
      SELECT size, note FROM raiz.checkpoints WHERE ledger = \(ledger) AND size = ANY(\(sizes))
      """)
    var notes: [Int64: String] = [:]
    for row in rows { notes[try row.decode("size")] = try row.decode("note", as: String.self) }
    for (key, act) in acknowledged.sorted(by: { $0.key < $1.key }) {
      problems += compare("http:" + key, act, notes)
    }
    return problems
  }

  private mutating func readEvents(_ session: Session) async throws -> [String] {
    var problems: [String] = []
    let rows = try await session.query(
      """
      SELECT position, stream, version, bytes FROM raiz.events
      WHERE ledger = \(ledger) AND position >= \(size) ORDER BY position
      """)
    for row in rows {
      let position: Int64 = try row.decode("position")
      if position != size { problems.append("position \(size) is missing before \(position)") }
      size = position + 1
      let stream: String = try row.decode("stream")
      let version: Int64 = try row.decode("version")
      let before = versions.updateValue(version, forKey: stream) ?? 0
      if version != before + 1 {
        problems.append("\(stream) has version \(version) after \(before), at \(position)")
      }
      let bytes = Data(try row.decode("bytes", as: [UInt8].self))
      let event = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
      guard let key = event["commit"] as? String else {
        problems.append("the event at \(position) names no commit")
        continue
      }
      shipments[key] = stream
      if let place = places[key], place.first + place.count != position {
        problems.append("\(key) is at \(place.first) and again at \(position)")
      } else {
        places[key, default: Place(first: position, count: 0)].count += 1
      }
    }
    return problems
  }

  private func readKeys(from: Int64, _ session: Session) async throws -> [String] {
    let rows = try await session.query(
      """
      SELECT key, first_position, count FROM raiz.event_keys
      WHERE ledger = \(ledger) AND first_position >= \(from)
      """)
    let found = places.filter { $0.value.first >= from }
    var problems: [String] = []
    if rows.count != found.count {
      problems.append("\(rows.count) keys for \(found.count) commits")
    }
    for row in rows {
      let key: String = try row.decode("key")
      let place = Place(first: try row.decode("first_position"), count: try row.decode("count"))
      if found[key] != place { problems.append("\(key) is not where its row says") }
    }
    return problems
  }

  private func compare(
    _ key: String, _ act: Acknowledgement, _ notes: [Int64: String]
  ) -> [String] {
    guard let place = places[key] else { return ["\(key) was acknowledged and is lost"] }
    var problems: [String] = []
    if shipments[key] != "shipment:" + act.shipment {
      problems.append("\(key) holds \(shipments[key] ?? "nothing"), not \(act.shipment)")
    }
    if let position = act.position, position != place.first {
      problems.append("\(key) was acknowledged at \(position) and is at \(place.first)")
    }
    if let size = act.checkpointSize {
      if size < place.first + place.count {
        problems.append("\(key) lies past the checkpoint of its receipt")
      }
      if notes[size] != act.checkpoint { problems.append("\(key) has another checkpoint now") }
    }
    return problems
  }
}
