import Glibc
import Synchronization

/// Deals the places of a curve out: each thread has a stretch of its own, and who is done takes
/// the far half of what another has left.
final class OverlaySchedule: Sendable {
  private static let piece = 64
  private let rest: Mutex<[Range<Int>]>

  init(count: Int, threads: Int) {
    rest = Mutex(
      (0..<threads).map { count * $0 / threads..<count * ($0 + 1) / threads })
  }

  /// The next places for a thread; nil when none are left anywhere.
  func next(_ thread: Int) -> Range<Int>? {
    rest.withLock { rest in
      if rest[thread].isEmpty {
        guard let fullest = rest.indices.max(by: { rest[$0].count < rest[$1].count }),
          !rest[fullest].isEmpty
        else { return nil }
        let left = rest[fullest]
        let middle = left.count <= Self.piece ? left.lowerBound : left.lowerBound + left.count / 2
        rest[fullest] = left.lowerBound..<middle
        rest[thread] = middle..<left.upperBound
      }
      let own = rest[thread]
      let end = min(own.lowerBound + Self.piece, own.upperBound)
      rest[thread] = end..<own.upperBound
      return own.lowerBound..<end
    }
  }
}

/// Plain threads of the operating system, so that work of seconds holds no cooperative one.
enum OverlayThreads {
  @safe
  private final class Job {
    let number: Int
    let body: (Int) -> Void
    init(_ number: Int, _ body: @escaping (Int) -> Void) {
      (self.number, self.body) = (number, body)
    }
  }

  /// Runs `body` on so many threads, the caller's among them, and waits for all.
  static func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      var threads: [pthread_t] = []
      for number in 1..<max(1, count) {
        var thread = pthread_t()
        let job = unsafe Unmanaged.passRetained(Job(number, body))
        let answer = unsafe pthread_create(
          &thread, nil,
          { job in
            if let job = unsafe job {
              let job = unsafe Unmanaged<Job>.fromOpaque(job).takeRetainedValue()
              job.body(job.number)
            }
            return nil
          }, job.toOpaque())
        if answer == 0 {
          threads.append(thread)
        } else {
          unsafe job.release()
        }
      }
      body(0)
      for thread in threads { pthread_join(thread, nil) }
    }
  }
}
