#!/usr/bin/env bash
# Measures what README.md shows. Usage: benchmarks/run.sh [--quick] [part...]
# Parts: build, jmh, mains, servlet, javalin, peers, monitor, summary; all of them if none is named.
# Needs h2load, taskset, two cores, JDK 17 as `java`, and a JDK 25 (JAVA25_HOME, or under /usr/lib/jvm).
set -euo pipefail
cd "$(dirname "$0")"

FORKS=${FORKS:-9}             # fresh processes, for servlet and javalin: each of the three orders three times
ROUNDS=${ROUNDS:-20}          # measurements of each server and path in a fork
MILLIS_EACH=${MILLIS_EACH:-200} # short and many: the machine's speed changes from second to second
WARMUP=${WARMUP:-8}           # seconds of full load of each server before the first round: the JIT has that one core, too
PRACTICE=${PRACTICE:-20}      # seconds in which checks are run and pages made, for servlet and javalin
PEER_ROUNDS=${PEER_ROUNDS:-12} # the same for peers: one process for each server, which has not practised
PEER_MILLIS=${PEER_MILLIS:-2000} # long enough for each to pay for what it leaves behind: Vert.x has timers of a second
PEER_WARMUP=${PEER_WARMUP:-24}
PATHS=${PATHS:-/_health /_ping}
CHECKS=${CHECKS:-5 50}        # how many checks our server has, for servlet and javalin
CONNECTIONS=${CONNECTIONS:-8} # kept alive, loopback only
MANY_SECONDS=${MANY_SECONDS:-60}
JMH_ARGS=
MONITOR_ARGS=()
if [[ ${1:-} == --quick ]]; then
    shift
    MONITOR_ARGS=(--quick)
    FORKS=1 ROUNDS=1 PEER_ROUNDS=1 WARMUP=1 PEER_WARMUP=1 PRACTICE=1 MANY_SECONDS=5
    JMH_ARGS="-wi 1 -w 200ms -i 1 -r 200ms"
fi
parts=" ${*:-build jmh mains servlet javalin peers monitor summary} "

results=target/results
mvn_plugin=org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath
classpath_options="-Dmdep.outputFile=target/classpath.txt -DincludeScope=runtime -Dmdep.regenerateFile=true"
server_options="-Xms256m -Xmx256m -XX:+UseSerialGC"
own=dev.vitals.benchmarks
# In memory: nothing is to be written to a disk while it is measured.
answers=$(mktemp -p /dev/shm)
pids=()
declare -A pid_of

jdk25() {
    local home
    for home in "${JAVA25_HOME:-}" /usr/lib/jvm/*; do
        if [[ -x $home/bin/java ]] && "$home/bin/java" -version 2>&1 | grep -q 'version "25[".-]'; then
            echo "$home"
            return
        fi
    done
    echo "no JDK 25: none under /usr/lib/jvm and JAVA25_HOME names none" >&2
    return 1
}

stop_servers() {
    local pid
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    pids=()
}
trap 'stop_servers; rm -f "$answers"' EXIT

wants() { [[ $parts == *" $1 "* ]]; }

classpath() { echo "target/classes:$(<target/classpath.txt)"; }

build() {
    # shellcheck disable=SC2086
    mvn -q -f .. -pl benchmarks -am -DskipTests package $mvn_plugin $classpath_options
    local peer home
    for peer in peers/*/; do
        home=${JAVA_HOME:-}
        [[ $peer == peers/helidon/ ]] && home=$jdk25
        # shellcheck disable=SC2086
        JAVA_HOME=$home mvn -q -f "${peer}pom.xml" package $mvn_plugin $classpath_options ||
            echo "left out, could not be built: $peer" >&2
    done
}

# launch NAME JAVA ARGUMENT...: starts a server on core 0.
launch() {
    local name=$1 java=$2
    shift 2
    # Before the process is there: the port of an earlier one must not be read.
    : >"$results/$name.log"
    # shellcheck disable=SC2086
    taskset -c 0 "$java" $server_options "$@" >"$results/$name.log" 2>&1 &
    pids+=($!)
    pid_of[$name]=$!
}

