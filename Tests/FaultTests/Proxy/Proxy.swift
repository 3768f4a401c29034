import Foundation
import Synchronization

/// Stands between raiz and its database, and strikes where it was told to.
final class Proxy: Sendable {
  /// A folder with a socket: what a client of PostgreSQL names as its host.
  let folder: String
  let server: String

  private struct State {
    var armed: Fault?
    var struck = 0
    var refusesUntil = ContinuousClock.now
    var links: [ObjectIdentifier: ProxyLink] = [:]
    var isReleased = false
    var isClosed = false
  }

  private let state = Mutex(State())
  private let listener: Int32

  struct CannotListen: Error {
    let path: String
  }

  /// - Parameter server: the folder with the database's socket.
  init(folder: String, server: String) throws {
    self.folder = folder
    self.server = server + "/.s.PGSQL.5432"
    let path = folder + "/.s.PGSQL.5432"
    try? FileManager.default.removeItem(atPath: path)
    guard let listener = Sockets.listen(at: path) else { throw CannotListen(path: path) }
    self.listener = listener
    Thread { self.serve() }.start()
  }

  /// The next append meets this fault.
  func arm(_ fault: Fault) { state.withLock { $0.armed = fault } }

  /// Takes back a fault that no append has met.
  func disarm() { state.withLock { $0.armed = nil } }

  /// Ends a pause, for whatever is held.
  func release() { state.withLock { $0.isReleased = true } }

  /// Whether connections are refused just now.
  var isRefusing: Bool { state.withLock { .now < $0.refusesUntil } }

  /// How many faults have struck so far.
  var struck: Int { state.withLock { $0.struck } }

  /// The fault that an append of this form meets.
  func claim(byCopy isCopy: Bool) -> Fault? {
    state.withLock { state in
      guard let fault = state.armed, fault.step.isCopy == isCopy else { return nil }
      state.armed = nil
      return fault
    }
  }

  /// An append was not what the fault waits for: the next one may be.
  func giveBack(_ fault: Fault) { state.withLock { $0.armed = $0.armed ?? fault } }

  func strike(_ fault: Fault, on link: ProxyLink) {
    switch fault.action {
    case .cut: link.cut()
    case .refuse:
      state.withLock { $0.refusesUntil = .now + .milliseconds(fault.milliseconds) }
      link.cut()
    case .stall: usleep(UInt32(fault.milliseconds) * 1_000)
    case .killRaiz:
      end(link.appender, SIGKILL)
      link.cut()
    case .killBackend: end(link.backend, SIGKILL)
    case .killDatabase:
      end(fault.postmaster, SIGKILL)
      link.cut()
    case .quitDatabase: end(fault.postmaster, SIGQUIT)
    case .pauseRaiz: end(link.appender, SIGSTOP)
    }
    state.withLock { $0.struck += 1 }
    guard fault.action == .pauseRaiz else { return }
    while state.withLock({ !$0.isReleased && !$0.isClosed }) { usleep(1_000) }
  }

  /// A number below 2 names no single process.
  private func end(_ process: pid_t, _ signal: Int32) {
    if process > 1 { kill(process, signal) }
  }

  func close() {
    let links = state.withLock {
      $0.isClosed = true
      return Array($0.links.values)
    }
    shutdown(listener, Int32(SHUT_RDWR))
    for link in links { link.cut() }
  }

  func forget(_ link: ProxyLink) {
    state.withLock { _ = $0.links.removeValue(forKey: ObjectIdentifier(link)) }
  }

  private func serve() {
    while true {
      let client = accept(listener, nil, nil)
      if client < 0, errno == EINTR || errno == ECONNABORTED { continue }
      guard client >= 0 else { break }
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      let (refuses, isClosed) = state.withLock { (.now < $0.refusesUntil, $0.isClosed) }
      guard !refuses, !isClosed, let database = Sockets.connect(to: server) else {
        Foundation.close(client)
        continue
      }
      let link = ProxyLink(proxy: self, client: client, server: database)
      state.withLock { $0.links[ObjectIdentifier(link)] = link }
      link.start()
    }
    Foundation.close(listener)
  }
}
