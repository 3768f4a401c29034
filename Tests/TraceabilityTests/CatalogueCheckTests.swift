import Testing
import Traceability
import ValueTypes

/// A catalogue file is checked before it is used: every fault with its place.
@Suite struct CatalogueCheckTests {
  @Test func `given the shipped catalogues then nothing is wrong in them`() throws {
    let shipped = try Catalogue.shipped()
    #expect(shipped.faults() == [])
    let coffee = try Catalogue(json: RepositoryFile.read("docs/catalogues/coffee.json"))
    #expect(coffee.faults(beside: shipped) == [])
    #expect(shipped.code == "raiz-2")
  }

  @Test func `given the shipped catalogue then every product of the task is there, by Annex I`()
    throws
  {
    let catalogue = try Catalogue.shipped()
    let headings = Dictionary(
      uniqueKeysWithValues: catalogue.products.map { ($0.code.text, $0.annexI ?? "—") })
    for (code, entry) in [
      ("cocoa-wet-beans", "1801"), ("cocoa-dry-beans-1", "1801"), ("cocoa-shells", "1802"),
      ("cocoa-paste", "1803"), ("cocoa-butter", "1804"), ("cocoa-powder", "1805"),
      ("oil-palm-bunches", "120710"), ("crude-palm-oil", "1511"), ("palm-kernels", "120710"),
      ("palm-kernel-oil", "151321"), ("palm-kernel-cake", "230660"),
    ] { #expect(headings[code] == entry, "\(code)") }
  }

  /// A file with one of everything, and one text put in the place of another.
  private func faults(_ old: String = "", _ new: String = "") throws -> [CatalogueFault] {
    let basis = #""basis":{"validFrom":"2026-01-01","source":"test","proposal":true}"#
    let text = """
      {"name":"test","version":"1","validFrom":"2026-01-01","source":"test",
      "commodities":[{"code":"nut","es":"nuez","en":"nut","scientificName":"N",
        "yields":[{"usualLeast":1,"usualMost":2,"warn":3,"impossible":4,\(basis)}],
        "bearing":{"firstYear":3,"impossibleUpTo":0,\(basis)},
        "harvest":{"months":[1,12],"outsidePermille":300,\(basis)}}],
      "products":[
        {"code":"raw","commodity":"nut","es":"cruda","en":"raw","hsHeading":"0802",
         "annexI":"08","ex":true,"harvested":true,"yieldPermille":900,"noticeHours":1,
         "keepHours":2,\(basis)},
        {"code":"shelled","commodity":"nut","es":"pelada","en":"shelled","hsHeading":"0803",
         "harvested":false}],
      "processes":[{"code":"shelling","es":"pelado","en":"shelling","inputs":["raw"],
        "outputs":[{"product":"shelled","notice":{"least":400,"most":500},
          "doubt":{"least":300,"most":600},\(basis)}]}]}
      """
    var changed = text
    if let range = text.firstRange(of: old), !old.isEmpty {
      changed.replaceSubrange(range, with: new)
      #expect(changed != text)
    } else {
      #expect(old.isEmpty, "«\(old)» is not in the text")
    }
    return try Catalogue(json: Array(changed.utf8)).faults()
  }

  @Test func `given a sound file then nothing is said`() throws {
    #expect(try faults() == [])
  }

  @Test(arguments: [
    (#""product":"shelled""#, #""product":"gone""#, "processes[0].outputs[0].product"),
    (#""inputs":["raw"]"#, #""inputs":["gone"]"#, "processes[0].inputs[0]"),
    (#""inputs":["raw"]"#, #""inputs":[]"#, "processes[0].inputs"),
    (#""doubt":{"least":300"#, #""doubt":{"least":700"#, "processes[0].outputs[0].doubt"),
    (#""most":600"#, #""most":1001"#, "processes[0].outputs[0].doubt.most"),
    (#""notice":{"least":400"#, #""notice":{"least":200"#, "processes[0].outputs[0].notice"),
    (#""warn":3"#, #""warn":1"#, "commodities[0].yields[0].warn"),
    (#""hsHeading":"0802""#, #""hsHeading":"08 02""#, "products[0].hsHeading"),
    (#""hsHeading":"0802""#, #""hsHeading":"0802111""#, "products[0].hsHeading"),
    (#""annexI":"08""#, #""annexI":"0803""#, "products[0].annexI"),
    (#""annexI":"08","#, "", "products[0].ex"),
    (#""keepHours":2"#, #""keepHours":0"#, "products[0].keepHours"),
    (#""keepHours":2,"#, "", "products[0].keepHours"),
    (#""yieldPermille":900,"#, "", "products[0].yieldPermille"),
    (#""commodity":"nut""#, #""commodity":"corn""#, "products[0].commodity"),
    (#""code":"shelled""#, #""code":"raw""#, "products[1].code"),
    (#""es":"pelada""#, #""es":"Cruda""#, "products[1].es"),
    (#""months":[1,12]"#, #""months":[1,13]"#, "commodities[0].harvest.months[1]"),
    (#""impossibleUpTo":0"#, #""impossibleUpTo":3"#, "commodities[0].bearing"),
    (#""name":"test""#, #""name":"no name""#, "name"),
  ])
  func `given one fault then its place is named in both languages`(
    old: String, new: String, place: String
  ) throws {
    let faults = try faults(old, new)
    let fault = try #require(faults.first { $0.place == place }, "\(faults)")
    #expect(!fault.es.isEmpty && !fault.en.isEmpty && fault.es != fault.en)
  }

  @Test func `given products that become each other without loss then the cycle is told`() throws {
    let ring = #"""
      {"code":"back","es":"vuelta","en":"back","inputs":["shelled"],
       "outputs":[{"product":"raw"}]}]}
      """#
    let lossy = try faults("}]}]}", "}]}," + ring)
    #expect(lossy == [])
    let open = try faults(
      #""doubt":{"least":300,"most":600}"#, #""doubt":{"least":300,"most":1000}"#)
    #expect(open == [])
    let json = try Catalogue(json: Array(Self.ring.utf8))
    #expect(json.faults().contains { $0.place == "processes[0]" && $0.en.contains("without loss") })
  }

  private static let ring = """
    {"name":"ring","version":"1","validFrom":"2026-01-01","source":"test",
    "commodities":[{"code":"nut","es":"nuez","en":"nut","scientificName":"N","yields":[]}],
    "products":[
      {"code":"a","commodity":"nut","es":"a","en":"a","hsHeading":"08","harvested":true},
      {"code":"b","commodity":"nut","es":"b","en":"b","hsHeading":"08","harvested":false}],
    "processes":[
      {"code":"there","es":"ida","en":"there","inputs":["a"],"outputs":[{"product":"b"}]},
      {"code":"back","es":"vuelta","en":"back","inputs":["b"],"outputs":[{"product":"a"}]}]}
    """

  @Test func `given a code of the shipped catalogue then an added file may not use it`() throws {
    let shipped = try Catalogue.shipped()
    let faults = shipped.faults(beside: shipped)
    #expect(faults.contains { $0.place == "name" })
    #expect(faults.contains { $0.place == "products[0].code" })
    #expect(throws: CatalogueFaults.self) { try shipped.adding(shipped) }
  }
}
