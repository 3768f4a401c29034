import CCairo

/// Draws a scene with cairo on an image and writes it as PNG.
@safe
final class PixelPainter {
  private let surface: OpaquePointer
  private let context: OpaquePointer

  static func png(_ scene: Scene, width: Int) throws(PlotMapError) -> [UInt8] {
    let scale = Double(width) / Scene.width
    let height = Int((scene.height * scale).rounded(.up))
    let painter = try PixelPainter(width: width, height: height)
    unsafe cairo_scale(painter.context, scale, scale)
    for mark in scene.marks { painter.paint(mark) }
    try Self.check(unsafe cairo_status(painter.context))
    return try painter.bytes()
  }

  private init(width: Int, height: Int) throws(PlotMapError) {
    guard
      let surface = unsafe cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32(width), Int32(height)),
      let context = unsafe cairo_create(surface)
    else { throw .drawing(reason: "cairo gave no surface") }
    unsafe self.surface = surface
    unsafe self.context = context
    try Self.check(unsafe cairo_status(context))
    // Letters keep the shape that the layout took them to have, at every size.
    let options = unsafe cairo_font_options_create()
    unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    unsafe cairo_set_font_options(context, options)
    unsafe cairo_font_options_destroy(options)
    unsafe cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    set(Palette.paper)
    unsafe cairo_paint(context)
  }

  deinit {
    unsafe cairo_destroy(context)
    unsafe cairo_surface_destroy(surface)
  }

  private static func check(_ status: cairo_status_t) throws(PlotMapError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    let reason = unsafe cairo_status_to_string(status).map { unsafe String(cString: $0) }
    throw .drawing(reason: reason ?? "cairo gave no reason")
  }

  // MARK: Marks

  private func paint(_ mark: Mark) {
    switch mark {
    case .group(_, let marks): for mark in marks { paint(mark) }
    case .fill(let rings, let color, let isCrisp):
      unsafe cairo_set_antialias(
        context, isCrisp ? CAIRO_ANTIALIAS_NONE : CAIRO_ANTIALIAS_DEFAULT)
      set(color)
      trace(rings, isClosed: true)
      unsafe cairo_fill(context)
      unsafe cairo_set_antialias(context, CAIRO_ANTIALIAS_DEFAULT)
    case .outline(let rings, let line):
      trace(rings, isClosed: true)
      stroke(line)
    case .lines(let lines, let line):
      trace(lines, isClosed: false)
      stroke(line)
    case .dot(let at, let radius, let fill, let line):
      unsafe cairo_new_path(context)
      unsafe cairo_arc(context, at.x, at.y, radius, 0, 2 * Double.pi)
      set(fill)
      unsafe cairo_fill_preserve(context)
      stroke(line)
    case .text(let text): paint(text)
    }
  }

  private func set(_ color: Color) {
    unsafe cairo_set_source_rgb(
      context, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
  }

  private func trace(_ rings: [[ScenePoint]], isClosed: Bool) {
    unsafe cairo_new_path(context)
    for ring in rings {
      for (index, point) in ring.enumerated() {
        if index == 0 {
          unsafe cairo_move_to(context, point.x, point.y)
        } else {
          unsafe cairo_line_to(context, point.x, point.y)
        }
      }
      if isClosed { unsafe cairo_close_path(context) }
    }
  }

  private func stroke(_ stroke: Stroke) {
    set(stroke.color)
    unsafe cairo_set_line_width(context, stroke.width)
    let dash = stroke.dash
    unsafe cairo_set_dash(context, dash, Int32(dash.count), 0)
    unsafe cairo_stroke(context)
  }

  private func paint(_ text: SceneText) {
    unsafe cairo_select_font_face(
      context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
      text.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    unsafe cairo_set_font_size(context, text.size)
    // A null would end the text early, for cairo takes C strings.
    let words = String(text.text.unicodeScalars.map { $0.value < 32 ? " " : Character($0) })
    var extents = cairo_text_extents_t()
    unsafe cairo_text_extents(context, words, &extents)
    let shift: Double =
      switch text.anchor {
      case .start: 0
      case .middle: -extents.x_advance / 2
      case .end: -extents.x_advance
      }
    unsafe cairo_save(context)
    unsafe cairo_translate(context, text.at.x, text.at.y)
    if text.isUpright { unsafe cairo_rotate(context, -Double.pi / 2) }
    if text.hasHalo {
      unsafe cairo_move_to(context, shift, 0)
      unsafe cairo_text_path(context, words)
      stroke(Stroke(color: Palette.paper, width: 3.5))
    }
    set(text.color)
    unsafe cairo_move_to(context, shift, 0)
    unsafe cairo_show_text(context, words)
    unsafe cairo_restore(context)
  }

  // MARK: The file

  private final class Sink {
    var bytes: [UInt8] = []
  }

  private func bytes() throws(PlotMapError) -> [UInt8] {
    let sink = Sink()
    unsafe cairo_surface_flush(surface)
    let status = unsafe cairo_surface_write_to_png_stream(
      surface,
      { target, data, count in
        guard let target = unsafe target, let data = unsafe data else {
          return CAIRO_STATUS_WRITE_ERROR
        }
        let sink = unsafe Unmanaged<Sink>.fromOpaque(target).takeUnretainedValue()
        unsafe sink.bytes += UnsafeBufferPointer(start: data, count: Int(count))
        return CAIRO_STATUS_SUCCESS
      }, Unmanaged.passUnretained(sink).toOpaque())
    try Self.check(status)
    return sink.bytes
  }
}
