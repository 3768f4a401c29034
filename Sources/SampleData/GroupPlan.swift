/// Plots that deliver together: to one cooperative, or on one truck to the mill.
struct GroupPlan {
  let index: Int
  let story: StoryKind?
  let isPalm: Bool
  let plots: Range<Int>
  /// Who buys: a cooperative, a collector, or the mill itself.
  let buyer: String
  let district: Int

  static let size = 20

  var code: String { Self.padded(index, 4) }
  /// Where its fruit is milled.
  var mill: String { story == .millHours ? Places.smallMill : "EPB" }

  /// The stories' own groups first, then ordinary ones until the plots are used up.
  static func all(_ options: SampleOptions) -> [GroupPlan] {
    var groups: [GroupPlan] = []
    var next = 0
    for story in StoryKind.allCases {
      groups.append(
        make(groups.count, next..<(next + story.plots), story: story, isPalm: story.isPalm))
      next += story.plots
    }
    while next < options.plots {
      let end = min(next + size, options.plots)
      groups.append(make(groups.count, next..<end, story: nil, isPalm: groups.count % 4 == 3))
      next = end
    }
    return groups
  }

  private static func make(
    _ index: Int, _ plots: Range<Int>, story: StoryKind?, isPalm: Bool
  ) -> GroupPlan {
    // Some fruit comes by a collector's truck; every other palm group goes straight to the mill.
    let isTruck =
      story == .lateFruit || story == .overloadedTruck
      || index % 8 == 3 && story?.usesTank != true
    let palmBuyer = story == .millHours ? Places.smallMill : isTruck ? "ACJ" : "EPB"
    return GroupPlan(
      index: index, story: story, isPalm: isPalm, plots: plots,
      buyer: isPalm ? palmBuyer : Places.cooperatives[index % Places.cooperatives.count],
      district: index % Places.districts.count)
  }

  static func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

/// Names and places of a believable Tocache. People and organisations are invented.
enum Places {
  struct District {
    let ubigeo: String
    let name: String
    /// The corner of the district's share of the province, degrees, and which way it grows.
    let column: Int
    let row: Int
  }

  /// Since Law 31128 of 4 March 2021 Santa Lucía is the sixth.
  static let districts = [
    District(ubigeo: "221001", name: "Tocache", column: 0, row: 1),
    District(ubigeo: "221002", name: "Nuevo Progreso", column: 1, row: 2),
    District(ubigeo: "221003", name: "Pólvora", column: 0, row: 0),
    District(ubigeo: "221004", name: "Shunté", column: 1, row: 0),
    District(ubigeo: "221005", name: "Uchiza", column: 0, row: 2),
    District(ubigeo: "221006", name: "Santa Lucía", column: 1, row: 1),
  ]

  static let cooperatives = ["CAH", "CRM", "APP"]
  static let smallMill = "MPT"
  /// What carries too much in a story; what it and the small mill can is declared.
  static let smallTruck = "T3C-701"

  /// codigo, nombre, tipo, pais, ruc, direccion, correo.
  static let organisations: [[String]] = [
    [
      "CAH", "Cooperativa Agraria Cacao del Alto Huallaga", "cooperativa", "PE", "20990000011",
      "Jr. San Martín 412, Tocache", "acopio@cah.example",
    ],
    [
      "CRM", "Cooperativa Agraria Río Mishollo", "cooperativa", "PE", "20990000022",
      "Jr. Lima 87, Uchiza", "acopio@crm.example",
    ],
    [
      "APP", "Asociación de Productores de Pólvora", "asociacion", "PE", "20990000033",
      "Av. Marginal 15, Pólvora", "acopio@app.example",
    ],
    ["ACJ", "Acopios Jaramillo", "acopiador", "PE", "10990000044", "Santa Lucía", ""],
    [
      "EPB", "Extractora Palmas del Boshumi", "planta", "PE", "20990000055",
      "Carretera F. Belaúnde km 38, Nuevo Progreso", "balanza@epb.example",
    ],
    [
      smallMill, "Mini Planta Tananta", "planta", "PE", "20990000088", "Tananta", "",
    ],
    [
      "EXH", "Exportadora Raíces del Huallaga", "exportador", "PE", "20990000066",
      "Calle Loreto 233, Tarapoto", "comercio@exh.example",
    ],
    [
      "NLC", "Noordzee Cacao & Oil B.V.", "importador", "NL", "NL990000077B01",
      "Havenweg 12, Amsterdam", "compliance@nlc.example",
    ],
  ]

  static let givenNames = [
    "Rosa", "Segundo", "Flor", "Wilder", "Maritza", "Elmer", "Nelly", "Robinson", "Doris",
    "Hugo", "Luz", "Teodoro", "Gladys", "Eber", "Yolanda", "Artemio", "Karina", "Fidel",
  ]
  static let familyNames = [
    "Pisco", "Tapullima", "Ruiz", "Huamán", "Saavedra", "Ríos", "Cárdenas", "Vela", "Ñaupari",
    "Trigozo", "Espinoza", "Salas", "Domínguez", "Chota", "Guevara", "Mendoza", "Amasifuén",
  ]
}
