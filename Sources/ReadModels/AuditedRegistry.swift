import PostgreSQL
import Traceability
import ValueTypes

/// What is registered, as the audit holds it against the tables.
extension AuditedTable {
  static func organisations(_ world: World) -> AuditedTable {
    AuditedTable(
      kind: "organisation", columns: ["name", "kind", "country"], of: world.organisations,
      rows: { ledger in
        """
        SELECT code, ARRAY[name, kind, country] AS says
        FROM raiz_read.organisations WHERE ledger = \(ledger)
        """
      },
      says: { _, fact in
        [fact.name, fact.kind.rawValue, fact.country]
      })
  }

  static func producers(_ world: World) -> AuditedTable {
    AuditedTable(
      kind: "producer", columns: ["organisation", "district"], of: world.producers,
      rows: { ledger in
        """
        SELECT code, ARRAY[organisation, district] AS says
        FROM raiz_read.producers WHERE ledger = \(ledger)
        """
      },
      says: { _, fact in
        [fact.organisation?.text, fact.district]
      })
  }

  static func datasets(_ world: World) -> AuditedTable {
    AuditedTable(
      kind: "dataset", columns: ["kind", "version", "sha256", "superseded"], of: world.datasets,
      rows: { ledger in
        """
        SELECT name AS code, ARRAY[kind, version, sha256, superseded::text] AS says
        FROM raiz_read.datasets WHERE ledger = \(ledger)
        """
      },
      says: { name, fact in
        [
          fact.kind.rawValue, fact.version, fact.digest.description,
          "\(world.superseded[name] != nil)",
        ]
      })
  }

  static func statements(_ world: World) -> AuditedTable {
    AuditedTable(
      kind: "statement", columns: ["shipment", "sha256"], of: world.statements,
      rows: { ledger in
        """
        SELECT code, ARRAY[shipment, sha256] AS says
        FROM raiz_read.statements WHERE ledger = \(ledger)
        """
      },
      says: { _, fact in
        [fact.shipment.text, fact.geoJSONDigest.description]
      })
  }

  static func findings(_ world: World) -> AuditedTable {
    AuditedTable(
      kind: "finding",
      columns: [
        "kind", "severity", "subjects", "figures", "outcome", "status", "assignee", "due",
        "reviewer",
      ],
      of: world.findings,
      rows: { ledger in
        """
        SELECT code, ARRAY[kind, severity, array_to_string(subjects, E'\\n'), figures::text,
          outcome, status, assignee, to_char(due, 'YYYY-MM-DD'), reviewer] AS says
        FROM raiz_read.findings WHERE ledger = \(ledger)
        """
      },
      says: { _, finding in
        let (raised, review) = (finding.raised, finding.review)
        return [
          raised.kind.rawValue, raised.severity.rawValue,
          raised.subjects.map(\.description).joined(separator: "\n"),
          try JSONText.of(raised.figures), review?.outcome.rawValue, finding.status.rawValue,
          finding.assignment?.assignee, finding.assignment?.due?.description, review?.reviewer,
        ]
      })
  }
}
