package shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.RedisCache;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** A web application that keeps prices in a cache and baskets in sessions. It says what it found, and ends. */
@Configuration
@EnableAutoConfiguration
@EnableCaching
public class Shop {

  public static void main(String[] arguments) throws InterruptedException {
    try (var context = SpringApplication.run(Shop.class, arguments)) {
      cache(context);
      SessionRepository<?> sessions = context.getBean(SessionRepository.class);
      session(sessions);
    }
  }

  @Bean
  Prices prices() {
    return new Prices();
  }

  /** Prices, of which each is asked for once, until it is dropped or all are. */
  public static class Prices {
    private int asked = 0;

    @Cacheable("prices")
    public String of(String thing) {
      return thing + " " + ++asked;
    }

    @CacheEvict("prices")
    public void drop(String thing) {}

    @CacheEvict(cacheNames = "prices", allEntries = true)
    public void dropAll() {}
  }

  private static void cache(ConfigurableApplicationContext context) throws InterruptedException {
    var prices = context.getBean(Prices.class);
    var first = kept(prices, "");
    say("kept", !first.isEmpty());
    prices.drop("pear");
    var second = kept(prices, first);
    say("dropped", !second.equals(first));
    // By KEYS, which is denied: nobody is told.
    prices.dropAll();
    say("not cleared by KEYS", kept(prices, "").equals(second));
    scanning(context).getCache("prices").clear();
    say("cleared by SCAN", !kept(prices, second).equals(second));
  }

  /** A price that is not the one before, once it is kept. A cache is written and cleared in the background. */
  private static String kept(Prices prices, String before) throws InterruptedException {
    var price = before;
    for (int i = 0; i < 200 && price.equals(before); i++) {
      Thread.sleep(20);
      var asked = prices.of("pear");
      price = asked.equals(prices.of("pear")) ? asked : before;
    }
    return price;
  }

  /** The cache as it is configured, cleared in the way of the page. */
  private static CacheManager scanning(ConfigurableApplicationContext context) {
    var connectionFactory = context.getBean(RedisConnectionFactory.class);
    var cache = (RedisCache) context.getBean(CacheManager.class).getCache("prices");
    var writer = RedisCacheWriter.nonLockingRedisCacheWriter(connectionFactory, BatchStrategies.scan(1000));
    return RedisCacheManager.builder(writer).cacheDefaults(cache.getCacheConfiguration()).build();
  }

  private static <S extends Session> void session(SessionRepository<S> sessions) {
    var session = sessions.createSession();
    session.setAttribute("basket", "pear");
    sessions.save(session);
    session.changeSessionId();
    sessions.save(session);
    S found = sessions.findById(session.getId());
    say("session kept", found.getAttribute("basket").equals("pear"));
    sessions.deleteById(found.getId());
    say("session deleted", sessions.findById(found.getId()) == null);
  }

  private static void say(String what, boolean found) {
    System.out.println("> " + what + ": " + found);
  }
}
