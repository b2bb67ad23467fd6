# Several servers on one machine that work as one, to try it; sourced by run.sh, whose flags and functions it uses.
# shellcheck shell=bash

STARTED=()

# Starts PostgreSQL, Redis where it is installed, and the servers; ends with all of them on Ctrl+C.
cluster() {
    local here="$1" java="$2" servers="${3-3}" port="${4-8001}" data="$1/cluster" number
    [[ "$servers" =~ ^[1-9]$ && "$port" =~ ^[0-9]{4,5}$ ]] || fail "cluster takes how many servers (1 to 9) and the first port"
    find_postgres || fail "cluster needs PostgreSQL (Debian and Ubuntu: apt install postgresql)"
    mkdir -p "$data"
    trap stop_cluster EXIT
    trap 'exit 0' INT TERM
    make_secrets "$data/.env"
    # shellcheck disable=SC1091 # made above
    source "$data/.env"
    start_postgres "$data" $((port + 100))
    export DATABASE_URL="postgresql://ollama_web:$PASSWORD@127.0.0.1:$((port + 100))/ollama_web" SECRET_KEY JWT_SECRET_KEY
    start_redis "$data" $((port + 101))
    for ((number = 0; number < servers; number++)); do
        start_server "$here" "$java" "$data" $((port + number))
    done
    echo "An answer that is asked for on one of them can be followed, stopped and continued on the others. Ctrl+C ends all."
    wait
}

find_postgres() {
    local folder
    for folder in $(command -v pg_ctl | xargs -r dirname) /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin; do
        if [[ -x "$folder/pg_ctl" && -x "$folder/initdb" && -x "$folder/createdb" ]]; then
            POSTGRES="$folder"
        fi
    done
    [[ -n "${POSTGRES-}" ]]
}

# Made once: the data would be of no use without them.
make_secrets() {
    [[ -e "$1" ]] || (
        umask 077
        for name in PASSWORD SECRET_KEY JWT_SECRET_KEY; do
            echo "$name=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
        done >"$1"
    )
}

# PostgreSQL does not run as root: for root it runs as the user postgres, in a folder of that user's.
start_postgres() {
    local data="$1/postgresql" as=()
    if ((EUID == 0)); then
        as=(runuser -u postgres --)
        mkdir -p "$data"
        chown postgres "$data"
        "${as[@]}" test -w "$data" || fail "the user postgres cannot write $data; run it as another user than root"
    fi
    if [[ ! -e "$data/PG_VERSION" ]]; then
        echo "run.sh: making a PostgreSQL database in $data" >&2
        (umask 077 && echo "$PASSWORD" >"$1/password")
        ((EUID != 0)) || chown postgres "$1/password"
        "${as[@]}" "$POSTGRES/initdb" -D "$data" -U ollama_web --auth=scram-sha-256 --pwfile="$1/password" \
            --encoding=UTF8 --locale=C >/dev/null || fail "the PostgreSQL database could not be made"
        rm "$1/password"
    fi
    "${as[@]}" "$POSTGRES/pg_ctl" -D "$data" -w -t 60 -l "$data/server.log" \
        -o "-p $2 -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start >/dev/null ||
        fail "PostgreSQL did not start; $data/server.log tells why"
    STARTED+=("${as[*]} $POSTGRES/pg_ctl -D $data -m fast stop")
    PGPASSWORD="$PASSWORD" "$POSTGRES/createdb" -h 127.0.0.1 -p "$2" -U ollama_web ollama_web 2>/dev/null || true
}

start_redis() {
    if ! command -v redis-server >/dev/null; then
        echo "run.sh: there is no redis-server; without it the servers hear of each other half a second later" >&2
        return
    fi
    redis-server --port "$2" --bind 127.0.0.1 --requirepass "$PASSWORD" --save '' --appendonly no --dir "$1" >"$1/redis.log" &
    STARTED+=("kill $!")
    export REDIS_URL="redis://:$PASSWORD@127.0.0.1:$2"
}

start_server() {
    local log="$3/server-$4.out" server tries
    # shellcheck disable=SC2086 # a list of words
    (cd "$3" && exec env LOG_DIR="$3/logs-$4" "$2" "${FLAGS[@]}" ${JAVA_OPTS-} -jar "$1/target/ollama-web.jar" --port "$4") >"$log" 2>&1 &
    server=$!
    STARTED+=("kill $server")
    for ((tries = 0; tries < 300; tries++)); do
        if grep -q ' listens on ' "$log"; then
            echo "http://localhost:$4, process $server (kill -9 $server to see the others take over)"
            return
        fi
        kill -0 "$server" 2>/dev/null || fail "a server did not start: $(tail -n 1 "$log")"
        sleep 0.1
    done
    fail "a server did not start within 30 s; see $log"
}

# The last started goes first: the servers have something to save.
stop_cluster() {
    local each
    trap '' INT TERM # a second Ctrl+C would leave something running
    for ((each = ${#STARTED[@]} - 1; each >= 0; each--)); do
        ${STARTED[each]} >/dev/null 2>&1 || true
        [[ "${STARTED[each]}" != "kill "* ]] || wait "${STARTED[each]#kill }" 2>/dev/null || true
    done
}
