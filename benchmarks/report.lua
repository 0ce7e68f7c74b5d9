-- Makes wrk end with one line: requests a second, median and 99th percentile in microseconds, failed requests.
function done(summary, latency, requests)
    local e = summary.errors
    print(string.format("RESULT %.1f %d %d %d", summary.requests / (summary.duration / 1e6),
        latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
