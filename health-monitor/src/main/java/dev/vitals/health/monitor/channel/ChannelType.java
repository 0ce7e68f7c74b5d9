package dev.vitals.health.monitor.channel;

import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.net.NetClient;
import java.time.InstantSource;
import java.util.Optional;

/** A type of channel: reads its settings and opens it. Stateless, thread-safe. */
public interface ChannelType {
    /** Returns the name in JSON and in the file, such as {@code slack}. */
    String name();

    /**
     * Reads the settings of a channel of this type. Adds an error for each field that is missing or out of its bounds; the
     * result counts only if there is none. The caller refuses fields that were not read.
     *
     * @param name the name of the channel
     * @param fields the settings without {@code name} and {@code type}
     */
    ChannelSettings read(String name, Fields fields, boolean fromFile);

    /** Opens a channel with settings that {@link #read} returned. Connects to nobody yet. */
    Channel open(ChannelSettings settings, Context context);

    /**
     * What channels are made with.
     *
     * @param client makes requests
     * @param guard decides which addresses channels may connect to
     * @param clock the wall clock
     * @param references remembers what services call the messages that they accepted
     * @param identity tells this monitor from others
     * @param version the version of the monitor, for the user agent
     */
    record Context(
            NetClient client,
            AddressGuard guard,
            InstantSource clock,
            References references,
            String identity,
            String version) {}

    /** Remembers, over restarts, what a service calls the first message of an incident. Thread-safe. */
    interface References {
        /** Returns the reference; empty if there is none. */
        Optional<String> find(String channel, String incident);

        /** Stores a reference; an earlier one is replaced. */
        void put(String channel, String incident, String reference);
    }
}