# await_port NAME: waits until that process has one, or several, and puts them into $port.
await_port() {
    local log=$results/$1.log i
    port=
    for ((i = 0; i < (PRACTICE + 60) * 10; i++)); do
        port=$(sed -n 's/^listening on //p' "$log")
        [[ -n $port ]] && return
        kill -0 "${pid_of[$1]}" 2>/dev/null || break
        sleep 0.1
    done
    echo "did not start: $1, see $log" >&2
    return 1
}

# load MILLIS URL [CONNECTIONS]: prints answers a second, p50 and p99 in us, failures; from the log, which has a line for each answer:
# when it was asked for, the code, how long it took.
load() {
    : >"$answers"
    taskset -c 1 timeout $(($1 / 1000 + 15)) h2load --h1 -t1 -c"${3:-$CONNECTIONS}" -D"$1ms" --log-file="$answers" "$2" >/dev/null || true
    sort -n -k3,3 "$answers" | awk '
        { took[NR] = $3; if (NR == 1 || $1 < first) first = $1; if ($1 + $3 > last) last = $1 + $3 }
        # 0 is a status line without a reason, which h2load does not read, as of Tomcat.
        $2 < 0 || $2 > 399 { failures++ }
        function rank(share) { return took[int(NR * share) + (NR * share > int(NR * share))] }
        END {
            if (NR == 0) { print "0 0 0 1"; exit }
            printf "%.1f %d %d %d\n", NR / (last - first) * 1e6, rank(0.5), rank(0.99), failures
        }'
}

# warm_up SECONDS URL: in many loads, every other of more connections, for the JIT compiles how they are opened, too, and throws
# away what it believed of them when they end.
warm_up() {
    local left=$1
    for ((; left > 0; left -= 2)); do
        load $((left < 2 ? 1000 : 2000)) "$2" $((left % 4 == 0 ? 50 : CONNECTIONS)) >/dev/null
    done
}

# compare SUITE FORK ROUNDS MILLIS WARMUP NAME=URL...: warms each up, then measures them in turn, round by round, every other round
# backwards, so that a machine that gets faster or slower meanwhile favours nobody.
compare() {
    local suite=$1 fork=$2 rounds=$3 millis=$4 warmup=$5 round server turn backwards=()
    shift 5
    echo "$suite, process $fork"
    for server in "$@"; do
        backwards=("$server" "${backwards[@]}")
        warm_up "$warmup" "${server#*=}"
    done
    for ((round = 1; round <= rounds; round++)); do
        turn=("$@")
        if ((round % 2 == 0)); then
            turn=("${backwards[@]}")
        fi
        for server in "${turn[@]}"; do
            echo "$suite $fork $round ${server%%=*} $(load "$millis" "${server#*=}")" >>"$results/http.txt"
        done
    done
}

# adapter CONTAINER: ours beside the constant one, and that one once more: so far do two differ that are the same. All in one
# process, each with a port of its own: two processes of the same program differ by more than what is looked for.
adapter() {
    local fork kinds ports checks path i n warmup servers order=(constant vitals again)
    for ((fork = 1; fork <= FORKS; fork++)); do
        kinds=$(IFS=,; echo "${order[*]/again/constant}")
        launch "$1" java -cp "$(classpath)" $own.ProbedServer "$1" "$kinds" "${CHECKS// /,}" trivial "$PRACTICE"
        await_port "$1"
        read -ra ports <<<"$port"
        n=0
        warmup=$WARMUP
        for checks in $CHECKS; do
            servers=()
            for i in "${!order[@]}"; do
                servers+=("${order[i]}=http://127.0.0.1:${ports[n++]}")
            done
            for path in $PATHS; do
                compare "$1,$path,$checks-checks" "$fork" "$ROUNDS" "$MILLIS_EACH" "$warmup" "${servers[@]/%/$path}"
                # Most of it is warm by then.
                warmup=$((WARMUP / 2))
            done
        done
        stop_servers
        # Who is started and measured first is last the next time.
        order=("${order[@]:1}" "${order[0]}")
    done
}

peer_path() {
    case $1 in
        actuator*) echo /actuator/health ;;
        dropwizard) echo /healthcheck ;;
        helidon) echo /observe/health ;;
        *) echo /health ;;
    esac
}

