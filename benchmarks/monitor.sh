#!/usr/bin/env bash
# The monitor's part of run.sh, which calls it: how much a poll costs, and whether the schedule holds.
# Usage: benchmarks/monitor.sh [--quick] [scenario...]; scenarios: plain haproxy hung tls many pages; all if none is named.
# The farm of targets runs on core 0, what is measured on core 1. Everything is on loopback and ends by itself.
set -euo pipefail
cd "$(dirname "$0")"

SETTLE=${SETTLE:-45} # seconds, in which the JIT does most of its work
WATCH=${WATCH:-60}
TARGETS=${TARGETS:-10000}
TLS_TARGETS=${TLS_TARGETS:-2000}
MANY=${MANY:-100000}
if [[ ${1:-} == --quick ]]; then
    shift
    SETTLE=8 WATCH=10 TARGETS=2000 TLS_TARGETS=200 MANY=10000
fi
scenarios=" ${*:-plain haproxy hung tls many pages} "

port=18480
tls_port=18443
results=target/results/monitor
work=target/monitor
# As a user would have them, but for the bound of the heap. On one core the JVM picks the serial collector itself.
monitor_options=${MONITOR_OPTIONS:--Xmx1g}
farm_options="-Xmx1g -XX:+UseSerialGC -Dlogback.configurationFile=logback-monitor.xml"
java=${MONITOR_JAVA:-java}
# The jar that users run.
classpath=${CLASSPATH_UNDER_TEST:-target/classes:../health-monitor/target/health-monitor.jar}
# On a machine that others use: PRIORITY="nice -n -15".
read -ra priority <<<"${PRIORITY:-}"
pids=()

stop_all() {
    local pid
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    pids=()
}
trap stop_all EXIT

wants() { [[ $scenarios == *" $1 "* ]]; }

certificate() {
    [[ -f $work/farm.pem ]] && return
    local san=IP:127.0.0.1 i
    for i in {2..100}; do
        san+=",IP:127.0.0.$i"
    done
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=farm \
        -addext "subjectAltName=$san" -keyout $work/farm.key -out $work/farm.pem 2>/dev/null
    rm -f $work/trust.p12
    keytool -importcert -noprompt -alias farm -file $work/farm.pem -keystore $work/trust.p12 -storetype PKCS12 \
        -storepass benchmark 2>/dev/null
}

# farm SECONDS: starts the farm, waits until it listens.
farm() {
    # shellcheck disable=SC2086
    "${priority[@]}" taskset -c 0 java $farm_options -cp "$classpath" dev.vitals.benchmarks.farm.Farm \
        $port $tls_port $work/farm.pem $work/farm.key "$1" >$work/farm.log 2>&1 &
    pids+=($!)
    touch $work/farm.log
    for _ in {1..100}; do
        grep -q '^listening' $work/farm.log && return
        sleep 0.1
    done
    echo "the farm did not start, see $work/farm.log" >&2
    return 1
}

