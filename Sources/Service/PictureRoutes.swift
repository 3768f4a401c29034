import Application
import HTTPTypes
import Hummingbird
import Traceability

/// A plot's map: `/plots/CODE/map.svg`, and `/plots/CODE/map.png?width=PIXELS`.
struct PictureRoutes {
  let raiz: Raiz

  func add(to router: Router<BasicRequestContext>) {
    for format in PictureFormat.allCases {
      router.get("/plots/:code/map.\(format.rawValue)") { [raiz] request, context in
        let bytes = try await raiz.picture(
          of: try PlotCode(try context.code()), format: format, language: request.language,
          width: try Self.width(request))
        var response = Response.bytes(bytes, type: Self.type(format))
        response.headers[.cacheControl] = "private, max-age=60"
        // Without ?lang= the words hang on who asks.
        response.headers[.vary] = "Accept-Language, Cookie"
        return response
      }
    }
  }

  private static func width(_ request: Request) throws -> Int? {
    guard let text = request.uri.queryParameters.get("width") else { return nil }
    guard let width = Int(text) else {
      throw Problem(.badRequest, "bad-width", "width: 200–4000")
    }
    return width
  }

  private static func type(_ format: PictureFormat) -> String {
    switch format {
    case .svg: "image/svg+xml; charset=utf-8"
    case .png: "image/png"
    }
  }
}
