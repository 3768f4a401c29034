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

/// A progress bar on standard error; silent where that is no terminal.
final class ProgressBar: Sendable {
  private let label: String
  private let began = ContinuousClock.now
  private let shown = Mutex(ContinuousClock.now)

  init(_ label: String) { self.label = label }

  func show(_ done: Int, of total: Int) {
    guard Terminal.hasErrorTerminal, total > 0 else { return }
    let isDue = shown.withLock { last in
      guard done == total || last.duration(to: .now) > .milliseconds(100) else { return false }
      last = .now
      return true
    }
    guard isDue else { return }
    let width = 28
    let filled = min(width, done * width / total)
    let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
    let elapsed = began.duration(to: .now).components
    let seconds = max(0.001, Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
    let text = "\r\(label) \(bar) \(done)/\(total)  \(Int(Double(done) / seconds))/s "
    FileHandle.standardError.write(Data(text.utf8))
    if done == total { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
