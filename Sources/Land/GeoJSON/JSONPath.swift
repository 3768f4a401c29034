/// Where in a document a value stands, written `features[3].geometry.coordinates[0][5]`.
struct JSONPath: Sendable, Hashable {
  enum Step: Sendable, Hashable {
    case member(String)
    case element(Int)
    /// A container just opened, of which nothing has been read.
    case entry
  }

  var steps: [Step] = []

  /// The number of the feature concerned, counted from 0; nil outside a feature.
  var featureIndex: Int? {
    guard steps.count >= 2, steps[0] == .member("features"), case .element(let index) = steps[1]
    else { return nil }
    return index
  }

  var text: String {
    var out = ""
    for step in steps {
      switch step {
      case .member(let name): out += out.isEmpty ? name : "." + name
      case .element(let index): out += "[\(index)]"
      case .entry: break
      }
    }
    return out
  }
}
