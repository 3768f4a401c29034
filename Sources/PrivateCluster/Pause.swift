import Dispatch

/// A pause that lasts even in a cancelled task: raiz closes its cluster while it is being
/// cancelled, and must then wait for a lock as it would at any other time, not spin.
enum Pause {
  static func milliseconds(_ count: Int) async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(count)) {
        continuation.resume()
      }
    }
  }
}
