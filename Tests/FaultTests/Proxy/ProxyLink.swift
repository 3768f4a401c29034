import Foundation
import Synchronization

/// One connection through the proxy: a thread each way.
final class ProxyLink: Sendable {
  private struct State {
    var recogniser = AppendRecogniser()
    var claimed: Fault?
    /// Messages since the append began.
    var passed = 0
    /// The number of the server's readiness that ends the append.
    var endSync: Int?
    var ready = 0
    var hasFailed = false
    /// Nothing of the server's is passed on meanwhile.
    var isHolding = false
    var isOver = false
    var threads = 2
    var backend: pid_t = 0
  }

  private enum Step {
    case pass
    case passThenStrike(Fault)
    /// Passes on so many bytes of the message first.
    case strike(Fault, after: Int)
  }

  private let proxy: Proxy
  private let client: Int32
  private let server: Int32
  private let state = Mutex(State())

  /// The raiz at this end.
  let appender: pid_t

  init(proxy: Proxy, client: Int32, server: Int32) {
    self.proxy = proxy
    self.client = client
    appender = Sockets.peer(of: client)
    self.server = server
  }

  /// The database's process at the other end, as it has told.
  var backend: pid_t { state.withLock { $0.backend } }

  func start() {
    Thread { self.run(self.carryRequests) }.start()
    Thread { self.run(self.carryAnswers) }.start()
  }

  func cut() {
    state.withLock { $0.isOver = true }
    shutdown(client, Int32(SHUT_RDWR))
    shutdown(server, Int32(SHUT_RDWR))
  }

  private func run(_ body: () -> Void) {
    body()
    cut()
    let (isLast, fault) = state.withLock { state in
      state.threads -= 1
      defer { state.claimed = nil }
      return (state.threads == 0, state.claimed)
    }
    // The connection ended before the append came so far.
    if let fault { proxy.giveBack(fault) }
    guard isLast else { return }
    close(client)
    close(server)
    proxy.forget(self)
  }

  private func carryRequests() {
    var reader = WireReader(opening: true)
    while let bytes = Sockets.read(client) {
      reader.feed(bytes)
      while let message = reader.next() {
        if message.type == nil, WireReader.encryptionRequests.contains(message.number) {
          guard Sockets.write([UInt8(ascii: "N")], to: client) else { return }
          continue
        }
        guard request(message) else { return }
      }
    }
  }

  private func request(_ message: WireMessage) -> Bool {
    switch state.withLock({ step(message, &$0) }) {
    case .pass: return Sockets.write(message.bytes, to: server)
    case .passThenStrike(let fault):
      guard Sockets.write(message.bytes, to: server) else { return false }
      proxy.strike(fault, on: self)
      return letGo()
    case .strike(let fault, let count):
      guard Sockets.write(Array(message.bytes.prefix(count)), to: server) else { return false }
      proxy.strike(fault, on: self)
      guard letGo() else { return false }
      return Sockets.write(Array(message.bytes.dropFirst(count)), to: server)
    }
  }

  private func letGo() -> Bool {
    state.withLock {
      $0.isHolding = false
      return !$0.isOver
    }
  }

  private func step(_ message: WireMessage, _ state: inout State) -> Step {
    let marks = state.recogniser.see(message)
    if marks.contains(.begins), state.claimed == nil {
      state.claimed = proxy.claim(byCopy: state.recogniser.isCopy)
      state.passed = -1
      state.endSync = nil
      state.hasFailed = false
    }
    guard let fault = state.claimed else { return .pass }
    if marks.contains(.abandons) {
      state.claimed = nil
      proxy.giveBack(fault)
      return .pass
    }
    state.passed += 1
    let ends = marks.contains(.ends)
    switch fault.step {
    case .beforeFirst, .copyBefore:
      state.claimed = nil
      return .strike(fault, after: 0)
    case .partway:
      guard ends || state.passed > fault.messages else { return .pass }
      state.claimed = nil
      return .strike(fault, after: message.bytes.count / 2)
    case .allForwarded, .copyCommit:
      guard ends else { return .pass }
      state.claimed = nil
      state.isHolding = true
      return .passThenStrike(fault)
    case .copyStream:
      guard message.type == "d" else { return .pass }
      state.claimed = nil
      return .strike(fault, after: message.bytes.count / 2)
    case .copyDone:
      guard message.type == "c" else { return .pass }
      state.claimed = nil
      return .passThenStrike(fault)
    case .answerHeld, .answerPassed, .copyCommitted:
      if ends { state.endSync = state.recogniser.syncs }
      return .pass
    }
  }

  private func carryAnswers() {
    var reader = WireReader(opening: false)
    var held: [UInt8] = []
    while let bytes = Sockets.read(server) {
      while state.withLock({ $0.isHolding && !$0.isOver }) { usleep(500) }
      if state.withLock({ $0.isOver }) { return }
      reader.feed(bytes)
      while let message = reader.next() {
        let (fault, isWaiting) = state.withLock { answer(message, &$0) }
        held += message.bytes
        if let fault, fault.step != .answerPassed { proxy.strike(fault, on: self) }
        if state.withLock({ $0.isOver }) { return }
        if isWaiting { continue }
        guard Sockets.write(held, to: client) else { return }
        held = []
        if let fault, fault.step == .answerPassed { proxy.strike(fault, on: self) }
      }
    }
  }

  /// The fault that is due with this answer, and whether it is to be held back for now.
  private func answer(_ message: WireMessage, _ state: inout State) -> (Fault?, Bool) {
    if message.type == "K" { state.backend = message.number }
    // A server that has begun to take rows passes over the Sync that came with the statement.
    if message.type == "Z" || message.type == "G" { state.ready += 1 }
    guard let fault = state.claimed, let endSync = state.endSync else { return (nil, false) }
    if message.type == "E" { state.hasFailed = true }
    guard state.ready >= endSync else { return (nil, fault.step != .answerPassed) }
    state.claimed = nil
    guard !state.hasFailed else {
      // Refused, so not "failed though written": the next append may be.
      proxy.giveBack(fault)
      return (nil, false)
    }
    return (fault, false)
  }
}
