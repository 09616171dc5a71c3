-- Requests from a file, one path a line, in turn. What is counted is what was completed, and the time it is divided by
-- ends with the last completion: with a slow server, answers that are cut off by the end of a round would count as time
-- but not as answers.
-- Arguments: FILE FIRST [HEADER VALUE]...
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } bench_time;
  int clock_gettime(int clock, bench_time *time);
]]

local MONOTONIC = 1
local time = ffi.new("bench_time")
local prepared = {}
local calls = 0
local at = 0
local worker

first_asked = 0
last_asked = 0

function setup(thread)
  worker = thread
end

local function now()
  ffi.C.clock_gettime(MONOTONIC, time)
  return tonumber(time.seconds) + tonumber(time.nanoseconds) / 1e9
end

function init(args)
  for number = 3, #args - 1, 2 do
    wrk.headers[args[number]] = args[number + 1]
  end
  for path in io.lines(args[1]) do
    prepared[#prepared + 1] = wrk.format("GET", path)
  end
  at = tonumber(args[2]) % #prepared
end

function request()
  calls = calls + 1
  last_asked = now()
  -- wrk asks for one request to look at before the clock starts, so the second call is the first that counts. A
  -- connection asks for its next request when its answer is complete.
  if calls == 2 then
    first_asked = last_asked
  end
  at = at % #prepared + 1
  return prepared[at]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'RESULT {"completed": %d, "seconds": %.6f, "bytes": %d, "median_ms": %.3f, "p99_ms": %.3f, "failed": %d}',
    summary.requests, worker:get("last_asked") - worker:get("first_asked"), summary.bytes,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
