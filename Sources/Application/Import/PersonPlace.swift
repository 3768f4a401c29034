import Traceability

/// Where the personal data of a producer's row go.
enum PersonPlace {
  case registration, newConsent
  /// They are held already.
  case unchanged
  /// They were erased or never given, and nobody says that the person has consented now.
  case leftOut
}

extension FilePlan {
  func place(of event: ProducerRegistered, _ newConsent: Set<ProducerCode>) -> PersonPlace {
    guard let known = world.producers[event.producer] else { return .registration }
    let person = world.people[event.producer]
    if let person, !person.isErased { return .unchanged }
    // A row that says something else of the producer is refused before its consent counts.
    let agrees = known.organisation == event.organisation && known.district == event.district
    return agrees && newConsent.contains(event.producer) ? .newConsent : .leftOut
  }
}

extension FileReport.Problem {
  /// The row's personal data stay out of this text too.
  static func personLeftOut(
    _ producer: ProducerCode, _ file: String, _ rows: [Int]
  ) -> FileReport.Problem {
    FileReport.Problem(
      file: file, row: rows.first ?? 0, column: "", value: producer.text,
      code: "personal-data-left-out", severity: nil,
      es: "\(file), fila \(rows.first ?? 0): los datos personales de \(producer) se borraron o"
        + " nunca se dieron, y no se toman de la fila. Bórrelos también del archivo; si la persona"
        + " consiente de nuevo, use --new-consent \(producer).",
      en: "\(file), row \(rows.first ?? 0): the personal data of \(producer) were erased or never"
        + " given, and are not taken from the row. Delete them from the file as well; if the person"
        + " consents anew, use --new-consent \(producer).")
  }
}
