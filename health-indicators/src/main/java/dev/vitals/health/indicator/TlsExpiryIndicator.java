package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks how long certificates are still valid: those of a TLS server, or those in a keystore.
 *
 * <p>Of a server, only the certificates count that a client needs to reach a trusted root, in whatever order they are
 * sent; of several ways to a root, the one that is valid longest. A certificate that is not trusted, or not for the host
 * name, is ERROR with a message that says so. A server that asks for a client certificate gets none; the check still
 * works. Of a keystore, all certificates of all entries count.
 *
 * <p>WARNING below 21 days, ERROR below 7; ERROR also without a connection or handshake within the timeout, and for a
 * keystore that cannot be read. Measures {@code daysLeft} in {@code d}, whole days, negative after the end; data:
 * {@code notAfter}.
 *
 * <p>A run costs one connection with a handshake, or reads one file; an interval of one hour is enough. Reading the file
 * has no timeout.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class TlsExpiryIndicator implements HealthCheck {
    /**
     * Finds the addresses that an indicator connects to. It can leave out addresses that must not be connected to: an
     * indicator connects to no other address than those. Must be thread-safe.
     */
    @FunctionalInterface
    public interface HostResolver {
        /**
         * Returns the addresses in the order in which they are tried; called once for each run.
         *
         * @param host a name or an address
         * @param port the port that will be connected to
         * @throws UnknownHostException if there is none
         */
        InetAddress[] resolve(String host, int port) throws UnknownHostException;
    }

    private static final Duration MAX_BEFORE = Duration.ofDays(3_650);

    private final CertificateSource source;
    private final Duration warnBefore;
    private final Duration failBefore;
    private final Duration timeout;

    private TlsExpiryIndicator(CertificateSource source, Duration warnBefore, Duration failBefore, Duration timeout) {
        this.source = source;
        this.warnBefore = warnBefore;
        this.failBefore = failBefore;
        this.timeout = timeout;
    }

    private static TlsExpiryIndicator of(CertificateSource source) {
        return new TlsExpiryIndicator(source, Duration.ofDays(21), Duration.ofDays(7), Deadline.DEFAULT_TIMEOUT);
    }

    /**
     * Returns a check of a server's certificates, with a timeout of 2 s.
     *
     * @param host a name of at most 253 characters, or an IPv4 or IPv6 address without brackets; resolved at each run
     * @param port from 1 to 65,535; TLS from the first byte, not after STARTTLS
     * @throws IllegalArgumentException if the host is neither a name nor an address, or the port is out of range
     */
    public static TlsExpiryIndicator of(String host, int port) {
        return of(new ServerCertificates(HostPort.of(host, port), null));
    }

    /**
     * Returns a check of all certificates in a keystore file of any type that the JVM reads, such as PKCS 12.
     *
     * @param path the file; looked up at each run
     * @param password called at each run; the password is never shown
     */
    public static TlsExpiryIndicator ofKeystore(Path path, Supplier<char[]> password) {
        return of(new KeystoreCertificates(
                Objects.requireNonNull(path, "path"), Objects.requireNonNull(password, "password")));
    }

    /** Does the same as {@link #ofKeystore(Path, Supplier)}, with a password that does not change. */
    public static TlsExpiryIndicator ofKeystore(Path path, char[] password) {
        char[] copy = Objects.requireNonNull(password, "password").clone();
        return ofKeystore(path, copy::clone);
    }

    /**
     * Returns a copy that trusts the certificates in this store; default is what the JVM trusts.
     *
     * @throws IllegalArgumentException if the store is empty or not loaded
     * @throws IllegalStateException if this checks a keystore, where trust does not matter
     */
    public TlsExpiryIndicator trust(KeyStore trusted) {
        Objects.requireNonNull(trusted, "trusted");
        if (!(source instanceof ServerCertificates handshake)) {
            throw new IllegalStateException("trust is for servers, was set for " + source);
        }
        try {
            if (trusted.size() == 0) {
                throw new IllegalArgumentException("trusted must have at least 1 entry, was empty");
            }
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException("trusted must be loaded, was not", e);
        }
        return with(new ServerCertificates(handshake.server(), trusted), timeout);
    }

    /**
     * Returns a copy that connects only to the addresses from this resolver; default are those that the JVM finds. The name
     * for SNI and for the check of the certificate stays the host.
     *
     * @throws IllegalStateException if this checks a keystore
     */
    public TlsExpiryIndicator resolver(HostResolver resolver) {
        Objects.requireNonNull(resolver, "resolver");
        if (!(source instanceof ServerCertificates handshake)) {
            throw new IllegalStateException("resolver is for servers, was set for " + source);
        }
        return with(new ServerCertificates(handshake.server().resolvedBy(resolver), handshake.trusted()), timeout);
    }

    /**
     * Returns a copy that is WARNING when less than this time is left; default 21 days.
     *
     * @throws IllegalArgumentException if it is not from the failing limit (7 days, if not set before) to 3,650 days
     */
    public TlsExpiryIndicator warnBefore(Duration warnBefore) {
        Require.range("warnBefore", warnBefore, failBefore, MAX_BEFORE);
        return new TlsExpiryIndicator(source, warnBefore, failBefore, timeout);
    }

    /**
     * Returns a copy that is ERROR when less than this time is left; default 7 days.
     *
     * @throws IllegalArgumentException if it is not from 0 to the warning limit (21 days, if not set before)
     */
    public TlsExpiryIndicator failBefore(Duration failBefore) {
        Require.range("failBefore", failBefore, Duration.ZERO, warnBefore);
        return new TlsExpiryIndicator(source, warnBefore, failBefore, timeout);
    }

    /**
     * Returns a copy that waits this long for connection and handshake together; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public TlsExpiryIndicator timeout(Duration timeout) {
        return with(source, Deadline.requireTimeout(timeout));
    }

    private TlsExpiryIndicator with(CertificateSource newSource, Duration newTimeout) {
        return new TlsExpiryIndicator(newSource, warnBefore, failBefore, newTimeout);
    }

    @Override
    public Outcome run() {
        Deadline deadline = Deadline.in(timeout);
        try {
            CertificateSource.Earliest earliest = source.read(deadline);
            X509Certificate first = earliest.certificate();
            return first == null ? Outcome.error(source + ": " + earliest.problem()) : judge(earliest, first);
        } catch (IOException e) {
            return Outcome.error("no handshake with " + source + FailureReason.of(e, deadline));
        }
    }

    private Outcome judge(CertificateSource.Earliest earliest, X509Certificate first) {
        Instant now = Instant.now();
        Instant end = first.getNotAfter().toInstant();
        Duration left = Duration.between(now, end);
        long daysLeft = Math.floorDiv(left.toSeconds(), Duration.ofDays(1).toSeconds());
        return judge(earliest, first, now, left)
                .with("notAfter", end.toString())
                .measured("daysLeft", daysLeft, "d");
    }

    private Outcome judge(CertificateSource.Earliest earliest, X509Certificate first, Instant now, Duration left) {
        String what = source + ": " + earliest.name();
        String end = first.getNotAfter().toInstant().toString();
        if (left.isNegative()) {
            return Outcome.error(what + " expired at " + end);
        }
        Instant begin = first.getNotBefore().toInstant();
        if (begin.isAfter(now)) {
            return Outcome.error(what + " is not valid before " + begin);
        }
        if (earliest.problem() != null) {
            return Outcome.error(what + " " + earliest.problem());
        }
        if (left.compareTo(warnBefore) >= 0) {
            return Outcome.ok();
        }
        boolean fails = left.compareTo(failBefore) < 0;
        String soon = what + " expires at " + end + ", in " + words(left) + ", expected at least "
                + words(fails ? failBefore : warnBefore);
        return fails ? Outcome.error(soon) : Outcome.warning(soon);
    }

    private static String words(Duration time) {
        return time.toDays() > 1 ? time.toDays() + " days" : time.toHours() + " hours";
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of(remote() ? "component" : "system");
    }

    @Override
    public boolean remote() {
        return source.remote();
    }
}
