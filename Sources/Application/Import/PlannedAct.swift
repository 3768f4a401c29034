import Ledger
import Tabular
import Traceability
import ValueTypes

/// One act read from a file, not yet decided, and the rows it came from.
struct PlannedAct: Sendable {
  enum Content: Sendable {
    case command(Command)
    /// The seller's code may be an organisation's or a producer's: the ledger knows which.
    case purchase(Command.Purchase, seller: String)
    /// The person's data are sealed only once the ledger is known not to have them.
    case producer(ProducerRegistered, PersonalData)
  }

  /// Row numbers as a spreadsheet shows them, or features counted from 1.
  let rows: [Int]
  let content: Content
  let occurredAt: Timestamp
  var attachments: [Attachment] = []

  /// The streams to know before the act can be decided.
  func streams(knowing world: World) -> Set<StreamKey> {
    switch content {
    case .command(let command): return command.streams(knowing: world)
    case .producer(let event, _):
      return Command.registerProducer(event).streams(knowing: world)
    case .purchase(let act, let seller):
      return Command.purchase(act).streams(knowing: world).union([
        StreamKey(kind: .organisation, code: seller), StreamKey(kind: .producer, code: seller),
      ])
    }
  }

  /// The command, now that the world tells who the seller is.
  func command(in world: World) -> Command {
    switch content {
    case .command(let command): return command
    case .producer(let event, _): return .registerProducer(event)
    case .purchase(var act, let seller):
      if let organisation = try? OrganisationCode(seller),
        world.organisations[organisation] != nil
      {
        act.seller = .organisation(organisation)
      }
      return .purchase(act)
    }
  }
}

/// What identifies a person; never written in clear.
public struct PersonalData: Sendable, Hashable, Codable {
  public var name: String?
  public var document: String?
  public var phone: String?

  public init(name: String?, document: String?, phone: String?) {
    self.name = name
    self.document = document
    self.phone = phone
  }

  var isEmpty: Bool { name == nil && document == nil && phone == nil }
}
