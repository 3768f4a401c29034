/// Failures in words; `{name}` is a figure.
enum FailureWording {
  static func template(_ code: FailureCode) -> (es: String, en: String) {
    switch code {
    case .fileDamaged, .keyInvalid, .signature, .keyDiffers, .checkpointDiffers, .eventTooLarge,
      .leafHash, .positionOrder, .nodeOrder, .root, .cosignature, .cosignaturesTooFew,
      .headsEvent, .headsProof, .headsDiffer:
      integrity(code)
    case .envelope, .eventUnknown, .version, .streamAmbiguous, .timeDecreases, .streamMissing,
      .streamNotNeeded, .founding, .foreignEvent, .findingCopy:
      streams(code)
    case .cause, .holder, .product, .mass, .chain, .draw, .figure, .harvestNotCounted, .tankDraw,
      .tankWindow:
      custody(code)
    default: evidence(code)
    }
  }

  static func fill(_ template: String, _ figures: [String: String]) -> String {
    var out = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      out += rest[..<open]
      out += figures[String(rest[rest.index(after: open)..<close])] ?? "—"
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }

  private static func integrity(_ code: FailureCode) -> (es: String, en: String) {
    switch code {
    case .keyInvalid:
      ("la clave que dio no es válida ({reason})", "the key you gave is not valid ({reason})")
    case .signature:
      (
        "ninguna de sus claves firma el punto de control ({reason})",
        "none of your keys signs the checkpoint ({reason})"
      )
    case .keyDiffers:
      (
        "el archivo nombra otra clave ({stated}) que la suya ({used})",
        "the file names another key ({stated}) than yours ({used})"
      )
    case .checkpointDiffers:
      (
        "el archivo dice {stated} y el punto de control firmado {signed}",
        "the file says {stated} and the signed checkpoint {signed}"
      )
    case .cosignature:
      (
        "la firma de un testigo suyo no vale ({reason})",
        "the signature of one of your witnesses is bad ({reason})"
      )
    case .cosignaturesTooFew:
      (
        "firmaron {found} de sus {given} testigos y pide {needed}: puede haber otra versión del"
          + " registro; pida un expediente con más firmas",
        "{found} of your {given} witnesses cosigned and you ask for {needed}: another version of"
          + " the ledger may exist; ask for a bundle with more cosignatures"
      )
    case .headsEvent:
      (
        "el último evento antes del punto de control no dice dónde está cada hilo ({reason}); pida"
          + " otro expediente",
        "the last event before the checkpoint does not say where each stream stands ({reason});"
          + " ask for another bundle"
      )
    case .headsProof:
      (
        "la prueba de los hilos no lleva a lo que el registro firmó ({reason})",
        "the proof of the streams does not lead to what the ledger signed ({reason})"
      )
    case .headsDiffer:
      (
        "el archivo llega a la versión {found} y el registro a la {head}: faltan eventos",
        "the file ends at version {found} and the ledger at {head}: events were left out"
      )
    case .eventTooLarge:
      ("el evento tiene {bytes} bytes, más de {limit}", "the event has {bytes} bytes of {limit}")
    case .leafHash:
      (
        "los bytes del evento no dan el hash {stated}: el evento fue cambiado",
        "the event's bytes do not give the hash {stated}: the event was changed"
      )
    case .positionOrder:
      (
        "las posiciones no suben, o pasan de {limit}",
        "positions do not ascend, or are not below {limit}"
      )
    case .nodeOrder:
      ("los nodos de la prueba no están en orden", "the nodes of the proof are not in order")
    case .root:
      (
        "los eventos no llevan a la raíz firmada ({reason})",
        "the events do not lead to the signed root ({reason})"
      )
    default: ("el archivo está dañado ({reason})", "the file is damaged ({reason})")
    }
  }

