/// What stands against a correction, in words.
enum CorrectionWording {
  static func template(_ code: Refusal.Code) -> (es: String, en: String) {
    switch code {
    case .nothingToCorrect:
      (
        "El lote {lot} no tiene un acto corregible en la versión {version}. Mire su historia.",
        "Lot {lot} has no act that can be corrected at version {version}. See its history."
      )
    case .alreadyVoided:
      (
        "El lote {lot} ya está anulado. Registre el acto correcto con un código nuevo.",
        "Lot {lot} is void already. Record the right act under a new code."
      )
    case .correctionUnfit:
      (
        "En el acto {version} del lote {lot} se corrige: {fields}. Dé solo eso.",
        "Of act {version} of lot {lot} this can be corrected: {fields}. Give only that."
      )
    case .notRecorder:
      (
        "El acto del lote {lot} lo registró {recorder}, no {actor}. Debe corregirlo quien lo hizo.",
        "The act on lot {lot} is by {recorder}, not {actor}. Who did it must correct it."
      )
    case .notOverdue:
      (
        "El lote {lot} lleva {days} días en camino; se espera hasta {limitDays}.",
        "Lot {lot} has been on its way for {days} days; up to {limitDays} are waited for."
      )
    case .reviewerIsParty:
      (
        "{organisation} hizo o tiene {subject}: debe revisar la observación alguien ajeno.",
        "{organisation} made or holds {subject}: somebody else must review the finding."
      )
    default:
      (
        "La observación {code} está abierta: revísela en vez de reabrirla.",
        "Finding {code} is open: review it instead of opening it again."
      )
    }
  }
}
