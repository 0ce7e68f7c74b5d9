package dev.vitals.health.monitor.channel;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All channels in force. Thread-safe; reads are from memory. Whoever stores and reads channels calls {@link #replace}.
 */
public final class Channels {
    private final Map<String, ChannelType> types = new TreeMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ChannelType.Context context;
    private final Map<String, ChannelSettings> builtIn = new ConcurrentSkipListMap<>();
    private volatile Map<String, ChannelSettings> current = Map.of();

    /** Knows channels of these types. */
    public Channels(Collection<ChannelType> types, ChannelType.Context context) {
        types.forEach(type -> this.types.put(type.name(), type));
        this.context = context;
    }

    private record Unusable(String problem) implements Channel {
        @Override
        public Result send(Outgoing message) {
            return new Refused(problem);
        }

        @Override
        public void close() {
            // It has no connections.
        }
    }

    /** Returns all types, by their names. */
    public Map<String, ChannelType> types() {
        return types;
    }

    /** Returns the channels in force, in the order of their names. */
    public List<ChannelSettings> all() {
        return List.copyOf(current.values());
    }

    /** Returns one channel. */
    public Optional<ChannelSettings> find(String name) {
        return Optional.ofNullable(current.get(name));
    }

    /** Adds a channel that stays when others are replaced: the mail server of the monitor. Call this before the first replacement. */
    public void addBuiltIn(ChannelSettings settings) {
        builtIn.put(settings.name(), settings);
    }

    /** Replaces what is in force except built-in channels, and tells the listeners. */
    public void replace(Collection<ChannelSettings> channels) {
        Map<String, ChannelSettings> next = new TreeMap<>(builtIn);
        channels.forEach(channel -> next.put(channel.name(), channel));
        current = next;
        listeners.forEach(Runnable::run);
    }

    /** Runs the listener after each change, on the thread that made it. The listener must be short and not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * Opens a channel; the caller closes it. Connects to nobody yet. A channel with a problem refuses every message.
     *
     * @throws IllegalArgumentException if there is no such type
     */
    public Channel open(ChannelSettings settings) {
        if (settings.problem() != null) {
            return new Unusable(settings.problem());
        }
        ChannelType type = types.get(settings.type());
        if (type == null) {
            throw new IllegalArgumentException("there is no type of channel " + settings.type());
        }
        return type.open(settings, context);
    }
}
