// zlib reads and writes gzip (RFC 1952).
#include <zlib.h>
