/// All files of a sample's import folder, in the order in which they are to be taken.
struct SampleFiles {
  let capacities: PartWriter
  let organisations, producers, datasets, plots, tenure, harvests, purchases: PartWriter
  let truckBlends, millDispatches, millReceipts, processes, blends: PartWriter
  let tanks, tankBook: PartWriter
  let dispatches, receipts, shipments, loads, seals, exports, corrections: PartWriter

  init(_ folder: String) {
    func table(_ name: String, _ columns: String) -> PartWriter {
      PartWriter(folder, name, columns: columns.split(separator: ",").map(String.init))
    }
    organisations = table(
      "01-organizaciones", "codigo,nombre,tipo,pais,ruc,direccion,correo")
    capacities = table(
      "02-capacidades", "organizacion,vehiculo,kg_viaje,viajes_dia,kg_hora,horas_dia,fuente")
    producers = table(
      "02-productores", "codigo,nombre,documento,telefono,organizacion,distrito")
    datasets = table(
      "03-capas", "nombre,tipo,version,archivo,licencia,fuente,valores_bosque,anio_cero")
    plots = PartWriter(folder, features: "04-parcelas")
    tenure = table("05-tenencia", "parcela,tipo,numero,emisor,sha256,vence")
    harvests = table("06-cosechas", "lote,parcela,productor,producto,peso_kg,desde,hasta")
    purchases = table(
      "07-compras",
      "lote,comprador,vendedor,producto,lote_origen,peso_kg,precio,moneda,recibo,fecha")
    truckBlends = table("08-mezclas", "lote,organizacion,lote_origen,peso_kg,fecha")
    millDispatches = table("09-despachos", "lote,de,a,guia,vehiculo,fecha")
    millReceipts = table("10-recepciones", "lote,receptor,peso_kg,fecha")
    processes = table(
      "11-procesos", "corrida,proceso,organizacion,sentido,lote,producto,peso_kg,fecha")
    blends = table("12-mezclas", "lote,organizacion,lote_origen,peso_kg,fecha")
    tanks = table("11-tanques", "tanque,organizacion,producto,capacidad_kg,forma,fecha")
    tankBook = table(
      "12-movimientos", "tanque,organizacion,movimiento,lote,peso_kg,medido_por,motivo,fecha")
    dispatches = table("13-despachos", "lote,de,a,guia,vehiculo,fecha")
    receipts = table("14-recepciones", "lote,receptor,peso_kg,fecha")
    shipments = table("15-embarques", "embarque,exportador,importador,destino,fecha")
    loads = table("16-cargas", "embarque,organizacion,lote,peso_kg,fecha")
    seals = table("17-sellos", "embarque,organizacion,contenedor,precintos,fecha")
    exports = table("18-exportaciones", "embarque,organizacion,puerto,documento,fecha")
    corrections = table("19-correcciones", "lote,acto,organizacion,motivo,peso_kg,fecha")
  }

  var all: [PartWriter] {
    [
      organisations, capacities, producers, datasets, plots, tenure, harvests, purchases,
      truckBlends,
      millDispatches, millReceipts, processes, blends, dispatches, receipts, shipments, loads,
      seals, exports, tanks, tankBook, corrections,
    ]
  }

  func mayBreak() throws { for file in all { try file.mayBreak() } }

  func close() throws { for file in all { try file.close() } }
}

/// Kilograms with two decimals and a decimal comma, as a Peruvian scale prints them. Three would
/// leave open whether `1,200` is a little or a lot.
func kilograms(_ grams: Int) -> String {
  "\(grams / 1_000)," + GroupPlan.padded(grams % 1_000 / 10, 2)
}

/// To the ten grams that scales show.
func weighed(_ grams: Int) -> Int { grams / 10 * 10 }