  private static func streams(_ code: FailureCode) -> (es: String, en: String) {
    switch code {
    case .envelope: ("no es un evento ({reason})", "is no event ({reason})")
    case .eventUnknown: ("evento no comprendido ({reason})", "event not understood ({reason})")
    case .version:
      (
        "lleva la versión {found} y tocaba la {expected}: falta o se repite un evento",
        "has version {found} where {expected} was due: an event is missing or repeated"
      )
    case .streamAmbiguous:
      ("se escribe igual que otro hilo", "is spelled like another stream")
    case .timeDecreases:
      (
        "se registró el {found}, antes que el evento anterior ({before})",
        "was recorded at {found}, before the event ahead of it ({before})"
      )
    case .streamMissing:
      (
        "falta este hilo, del que depende {subject}",
        "this stream, on which {subject} rests, is missing"
      )
    case .streamNotNeeded: ("este hilo no hace falta", "this stream does not belong here")
    case .founding:
      (
        "«{type}» no puede ser la versión {version} de su hilo",
        "«{type}» cannot be version {version} of its stream"
      )
    case .foreignEvent:
      ("el evento trata de {about}, no de su hilo", "the event is about {about}, not its stream")
    default:
      ("la observación {finding} difiere de su copia", "finding {finding} differs from its copy")
    }
  }

  private static func custody(_ code: FailureCode) -> (es: String, en: String) {
    switch code {
    case .cause:
      ("{what} no existe todavía en este punto", "{what} does not exist yet at this point")
    case .holder:
      ("el lote {lot} no lo tiene quien actúa", "lot {lot} is not held by who acts on it")
    case .product:
      ("el producto no es el del lote {lot}", "the product is not that of lot {lot}")
    case .mass: ("la masa no cuadra: {reason}", "the mass does not close: {reason}")
    case .chain: ("la cadena se corta: {reason}", "the chain is broken: {reason}")
    case .draw:
      (
        "el lote {lot} no registra esta salida de {grams} g, o ya se usó",
        "lot {lot} does not record this draw of {grams} g, or it is used up"
      )
    case .figure: ("cifra imposible: {what}", "impossible figure: {what}")
    case .tankDraw:
      (
        "el tanque {tank} no registra esta salida de {grams} g",
        "tank {tank} does not record this draw-off of {grams} g"
      )
    case .tankWindow:
      (
        "declara los eventos {declared} del tanque y debe declarar {required}",
        "declares events {declared} of the tank and must declare {required}"
      )
    default:
      (
        "la parcela {plot} no cuenta esta cosecha", "plot {plot} does not count this harvest"
      )
    }
  }

  private static func evidence(_ code: FailureCode) -> (es: String, en: String) {
    switch code {
    case .geometryMissing: ("falta la geometría {digest}", "geometry {digest} is missing")
    case .geometryDigest:
      (
        "el texto de la geometría no da el hash registrado {digest}",
        "the geometry's text does not give the recorded hash {digest}"
      )
    case .geometryInvalid:
      ("la geometría no vale ({reason})", "the geometry does not stand ({reason})")
    case .geometryFigures:
      (
        "la geometría mide {what}: {found}, y el evento dice {stated}",
        "the geometry has {what} {found}, and the event says {stated}"
      )
    case .attachmentDigest:
      ("el adjunto {digest} fue cambiado", "attachment {digest} was changed")
    case .attachmentNotNeeded:
      (
        "el adjunto {digest} sobra, se repite o está fuera de orden",
        "attachment {digest} is not needed, repeated or out of order"
      )
    case .policyMissing: ("falta la política {policy}", "policy {policy} is missing")
    case .policyDigest:
      ("el texto de la política no da su hash", "the policy's text does not give its hash")
    case .policyText: ("la política no se lee ({reason})", "the policy does not read ({reason})")
    case .policyDiffers:
      (
        "la política {policy} no es la publicada con ese nombre",
        "policy {policy} is not the one published under that name"
      )
    case .subjectUnknown:
      ("no es parcela, lote ni embarque conocido", "is no known plot, lot or shipment")
    default:
      (
        "el dictamen derivado es {derived}, y el archivo dice {stated}",
        "the derived verdict is {derived}, and the file says {stated}"
      )
    }
  }
}
