# syntax=docker/dockerfile:1

FROM swift:6.3-bookworm AS build
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    libcairo2-dev libgdal-dev libgeos-dev libpq-dev libproj-dev pkg-config zlib1g-dev \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /source
# The dependencies alone first: they change less often than the sources.
COPY Package.* ./
RUN swift package resolve
COPY . .
RUN swift build -c release --product raiz \
  && install -D "$(swift build -c release --show-bin-path)/raiz" /out/raiz

# Debian 12 with the Swift runtime libraries and no compiler.
FROM swift:6.3-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    ca-certificates curl fonts-dejavu-core libcairo2 libgdal32 libgeos-c1v5 libpq5 libproj25 \
    tzdata zlib1g \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --user-group --home-dir /var/lib/raiz --create-home raiz
COPY --from=build /out/raiz /usr/local/bin/raiz

USER raiz
# The signing key and the newest published checkpoint live here, outside the database: keep it.
ENV RAIZ_DATA=/var/lib/raiz
VOLUME /var/lib/raiz
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
  CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/health"]
ENTRYPOINT ["raiz"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8080"]
