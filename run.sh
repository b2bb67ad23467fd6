#!/usr/bin/env bash
# Builds the jar when it is missing or older than its sources, and runs it on the newest JDK here (17 or later).
# Data, logs and .env stay in the folder of this script, wherever it is called from; arguments go to the server.
set -euo pipefail

main() {
    local here java arguments
    here="$(folder_of_this_script)"
    java="$(newest_java)" || fail "needs a JDK, 17 or later; there is none in JAVA_HOME, on the PATH or where they are usually installed"
    build_if_needed "$here"
    if [[ "${1-}" == bench ]]; then
        bench "$here" "$java" "${@:2}"
    fi
    arguments=()
    while (($# > 0)); do
        arguments+=("$1")
        if [[ "$1" == --db && -n "${2-}" ]]; then
            arguments+=("$(absolute "$2")")
            shift
        fi
        shift
    done
    cd "$here"
    # A small fixed heap and a plain collector: as fast as the defaults here, with a third of the memory.
    # shellcheck disable=SC2086 # JAVA_OPTS is a list of words
    exec "$java" -Xmx512m -Xss512k -XX:+UseSerialGC ${JAVA_OPTS-} \
        -jar target/ollama-web.jar ${arguments[@]+"${arguments[@]}"}
}

# Measures the server against a bare upstream; --help tells what it takes.
bench() {
    (cd "$1" && mvn -q -B test-compile)
    exec "$2" -Xmx1g -XX:+UseSerialGC -cp "$1/target/test-classes:$1/target/ollama-web.jar" ollamaweb.bench.Bench "${@:3}"
}

folder_of_this_script() {
    local file="${BASH_SOURCE[0]}" folder
    while [[ -L "$file" ]]; do
        folder="$(cd "$(dirname "$file")" && pwd)"
        file="$(readlink "$file")"
        [[ "$file" == /* ]] || file="$folder/$file"
    done
    cd "$(dirname "$file")" && pwd
}

# Prints the path of the newest java, or fails.
newest_java() {
    local home version best='' best_version=16
    while read -r home; do
        [[ -x "$home/bin/java" ]] || continue
        version="$(major_version "$home")"
        if ((version > best_version)); then
            best="$home/bin/java" best_version="$version"
        fi
    done < <(java_homes)
    [[ -n "$best" ]] && echo "$best"
}

java_homes() {
    local on_path
    [[ -z "${JAVA_HOME-}" ]] || echo "$JAVA_HOME"
    on_path="$(command -v java || true)"
    [[ "$on_path" != */bin/java ]] || echo "${on_path%/bin/java}"
    [[ ! -x /usr/libexec/java_home ]] || /usr/libexec/java_home 2>/dev/null || true
    printf '%s\n' /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/.sdkman/candidates/java/*
}

# Prints 17 for the JDK 17 in this folder, and 0 for what is none.
major_version() {
    local version
    version="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)" || true
    [[ -n "$version" ]] || version="$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')" || true
    echo "${version:-0}"
}

build_if_needed() {
    local jar="$1/target/ollama-web.jar"
    if [[ -f "$jar" && -z "$(find "$1/pom.xml" "$1/src/main" "$1/sql" -newer "$jar" -print -quit)" ]]; then
        return
    fi
    command -v mvn >/dev/null || fail "needs Maven (mvn) to build target/ollama-web.jar"
    echo "run.sh: building, which takes a minute the first time" >&2
    (cd "$1" && mvn -q -B -Dstyle.color=never -DskipTests package) >&2 || fail "the build failed"
}

absolute() {
    [[ "$1" == /* ]] && echo "$1" || echo "$PWD/$1"
}

fail() {
    echo "run.sh: $1" >&2
    exit 1
}

main "$@"
