import Foundation
import PostgreSQL

/// The measuring half of `Benchmarks/run`, which sets up, repeats, compares and prints.
///
///     ledger-bench TASK CONNECTION [NAME=NUMBER …]
///
/// Does one round of one task on a fresh database of the server that CONNECTION names, and prints
/// one JSON object with its figures.
@main
enum Bench {
  static func main() async {
    do {
      try await run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("ledger-bench: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) async throws {
    guard let task = arguments.first else { throw Misuse("no task is given") }
    if task == "cluster" { return try await Cluster.hold(arguments.dropFirst().first) }
    if task == "million" || task.hasPrefix("overlay") {
      guard arguments.count >= 2 else { throw Misuse("\(task) needs a folder") }
      let numbers = try Numbers(arguments.dropFirst(2))
      return try say(await OverlayTask.run(task, arguments[1], numbers))
    }
    if task == "log-audit", arguments.count >= 2 {
      return try say(await LogAuditTask.audit(arguments[1], Numbers(arguments.dropFirst(2))))
    }
    if task == "judge" { return try say(JudgeTask.run(try Numbers(arguments.dropFirst(2)))) }
    guard arguments.count >= 2 else { throw Misuse("\(task) needs a connection") }
    let place = Place(server: try ConnectionTarget(url: arguments[1]))
    if task == "export", arguments.count == 3 {
      return try say(await LogAuditTask.export(place, to: arguments[2]))
    }
    let numbers = try Numbers(arguments.dropFirst(2))
    let figures =
      switch task {
      case "append": try await AppendTask.run(place, numbers)
      case "append-floor": try await ArrayFloor.run(place, numbers)
      case "latency": try await LatencyTask.run(place, numbers)
      case "bulk": try await BulkTask.run(place, numbers)
      case "fill": try await FillTask.run(place, numbers)
      case "read": try await ReadTask.run(place, numbers)
      case "heads": try await HeadsTask.run(place, numbers)
      case "audit": try await AuditTask.run(place, numbers)
      default: throw Misuse("there is no task \(task)")
      }
    try say(figures)
  }

  private static func say(_ figures: [String: Double]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    print(String(decoding: try encoder.encode(figures), as: UTF8.self))
  }
}

struct Misuse: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// `name=number` arguments.
struct Numbers {
  private var values: [String: Int] = [:]

  init(_ arguments: some Sequence<String>) throws {
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let number = Int(parts[1]) else {
        throw Misuse("\(argument) is no name=number")
      }
      values[String(parts[0])] = number
    }
  }

  func get(_ name: String, or usual: Int) -> Int { values[name] ?? usual }
}

enum Clock {
  static func seconds(since start: ContinuousClock.Instant) -> Double {
    let spent = start.duration(to: .now).components
    return Double(spent.seconds) + Double(spent.attoseconds) / 1e18
  }
}

enum Memory {
  /// Most memory this process ever held, in MiB (`VmHWM` of proc(5)).
  static func peakMebibytes() -> Double {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
      return (kilobytes.flatMap { Double($0) } ?? 0) / 1_024
    }
    return 0
  }
}
