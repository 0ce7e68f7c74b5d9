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
 * A request without a body, and how it is to be made: {@code HttpCall.get(url).timeout(Duration.ofSeconds(5))}. Not
 * thread-safe while it is built; not to be changed once it was handed to a {@link NetClient}.
 */
public final class HttpCall {
    /** How much of a body is read unless said otherwise, in bytes. */
    public static final int DEFAULT_MAX_BODY_BYTES = 256 * 1_024;

    /** How long the whole may take unless said otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** The most redirects that can be asked for. */
    public static final int MAX_REDIRECTS = 5;

    private static final int MAX_BODY_BYTES = 16 * 1_024 * 1_024;
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    private static final int MAX_HEADERS = 50;
    private static final int MAX_HEADER_VALUE = 8_000;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    private static final char DELETE = 0x7f;
    private static final char LATIN_1 = 0xff;

    final String method;
    final Origin origin;
    final URI url;
    final List<String> headers = new ArrayList<>(4);
    Duration timeout = DEFAULT_TIMEOUT;
    int maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
    int redirects;
    boolean fresh;
    TlsSettings tls = TlsSettings.standard();
    AddressGuard guard = AddressGuard.NONE;

    @Nullable
    Object key;

    private HttpCall(String method, URI url) {
        this.method = method;
        this.url = url;
        this.origin = Origin.of(url);
    }

    /**
     * Returns a GET request.
     *
     * @throws IllegalArgumentException if it is no absolute http or https URL with a host
     */
    public static HttpCall get(URI url) {
        return new HttpCall("GET", Objects.requireNonNull(url, "url"));
    }

    /** Returns a HEAD request; see {@link #get}. */
    public static HttpCall head(URI url) {
        return new HttpCall("HEAD", Objects.requireNonNull(url, "url"));
    }

    /**
     * Adds a header.
     *
     * @throws IllegalArgumentException if the name is no token, the value has control characters or more than 8000
     *     characters, or there are 50 already
     */
    public HttpCall header(String name, String value) {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("header must be named by a token, was " + Require.shown(name));
        }
        if (value.length() > MAX_HEADER_VALUE || !isFit(value)) {
            throw new IllegalArgumentException("header " + name + " must have up to " + MAX_HEADER_VALUE
                    + " characters of Latin-1, no control characters");
        }
        if (headers.size() >= 2 * MAX_HEADERS) {
            throw new IllegalArgumentException("headers must be up to " + MAX_HEADERS);
        }
        headers.add(name);
        headers.add(value);
        return this;
    }

    private static boolean isFit(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == DELETE || c > LATIN_1) {
                return false;
            }
        }
        return true;
    }

    /** How long the whole may take, redirects and body included; default 5 s, from 1 ms to 10 min. */
    public HttpCall timeout(Duration timeout) {
        this.timeout = Require.range("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        return this;
    }

    /** How much of a body is read, in bytes; default 256 KiB, from 0 to 16 MiB. A longer one closes the connection. */
    public HttpCall maxBodyBytes(int maxBodyBytes) {
        this.maxBodyBytes = Require.range("maxBodyBytes", maxBodyBytes, 0, MAX_BODY_BYTES);
        return this;
    }

    /** How many redirects are followed; default 0, up to 5. Each is judged by the guard like the first URL. */
    public HttpCall redirects(int redirects) {
        this.redirects = Require.range("redirects", redirects, 0, MAX_REDIRECTS);
        return this;
    }

    /** How TLS is done; default {@link TlsSettings#standard()}. */
    public HttpCall tls(TlsSettings tls) {
        this.tls = Objects.requireNonNull(tls, "tls");
        return this;
    }

    /** Who says which addresses may be connected to; default all. */
    public HttpCall guard(AddressGuard guard) {
        this.guard = Objects.requireNonNull(guard, "guard");
        return this;
    }

    /** Keeps the connection for the next call with an equal key; one a key. Default: it is closed. */
    public HttpCall keep(Object key) {
        this.key = Objects.requireNonNull(key, "key");
        return this;
    }

    /** Opens a connection even if one is kept. */
    public HttpCall fresh() {
        this.fresh = true;
        return this;
    }
}
