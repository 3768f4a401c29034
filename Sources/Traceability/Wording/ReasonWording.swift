/// Reasons of a verdict in words.
enum ReasonWording {
  static func template(_ code: Reason.Code) -> (es: String, en: String) {
    switch code {
    case .massBalance, .lotVoided, .massLacking, .unknownOrigin, .chainBroken, .massDoesNotClose,
      .nothingLoaded, .lotUnknown,
      .producerDiffers, .openFinding, .findingUpheld:
      custody(code)
    default: plot(code)
    }
  }

  private static func custody(_ code: Reason.Code) -> (es: String, en: String) {
    switch code {
    case .unknownOrigin:
      ("{mass} sin origen conocido.", "{mass} without a known origin.")
    case .chainBroken:
      (
        "La cadena se corta: el lote {lot} no registra esta salida.",
        "The chain is broken: lot {lot} does not record this draw."
      )
    case .massDoesNotClose:
      (
        "La masa no cuadra: {grams} no sale de lo que entró.",
        "The mass does not close: {grams} do not follow from what went in."
      )
    case .lotVoided:
      (
        "El acto que hizo el lote fue anulado: {reason}.",
        "The act that made the lot was voided: {reason}."
      )
    case .massLacking:
      (
        "Se tomaron {lacking} más de lo que el lote tuvo.",
        "{lacking} more was taken than the lot ever held."
      )
    case .massBalance:
      (
        "Certificado {scheme} por balance de masas: lo que hay en él puede ser de otro origen.",
        "Certified {scheme} by mass balance: what is in it may be of another origin."
      )
    case .nothingLoaded: ("No lleva ningún lote.", "It holds no lot.")
    case .lotUnknown: ("El lote no está en el registro.", "The lot is not in the ledger.")
    case .producerDiffers:
      (
        "Cosechó {producer}, pero la parcela es de {owner}.",
        "{producer} harvested, but the plot belongs to {owner}."
      )
    default: ("Hay una observación abierta: {finding}.", "There is an open finding: {finding}.")
    }
  }

  private static func plot(_ code: Reason.Code) -> (es: String, en: String) {
    switch code {
    case .plotUnknown: ("La parcela no está en el registro.", "The plot is not in the ledger.")
    case .producerUnknown:
      ("La parcela no tiene productor registrado.", "The plot has no registered producer.")
    case .pointTooLarge:
      (
        "Un punto no basta para {hectares} ha: falta el polígono.",
        "A point is not enough for {hectares} ha: the polygon is missing."
      )
    case .notAssessed:
      ("Falta evaluarla con los mapas.", "It has not been assessed by the maps.")
    case .assessmentOfOtherGeometry:
      (
        "La evaluación es de otra geometría: evalúe de nuevo.",
        "The assessment is of another geometry: assess again."
      )
    case .datasetMissing:
      ("Falta evaluarla con una capa «{kind}».", "A dataset of kind «{kind}» is missing.")
    case .datasetUnknown:
      ("La capa {map} no está registrada así.", "Dataset {map} is not registered as such.")
    case .outsideMap:
      (
        "{hectares} ha quedan fuera de la capa {map} o sin dato.",
        "{hectares} ha lie outside dataset {map} or have no data."
      )
    case .forestLossAfterCutOff:
      (
        "La capa {lossMap} muestra {lossHectares} ha ({lossPercent} %) perdidas después del"
          + " {cutOff}, y {forestMap} {forestHectares} ha ({forestPercent} %) de bosque antes.",
        "Dataset {lossMap} shows {lossHectares} ha ({lossPercent} %) lost after {cutOff}, and"
          + " {forestMap} {forestHectares} ha ({forestPercent} %) of forest before."
      )
    case .treeCoverAtCutOff:
      (
        "La capa {forestMap} muestra {forestHectares} ha ({forestPercent} %) de bosque en 2020:"
          + " hace falta más información (visita, año de plantación).",
        "Dataset {forestMap} shows {forestHectares} ha ({forestPercent} %) of forest in 2020:"
          + " more information is needed (visit, planting year)."
      )
    default:
      (
        "Falta un documento de tenencia ({accepted}).",
        "A tenure document is missing ({accepted})."
      )
    }
  }
}