# beside JDK SUITE MODE PEER...: the constant servlet, ours on Jetty and on Vert.x, and those peers, all on one JDK.
beside() {
    local jdk=$1 suite=$2 mode=$3 servers=() name dir kind
    shift 3
    for name in jetty/constant jetty/vitals vertx/vitals; do
        kind=${name#*/}
        [[ $name == vertx* ]] && kind=vitals-vertx
        launch "peers-$kind" "$jdk" -cp "$(classpath)" $own.ProbedServer "${name%/*}" "${name#*/}" 5 "$mode" 0
        await_port "peers-$kind"
        servers+=("$kind=http://127.0.0.1:$port/_health")
    done
    for name in "$@"; do
        dir=peers/${name%-cached}
        [[ -f $dir/target/classpath.txt ]] || continue
        kind=$mode
        [[ $name == *-cached ]] && kind=slow-cached
        launch "$name" "$jdk" -cp "$dir/target/classes:$(<"$dir/target/classpath.txt")" peer.Main "$kind"
        await_port "$name" || continue
        servers+=("$name=http://127.0.0.1:$port$(peer_path "$name")")
    done
    compare "$suite" 1 "$PEER_ROUNDS" "$PEER_MILLIS" "$PEER_WARMUP" "${servers[@]}"
    stop_servers
}

peers() {
    beside java JDK-17,trivial trivial actuator dropwizard smallrye micronaut vertx
    beside java JDK-17,one-of-20-ms slow actuator actuator-cached dropwizard smallrye micronaut vertx
    beside "$jdk25/bin/java" JDK-25,trivial trivial helidon
    beside "$jdk25/bin/java" JDK-25,one-of-20-ms slow helidon
}

run_main() {
    local java=$1 label=$2
    shift 2
    timeout 300 "$java" -cp "$(classpath)" "$@" 2>/dev/null | sed "s/^/$label /"
}

mains() {
    local many=()
    {
        for _ in {1..5}; do
            run_main java JDK-17 $own.StartUp
            run_main "$jdk25/bin/java" JDK-25 $own.StartUp
        done
        run_main java JDK-17 $own.SharedRun
        run_main "$jdk25/bin/java" JDK-25 $own.SharedRun
        run_main java JDK-17 $own.HungCheck
        run_main "$jdk25/bin/java" JDK-25 $own.HungCheck
        # Both at once: each needs next to nothing.
        run_main java JDK-17 $own.ManyChecks "$MANY_SECONDS" >$results/many-17.txt &
        many+=($!)
        run_main "$jdk25/bin/java" JDK-25 $own.ManyChecks "$MANY_SECONDS" >$results/many-25.txt &
        many+=($!)
        wait "${many[@]}"
        cat $results/many-17.txt $results/many-25.txt
        echo "jar of core: $(stat -c %s ../health-core/target/health-core-*-SNAPSHOT.jar) bytes"
    } | tee $results/mains.txt
}

jmh() {
    # shellcheck disable=SC2086
    java -cp "$(classpath)" org.openjdk.jmh.Main EndpointBenchmark -prof gc -rf csv -rff $results/jmh.csv $JMH_ARGS \
        >$results/jmh.txt
}

summary() {
    {
        date -u +'%Y-%m-%d %H:%M UTC'
        nproc | sed 's/$/ cores/'
        uptime | sed 's/.*load/load/'
        java -cp "$(classpath)" $own.Summary $results
    } | tee $results/summary.md
}

mkdir -p $results
jdk25=$(jdk25)
wants build && build
wants jmh && jmh
wants mains && mains
if wants servlet || wants javalin || wants peers; then
    # A load that fails is a row of the results; without this, all of them would be.
    command -v h2load >/dev/null || { echo "no h2load: Debian has it in nghttp2-client" >&2; exit 1; }
    : >$results/http.txt
fi
wants servlet && adapter jetty
wants javalin && adapter javalin
wants peers && peers
wants monitor && ./monitor.sh "${MONITOR_ARGS[@]}"
wants summary && summary
exit 0
