#!/usr/bin/env bash
# Builds the jar when it is missing or older than its sources, and runs it on the newest JDK here (17 or later).
# Data, logs and .env stay in the folder of this script, wherever it is called from; arguments go to the server.
set -euo pipefail

FLAGS=()

main() {
    local here java arguments word
    if [[ ! "${1-}" =~ ^(bench|crash-test)$ ]]; then
        for word in "$@"; do
            if [[ "$word" == --help || "$word" == -h ]]; then
                usage
                return
            fi
        done
    fi
    here="$(folder_of_this_script)"
    java="$(newest_java)" || fail "needs a JDK, 17 or later; there is none in JAVA_HOME, on the PATH or where they are usually installed"
    build_if_needed "$here"
    choose_flags "$here" "$java"
    if [[ "${1-}" == bench ]]; then
        bench "$here" "$java" "${@:2}"
    fi
    if [[ "${1-}" == crash-test ]]; then
        crash_test "$here" "$java" "${@:2}"
    fi
    if [[ "${1-}" == cluster ]]; then
        # shellcheck source=src/cluster.sh
        source "$here/src/cluster.sh"
        cluster "$here" "$java" "${@:2}"
        return
    fi
    arguments=()
    while (($# > 0)); do
        arguments+=("$1")
        if [[ "$1" == --db && -n "${2-}" ]]; then
            arguments+=("$(absolute "$2")")
            shift
        elif [[ "$1" =~ ^(backup|verify|restore|import)$ && -n "${2-}" && "$2" != -* ]]; then
            arguments+=("$(absolute "$2")")
            shift
        fi
        shift
    done
    cd "$here"
    # shellcheck disable=SC2086 # a list of words
    exec "$java" "${FLAGS[@]}" ${JAVA_OPTS-} -jar target/ollama-web.jar ${arguments[@]+"${arguments[@]}"}
}

# What can be told without a JDK and without building.
usage() {
    cat <<'EOF'
Usage: ./run.sh [--host HOST] [--port PORT] [--db FILE]
       ./run.sh migrate up|down|status [--db FILE]
       ./run.sh backup|verify|restore [BACKUP] [--db FILE]
       ./run.sh import FILE --account EMAIL|ID [--dry-run] [--db FILE]
       ./run.sh bench [--help]
       ./run.sh cluster [SERVERS [FIRST-PORT]]
       ./run.sh crash-test [--rounds N] [--database sqlite|postgresql|both] [--seed N]
       ./run.sh --help | --version

Builds the jar when it is missing or older than its sources, and runs it on the newest JDK here (17 or later).
Settings come from the environment or from a .env file beside this script; .env.example explains them. The flags
override HOST, PORT and DATABASE_URL. JAVA_OPTS holds more flags for the JVM. cluster starts a PostgreSQL, a Redis if
there is one, and three servers on ports from 8001 on that work as one; their data stays in the folder cluster.
crash-test kills servers of its own at random moments, a hundred times on each kind of database, and ends with 0 if nothing was lost.
EOF
}

# Sets FLAGS, the JVM's: a small heap that starts smaller, a plain collector, memory given back; as fast as the defaults
# here, with a third of the memory. And a cache of the loaded classes, which halves the start.
choose_flags() {
    local cache use make
    FLAGS=(-Xms24m -Xmx512m -Xss512k -XX:MetaspaceSize=96m -XX:+UseSerialGC -XX:TrimNativeHeapInterval=5000)
    cache="$1/target/classes-of-java-$(major_version "${2%/bin/java}").cache"
    if (($(major_version "${2%/bin/java}") >= 25)); then
        use='-XX:AOTCache' make='-XX:AOTCacheOutput'
    else
        use='-XX:SharedArchiveFile' make='-XX:ArchiveClassesAtExit'
    fi
    if [[ "$cache" -ot "$1/target/ollama-web.jar" && ! -e "$cache.failed" ]]; then
        echo "run.sh: preparing a faster start, once" >&2
        rehearse "$1/target/ollama-web.jar" "$2" "${FLAGS[@]}" "$make=$cache" || touch "$cache.failed"
    fi
    [[ ! -e "$cache" ]] || FLAGS+=("$use=$cache")
}

# Starts the server for a moment, in a folder of its own, asks it a few things, and stops it.
rehearse() {
    local folder server url='' status=1 tries
    folder="$(mktemp -d)"
    : >"$folder/out"
    (cd "$folder" && exec env HOST=127.0.0.1 LOG_DIR=logs SETUP_MODE=open OLLAMA_URL=http://127.0.0.1:9 \
        "${@:2}" -jar "$1" --port 0 --db rehearsal.db) >"$folder/out" 2>&1 &
    server=$!
    for ((tries = 0; tries < 300; tries++)); do
        url="$(sed -n 's/.* on \(http:[^, ]*\).*/\1/p' "$folder/out")"
        [[ -z "$url" ]] || break
        sleep 0.1
    done
    if [[ -n "$url" ]]; then
        {
            curl -s "$url/health" "$url/docs"
            curl -s --compressed -H 'Accept: text/html' "$url/"
            curl -s "$url/api/auth/setup" -H 'Content-Type: application/json' -d '{"api_key":"rehearsal"}'
            curl -s "$url/api/conversations" -H 'Authorization: Bearer rehearsal'
            curl -s "$url/api/chat/stream" -H 'Authorization: Bearer rehearsal' -H 'Content-Type: application/json' \
                -d '{"message":"Hello","model_name":"none"}'
        } >/dev/null 2>&1 || true
        status=0
    fi
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    rm -rf "$folder"
    return $status
}

# Measures the server against a bare upstream; --help tells what it takes.
bench() {
    local flags=() flag
    for flag in "${FLAGS[@]}"; do
        flags+=(--flag "$flag")
    done
    (cd "$1" && maven -Pbench test-compile) || fail "the build failed"
    exec "$2" -Xmx1g -XX:+UseSerialGC -cp "$1/target/test-classes:$1/target/bench-libraries/*:$1/target/ollama-web.jar" \
        ollamaweb.bench.Bench "${flags[@]}" "${@:3}"
}

# Kills servers of its own at random moments, and looks whether they have kept what they acknowledged.
crash_test() {
    (cd "$1" && maven -Pbench test-compile) || fail "the build failed"
    exec "$2" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
        -cp "$1/target/test-classes:$1/target/bench-libraries/*:$1/target/ollama-web.jar" ollamaweb.crash.CrashCommand "${@:3}"
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
    (cd "$1" && maven -DskipTests package) >&2 || fail "the build failed"
}

# Runs Maven, and says what it says without the colours, which it resets even where it was told to use none.
maven() {
    mvn -q -B -Dstyle.color=never "$@" 2>&1 | sed -e $'s/\033\\[[0-9;]*m//g' -e '/^$/d'
}

absolute() {
    [[ "$1" == /* ]] && echo "$1" || echo "$PWD/$1"
}

fail() {
    echo "run.sh: $1" >&2
    exit 1
}

main "$@"
