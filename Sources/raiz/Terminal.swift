import Foundation
import Synchronization

/// What goes to the terminal: results to standard output, the rest to standard error.
enum Terminal {
  static let hasErrorTerminal = isatty(2) == 1

  /// Written at once: what was told must not be lost in a buffer when the process ends.
  static func out(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// One JSON document with sorted keys.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    out(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}

/// A progress bar on standard error; where that is no terminal, a line now and then, so that the
/// log of long work says how far it is.
final class ProgressBar: Sendable {
  private let label: String
  private let times = Mutex((began: ContinuousClock.now, shown: ContinuousClock.now))

  init(_ label: String) { self.label = label }

  /// The rate is since this was made, or since nothing was done.
  func show(_ done: Int, of total: Int) {
    if done == 0 { times.withLock { $0.began = .now } }
    guard total > 0 else { return }
    let pause = Terminal.hasErrorTerminal ? Duration.milliseconds(100) : .seconds(30)
    let isLast = Terminal.hasErrorTerminal && done == total
    let due = times.withLock { times -> Duration? in
      guard isLast || times.shown.duration(to: .now) > pause else { return nil }
      times.shown = .now
      return times.began.duration(to: .now)
    }
    guard let elapsed = due?.components else { return }
    let seconds = max(0.001, Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
    let rate = "\(done)/\(total)  \(Int(Double(done) / seconds))/s"
    guard Terminal.hasErrorTerminal else { return Terminal.note("\(label) \(rate)") }
    let width = 28
    let filled = min(width, done * width / total)
    let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
    let text = "\r\(label) \(bar) \(rate) "
    FileHandle.standardError.write(Data(text.utf8))
    if done == total { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
