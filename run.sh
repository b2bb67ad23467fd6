#!/usr/bin/env bash
# Builds the jar when it is missing or older than its sources, and runs it on the newest JDK here.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
jar="$here/target/ollama-web.jar"
if [[ ! -f "$jar" || -n "$(find "$here/pom.xml" "$here/src/main" "$here/sql" -newer "$jar" -print -quit)" ]]; then
    (cd "$here" && mvn -q -B -DskipTests package)
fi
if [[ "${1:-}" == bench ]]; then
    (cd "$here" && mvn -q -B test-compile)
    exec java -Xmx1g -XX:+UseSerialGC -cp "$here/target/test-classes:$jar" ollamaweb.bench.Bench "${@:2}"
fi
exec java -jar "$jar" "$@"
