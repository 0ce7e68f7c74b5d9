package dev.vitals.health.monitor.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Redactor;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.net.Failure;
import dev.vitals.health.monitor.net.HttpAnswer;
import dev.vitals.health.monitor.net.Timings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a target as it came: its body, its phases and where it came from. Of a body the last {@link #KEPT} bytes stay,
 * and are searched for secrets when somebody looks: a poll must not pay for that. Immutable.
 */
final class Evidence {
    /** The most that is shown of a body, in UTF-16 units; a longer one is cut at its begin. */
    static final int MAX_BODY = 4 * 1_024;

    /** The most that is kept of a body, in bytes. It is more than what is shown: a secret that begins in between is found whole. */
    static final int KEPT = 2 * MAX_BODY;

    private static final int MAX_TYPE = 100;
    private static final int MAX_PRETTY = 4 * MAX_BODY;
    private static final int MIN_SECRET = 4;
    private static final String CUT = "... ";
    private static final char UNREADABLE = '\ufffd';

    private final Instant at;
    private final Timings timings;
    private final @Nullable Integer status;
    private final String type;
    private final @Nullable String failedWhile;
    private final Collection<Secret> secrets;
    private final byte[] kept;
    private final long length;
    private final boolean longer;
    private final boolean dropped;

    private Evidence(Target target, PollResult result, ExchangeResult exchange, boolean withBody) {
        HttpAnswer answer = exchange.answer().orElse(null);
        at = result.time();
        timings = exchange.timings();
        status = answer == null ? null : answer.status();
        type = answer == null ? "" : answer.header("Content-Type").orElse("");
        failedWhile = exchange.failure()
                .map(Failure::phase)
                .map(phase -> phase.name().toLowerCase(Locale.ROOT))
                .orElse(null);
        secrets = target.probe().secrets().values();
        BoundedBody body = answer == null ? new BoundedBody(new byte[0], false) : answer.body();
        length = body.bytes().length;
        longer = body.cut();
        dropped = !withBody && length > 0;
        kept = dropped
                ? new byte[0]
                : Arrays.copyOfRange(body.bytes(), Math.max(0, body.bytes().length - KEPT), body.bytes().length);
    }

    /**
     * Returns what is to be kept of a poll; null if it had no connection of the monitor.
     *
     * @param withBody whether there is room for the body
     */
    static @Nullable Evidence of(
            Target target, PollResult result, @Nullable ExchangeResult exchange, boolean withBody) {
        return exchange == null ? null : new Evidence(target, result, exchange, withBody);
    }

    /** Removes what looks like a secret, and the secrets that the monitor sends to this target. */
    private String clean(String text) {
        String known = text;
        for (Secret secret : secrets) {
            String value = secret.reveal();
            known = value.length() < MIN_SECRET ? known : known.replace(value, Secret.MASK);
        }
        return Redactor.clean(known, known.length());
    }

    /** Returns when the poll began. */
    Instant at() {
        return at;
    }

    /** Returns the HTTP status; null without an answer. */
    @Nullable
    Integer status() {
        return status;
    }

    /** Returns status, type and length in words. */
    String head() {
        if (status == null) {
            return failedWhile == null ? "a connection, and no request" : "none: failed while " + failedWhile;
        }
        String size = (longer ? "more than " : "") + String.format(Locale.ROOT, "%,d", length) + " bytes";
        return "HTTP " + status + ", " + (type.isEmpty() ? "no type" : Redactor.clean(type, MAX_TYPE)) + ", " + size;
    }

    /** Returns how many bytes of the body are kept. */
    int bytes() {
        return kept.length;
    }

    /** Returns the body as text: without secrets, JSON in lines, the begin of a long one cut; empty if there is none. */
    String body() {
        if (dropped) {
            return "(not kept: the answers of all targets are too long together)";
        }
        String text = readable(clean(new String(kept, UTF_8)));
        if (length <= MAX_BODY && !longer) {
            return lines(text);
        }
        int from = Math.max(0, text.length() - MAX_BODY);
        boolean inPair = from > 0 && Character.isLowSurrogate(text.charAt(from));
        return CUT + text.substring(inPair ? from + 1 : from);
    }

    private String readable(String text) {
        long unreadable = text.chars().filter(unit -> unit == UNREADABLE).count();
        return unreadable * 10 > text.length() ? "(" + length + " bytes that are not text)" : text;
    }

    private static String lines(String text) {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return text;
        }
        try {
            JsonNode root = Json.read(text.getBytes(UTF_8));
            String pretty = root.toPrettyString();
            return pretty.length() <= MAX_PRETTY ? pretty : text;
        } catch (IOException notJson) {
            return text;
        }
    }

    /** Returns the phases of the call. */
    PhaseBar phases() {
        return PhaseBar.of(timings);
    }

    /** Returns the address that was connected to, or tried last; empty if there was none. */
    String address() {
        return timings.address()
                .filter(address -> address.getAddress() != null)
                .map(Evidence::text)
                .map(text -> timings.kept() ? text + ", on a connection that was open already" : text)
                .orElse("");
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
