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
