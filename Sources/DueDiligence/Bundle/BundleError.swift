public import Traceability

/// Why a bundle could not be made or its file not read.
public enum BundleError: Error, Sendable, Hashable, CustomStringConvertible {
  case gzip(GzipError)
  /// The JSON departs from the format at this byte of the unpacked text, counted from 0;
  /// `position` is the event's in which it lies, where that is known.
  case damaged(offset: Int, position: Int64?, reason: String)
  case limit(what: String, limit: Int)
  case formatUnknown(String)
  /// Bundles are about plots, lots and shipments.
  case subjectNotSupported(StreamKey)
  case policyMissing(code: String)
  case streamMissing(StreamKey)
  case geometryMissing(PlotCode)
  /// An event, the checkpoint or the proof given to `build` does not fit the others.
  case inconsistent(reason: String)

  /// A stable name.
  public var code: String {
    switch self {
    case .gzip: "bundle-gzip"
    case .damaged: "bundle-damaged"
    case .limit: "bundle-limit"
    case .formatUnknown: "bundle-format-unknown"
    case .subjectNotSupported: "bundle-subject-not-supported"
    case .policyMissing: "bundle-policy-missing"
    case .streamMissing: "bundle-stream-missing"
    case .geometryMissing: "bundle-geometry-missing"
    case .inconsistent: "bundle-inconsistent"
    }
  }

  public var description: String {
    switch self {
    case .gzip(let error): "\(error)"
    case .damaged(let offset, let position, let reason):
      "\(code): \(reason) at byte \(offset)"
        + (position.map { ", in the event at position \($0)" } ?? "")
    case .limit(let what, let limit): "\(code): more than \(limit) \(what)"
    case .formatUnknown(let format):
      "\(code): format «\(format)», this version reads \(Bundle.format)"
    case .subjectNotSupported(let key): "\(code): \(key) is no plot, lot or shipment"
    case .policyMissing(let policy): "\(code): the events hold no policy \(policy)"
    case .streamMissing(let key): "\(code): the events of \(key) are missing"
    case .geometryMissing(let plot): "\(code): the geometry of plot \(plot) is missing"
    case .inconsistent(let reason): "\(code): \(reason)"
    }
  }
}
