extension Wording {
  /// A season in one or two sentences: harvested so far, limits, what is left.
  public static func text(
    of balance: SeasonBalance, catalogue: Catalogue, in language: Language
  ) -> String {
    let es = language == .spanish
    let commodity = catalogue.commodity(balance.commodity)
    let name = (es ? commodity?.es : commodity?.en) ?? balance.commodity
    let head =
      "\(balance.plot), \(name) \(balance.season.year): "
      + "\(mass(balance.harvestedGrams)) \(es ? "cosechados" : "harvested")"
    guard let warn = balance.warnGrams else {
      return head
        + (es
          ? "; no hay cifras de lo que da una hectárea." : "; nobody says what a hectare bears.")
    }
    var limits: [String] = []
    if let usual = balance.usualGrams {
      limits.append("\(es ? "usual hasta" : "usual up to") \(mass(usual))")
    }
    limits.append("\(es ? "aviso desde" : "notice from") \(mass(warn))")
    if let impossible = balance.impossibleGrams {
      limits.append("\(es ? "imposible desde" : "impossible from") \(mass(impossible))")
    }
    return "\(head) (\(limits.joined(separator: ", "))). " + rest(balance, catalogue, es)
  }

  private static func rest(
    _ balance: SeasonBalance, _ catalogue: Catalogue, _ es: Bool
  ) -> String {
    switch balance.standing {
    case .impossible:
      return es
        ? "Es más de lo que el área puede dar: queda en observación hasta que alguien la revise."
        : "It is more than the area can bear: it is doubted until somebody reviews it."
    case .aboveWarning:
      return es
        ? "No queda nada de la campaña: se anota un aviso. Revise área y parcela."
        : "Nothing of the season is left: a notice is recorded. Check area and plot."
    default:
      let parts = balance.left.map { left in
        let product = catalogue.product(left.product)
        let name = (es ? product?.es : product?.en) ?? left.product.text
        return "\(mass(left.grams)) \(es ? "de" : "of") \(name)"
      }
      return (es ? "Quedan " : "Left: ") + parts.joined(separator: es ? " o " : " or ") + "."
    }
  }

  private static func mass(_ grams: Int64) -> String {
    // Whole kilograms are enough for people, and beyond the limit of a mass they must do.
    "\(grams / 1_000) kg"
  }
}
