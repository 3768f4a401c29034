import Tabular
import Traceability
import ValueTypes

/// Reads the rows of one CSV into acts; rows that cannot be read are told one by one.
struct ActReader {
  let table: Table
  let kind: FileKind
  let columns: Columns
  let catalogue: Catalogue
  let options: ImportOptions
  let sign: DecimalSign
  private(set) var acts: [PlannedAct] = []
  private(set) var problems: [RowProblem] = []
  /// Rows that belong together, by the code that joins them, in order of first appearance.
  private var groups: [String: Group] = [:]
  private var groupOrder: [String] = []

  /// What several rows say of one act.
  struct Group {
    var rows: [Int] = []
    var inputs: [LotDraw] = []
    var outputs: [LotProcessed.Output] = []
    var unknown = Grams.zero
    var head: PlannedAct.Content
    var occurredAt: Timestamp
    var isBroken = false
  }

  init(
    table: Table, kind: FileKind, catalogue: Catalogue, options: ImportOptions
  ) throws(TabularError) {
    self.table = table
    self.kind = kind
    self.catalogue = catalogue
    self.options = options
    columns = try table.columns(kind.columns)
    sign = columns.decimalSign(of: ["kg", "area", "price", "trip", "hour", "capacity"])
  }

  mutating func readAll() {
    for row in table.rows {
      var cells = columns.reader(row)
      read(&cells)
      problems += cells.problems
    }
    closeGroups()
    acts.sort { ($0.rows.first ?? 0) < ($1.rows.first ?? 0) }
  }

  private mutating func read(_ cells: inout RowReader) {
    switch kind {
    case .organisations: organisation(&cells)
    case .producers: producer(&cells)
    case .tenure: tenure(&cells)
    case .harvests: harvest(&cells)
    case .purchases: purchase(&cells)
    case .blends: blend(&cells)
    case .splits: split(&cells)
    case .processes: process(&cells)
    case .dispatches: dispatch(&cells)
    case .receipts: receipt(&cells)
    case .rejections: rejection(&cells)
    case .adjustments: adjustment(&cells)
    case .shipments: shipment(&cells)
    case .loads: load(&cells)
    case .seals: seal(&cells)
    case .exports: export(&cells)
    case .corrections: correction(&cells)
    case .tanks: tank(&cells)
    case .tankActs: tankAct(&cells)
    case .certificates: certificate(&cells)
    case .downgrades: downgrade(&cells)
    // Read by `DatasetFile` and `PlotFile`.
    case .datasets, .plots, .plotPoints: break
    case .capacities: capacity(&cells)
    }
  }

  mutating func add(_ command: Command, _ cells: RowReader, at moment: Timestamp) {
    guard cells.problems.isEmpty else { return }
    acts.append(
      PlannedAct(rows: [cells.row.number], content: .command(command), occurredAt: moment))
  }

  mutating func add(_ act: PlannedAct) { acts.append(act) }

  /// A day stands for its noon; a moment is taken as it is.
  func moment(_ cells: inout RowReader, _ key: String = "date") -> Timestamp? {
    cells.required(key, .momentOrDay(offsetMinutes: options.offsetMinutes))
  }

  /// Joins a row to its group. A row that cannot be read breaks the whole group: half an act
  /// would be another act.
  mutating func join(
    _ key: String?, _ cells: RowReader, head: @autoclosure () -> PlannedAct.Content?,
    at moment: Timestamp?, _ change: (inout Group) -> Void
  ) {
    guard let key else { return }
    if groups[key] == nil {
      guard let content = head(), let moment else {
        brokenKeys.insert(key)
        return
      }
      groups[key] = Group(head: content, occurredAt: moment)
      groupOrder.append(key)
    }
    groups[key]?.rows.append(cells.row.number)
    if !cells.problems.isEmpty { groups[key]?.isBroken = true }
    // An act over several days is over on the last.
    if let moment, let known = groups[key]?.occurredAt, known < moment {
      groups[key]?.occurredAt = moment
    }
    if cells.problems.isEmpty, var group = groups[key] {
      change(&group)
      groups[key] = group
    }
  }

  private var brokenKeys: Set<String> = []

  /// What the first row of a group said of the act.
  func headOfGroup(_ key: String) -> PlannedAct.Content? { groups[key]?.head }

  private mutating func closeGroups() {
    let told = Set(problems.map(\.row))
    for key in groupOrder {
      guard let group = groups[key] else { continue }
      if group.isBroken || brokenKeys.contains(key) {
        // The row that could not be read is told already; the others are told why they wait.
        for row in group.rows where !told.contains(row) {
          problems.append(.partOfBrokenGroup(table.name, row, key))
        }
        continue
      }
      acts.append(
        PlannedAct(
          rows: group.rows, content: group.finished(), occurredAt: group.occurredAt))
    }
  }
}

extension ActReader.Group {
  func finished() -> PlannedAct.Content {
    switch head {
    case .purchase(var act, let seller):
      act.inputs = inputs
      act.unknownOriginGrams = unknown
      return .purchase(act, seller: seller)
    case .command(.blend(var act)):
      act.inputs = inputs
      return .command(.blend(act))
    case .command(.split(var act)):
      act.parts = inputs
      return .command(.split(act))
    case .command(.correct(var act)):
      if !inputs.isEmpty { act.inputs = inputs }
      if !outputs.isEmpty { act.outputs = outputs }
      if unknown > .zero { act.unknownOriginGrams = unknown }
      return .command(.correct(act))
    case .command(.process(var act)):
      act.inputs = inputs
      act.outputs = outputs
      return .command(.process(act))
    default: return head
    }
  }
}

extension CellReader where Value == Timestamp {
  /// A moment, or a day that stands for its noon.
  static func momentOrDay(offsetMinutes: Int) -> CellReader {
    CellReader { cell throws(CellProblem) in
      if cell.text.contains(where: { $0 == ":" }) {
        return try CellReader.dateTime(offsetMinutes: offsetMinutes).read(cell)
      }
      let date = try CellReader<CivilDate>.date.read(cell)
      guard let moment = Timestamp(date, hour: 12, offsetMinutes: offsetMinutes) else {
        throw cell.problem(
          "date.range", Tabular.Wording(es: "Fecha fuera de rango.", en: "Date out of range."),
          Tabular.Wording(es: "Corrija la fecha.", en: "Correct the date."))
      }
      return moment
    }
  }
}

extension RowProblem {
  static func partOfBrokenGroup(_ file: String, _ row: Int, _ key: String) -> RowProblem {
    RowProblem(
      file: file, row: row, column: "", value: key, code: "group.broken",
      reason: Tabular.Wording(
        es: "Otra fila del mismo acto (\(key)) no se puede leer.",
        en: "Another row of the same act (\(key)) cannot be read."),
      remedy: Tabular.Wording(
        es: "Corrija esa fila y vuelva a dar todas las del acto.",
        en: "Correct that row and give all rows of the act again."))
  }
}
