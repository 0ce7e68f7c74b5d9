package dev.vitals.health.monitor.channel;

import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import jakarta.mail.internet.AddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Email by a mail server: the one that the monitor was started with, or that of a channel. */
public final class MailType implements ChannelType {
    private static final String NAME = "mail";
    private static final String SERVER = "server";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String PASSWORD = "password";
    private static final String ADDRESS = "an address of the form name@domain";
    private static final String ADDRESSES = "an array of 1 to 20 addresses of the form name@domain";
    private static final String PASSWORD_BOUND = "text of 1 to 2000 characters in one line";
    private static final int MAX_ADDRESSES = 20;
    private static final int MAX_PASSWORD = 2_000;

    private final Duration timeout;
    private final @Nullable SSLSocketFactory tls;

    /** Sends with a timeout of 10 s for the connection, each answer and each write. */
    public MailType() {
        this(Duration.ofSeconds(10), null);
    }

    /** Does the same with another timeout, and with the trust of that factory; null for that of the JVM. */
    MailType(Duration timeout, @Nullable SSLSocketFactory tls) {
        this.timeout = timeout;
        this.tls = tls;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChannelSettings read(String name, Fields fields, boolean fromFile) {
        Map<String, Object> values = new LinkedHashMap<>();
        String server = fields.required(SERVER, MailServer.FORM, MailType::isServer);
        values.put(SERVER, server);
        values.put(FROM, fields.required(FROM, ADDRESS, MailType::isAddress));
        List<String> to = new ArrayList<>();
        for (Object one : fields.list(TO, ADDRESSES, 1, MAX_ADDRESSES)) {
            if (one instanceof String address && isAddress(address)) {
                to.add(address);
            } else {
                fields.refuse(TO, one, ADDRESSES);
            }
        }
        if (fields.value(TO) == null) {
            fields.refuse(TO, null, ADDRESSES);
        }
        values.put(TO, to);
        Map<String, Secret> secrets = new LinkedHashMap<>();
        Secret password = fields.secret(PASSWORD, PASSWORD_BOUND, text -> Fields.isLine(text, MAX_PASSWORD));
        if (password != null) {
            secrets.put(PASSWORD, password);
        }
        return new ChannelSettings(name, NAME, values, secrets, fromFile);
    }

    private static boolean isServer(String text) {
        try {
            MailServer parsed = MailServer.parse(text);
            return parsed.port() > 0;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Returns whether the text is an address of the form {@code name@domain}. */
    public static boolean isAddress(String text) {
        try {
            return MailChannel.address(text).getAddress().equals(text);
        } catch (AddressException malformed) {
            return false;
        }
    }

    /**
     * Returns the channel of the addresses of registrations.
     *
     * @param password for AUTH; null for none
     * @throws IllegalArgumentException if the sender is not an address
     */
    public static ChannelSettings builtIn(
            MailServer server, String serverText, String from, @Nullable Secret password) {
        if (!isAddress(from)) {
            throw new IllegalArgumentException("from must be " + ADDRESS + ", was " + Require.shown(from));
        }
        if (server.user() != null && password == null) {
            throw new IllegalArgumentException(
                    "a mail server with a user needs a password; give its file with --mail-password-file");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(SERVER, serverText);
        fields.put(FROM, from);
        fields.put(TO, List.of());
        return new ChannelSettings(
                Receiver.MAIL, NAME, fields, password == null ? Map.of() : Map.of(PASSWORD, password), true);
    }

    @Override
    public Channel open(ChannelSettings settings, Context context) {
        List<String> to = new ArrayList<>();
        if (settings.fields().get(TO) instanceof List<?> all) {
            all.forEach(one -> to.add(String.valueOf(one)));
        }
        try {
            return new MailChannel(
                    MailServer.parse(settings.text(SERVER)),
                    MailChannel.address(settings.text(FROM)),
                    to,
                    settings.secrets().get(PASSWORD),
                    timeout,
                    tls);
        } catch (AddressException e) {
            throw new IllegalArgumentException("from must be " + ADDRESS, e);
        }
    }
}
