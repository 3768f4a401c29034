public import ValueTypes

/// Figures of a catalogue, each with the day from which it counts and where it comes from.
extension Catalogue {
  public struct Basis: Sendable, Hashable, Codable {
    /// The figure counts for what happens from this day on; the oldest of several also for what
    /// happened before it.
    public let validFrom: CivilDate
    public let source: String
    /// True where the project proposes the figure, and nobody has published it.
    public let proposal: Bool
  }

  /// A closed range of thousandths.
  public struct Permille: Sendable, Hashable, Codable {
    public let least: Int64
    public let most: Int64
  }

  /// What comes out of a process.
  public struct Output: Sendable, Hashable, Codable {
    public let product: ProductCode
    /// As it is, output over input; for people to read.
    public let usual: Permille?
    /// Outside is a notice.
    public let notice: Permille?
    /// Outside is a doubt.
    public let doubt: Permille?
    public let basis: Basis?
  }

  /// What a process loses of its input.
  public struct Loss: Sendable, Hashable, Codable {
    public let notice: Permille
    public let basis: Basis
  }

  /// What a hectare of a commodity can bear in a season, in kilograms of what `yieldPermille`
  /// counts (dry beans, bunches).
  public struct Yield: Sendable, Hashable, Codable {
    public struct Ages: Sendable, Hashable, Codable {
      /// Whole years since planting, both ends included.
      public let from: Int
      public let to: Int
    }

    /// The beginning of an ubigeo, 2 (region), 4 (province) or 6 digits (district); nil for all.
    public let district: String?
    /// Ages of the planting; nil for all.
    public let ages: Ages?
    public let usualLeast: Int64?
    public let usualMost: Int64?
    /// Above it is a notice.
    public let warn: Int64?
    /// Above it is a doubt that holds the verdict.
    public let impossible: Int64?
    public let basis: Basis
  }

  public struct Bearing: Sendable, Hashable, Codable {
    /// Age in years since planting from which on a planting bears; a harvest before is a notice.
    public let firstYear: Int
    /// A harvest up to this age is a doubt: the plants were not there, or were seedlings.
    public let impossibleUpTo: Int
    public let basis: Basis
  }

  public struct HarvestMonths: Sendable, Hashable, Codable {
    /// 1 to 12.
    public let months: [Int]
    /// A plot gives up to this much of its usual season in the other months, in thousandths;
    /// more is a notice.
    public let outsidePermille: Int64
    public let basis: Basis
  }

  /// When many acts together are doubted; see `docs/plausibility.md`.
  public struct PatternLimits: Sendable, Hashable, Codable {
    public struct Buyers: Sendable, Hashable, Codable {
      /// To so many organisations a producer plausibly sells one commodity in a season.
      public let most: Int
      public let basis: Basis
    }

    public struct AtCap: Sendable, Hashable, Codable {
      /// A season total up to a cap and no further below it than this is at the cap.
      public let withinPermille: Int64
      /// So many plots at least …
      public let plots: Int
      /// … and so large a part of the group, in thousandths.
      public let sharePermille: Int64
      public let basis: Basis
    }

    public struct Vehicles: Sendable, Hashable, Codable {
      /// Trips of a vehicle in a day, where its owner does not say.
      public let tripsPerDay: Int
      public let tolerancePermille: Int64
      public let basis: Basis
    }

    public struct Mills: Sendable, Hashable, Codable {
      /// Hours of work in a day, where the mill does not say.
      public let hoursPerDay: Int
      public let tolerancePermille: Int64
      public let basis: Basis
    }

    public let buyers: Buyers
    public let atCap: AtCap
    public let vehicles: Vehicles
    public let mills: Mills
  }
}

extension Catalogue.Process {
  /// The figures for a product that count on a day; nil where the process does not give it.
  public func output(_ product: ProductCode, on day: CivilDate) -> Catalogue.Output? {
    Catalogue.Basis.inForce(outputs.filter { $0.product == product }, on: day) { $0.basis }
  }

  /// Every product that comes out, once, in the file's order.
  public var products: [ProductCode] {
    var seen: Set<ProductCode> = []
    return outputs.map(\.product).filter { seen.insert($0).inserted }
  }
}

extension Catalogue.Commodity {
  /// The row that counts for a plot's district, the age of its planting and the day: the most
  /// exact place first, then the row of an age, then the newest.
  public func yield(district: String?, age: Int?, on day: CivilDate) -> Catalogue.Yield? {
    let fitting = yields.filter { row in
      if let place = row.district, district?.hasPrefix(place) != true { return false }
      guard let ages = row.ages else { return true }
      return age.map { (ages.from...max(ages.from, ages.to)).contains($0) } ?? false
    }
    let place = fitting.map { $0.district?.count ?? 0 }.max()
    let near = fitting.filter { ($0.district?.count ?? 0) == place }
    let ofAge = near.filter { $0.ages != nil }
    return Catalogue.Basis.inForce(ofAge.isEmpty ? near : ofAge, on: day) { $0.basis }
  }
}

extension Catalogue.Basis {
  /// The newest that is valid on the day, else the oldest.
  static func inForce<Row>(
    _ rows: [Row], on day: CivilDate, _ basis: (Row) -> Catalogue.Basis?
  ) -> Row? {
    let known = rows.filter { (basis($0)?.validFrom).map { $0 <= day } ?? true }
    func later(_ left: Row, _ right: Row) -> Bool {
      guard let right = basis(right)?.validFrom else { return false }
      return (basis(left)?.validFrom).map { $0 < right } ?? true
    }
    return known.max(by: later) ?? rows.min(by: later)
  }
}
