-- What wrk sends: the requests given as arguments, one after the other, over and over.
--   wrk ... -s load.lua URL -- TOKEN "METHOD PATH BODY" ["METHOD PATH BODY" ...]
-- "{n}" in a body is the number of the cycle, so every cycle of one run has names of its own.
-- Prints one line at the end: "figures " and a JSON object.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  local headers = {
    ["Authorization"] = "Bearer " .. arguments[1],
    ["Content-Type"] = "application/json",
  }
  requests, position, cycle, statuses = {}, 0, 0, {}
  for index = 2, #arguments do
    local method, path, body = arguments[index]:match("^(%S+) (%S+) ?(.*)$")
    local numbered = body:find("{n}", 1, true) ~= nil
    local function build(text)
      return wrk.format(method, path, headers, text ~= "" and text or nil)
    end
    local fixed = build(body)
    table.insert(requests, function()
      if not numbered then
        return fixed
      end
      return build((body:gsub("{n}", cycle)))
    end)
  end
end

-- wrk asks for one request before it connects, to look at it, and does not send it.
local looked = false

function request()
  if not looked then
    looked = true
    return requests[1]()
  end
  position = position + 1
  if position > #requests then
    position, cycle = 1, cycle + 1
  end
  return requests[position]()
end

function response(status)
  local key = tostring(status)
  statuses[key] = (statuses[key] or 0) + 1
end

function done(summary)
  local counts = {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("statuses")) do
      counts[status] = (counts[status] or 0) + count
    end
  end
  local pairs_of = {}
  for status, count in pairs(counts) do
    table.insert(pairs_of, string.format('"%s": %d', status, count))
  end
  local errors = summary.errors
  io.write(string.format(
    'figures {"requests": %d, "microseconds": %d, "broken": %d, "statuses": {%s}}\n',
    summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.timeout,
    table.concat(pairs_of, ", ")))
end