stats() { curl -s --max-time 10 http://127.0.0.1:$port/stats; }

fill() {
    rm -rf "$work/data"
    java -cp "$classpath" dev.vitals.health.monitor.FillStore "$work/data" "$@" >$work/fill.log 2>&1
}

# monitor NAME SETTLE WATCH [CORES]: runs the monitor on the filled store; its report and the farm's of the watched time.
monitor() {
    local name=$1 settle=$2 watch=$3 cores=${4:-1} pid
    # shellcheck disable=SC2086
    "${priority[@]}" taskset -c "$cores" timeout $((settle + watch + 120)) "$java" $monitor_options \
        -Dlogback.configurationFile=logback-monitor.xml -Djavax.net.ssl.trustStore=$work/trust.p12 -Djavax.net.ssl.trustStorePassword=benchmark \
        -cp "$classpath" dev.vitals.health.monitor.MonitorUnderLoad $work/data "$settle" "$watch" \
        >"$results/$name.txt" 2>"$work/$name.log" &
    pid=$!
    pids+=($pid)
    until grep -q ^first-poll "$results/$name.txt"; do
        kill -0 $pid
        sleep 0.1
    done
    sleep "$settle"
    echo "farm-settling $(stats)" >"$work/farm-settling.txt"
    sleep "$watch"
    echo "farm-window $(stats)" >"$work/farm-window.txt"
    wait $pid
    cat $work/farm-settling.txt $work/farm-window.txt >>"$results/$name.txt"
    sed "s/^/$name: /" "$results/$name.txt"
}

scenario() {
    local name=$1 settle=$2 watch=$3
    shift 3
    stop_all
    farm $((settle + watch + 300))
    fill "$@"
    stats >/dev/null
    monitor "$name" "$settle" "$watch"
}

haproxy_run() {
    local settle=10 i cpu checks used pid
    ((SETTLE < 10)) && settle=3
    stop_all
    farm $((settle + WATCH + 120))
    {
        printf 'global\n  maxconn 100\n  nbthread 1\n  spread-checks 0\ndefaults\n  mode http\n'
        printf '  timeout connect 4s\n  timeout client 4s\n  timeout server 4s\n  timeout check 4s\n'
        # It will not start without a listener.
        printf 'frontend none\n  bind 127.0.0.1:%d\n  default_backend farm\n' $((port + 10))
        printf 'backend farm\n  option httpchk GET /t/1\n'
        for ((i = 0; i < TARGETS; i++)); do
            printf '  server s%d 127.0.0.%d:%d check inter 5s\n' $i $((1 + i % 100)) $port
        done
    } >$work/haproxy.cfg
    "${priority[@]}" taskset -c 1 timeout $((settle + WATCH + 60)) haproxy -db -f $work/haproxy.cfg >$work/haproxy.log 2>&1 &
    pids+=($!)
    sleep "$settle"
    pid=$(pgrep -P $! haproxy)
    stats >/dev/null
    cpu=$(cpu_of "$pid")
    sleep "$WATCH"
    used=$(($(cpu_of "$pid") - cpu))
    stats >$work/farm-window.txt
    checks=$(sed 's/.*requests=\([0-9]*\).*/\1/' $work/farm-window.txt)
    {
        haproxy -v | head -1
        echo "cpu-us-per-check=$(awk "BEGIN {printf \"%.1f\", $used * 10000 / $checks}")"
        echo "cores=$(awk "BEGIN {printf \"%.3f\", $used / 100 / $WATCH}")"
        echo "farm-window $(<$work/farm-window.txt)"
    } >"$results/haproxy.txt"
    sed 's/^/haproxy: /' "$results/haproxy.txt"
}

# The pages of a monitor with 1,000 targets of which 50 change their state in a second, for a browser and for 100 viewers of the stream.
pages_run() {
    local url=http://127.0.0.1:$((port + 20)) pid
    stop_all
    farm $((SETTLE + 4 * WATCH + 120))
    fill 1000 20 http $port 0 flip
    # shellcheck disable=SC2086
    "${priority[@]}" taskset -c 1 timeout $((SETTLE + 4 * WATCH + 120)) "$java" $monitor_options \
        -cp "$classpath" dev.vitals.health.monitor.cli.Main serve --data $work/data --port $((port + 20)) >$work/pages.log 2>&1 &
    pids+=($!)
    until curl -s -o /dev/null "$url/_ping"; do sleep 0.1; done
    pid=$(pgrep -P $! java)
    # The driver of the browser, which the jar that users run has not.
    taskset -c 0 java -cp "target/classes:$(<target/classpath.txt)" dev.vitals.benchmarks.PagesRun \
        "$url" "$pid" 100 "$SETTLE" "$WATCH" >"$results/pages.txt"
    sed 's/^/pages: /' "$results/pages.txt"
}

# In hundredths of a second, which is what the kernel counts in here.
cpu_of() { sed 's/.*) //' "/proc/$1/stat" | awk '{print $12 + $13}'; }

mkdir -p $results $work
certificate
wants plain && scenario plain "$SETTLE" "$WATCH" "$TARGETS" 5 http $port 0
wants haproxy && haproxy_run
wants hung && scenario hung "$SETTLE" "$WATCH" "$TARGETS" 5 http $port 20
if wants tls; then
    scenario tls-plain "$SETTLE" "$WATCH" "$TLS_TARGETS" 5 http $port 0
    scenario tls "$SETTLE" "$WATCH" "$TLS_TARGETS" 5 https $tls_port 0
fi
if wants many; then
    scenario many $((SETTLE + 30)) "$WATCH" "$MANY" 30 http $port 0
    stats >/dev/null
    # On both cores, of which the farm needs little in the first seconds: this is about how soon.
    monitor restart 30 10 0,1
fi
wants pages && pages_run
exit 0
