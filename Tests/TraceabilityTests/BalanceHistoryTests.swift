import Testing
import Traceability
import ValueTypes

/// Random histories with tanks, counts and transports over a year: books close to the gram.
@Suite struct BalanceHistoryTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `given random acts then what stands in books is what lots, tanks and trucks hold`(
    seed: UInt64
  ) throws {
    let books = try RandomHistory(seed: seed)
    let world = books.ledger.world
    struct Account: Hashable {
      let holder: Party
      let product: ProductCode
      let place: Movement.Place
    }
    var held: [Account: Int64] = [:]
    for lot in world.lots.values {
      let sender = lot.transit.map(\.from)
      let account = Account(
        holder: sender ?? lot.holder, product: lot.product,
        place: sender == nil ? .lots : .transit)
      held[account, default: 0] += lot.balance
    }
    for tank in world.tanks.values {
      let account = Account(
        holder: .organisation(tank.registered.holder), product: tank.registered.product,
        place: .tanks)
      held[account, default: 0] += tank.grams.value
    }
    var booked: [Account: Int64] = [:]
    var ofLot: [StreamKey: Int64] = [:]
    for line in books.movements {
      let account = Account(holder: line.holder, product: line.product, place: line.place)
      booked[account, default: 0] += line.grams
      ofLot[line.subject, default: 0] += line.grams
    }
    #expect(booked.filter { $0.value != 0 } == held.filter { $0.value != 0 })
    for lot in world.lots.values { #expect((ofLot[lot.stream] ?? 0) == lot.balance, "\(lot.code)") }
    for tank in world.tanks.values { #expect(ofLot[tank.stream] == tank.grams.value) }
    // Everything there is was harvested, bought without origin or found.
    #expect(try origin(books.movements) == held.values.reduce(0, +))
    // Each seed reaches nearly all kinds.
    #expect(Set(books.movements.map(\.kind)).count > 12)
  }

  /// What came into the ledger less what was lost, became something else or was exported.
  private func origin(_ movements: [Movement]) throws -> Int64 {
    func sum(_ kinds: Set<Movement.Kind>) -> Int64 {
      movements.filter { kinds.contains($0.kind) }.reduce(0) { $0 + $1.grams }
    }
    for kinds: Set<Movement.Kind> in [
      [.bought, .sold], [.regrouped], [.dispatched], [.received], [.returned], [.filled, .tapped],
    ] {
      #expect(sum(kinds) == 0, "\(kinds)")
    }
    return sum([
      .harvested, .boughtUnknown, .found, .lost, .loaded, .processedIn, .processedOut,
    ])
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `given months in a row then each opens as the one before closed`(seed: UInt64) throws {
    let books = try RandomHistory(seed: seed)
    for holder in Set(books.movements.map(\.holder)) {
      var closing: [ProductCode: [String: Int64]] = [:]
      for month in 1...12 {
        let name = "2026-" + (month < 10 ? "0" : "") + "\(month)"
        let period = try Make.unwrap(BalancePeriod(month: name))
        let sheets = try BalanceSheet.make(try books.movements.sums(of: holder, period))
        for sheet in sheets {
          for account in sheet.accounts {
            let before = closing[sheet.product]?[account.place] ?? 0
            #expect(account.openingGrams == before, "\(holder) \(name) \(account.place)")
            let moved = account.lines.reduce(0) { $0 + $1.grams }
            #expect(account.openingGrams + moved == account.closingGrams)
          }
          closing[sheet.product] = Dictionary(
            uniqueKeysWithValues: sheet.accounts.map { ($0.place, $0.closingGrams) })
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `given random acts then every lot's origins and verdict hold through tanks`(
    seed: UInt64
  ) throws {
    let world = try RandomHistory(seed: seed).ledger.world
    let judge = Judge(world: world, policy: try Policy.shipped())
    let provenance = Provenance(world: world)
    var tapped = 0
    for (code, lot) in world.lots {
      #expect(provenance.origins(of: code).totalGrams == lot.origin.grams.value, "\(code)")
      guard case .tapped = lot.origin else { continue }
      tapped += 1
      let sources = try #require(world.sources(of: code))
      let total = sources.inputs.reduce(sources.unknownGrams) { $0 + $1.grams.value }
      #expect(total == lot.origin.grams.value)
      let verdict = judge.judge(lot: code).verdict
      for input in sources.inputs { #expect(judge.judge(lot: input.lot).verdict <= verdict) }
      // Only a fill that was told late breaks the chain of what was drawn off before.
      let isShort = world.tanks.values.contains { tank in
        tank.drawOff(of: code).map { tank.missing(from: $0) != nil } ?? false
      }
      #expect(judge.reasons(lot: code).contains { $0.code == .chainBroken } == isShort, "\(code)")
    }
    #expect(tapped > 5)
  }
}
