import Ledger
import PostgreSQL
import ProvenanceGraph
import ReadModels
public import Traceability

extension Raiz {
  /// All lots and shipments downstream of a plot or a lot, itself included, with who holds, bought
  /// and received them: which they are says the graph, what became of them the log.
  ///
  /// - Throws: `ApplicationError.notFound`, and `.unsupported` for what has nothing downstream.
  public func recall(_ subject: StreamKey, reach: ContactReach) async throws -> Recall {
    guard [.lot, .plot].contains(subject.kind) else {
      throw ApplicationError.unsupported(subject)
    }
    let below = try await provenance.ask { state in try RecallNodes(subject, state) }
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load(below.streams(subject), into: &world, loaded: &loaded)
    let maker = RecallMaker(
      subject: subject, below: below, statements: try await statements(of: below), world: world)
    try await loader.load(maker.parties, into: &world, loaded: &loaded)
    var people: [ProducerCode: PersonalData] = [:]
    if reach.hasPeople {
      for (code, person) in world.people where !person.isErased {
        people[code] = try await vault.open(person.reference, of: code, reader: reader)
      }
    }
    return maker.made(world, people, reach)
  }

  private func statements(of below: RecallNodes) async throws -> [String: [StatementCode]] {
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT code, shipment FROM raiz_read.statements
        WHERE ledger = \(reader.ledger) AND shipment = ANY(\(below.shipments.map(\.code)))
        ORDER BY code COLLATE "C"
        """)
    }
    var statements: [String: [StatementCode]] = [:]
    for row in rows {
      statements[try row.decode("shipment"), default: []].append(
        try StatementCode(row.decode("code")))
    }
    return statements
  }
}

/// Codes and verdicts of what lies downstream.
struct RecallNodes: Sendable {
  struct Node: Sendable {
    let code: String
    let verdict: Verdict
  }

  let position: Int64
  let lots: [Node]
  let shipments: [Node]

  init(_ subject: StreamKey, _ state: ProvenanceState) throws {
    let root = try state.found(subject)
    let below = state.downstream(of: [root])
    func node(_ number: UInt32) -> Node {
      Node(code: state.codes.text(number), verdict: state.verdict(of: number))
    }
    position = state.mark.position
    lots = (subject.kind == .lot ? [node(root)] : []) + below.lots.map(node)
    shipments = below.shipments.map(node)
  }

  func streams(_ subject: StreamKey) -> Set<StreamKey> {
    var streams: Set = [subject]
    streams.formUnion(lots.map { StreamKey(kind: .lot, code: $0.code) })
    streams.formUnion(shipments.map { StreamKey(kind: .shipment, code: $0.code) })
    return streams
  }
}

/// Puts a recall together from what lies downstream and what the log says of it.
private struct RecallMaker {
  let subject: StreamKey
  let below: RecallNodes
  let statements: [String: [StatementCode]]
  private let lots: [(state: LotState, verdict: Verdict)]
  private let shipments: [(state: ShipmentState, verdict: Verdict)]
  private var roles: [OrganisationCode: Set<Recall.Role>] = [:]
  private var producers: Set<ProducerCode> = []

  init(
    subject: StreamKey, below: RecallNodes, statements: [String: [StatementCode]], world: World
  ) {
    self.subject = subject
    self.below = below
    self.statements = statements
    lots = below.lots.compactMap { node in
      (try? LotCode(node.code)).flatMap { world.lots[$0] }.map { ($0, node.verdict) }
    }
    shipments = below.shipments.compactMap { node in
      (try? ShipmentCode(node.code)).flatMap { world.shipments[$0] }.map { ($0, node.verdict) }
    }
    if let plot = try? PlotCode(subject.code), subject.kind == .plot,
      let owner = world.plots[plot]?.registered.producer
    {
      producers.insert(owner)
    }
    for (lot, _) in lots { take(lot) }
    for (shipment, _) in shipments { roles[shipment.opened.exporter, default: []].insert(.exports) }
  }

  private mutating func take(_ lot: LotState) {
    switch lot.origin {
    case .purchased(let event): roles[event.buyer, default: []].insert(.bought)
    case .harvested(let event): producers.insert(event.producer)
    default: break
    }
    for receipt in lot.receipts { roles[receipt.value.by, default: []].insert(.received) }
    guard lot.grams > .zero else { return }
    switch lot.holder {
    case .organisation(let code): roles[code, default: []].insert(.holds)
    case .producer(let code): producers.insert(code)
    }
  }

  /// Whose registrations are needed.
  var parties: Set<StreamKey> {
    Set(roles.keys.map(StreamKey.organisation)).union(producers.map(StreamKey.producer))
  }

  func made(
    _ world: World, _ people: [ProducerCode: PersonalData], _ reach: ContactReach
  ) -> Recall {
    Recall(
      subject: subject, position: below.position,
      lots: lots.map { lot, verdict in
        Recall.Lot(
          lot: lot.code, product: lot.product, holder: lot.holder.description,
          grams: lot.grams.value, inTransitTo: lot.transit?.to, verdict: verdict)
      },
      shipments: shipments.map(shipment),
      organisations: roles.sorted { $0.key < $1.key }.map { code, roles in
        let registered = world.organisations[code]
        let open = reach.hasOrganisations ? registered : nil
        return Recall.Organisation(
          organisation: code, roles: Recall.Role.allCases.filter(roles.contains),
          name: registered?.name, kind: registered?.kind, country: registered?.country,
          taxIdentifier: open?.taxIdentifier, address: open?.address, email: open?.email)
      },
      producers: producers.sorted().map { code in
        Recall.Producer(
          producer: code, organisation: world.producers[code]?.organisation,
          district: world.producers[code]?.district, person: people[code])
      })
  }

  private func shipment(_ shipment: ShipmentState, _ verdict: Verdict) -> Recall.Shipment {
    let listed = Set(lots.map(\.state.code))
    let grams = shipment.loads.filter { listed.contains($0.lot) }.reduce(Int64(0)) {
      $0 &+ $1.grams.value
    }
    let state =
      shipment.exported != nil ? "exported" : shipment.sealed != nil ? "sealed" : "open"
    return Recall.Shipment(
      shipment: shipment.opened.shipment, exporter: shipment.opened.exporter,
      importer: shipment.opened.importerName, destination: shipment.opened.destination,
      state: state, grams: grams, verdict: verdict,
      statements: statements[shipment.opened.shipment.text] ?? [])
  }
}
