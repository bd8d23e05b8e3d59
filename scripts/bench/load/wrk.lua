-- What wrk sends for `npm run bench`, and what it says of the answers: one line of JSON, in the words of autocannon's.
-- It is told how many requests to send at once, how many bytes to POST, and how many header fields a request has.
-- Of pipelined requests its latencies are wrong: it takes each for a round of its own when it corrects them.

function init(words)
  local pipeline, body, fields = tonumber(words[1]), tonumber(words[2]), tonumber(words[3])
  if body > 0 then
    wrk.method = "POST"
    wrk.body = string.rep("x", body)
    wrk.headers["Content-Type"] = "application/octet-stream"
  end
  -- Host is one of them.
  for number = 2, fields do
    wrk.headers[string.format("X-Field-%03d", number)] = "a value of usual length"
  end
  local all = string.rep(wrk.format(), pipeline)
  request = function() return all end
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"2xx":%d,"non2xx":%d,"duration":%f,"latency":{"p50":%f,"p99":%f},"errors":%d}',
    summary.requests - errors.status, errors.status, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.timeout))
end
