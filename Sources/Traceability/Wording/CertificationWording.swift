/// What is said of certifications.
public enum CertificationWording {
  static func template(_ code: Refusal.Code) -> (es: String, en: String) {
    switch code {
    case .notCertified:
      (
        "{code} no tiene certificado {scheme} que valga el {day}. Registre el certificado o quite"
          + " el esquema.",
        "{code} has no certificate of {scheme} that holds on {day}. Record the certificate, or"
          + " leave the scheme out."
      )
    case .certificationUpgrade:
      (
        "El lote {lot} es {scheme} «{has}» y no puede pasar a «{wanted}»: solo se rebaja.",
        "Lot {lot} is {scheme} “{has}” and cannot become “{wanted}”: it can only be downgraded."
      )
    default:
      (
        "La certificación del lote {lot} se sigue de los lotes que nombra: no la indique.",
        "The certification of lot {lot} follows from the lots that it names: leave it out."
      )
    }
  }

  public static func text(of model: CertificationModel, in language: Language) -> String {
    switch (model, language) {
    case (.identityPreserved, .spanish): "identidad preservada"
    case (.segregated, .spanish): "segregado"
    case (.massBalance, .spanish): "balance de masas"
    case (.identityPreserved, .english): "identity preserved"
    case (.segregated, .english): "segregated"
    case (.massBalance, .english): "mass balance"
    }
  }
}
