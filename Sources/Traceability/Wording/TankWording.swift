/// What is said of tanks and silos.
enum TankWording {
  static func template(_ code: Refusal.Code) -> (es: String, en: String) {
    switch code {
    case .unknownTank:
      (
        "El tanque {code} no está en el registro. Regístrelo primero o corrija el código.",
        "The tank {code} is not in the ledger. Register it first, or correct the code."
      )
    case .overCapacity:
      (
        "El tanque {tank} tiene {holds} y caben {capacity}: quedan {room}, y se dieron {wanted}."
          + " Vierta menos o corrija el peso.",
        "Tank {tank} holds {holds} of {capacity}: there is room for {room}, and {wanted} came."
          + " Pour in less, or correct the weight."
      )
    case .tankOverdrawn:
      (
        "El tanque {tank} tiene {holds}; se pidió {wanted}. Tome a lo sumo lo que queda.",
        "Tank {tank} holds {holds}; {wanted} was wanted. Take at most what is left."
      )
    case .tankNotEmpty:
      (
        "Según los libros quedan {holds} en el tanque {tank}, y se dan por perdidos {loss}."
          + " Retire lo que queda, o declare como pérdida todo el resto.",
        "By the books {holds} are left in tank {tank}, and {loss} are booked as lost."
          + " Draw the rest off, or book all of it as lost."
      )
    case .unknownCause:
      (
        "La causa {code} no está en la lista. Use una de ella, o solo el motivo en palabras.",
        "The cause {code} is not in the list. Use one of it, or give the reason in words only."
      )
    case .causeDiffers:
      (
        "La causa {code} no explica que hubiera {before} y se contaran {after}."
          + " Use otra causa o corrija el conteo.",
        "The cause {code} does not explain that there were {before} and {after} were counted."
          + " Use another cause, or correct the count."
      )
    default:
      (
        "Tanque {tank}: el acto dice {occurredAt}, antes de lo ya registrado el {before}."
          + " Corrija la fecha.",
        "Tank {tank}: the act says {occurredAt}, before what is recorded of {before}."
          + " Correct the date."
      )
    }
  }

  /// Of a lot out of a tank, by which figures the reason has.
  static func brokenChain(_ figures: [String: String]) -> (es: String, en: String) {
    if figures["required"] != nil {
      return (
        "La cadena se corta: declara lo vertido en el tanque {tank} según los eventos {declared},"
          + " y debe declarar los eventos {required}.",
        "The chain is broken: it declares what tank {tank} took in events {declared}, and must"
          + " declare events {required}."
      )
    }
    if figures["lot"] != nil {
      return (
        "La cadena se corta: el lote {lot} no registra la salida al tanque {tank}.",
        "The chain is broken: lot {lot} does not record the draw into tank {tank}."
      )
    }
    return (
      "La cadena se corta: el tanque {tank} no registra esta salida.",
      "The chain is broken: tank {tank} does not record this draw-off."
    )
  }
}
