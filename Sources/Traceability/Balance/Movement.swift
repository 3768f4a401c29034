public import ValueTypes

/// One line in somebody's books: so many grams came or went on a day.
public struct Movement: Sendable, Hashable {
  /// Where the mass is.
  public enum Place: String, Sendable, Hashable, Codable, CaseIterable {
    /// In lots that the holder has by it.
    case lots
    /// In the holder's tanks and silos.
    case tanks
    /// Sent by the holder and not received yet.
    case transit
  }

  /// What happened, from the side of the holder.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case harvested, bought
    /// Bought without a lot behind it.
    case boughtUnknown = "bought-unknown"
    case sold
    /// Into another lot of the same holder and product: what goes out comes in again.
    case regrouped
    case processedIn = "processed-in"
    case processedOut = "processed-out"
    case dispatched, received, returned, loaded, filled, tapped
    /// A count found more than the books.
    case found
    case lost
  }

  public let holder: Party
  public let product: ProductCode
  /// Local, where it happened.
  public let day: CivilDate
  public let place: Place
  public let kind: Kind
  /// Positive where it came in.
  public let grams: Int64
  /// The lot or the tank.
  public let subject: StreamKey
  /// Why, of what was found or lost.
  public let cause: CauseCode?
}
