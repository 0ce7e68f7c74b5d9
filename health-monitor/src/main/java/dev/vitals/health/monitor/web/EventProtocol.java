package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.stream.Events;
import dev.vitals.health.monitor.stream.Topics;

/** Sends all events of the monitor to whoever opens {@code /ws}. Thread-safe. */
final class EventProtocol implements Sockets.Protocol {
    private final Topics topics;

    EventProtocol(Topics topics) {
        this.topics = topics;
    }

    @Override
    public String types() {
        return "ping or authenticate";
    }

    @Override
    public void admitted(Socket socket) {
        topics.subscribe(Events.TOPIC, socket);
        if (socket.isClosed()) {
            // It was closed meanwhile.
            gone(socket);
        }
    }

    @Override
    public boolean take(Socket socket, String type, Fields fields) {
        return false;
    }

    @Override
    public void gone(Socket socket) {
        topics.unsubscribe(Events.TOPIC, socket);
    }
}
