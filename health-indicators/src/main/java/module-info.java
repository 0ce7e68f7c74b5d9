import org.jspecify.annotations.NullMarked;

/**
 * Ready-made checks, called indicators.
 *
 * <pre>{@code
 * builder.check("cache", RedisIndicator.of("cache.example.org", 6379));
 * }</pre>
 */
@NullMarked
module dev.vitals.health.indicator {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health;
    requires dev.vitals.health.http;
    requires com.fasterxml.jackson.databind;
    requires java.management;
    requires java.net.http;
    requires static java.sql;
    requires org.slf4j;

    exports dev.vitals.health.indicator;
}
