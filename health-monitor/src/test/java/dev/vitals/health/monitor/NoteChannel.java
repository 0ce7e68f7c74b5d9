package dev.vitals.health.monitor;

import dev.vitals.health.monitor.channel.Channel;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.channel.ChannelType;
import dev.vitals.health.monitor.channel.Outgoing;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import java.util.LinkedHashMap;
import java.util.Map;

/** A type of channel for tests of settings: it has text, a URL and secrets, and accepts every message. */
final class NoteChannel implements ChannelType {
    static final NoteChannel TYPE = new NoteChannel();

    private NoteChannel() {}

    @Override
    public String name() {
        return "note";
    }

    @Override
    public ChannelSettings read(String name, Fields fields, boolean fromFile) {
        Map<String, Object> read = new LinkedHashMap<>();
        String room = fields.text("room", "text");
        if (room != null) {
            read.put("room", room);
        }
        read.put("url", fields.required("url", "an http URL", text -> text.startsWith("http://")));
        Map<String, Secret> secrets = new LinkedHashMap<>();
        secrets.put(
                "token", fields.requiredSecret("token", "text of at least 3 characters", text -> text.length() >= 3));
        Secret other = fields.secret("other", "text", text -> true);
        if (other != null) {
            secrets.put("other", other);
        }
        return new ChannelSettings(name, name(), read, secrets, fromFile);
    }

    @Override
    public Channel open(ChannelSettings settings, Context context) {
        return new Channel() {
            @Override
            public Result send(Outgoing message) {
                return new Accepted("noted");
            }

            @Override
            public void close() {
                // It has no connections.
            }
        };
    }
}
