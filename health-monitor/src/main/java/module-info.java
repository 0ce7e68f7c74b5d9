import org.jspecify.annotations.NullMarked;

/** Polls registered applications, tells people, and holds back deployments. */
@NullMarked
@SuppressWarnings(
        "requires-automatic") // Flyway, HdrHistogram, Jdbi, JmDNS, Micrometer and the sketches have no descriptor yet
module dev.vitals.health.monitor {
    requires static transitive org.jspecify;
    requires HdrHistogram;
    requires com.fasterxml.jackson.databind;
    requires com.zaxxer.hikari;
    requires transitive dev.vitals.health;
    requires dev.vitals.health.http;
    requires dev.vitals.health.indicator;
    requires dev.vitals.health.javalin;
    requires dev.vitals.health.micrometer;
    requires flyway.core;
    requires gg.jte.runtime;
    requires info.picocli;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.prometheus.metrics.model;
    requires jakarta.mail;
    requires static java.compiler;
    requires java.net.http;
    requires java.sql;
    requires javax.jmdns;
    requires jdk.management;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.bouncycastle.provider;
    requires org.eclipse.angus.mail;
    requires org.eclipse.jetty.websocket.core.server;
    requires org.jdbi.v3.core;
    requires org.jline.terminal;
    requires org.slf4j;
    requires sketches.java;
    requires org.snakeyaml.engine;

    exports dev.vitals.health.monitor;

    opens dev.vitals.health.monitor.cli to
            info.picocli;
    opens dev.vitals.health.monitor.web to
            com.fasterxml.jackson.databind;
}
