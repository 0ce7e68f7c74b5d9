package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.stream.Samples;
import dev.vitals.health.monitor.stream.Topics;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends the samples of the devices that a client of {@code /api/ws/metrics} subscribes to. Thread-safe. */
final class MetricProtocol implements Sockets.Protocol {
    /** The most devices of one socket. */
    static final int MAX_DEVICES = 100;

    private static final int MAX_NAME = 200;
    private static final String DEVICE =
            "the name of a host: the label machine of a target, or the host of a check; GET /api/v1/targets lists them";

    // The devices of each socket. Each set is changed by the messages of its socket only.
    private final Map<Socket, Set<String>> devices = new ConcurrentHashMap<>();
    private final Topics topics;
    private final Samples samples;

    MetricProtocol(Topics topics, Samples samples) {
        this.topics = topics;
        this.samples = samples;
    }

    @Override
    public String types() {
        return "subscribe, unsubscribe, ping or authenticate";
    }

    @Override
    public void admitted(Socket socket) {
        // It gets nothing until it subscribes.
    }

    private record Answer(String type, String device_id) {
        static ByteBuffer of(String type, String device) {
            return ByteBuffer.wrap(JsonResponse.bytes(new Answer(type, device)));
        }
    }

    @Override
    public boolean take(Socket socket, String type, Fields fields) {
        if (!type.equals("subscribe") && !type.equals("unsubscribe")) {
            return false;
        }
        String device = fields.required("device_id", DEVICE, text -> Fields.isLine(text, MAX_NAME));
        fields.refuseOthers();
        fields.errors().check();
        if (type.equals("subscribe")) {
            subscribe(socket, device);
        } else {
            unsubscribe(socket, device);
        }
        return true;
    }

    private void subscribe(Socket socket, String device) {
        if (!samples.knows(device)) {
            throw Problem.badField("device_id", device, DEVICE);
        }
        Set<String> known = devices.computeIfAbsent(socket, any -> ConcurrentHashMap.newKeySet());
        if (known.size() >= MAX_DEVICES && !known.contains(device)) {
            throw Problem.badField("device_id", device, "one of up to " + MAX_DEVICES + " devices; unsubscribe others");
        }
        known.add(device);
        socket.send(Answer.of("subscribed", device));
        for (Map<String, Object> sample : samples.newest(device)) {
            socket.send(ByteBuffer.wrap(Topics.render(sample)));
        }
        topics.subscribe(Samples.topic(device), socket);
        if (socket.isClosed()) {
            // It was closed meanwhile.
            gone(socket);
        }
    }

    private void unsubscribe(Socket socket, String device) {
        Set<String> known = devices.getOrDefault(socket, Set.of());
        if (!known.contains(device)) {
            throw Problem.badField("device_id", device, "a device that this socket subscribes to");
        }
        known.remove(device);
        topics.unsubscribe(Samples.topic(device), socket);
        socket.send(Answer.of("unsubscribed", device));
    }

    @Override
    public void gone(Socket socket) {
        Set<String> known = devices.remove(socket);
        if (known != null) {
            known.forEach(device -> topics.unsubscribe(Samples.topic(device), socket));
        }
    }
}
