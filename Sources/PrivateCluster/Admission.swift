/// Who may connect: by the socket, the operating system's word for who is asking, and nobody else.
enum Admission {
  private static let map = "raiz"

  /// Writes `pg_hba.conf` and `pg_ident.conf`: the server's own user and root may be any of these
  /// roles. Before version 16 the map can't say "any role", so it lists them.
  /// Gives whether anything changed.
  @discardableResult static func write(
    data: String, user: ServerUser, roles: [String] = [ServerInstance.superuser]
  ) throws(ClusterError) -> Bool {
    let rules = """
      # Written by raiz at every start.
      local all all peer map=\(map)
      local replication all peer map=\(map)

      """
    let lines = Set([user.name, "root"]).sorted().flatMap { account in
      roles.map { "\(map) \(quoted(account)) \(quoted($0))\n" }
    }
    let files = ["pg_hba.conf": rules, "pg_ident.conf": "# Written by raiz.\n" + lines.joined()]
    var changed = false
    for (name, text) in files where Files.text("\(data)/\(name)") != text {
      try Files.replace("\(data)/\(name)", with: text, mode: 0o600, owner: user)
      changed = true
    }
    return changed
  }

  /// In these files a quote inside quotes is doubled.
  private static func quoted(_ name: String) -> String {
    "\"" + name.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
  }
}
