import Foundation

/// Files that the ledger must refuse whole, each with its reason.
struct RefusedFiles {
  let directory: String
  let custody: CustodyWriter

  func write(claimed plot: String) throws -> [Story] {
    try save(
      "doble-parcelas.geojson",
      "{\"type\":\"FeatureCollection\",\"features\":[\n\(plot)\n]}\n")
    var stories = [story("double-claim", "doble-parcelas.geojson", "plot-of-another-producer")]
    if let fruit = custody.lateLot {
      let header = "corrida;proceso;organizacion;sentido;lote;producto;peso_kg;fecha\n"
      let date = "\(SampleOptions.lastSeason)-02-20"
      let more = weighed(fruit.grams / 10 * 11)
      try save(
        "exceso-procesos.csv",
        header
          + "M-EXCESO;\(Product.milling);EPB;entrada;\(fruit.code);;"
          + "\(kilograms(fruit.grams));\(date)\n"
          + "M-EXCESO;\(Product.milling);EPB;salida;EPB-A-EXCESO;\(Product.oil);"
          + "\(kilograms(more));\(date)\n")
      stories.append(story("mill-excess", "exceso-procesos.csv", "output-exceeds-input"))
    }
    if let kernels = custody.kernelLot {
      let header = "lote;organizacion;lote_origen;peso_kg;fecha\n"
      let date = "\(SampleOptions.lastSeason)-12-01"
      try save(
        "sobregiro-mezclas.csv",
        header + "EPB-Z-1;EPB;\(kernels.code);\(kilograms(kernels.grams + 10));\(date)\n")
      stories.append(story("overdraw", "sobregiro-mezclas.csv", "overdrawn"))
      try save(
        "ajeno-mezclas.csv", header + "CAH-Z-1;CAH;\(kernels.code);1,00;\(date)\n")
      stories.append(story("wrong-holder", "ajeno-mezclas.csv", "not-holder"))
    }
    try save(
      "futuro-cosechas.csv",
      "lote;parcela;productor;producto;peso_kg;desde;hasta\n"
        + "H-FUTURO;P-000001;PR-000001;\(Product.wetBeans);10,00;2999-05-01;2999-05-02\n")
    stories.append(story("future", "futuro-cosechas.csv", "future-dated"))
    return stories
  }

  private func story(_ kind: String, _ file: String, _ code: String) -> Story {
    Story(kind: kind, refusal: Story.Refused(file: "refused/" + file, code: code))
  }

  private func save(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(directory)/refused/\(name)"))
  }
}
