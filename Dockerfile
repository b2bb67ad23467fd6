# docker build -t ollama-web .
# docker run --read-only -v ollama-web:/data -p 127.0.0.1:8000:8000 -e OLLAMA_URL=http://host.docker.internal:11434 \
#     --add-host host.docker.internal:host-gateway ollama-web

FROM maven:3.9-eclipse-temurin-25 AS tools

FROM tools AS build
WORKDIR /build
COPY pom.xml ./
COPY sql sql
COPY src src
RUN --mount=type=cache,target=/root/.m2 mvn -q -B -ntp -Dmaven.test.skip=true package
COPY deploy/make-runtime deploy/start deploy/healthcheck deploy/
RUN deploy/make-runtime "$JAVA_HOME" target/ollama-web.jar /app && cp deploy/start deploy/healthcheck /app \
    && mkdir /data && chown 1000:1000 /data

# 75 MB, of which the C library and a shell are used
FROM debian:bookworm-slim
COPY --from=build /app /app
COPY --from=build --chown=1000:1000 /data /data
USER 1000:1000
WORKDIR /data
VOLUME /data
ENV HOST=0.0.0.0 PORT=8000 DATABASE_URL=sqlite:////data/ollama_web.db LOG_DIR=/data/logs
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --start-interval=1s CMD ["/app/healthcheck"]
ENTRYPOINT ["/app/start"]
