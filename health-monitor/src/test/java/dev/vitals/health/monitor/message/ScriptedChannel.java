package dev.vitals.health.monitor.message;

import dev.vitals.health.monitor.channel.Channel;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.channel.ChannelType;
import dev.vitals.health.monitor.channel.Outgoing;
import dev.vitals.health.monitor.model.Fields;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A type of channel whose answers a test decides; it notes what it was given. */
final class ScriptedChannel implements ChannelType {
    static final String NAME = "scripted";

    /** Everything that was handed over, also what was not taken. */
    final List<Outgoing> attempts = new CopyOnWriteArrayList<>();

    /** What was taken, as {@code channel KEY}. */
    final List<String> taken = new CopyOnWriteArrayList<>();

    volatile Function<Outgoing, Channel.Result> answer = message -> new Channel.Accepted("ok");

    static ChannelSettings channel(String name) {
        return new ChannelSettings(name, NAME, Map.of(), Map.of(), false);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChannelSettings read(String name, Fields fields, boolean fromFile) {
        return channel(name);
    }

    @Override
    public Channel open(ChannelSettings settings, Context context) {
        return new Channel() {
            @Override
            public Result send(Outgoing message) {
                attempts.add(message);
                Result result = answer.apply(message);
                if (result instanceof Accepted) {
                    taken.add(settings.name() + " " + message.message().key());
                }
                return result;
            }

            @Override
            public void close() {}
        };
    }
}
