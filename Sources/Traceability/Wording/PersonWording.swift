/// Refusals about people's data, in words.
enum PersonWording {
  static func template(_ code: Refusal.Code) -> (es: String, en: String) {
    switch code {
    case .noPersonalData:
      (
        "De {code} no se guardan datos personales: no hay nada que borrar.",
        "No personal data are held of {code}: there is nothing to erase."
      )
    case .personalDataHeld:
      (
        "De {code} ya se guardan datos personales. Bórrelos primero, si han de cambiar.",
        "Personal data of {code} are held already. Erase them first if they are to change."
      )
    default:
      (
        "Los datos personales de {code} ya fueron borrados. No hay nada más que hacer.",
        "The personal data of {code} have been erased. There is nothing more to do."
      )
    }
  }
}
