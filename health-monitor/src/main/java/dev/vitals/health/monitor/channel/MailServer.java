package dev.vitals.health.monitor.channel;

import dev.vitals.health.internal.Require;
import dev.vitals.health.internal.Uris;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A mail server: {@code smtp://[user@]host[:port][?starttls=required|optional|never]}, or {@code smtps://[user@]host[:port]}
 * for TLS from the first byte.
 *
 * @param implicitTls whether TLS begins with the first byte
 * @param user the name for AUTH; null for no AUTH
 * @param host its name or address
 * @param port 465 by default for implicit TLS, else 587; 25 for loopback
 * @param startTls when TLS begins later; required by default, optional for loopback
 */
public record MailServer(boolean implicitTls, @Nullable String user, String host, int port, StartTls startTls) {
    /** The form, in words that follow "must be". */
    public static final String FORM = "smtp://[user@]host[:port][?starttls=required|optional|never] or"
            + " smtps://[user@]host[:port], without a password";

    private static final int SUBMISSION = 587;
    private static final int SUBMISSIONS = 465;
    private static final int SMTP = 25;
    private static final String STARTTLS = "starttls=";

    /** Whether a connection without TLS is made secure by STARTTLS. */
    public enum StartTls {
        /** Always; a server without it gets nothing. */
        REQUIRED,
        /** If the server has it. */
        OPTIONAL,
        /** Never. */
        NEVER
    }

    /**
     * Reads the form of {@link #FORM}.
     *
     * @throws IllegalArgumentException if the text does not have it; the message does not show a password
     */
    public static MailServer parse(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String host = Uris.host(uri);
            String user = uri.getUserInfo();
            boolean implicit = scheme.equals("smtps");
            boolean path = uri.getRawPath() != null
                    && !uri.getRawPath().isEmpty()
                    && !uri.getRawPath().equals("/");
            boolean known = implicit || scheme.equals("smtp");
            if (known
                    && host != null
                    && !path
                    && uri.getRawFragment() == null
                    && (user == null || user.indexOf(':') < 0)) {
                StartTls startTls = startTls(uri.getRawQuery(), implicit, isLoopback(host));
                return new MailServer(implicit, user, host, port(uri.getPort(), implicit, isLoopback(host)), startTls);
            }
        } catch (URISyntaxException malformed) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "must be " + FORM + ", was " + Require.shown(text.replaceAll("//[^@/]*:[^@/]*@", "//***@")));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }

    private static int port(int given, boolean implicit, boolean loopback) {
        if (given == 0 || given > 65_535) {
            throw new IllegalArgumentException("must have a port from 1 to 65535, had " + given);
        }
        return given > 0 ? given : implicit ? SUBMISSIONS : loopback ? SMTP : SUBMISSION;
    }

    private static StartTls startTls(@Nullable String query, boolean implicit, boolean loopback) {
        if (query == null) {
            return implicit ? StartTls.NEVER : loopback ? StartTls.OPTIONAL : StartTls.REQUIRED;
        }
        for (StartTls choice : StartTls.values()) {
            if (!implicit && query.equals(STARTTLS + choice.name().toLowerCase(Locale.ROOT))) {
                return choice;
            }
        }
        throw new IllegalArgumentException("must be " + FORM + ", had ?" + Require.shown(query));
    }

    /** Returns the properties of a session. */
    Properties properties(Duration timeout) {
        String millis = String.valueOf(timeout.toMillis());
        Properties properties = new Properties();
        String prefix = "mail." + protocol() + ".";
        properties.setProperty("mail.transport.protocol", protocol());
        properties.setProperty(prefix + "host", host);
        properties.setProperty(prefix + "port", String.valueOf(port));
        properties.setProperty(prefix + "auth", String.valueOf(user != null));
        properties.setProperty(prefix + "connectiontimeout", millis);
        properties.setProperty(prefix + "timeout", millis);
        properties.setProperty(prefix + "writetimeout", millis);
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "starttls.enable", String.valueOf(startTls != StartTls.NEVER));
        properties.setProperty(prefix + "starttls.required", String.valueOf(startTls == StartTls.REQUIRED));
        // Some receivers of a mail refuse it, others do not: each mail has one receiver, so that this cannot happen.
        properties.setProperty(prefix + "sendpartial", "false");
        return properties;
    }

    /** Returns the protocol's name in those properties. */
    String protocol() {
        return implicitTls ? "smtps" : "smtp";
    }

    /** Returns host and port. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
