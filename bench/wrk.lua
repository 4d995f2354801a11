-- One line for bench/load.py: answers, refused, broken, seconds, latencies in milliseconds.
done = function(summary, latency)
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  print(string.format("bench %d %d %d %.4f %.3f %.3f %.3f", summary.requests, errors.status, broken,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3))
end
