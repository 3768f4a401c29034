// GDAL reads rasters and vectors, GEOS judges validity, PROJ's geodesic.h gives areas on the ellipsoid.
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_minixml.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
#include <geodesic.h>

// Asks the processor to bring what lies there, without waiting for it.
static inline void raiz_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }
