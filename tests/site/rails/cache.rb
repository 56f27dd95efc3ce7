# A cache store of Rails, without the rest of Rails: configured by the page's block on stdin, then used in every way, or cleared.
require "active_support"
require "active_support/cache"
require "json"

def use(cache)
  cache.write("basket", "apples", expires_in: 60)
  cache.write_multi({ "a" => 1, "b" => 2 })
  found = {
    read: cache.read("basket"),
    increment: [cache.increment("visits", 1, expires_in: 60), cache.increment("visits"), cache.decrement("visits")],
    fetch: cache.fetch("basket") { "pears" },
    fetch_multi: cache.fetch_multi("a", "c") { |name| name * 2 },
  }
  cache.delete("a")
  cache.delete_multi(["b", "c"])
  cache.delete_matched("vis*")
  cache.clear
  puts JSON.generate(found.merge(cleared: cache.read("basket")))
end

config = Struct.new(:cache_store).new
binding.eval($stdin.read)
cache = ActiveSupport::Cache.lookup_store(*config.cache_store)
ARGV == ["clear"] ? cache.clear : use(cache)
