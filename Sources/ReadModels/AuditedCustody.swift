import Ledger
import PostgreSQL
import Traceability
import ValueTypes

/// Plots, lots, shipments, tanks and books, as the audit holds them against the tables.
extension AuditedTable {
  /// - Parameter outline: gives an outline that stands in an attachment; nil where that is missing.
  static func plots(
    _ judge: Judge, _ world: World,
    outline: @escaping @Sendable (SHA256Digest) async throws -> String?
  ) -> AuditedTable {
    AuditedTable(
      kind: "plot",
      columns: [
        "producer", "country", "district", "commodities", "square_metres", "form",
        "geometry_sha256", "geometry", "assessed", "maps", "own_rank", "reasons",
      ],
      of: world.plots,
      rows: { ledger in
        """
        SELECT code, ARRAY[producer, country, district, array_to_string(commodities, ','),
          encode(float8send(square_metres), 'hex'), form, geometry_sha256,
          encode(ST_AsBinary(geometry, 'NDR'), 'hex'), assessed::text, maps, own_rank::text,
          reasons::text] AS says
        FROM raiz_read.plots WHERE ledger = \(ledger)
        """
      },
      says: { code, _ in
        guard let row = try PlotRow(code, judge, world) else { return nil }
        var shape = row.geoJSON
        if shape == nil, let digest = SHA256Digest(hex: row.geometryDigest) {
          shape = try await outline(digest)
        }
        return [
          row.producer, row.country, row.district, row.commodities,
          Self.hex(row.squareMetres), row.form, row.geometryDigest,
          shape.flatMap(OutlineBytes.hex(ofGeoJSON:)), "\(row.assessed)", row.maps,
          "\(row.rank)", row.reasons,
        ]
      })
  }

  /// - Parameter ranks: of each lot with all that is upstream of it.
  static func lots(
    _ judge: Judge, _ world: World, _ ranks: [LotCode: Int16]
  ) -> AuditedTable {
    AuditedTable(
      kind: "lot",
      columns: [
        "product", "holder", "origin", "plot", "created_at", "created_grams", "grams",
        "in_transit_to", "own_rank", "rank", "unknown_grams", "found_grams", "tank", "reasons",
      ],
      of: world.lots,
      rows: { ledger in
        """
        SELECT code, ARRAY[product, holder, origin, plot,
          (extract(epoch FROM created_at) * 1000000)::bigint::text, created_grams::text,
          grams::text, in_transit_to, own_rank::text, rank::text, unknown_grams::text,
          found_grams::text, tank, reasons::text] AS says
        FROM raiz_read.lots WHERE ledger = \(ledger)
        """
      },
      says: { code, _ in
        guard let row = try LotRow(code, judge, world) else { return nil }
        return [
          row.product, row.holder, row.origin, row.plot, "\(row.createdAt)",
          "\(row.createdGrams)", "\(row.grams)", row.inTransitTo, "\(row.ownRank)",
          ranks[code].map(String.init), "\(row.unknownGrams)", "\(row.foundGrams)", row.tank,
          row.reasons,
        ]
      })
  }

  static func lotInputs(_ world: World) -> AuditedTable {
    AuditedTable(
      kind: "input", columns: ["grams"],
      rows: { ledger in
        """
        SELECT lot || ' < ' || input AS code, ARRAY[grams::text] AS says
        FROM raiz_read.lot_inputs WHERE ledger = \(ledger)
        """
      },
      codes: {
        world.lots.keys.flatMap { lot in world.inputs(of: lot).map { "\(lot) < \($0.lot)" } }
      },
      expected: { text in
        guard let (lot, input) = Self.parted(text), let lot = try? LotCode(lot),
          let input = try? LotCode(input)
        else { return nil }
        return world.inputs(of: lot).first { $0.lot == input }.map { ["\($0.grams.value)"] }
      })
  }

