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
  private let began = ContinuousClock.now
  private let shown = Mutex(ContinuousClock.now)

  init(_ label: String) { self.label = label }

  func show(_ done: Int, of total: Int) {
    guard total > 0 else { return }
    let pause = Terminal.hasErrorTerminal ? Duration.milliseconds(100) : .seconds(30)
    let isLast = Terminal.hasErrorTerminal && done == total
    let isDue = shown.withLock { last in
      guard isLast || last.duration(to: .now) > pause else { return false }
      last = .now
      return true
    }
    guard isDue else { return }
    let elapsed = began.duration(to: .now).components
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
