package dev.vitals.health.monitor.rule;

import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.channel.ChannelType;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.ProbeKinds;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.TargetId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads channels from requests and from the services file. Immutable, thread-safe. */
public final class ChannelReader {
    /** The bound of a channel's name, in words that follow "must be". */
    public static final String NAME = TargetId.BOUND + ", not " + Receiver.MAIL;

    private final Map<String, ChannelType> types = new TreeMap<>();

    /** Reads channels of these types. */
    public ChannelReader(Collection<ChannelType> types) {
        types.forEach(type -> this.types.put(type.name(), type));
    }

    /** Returns whether there is a type of that name. */
    boolean knows(String type) {
        return types.containsKey(type);
    }

    /** Returns whether a channel may have that name; {@code mail} is the mail server of the monitor. */
    public static boolean isName(String text) {
        return TargetId.isName(text) && !text.equals(Receiver.MAIL);
    }

    /**
     * Returns the channel. Adds an error for each field that is missing, unknown or out of its bounds; the result counts only
     * if there is none.
     *
     * @param name the name, which the caller has checked
     * @param fields {@code type}, and the fields of that type
     */
    public ChannelSettings read(String name, Fields fields, boolean fromFile) {
        String type = fields.required("type", "one of " + String.join(", ", types.keySet()), types::containsKey);
        ChannelType known = types.get(type);
        if (known == null) {
            // Without the type, nobody knows which fields there may be.
            return new ChannelSettings(name, type, Map.of(), Map.of(), fromFile);
        }
        ChannelSettings settings = known.read(name, fields, fromFile);
        fields.refuseOthers();
        return settings;
    }

    /**
     * Returns the channel of a request. A secret that the document leaves out is kept: clients cannot read it, and so cannot
     * send it again. It is not kept if the type or a URL changes: a person who may change a URL must not learn a secret that
     * way. A null removes a secret.
     *
     * @param before the channel with the same name; null if there is none
     * @throws InvalidFieldsException if fields are invalid; names all of them
     */
    ChannelSettings read(String name, Map<String, @Nullable Object> document, @Nullable ChannelSettings before) {
        Map<String, Secret> kept = new LinkedHashMap<>();
        if (before != null && before.type().equals(document.get("type"))) {
            kept.putAll(before.secrets());
            kept.keySet().removeAll(document.keySet());
        }
        Map<String, Object> given = new LinkedHashMap<>();
        document.forEach((field, value) -> given.put(field, value));
        Fields fields = Fields.of(ProbeKinds.withSecrets(given, kept), Naming.CAMEL);
        ChannelSettings settings = read(name, fields, false);
        if (before != null && !urls(settings).equals(urls(before))) {
            kept.keySet().retainAll(settings.secrets().keySet());
            kept.keySet().forEach(secret -> fields.refuse(secret, null, "given again, because a URL changes"));
        }
        fields.errors().check();
        return settings;
    }

    private static Map<String, Object> urls(ChannelSettings settings) {
        Map<String, Object> urls = new LinkedHashMap<>(settings.fields());
        urls.values().removeIf(value -> !(value instanceof String text && isUrl(text)));
        // The URL of some services is a secret itself.
        settings.secrets().forEach((name, secret) -> {
            if (isUrl(secret.reveal())) {
                urls.put(name, secret);
            }
        });
        return urls;
    }

    private static boolean isUrl(String text) {
        return text.contains("://");
    }
}
