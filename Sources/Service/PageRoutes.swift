import Application
import HTTPTypes
import Hummingbird
import Traceability

/// The pages: all lots, one lot, one statement, the balance of an organisation, and findings.
struct PageRoutes {
  let raiz: Raiz
  let pages: Pages

  func add(to router: Router<BasicRequestContext>) {
    router.get("/style.css") { _, _ in
      var response = Response.bytes(Pages.style, type: "text/css; charset=utf-8")
      response.headers[.cacheControl] = "max-age=300"
      return response
    }
    router.get("/") { request, _ in
      try await page(request, title: "lots") { frame in
        let view = try await LotsPage(raiz: raiz, request: request).view()
        return pages.lots(view, frame)
      }
    }
    addStatements(to: router)
    addFindings(to: router)
    router.get("/balance") { request, _ in
      try await page(request, title: "balance") { frame in
        pages.balance(try await BalancePage(raiz: raiz, request: request).view(), frame)
      }
    }
    router.get("/lots/:code") { request, context in
      let code = try context.code()
      return try await page(request, title: code) { frame in
        let detail = try await raiz.lot(try LotCode(code))
        return pages.lot(LotPageBuilder(raiz, request.language).view(detail), frame)
      }
    }
  }

  func addStatements(to router: Router<BasicRequestContext>) {
    router.get("/statements/:code") { request, context in
      let code = try context.code()
      return try await page(request, title: code) { frame in
        let detail = try await raiz.statement(try StatementCode(code))
        return pages.statement(StatementPageBuilder(raiz, request.language).view(detail), frame)
      }
    }
  }

  private func addFindings(to router: Router<BasicRequestContext>) {
    router.get("/findings") { request, _ in
      try await page(request, title: "findings") { frame in
        pages.findings(try await FindingsPage(raiz: raiz, request: request).view(), frame)
      }
    }
    router.get("/finding") { request, _ in
      try await page(request, title: "finding") { frame in
        let detail = try await raiz.finding(try FindingRoutes.code(request))
        return pages.finding(FindingPageBuilder(raiz, request.language).view(detail), frame)
      }
    }
  }

  /// A page; what goes wrong is a page too.
  private func page(
    _ request: Request, title: String, _ body: (Frame) async throws -> String
  ) async throws -> Response {
    let frame = try await frame(request, title: title)
    var response: Response
    do {
      response = Response.html(try await body(frame))
    } catch {
      let problem = Problem.of(error, in: request.language)
      response = Response.html(pages.message(problem.detail, frame), status: problem.status)
    }
    if let lang = request.uri.queryParameters.get("lang") {
      response.setCookie(
        Cookie(
          name: "lang", value: lang.hasPrefix("en") ? "en" : "es", maxAge: 31_536_000,
          path: "/", httpOnly: true, sameSite: .lax))
    }
    return response
  }

  private func frame(_ request: Request, title: String) async throws -> Frame {
    let language = request.language
    let other: Language = language == .spanish ? .english : .spanish
    let texts = PageTexts.all(language)
    let note = try await raiz.newestCheckpoint() ?? ""
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
    return Frame(
      lang: language.rawValue, title: texts[title] ?? title, otherLang: other.rawValue,
      otherLangName: other == .spanish ? "Español" : "English",
      otherLangUrl: otherLanguageURL(request, other),
      checkpointSize: lines.count > 1 ? String(lines[1]) : "0", origin: raiz.origin, t: texts)
  }

  private func otherLanguageURL(_ request: Request, _ other: Language) -> String {
    let query = (request.uri.query ?? "").split(separator: "&").filter {
      !$0.hasPrefix("lang=")
    }
    return request.uri.path + "?" + (query + ["lang=\(other.rawValue)"]).joined(separator: "&")
  }
}
