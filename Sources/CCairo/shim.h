// cairo draws pictures' pixels and writes them as PNG.
#include <cairo.h>
