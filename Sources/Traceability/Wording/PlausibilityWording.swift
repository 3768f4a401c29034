/// Findings about what is plausible, in words.
enum PlausibilityWording {
  static func template(_ kind: FindingKind) -> (es: String, en: String) {
    switch kind {
    case .lossOutOfRange:
      (
        "{process} pierde {permille} por mil de {input}; lo usual es de {least} a {most}",
        "{process} loses {permille} per mille of {input}; usual is {least} to {most}"
      )
    case .beforeFirstBearing:
      (
        "la parcela {plot} se sembró en {plantedYear} y entrega {mass} en {year}, a los {age}"
          + " años; la primera cosecha es a los {firstBearing}",
        "plot {plot} was planted in {plantedYear} and gives {mass} in {year}, at {age} years;"
          + " the first harvest is at {firstBearing}"
      )
    case .outsideSeason:
      (
        "la parcela {plot} lleva {kilograms} kg fuera de los meses de cosecha ({months}) en"
          + " {year}; lo usual es hasta {boundKilograms} kg",
        "plot {plot} has given {kilograms} kg outside the months of harvest ({months}) in"
          + " {year}; usual is up to {boundKilograms} kg"
      )
    case .manyBuyers:
      (
        "{producer} vendió a {buyers} compradores en {season} ({names}); lo usual es hasta"
          + " {most}",
        "{producer} sold to {buyers} buyers in {season} ({names}); usual is up to {most}"
      )
    case .allAtCap:
      (
        "{plots} de {group} parcelas de {holder} terminan {season} justo bajo su tope"
          + " ({within} por mil o menos)",
        "{plots} of {group} plots of {holder} end {season} just below their cap"
          + " ({within} per mille or less)"
      )
    case .moreThanVehiclesCarry:
      (
        "el vehículo {vehicle} llevó {mass} el {day}; en {trips} viajes puede {allowed}",
        "vehicle {vehicle} carried {mass} on {day}; in {trips} trips it can {allowed}"
      )
    default:
      (
        "{organisation} procesó {mass} el {day}; en {hours} horas puede {allowed}",
        "{organisation} processed {mass} on {day}; in {hours} hours it can {allowed}"
      )
    }
  }
}
