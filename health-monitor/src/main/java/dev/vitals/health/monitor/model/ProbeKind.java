package dev.vitals.health.monitor.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The kinds of probes, who may ask for which, and how each is made from its fields. */
public final class ProbeKind {
    private static final List<String> ALL = List.of(
            HttpProbe.KIND,
            HealthProbe.KIND,
            ServiceProbe.KIND,
            TcpProbe.KIND,
            DnsProbe.KIND,
            TlsProbe.KIND,
            PushProbe.KIND,
            ProcessProbe.KIND,
            ExecProbe.KIND);

    // They look at the monitor's own machine, or run something on it: for its operator alone.
    private static final Set<String> FILE_ONLY = Set.of(ProcessProbe.KIND, ExecProbe.KIND);

    private ProbeKind() {}

    /** Returns the words of the kinds that this source may have, in the order of the documentation. */
    public static List<String> of(Source source) {
        return switch (source) {
            case FILE -> ALL;
            case HOST, REGISTRATION ->
                ALL.stream().filter(kind -> !FILE_ONLY.contains(kind)).toList();
        };
    }

    /**
     * Returns the probe of that kind with these fields. What is wrong with them is noted there, and the probe is to be
     * thrown away then.
     *
     * @param kind one of {@link #of}
     * @param source whose defaults count
     */
    static Probe read(String kind, Fields fields, Source source) {
        return switch (kind) {
            case HealthProbe.KIND -> HealthProbe.read(fields);
            case HttpProbe.KIND ->
                HttpProbe.read(fields, source == Source.FILE ? StatusSet.ONLY_200 : StatusSet.ALL_2XX);
            case ServiceProbe.KIND -> ServiceProbe.read(fields);
            case TcpProbe.KIND -> TcpProbe.read(fields);
            case DnsProbe.KIND -> DnsProbe.read(fields);
            case TlsProbe.KIND -> TlsProbe.read(fields);
            case PushProbe.KIND -> PushProbe.INSTANCE;
            case ProcessProbe.KIND -> ProcessProbe.read(fields);
            case ExecProbe.KIND -> ExecProbe.read(fields);
            default -> throw new IllegalArgumentException("kind must be one of " + ALL + ", was " + kind);
        };
    }

    /**
     * Returns the probe of that kind with these fields and secrets, as {@link Probe#fields()} and
     * {@link Probe#secrets()} gave them.
     *
     * @throws IllegalArgumentException if there is no such kind, or a field is out of its bounds
     */
    public static Probe read(String kind, Map<String, Object> fields, Map<String, Secret> secrets) {
        if (kind.equals(HealthProbe.KIND)) {
            // Of these there may be a hundred thousand, all of them judged when they were stored.
            return HealthProbe.stored(fields);
        }
        Fields all = Fields.of(withSecrets(fields, secrets), Naming.CAMEL);
        Probe probe = read(kind, all, Source.HOST);
        all.errors().check();
        return probe;
    }

    /** Returns the fields with the secrets among them, each in its place; those that are there already stay. */
    public static Map<String, Object> withSecrets(Map<String, Object> fields, Map<String, Secret> secrets) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        Map<String, Object> headers = new LinkedHashMap<>();
        if (all.get(Headers.FIELD) instanceof Map<?, ?> given) {
            given.forEach((name, value) -> headers.put(String.valueOf(name), Objects.requireNonNullElse(value, "")));
        }
        for (Map.Entry<String, Secret> secret : new ArrayList<>(secrets.entrySet())) {
            if (secret.getKey().startsWith(Headers.PREFIX)) {
                headers.putIfAbsent(secret.getKey().substring(Headers.PREFIX.length()), secret.getValue());
            } else {
                all.putIfAbsent(secret.getKey(), secret.getValue());
            }
        }
        boolean replaceable = !all.containsKey(Headers.FIELD) || all.get(Headers.FIELD) instanceof Map;
        if (!headers.isEmpty() && replaceable) {
            all.put(Headers.FIELD, headers);
        }
        return all;
    }
}