  /// - Parameter ranks: of each lot with all that is upstream of it.
  static func shipments(
    _ judge: Judge, _ world: World, _ ranks: [LotCode: Int16]
  ) -> AuditedTable {
    AuditedTable(
      kind: "shipment",
      columns: ["exporter", "importer", "destination", "state", "own_rank", "rank", "reasons"],
      of: world.shipments,
      rows: { ledger in
        """
        SELECT code, ARRAY[exporter, importer, destination, state, own_rank::text, rank::text,
          reasons::text] AS says
        FROM raiz_read.shipments WHERE ledger = \(ledger)
        """
      },
      says: { code, _ in
        guard let row = try ShipmentRow(code, judge, world) else { return nil }
        let loaded = row.loads.map { ranks[$0.lot] ?? 1 }.max() ?? 0
        return [
          row.exporter, row.importer, row.destination, row.state, "\(row.ownRank)",
          "\(max(row.ownRank, loaded))", row.reasons,
        ]
      })
  }

  static func shipmentLoads(_ world: World) -> AuditedTable {
    AuditedTable(
      kind: "load", columns: ["lot", "grams"],
      rows: { ledger in
        """
        SELECT shipment || ' < ' || load AS code, ARRAY[lot, grams::text] AS says
        FROM raiz_read.shipment_loads WHERE ledger = \(ledger)
        """
      },
      codes: {
        world.shipments.flatMap { code, shipment in
          shipment.loads.indices.map { "\(code) < \($0 + 1)" }
        }
      },
      expected: { text in
        guard let (code, number) = Self.parted(text), let code = try? ShipmentCode(code),
          let loads = world.shipments[code]?.loads, let number = Int(number),
          loads.indices.contains(number - 1)
        else { return nil }
        return [loads[number - 1].lot.text, "\(loads[number - 1].grams.value)"]
      })
  }

  static func tanks(_ world: World) -> AuditedTable {
    AuditedTable(
      kind: "tank",
      columns: ["holder", "product", "form", "capacity_grams", "grams", "empty_since"],
      of: world.tanks,
      rows: { ledger in
        """
        SELECT code, ARRAY[holder, product, form, capacity_grams::text, grams::text,
          (extract(epoch FROM empty_since) * 1000000)::bigint::text] AS says
        FROM raiz_read.tanks WHERE ledger = \(ledger)
        """
      },
      says: { _, tank in
        let row = TankRow(tank)
        return [
          row.holder, row.product, row.form, "\(row.capacityGrams)", "\(row.grams)",
          "\(row.emptySince)",
        ]
      })
  }

  /// - Parameter lines: by their names.
  static func movements(_ lines: [ExactText: MovementRow]) -> AuditedTable {
    AuditedTable(
      kind: "movement",
      columns: ["holder", "product", "day", "place", "kind", "grams", "cause"],
      rows: { ledger in
        """
        SELECT subject || '@' || version || '/' || line AS code, ARRAY[holder, product,
          to_char(day, 'YYYY-MM-DD'), place, kind, grams::text, cause] AS says
        FROM raiz_read.movements WHERE ledger = \(ledger)
        """
      },
      codes: { lines.keys.map(\.text) },
      expected: { text in
        guard let line = lines[ExactText(text)]?.movement else { return nil }
        return [
          line.holder.description, line.product.text, line.day.description, line.place.rawValue,
          line.kind.rawValue, "\(line.grams)", line.cause?.text,
        ]
      })
  }

  /// What stands before and after the sign in the code of a row that two things name.
  private static func parted(_ code: String) -> (String, String)? {
    guard let sign = code.firstRange(of: " < ") else { return nil }
    return (String(code[..<sign.lowerBound]), String(code[sign.upperBound...]))
  }

  /// As PostgreSQL sends it (`float8send`).
  private static func hex(_ value: Double) -> String {
    Hex.encode(stride(from: 56, through: 0, by: -8).map { UInt8(value.bitPattern >> $0 & 255) })
  }
}