/// Findings in words.
enum FindingWording {
  static func template(_ kind: FindingKind) -> (es: String, en: String) {
    switch kind {
    case .forestLossAfterCutOff:
      (
        "pérdida de bosque después del {cutOff}: {lossHectares} ha según {lossMap}",
        "forest loss after {cutOff}: {lossHectares} ha by {lossMap}"
      )
    case .treeCoverAtCutOff:
      (
        "{forestHectares} ha de bosque en 2020 según {forestMap}",
        "{forestHectares} ha of forest in 2020 by {forestMap}"
      )
    case .plotOverlap:
      (
        "se superpone con la parcela {other}: {percent} % de la menor",
        "overlaps plot {other}: {percent} % of the smaller"
      )
    case .areaDiffers:
      (
        "declara {declaredHectares} ha y mide {measuredHectares} ha",
        "declares {declaredHectares} ha and measures {measuredHectares} ha"
      )
    case .massImpossible:
      (
        "los actos toman {lacking} más de lo que el lote {lot} tuvo ({held})",
        "acts take {lacking} more than lot {lot} ever held ({held})"
      )
    case .actsContradict:
      (
        "el acto {version} del lote {lot} no pudo ocurrir entonces: iba en camino o lo tenía otro",
        "act {version} of lot {lot} cannot have happened then: it was on its way or held by another"
      )
    case .dispatchNotReceived:
      (
        "despachado el {sent} a {to} y sin recepción tras {days} días",
        "dispatched on {sent} to {to} and not received after {days} days"
      )
    case .receiptDiffers:
      (
        "llegó con {weighed} de {dispatched} despachados ({difference})",
        "arrived with {weighed} of {dispatched} dispatched ({difference})"
      )
    case .conversionOutOfRange:
      (
        "{product} sale a {permille} por mil en {process}; lo usual es de {least} a {most}",
        "{product} comes at {permille} per mille from {process}; usual is {least} to {most}"
      )
    case .yieldAboveArea:
      (
        "la parcela {plot} da {kilograms} kg en {year} sobre {hectares} ha;"
          + " lo posible son {possibleKilograms} kg",
        "plot {plot} gives {kilograms} kg in {year} on {hectares} ha;"
          + " {possibleKilograms} kg are possible"
      )
    case .deliveredLate:
      (
        "entregado {hours} h después de la cosecha; se conserva {keepHours} h",
        "delivered {hours} h after harvest; it keeps {keepHours} h"
      )
    case .recordedLate:
      ("registrado {days} días después del hecho", "recorded {days} days after the fact")
    case .plotOnWater:
      (
        "{hectares} ha ({percent} %) sobre agua según {map}",
        "{hectares} ha ({percent} %) on water by {map}"
      )
    case .plotOnBuiltUp:
      (
        "{hectares} ha ({percent} %) sobre zona construida según {map}",
        "{hectares} ha ({percent} %) on built-up land by {map}"
      )
    case .plotOutsideAltitude:
      (
        "{hectares} ha ({percent} %) fuera de la altitud de {crop} ({lowest} a {highest} m):"
          + " {metres} m en promedio según {map}",
        "{hectares} ha ({percent} %) outside the altitudes of {crop} ({lowest} to {highest} m):"
          + " {metres} m on average by {map}"
      )
    case .raisedByPerson: ("{reason}", "{reason}")
    case .emptiedWithLoss:
      (
        "vaciado con {loss} dados por perdidos de {filled}: no cuenta como vacío",
        "emptied with {loss} booked as lost of {filled}: it does not count as empty"
      )
    default: PlausibilityWording.template(kind)
    }
  }
}
