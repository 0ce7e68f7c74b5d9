package dev.vitals.health.monitor.net;

import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.address.AddressGuard;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request and its options: {@code HttpCall.get(url).timeout(Duration.ofSeconds(5))}. Not thread-safe while it is built. It must not be changed after it was given to a {@link NetClient}.
 */
public final class HttpCall {
    /** The default of {@link #maxBodyBytes}. */
    public static final int DEFAULT_MAX_BODY_BYTES = 256 * 1_024;

    /** The default of {@link #timeout}. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** The upper bound of {@link #redirects}. */
    public static final int MAX_REDIRECTS = 5;

    /** The most bytes that a request may send. */
    public static final int MAX_SENT_BYTES = 1_024 * 1_024;

    private static final byte[] NOTHING = new byte[0];
    private static final int MAX_BODY_BYTES = 16 * 1_024 * 1_024;
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    private static final int MAX_HEADERS = 50;
    private static final int MAX_HEADER_VALUE = 8_000;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    private static final int MAX_HOST_HEADER = 260;
    private static final Pattern AUTHORITY = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");

    private static final char DELETE = 0x7f;
    private static final char LATIN_1 = 0xff;

    final String method;
    final URI url;
    final byte[] body;
    final List<String> headers = new ArrayList<>(4);
    Duration timeout = DEFAULT_TIMEOUT;
    int maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
    RequestTarget.Origin origin;
    Duration maxAge = MAX_TIMEOUT;
    int redirects;
    boolean fresh;
    TlsSettings tls = TlsSettings.standard();
    AddressGuard guard = AddressGuard.NONE;

    @Nullable
    Object key;

    private HttpCall(String method, URI url, byte[] body) {
        this.method = method;
        this.url = url;
        this.body = body;
        this.origin = RequestTarget.Origin.of(url);
    }

    /**
     * Returns a GET request.
     *
     * @throws IllegalArgumentException unless the URL is an absolute http or https URL with a host
     */
    public static HttpCall get(URI url) {
        return new HttpCall("GET", Objects.requireNonNull(url, "url"), NOTHING);
    }

    /** Returns a HEAD request; see {@link #get}. */
    public static HttpCall head(URI url) {
        return new HttpCall("HEAD", Objects.requireNonNull(url, "url"), NOTHING);
    }

    /**
     * Returns a POST request. It is sent once, on a new connection: the server may act on it although its answer is lost.
     *
     * @param body of up to 1 MiB; not copied
     * @throws IllegalArgumentException if the body is longer, and as for {@link #get}
     */
    public static HttpCall post(URI url, String contentType, byte[] body) {
        if (body.length > MAX_SENT_BYTES) {
            throw new IllegalArgumentException("body must have up to " + MAX_SENT_BYTES + " bytes, had " + body.length);
        }
        return new HttpCall("POST", Objects.requireNonNull(url, "url"), body)
                .header("Content-Type", contentType)
                .header("Content-Length", String.valueOf(body.length));
    }

    private boolean isSentOnce() {
        return method.equals("POST");
    }

    /**
     * Adds a header.
     *
     * @throws IllegalArgumentException if the name is not a token, if the value has control characters or more than 8000
     *     characters, or if there are already 50 headers
     */
    public HttpCall header(String name, String value) {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("header must have a token as its name, was " + Require.shown(name));
        }
        if (value.length() > MAX_HEADER_VALUE || !isHeaderValue(value)) {
            throw new IllegalArgumentException("header " + name + " must have up to " + MAX_HEADER_VALUE
                    + " characters of Latin-1, without control characters");
        }
        if (headers.size() >= 2 * MAX_HEADERS) {
            throw new IllegalArgumentException("headers must be up to " + MAX_HEADERS);
        }
        headers.add(name);
        headers.add(value);
        return this;
    }

    private static boolean isHeaderValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == DELETE || c > LATIN_1) {
                return false;
            }
        }
        return true;
    }

    /** Returns the URL. */
    public URI url() {
        return url;
    }

    /** Adds a header unless the call already has one with this name, in any case; see {@link #header}. */
    public HttpCall headerIfAbsent(String name, String value) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                return this;
            }
        }
        return header(name, value);
    }

    /**
     * Sets the header {@code Host}, and with it the name for SNI and for the check of the certificate; by default all
     * follow from the URL. The connection still goes to the host of the URL.
     *
     * @param authority a host name or an address, an IPv6 one in brackets, with or without a port
     */
    public HttpCall hostHeader(String authority) {
        if (authority.length() > MAX_HOST_HEADER
                || !AUTHORITY.matcher(authority).matches()) {
            throw new IllegalArgumentException(
                    "hostHeader must be a host with or without a port, was " + Require.shown(authority));
        }
        this.origin = origin.named(authority);
        return this;
    }

    /** Sets the time for the whole call, including redirects and body; default 5 s, from 1 ms to 10 min. */
    public HttpCall timeout(Duration timeout) {
        this.timeout = Require.range("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        return this;
    }

    /** Sets how many bytes of a body are read; default 256 KiB, from 0 to 16 MiB. A longer body closes the connection. */
    public HttpCall maxBodyBytes(int maxBodyBytes) {
        this.maxBodyBytes = Require.range("maxBodyBytes", maxBodyBytes, 0, MAX_BODY_BYTES);
        return this;
    }

    /**
     * Sets how many redirects are followed; default 0, up to 5. The guard checks each one like the first URL.
     *
     * @throws IllegalStateException for POST
     */
    public HttpCall redirects(int redirects) {
        requireRepeatable();
        this.redirects = Require.range("redirects", redirects, 0, MAX_REDIRECTS);
        return this;
    }

    /** Sets the TLS trust and identity; default {@link TlsSettings#standard()}. */
    public HttpCall tls(TlsSettings tls) {
        this.tls = Objects.requireNonNull(tls, "tls");
        return this;
    }

    /** Sets the guard that decides which addresses may be connected to; default {@link AddressGuard#NONE}. */
    public HttpCall guard(AddressGuard guard) {
        this.guard = Objects.requireNonNull(guard, "guard");
        return this;
    }

    private void requireRepeatable() {
        if (isSentOnce()) {
            throw new IllegalStateException("a POST is sent once");
        }
    }

    /**
     * Keeps the connection, one for each key, for the next call with an equal key; by default it is closed.
     *
     * @throws IllegalStateException for POST, since a call on a kept connection may be made twice
     */
    public HttpCall keep(Object key) {
        requireRepeatable();
        this.key = Objects.requireNonNull(key, "key");
        return this;
    }

    /**
     * Does the same as {@link #keep(Object)} for a limited time. What happens on a kept connection does not show whether
     * new ones are still accepted.
     *
     * @param maxAge the most time that the connection is used for, from its start; at most 10 min
     */
    public HttpCall keep(Object key, Duration maxAge) {
        this.maxAge = maxAge.compareTo(MAX_TIMEOUT) < 0 ? maxAge : MAX_TIMEOUT;
        return keep(key);
    }

    /** Opens a new connection even if one is kept. */
    public HttpCall fresh() {
        this.fresh = true;
        return this;
    }
}
