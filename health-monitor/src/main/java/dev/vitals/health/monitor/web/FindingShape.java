package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.net.Failure;
import dev.vitals.health.monitor.net.Timings;
import dev.vitals.health.monitor.poll.DiagnosedResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How one poll is explained in JSON: its result, where it led, how long each phase took, and what stopped it. */
final class FindingShape {
    private FindingShape() {}

    static void write(JsonGenerator json, DiagnosedResult finding) throws IOException {
        json.writeStartObject();
        TargetShape.resultMembers(json, finding.result());
        ExchangeResult contact = finding.contact();
        if (contact != null) {
            way(json, contact);
        }
        json.writeEndObject();
    }

    private static void way(JsonGenerator json, ExchangeResult contact) throws IOException {
        Timings timings = contact.timings();
        Optional<InetSocketAddress> address = timings.address();
        if (address.isPresent()) {
            json.writeStringField("address", shown(address.get()));
        }
        phase(json, "resolvingMs", timings.resolving());
        phase(json, "connectingMs", timings.connecting());
        phase(json, "securingMs", timings.securing());
        phase(json, "answeringMs", timings.answering());
        Optional<Failure> failure = contact.failure();
        if (failure.isPresent()) {
            json.writeStringField("failedWhile", word(failure.get().phase()));
            json.writeStringField("reason", word(failure.get().reason()));
        }
    }

    private static void phase(JsonGenerator json, String field, Optional<Duration> took) throws IOException {
        if (took.isPresent()) {
            Shape.millis(json, field, took.get());
        }
    }

    private static String shown(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
