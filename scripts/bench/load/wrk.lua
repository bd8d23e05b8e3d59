-- What wrk sends for `npm run bench`, and what it says of the answers: one line of JSON.
-- Its words: pipeline=16 body=1024 fields=10
-- Of pipelined requests its latencies are wrong: it takes each for a round of its own when it corrects them.

local told = {}

function init(args)
  for _, word in ipairs(args) do
    local name, value = word:match("^(%a+)=(%d+)$")
    if name then told[name] = tonumber(value) end
  end
  if told.body then
    wrk.method = "POST"
    wrk.body = string.rep("x", told.body)
    wrk.headers["Content-Type"] = "application/octet-stream"
  end
  -- Host is one of them.
  for number = 2, told.fields or 1 do
    wrk.headers[string.format("X-Field-%03d", number)] = "a value of usual length"
  end
  local one = wrk.format()
  local all = string.rep(one, told.pipeline or 1)
  request = function() return all end
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  print(string.format(
    '{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"failed":%d,"refused":%d}',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    failed, errors.status))
end
