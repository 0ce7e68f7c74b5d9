package dev.vitals.health.monitor.probe;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.indicator.DnsIndicator;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Source;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether a name resolves, and to exactly the expected addresses if there are any.
 *
 * @param name the name
 * @param expectedAddresses in any order; empty for any address
 */
public record DnsProbe(String name, List<String> expectedAddresses) implements IndicatorPoller.IndicatorProbe {
    static final Probes.PolledKind KIND = new Kind();

    private static final String NAME = "dns";

    private static final class Kind implements Probes.PolledKind {
        private static final String HOST_BOUND = "a host name of 1 to 253 characters, no address";
        private static final String ADDRESSES_BOUND = "a list of 1 to 100 IPv4 or IPv6 addresses";
        private static final String ADDRESS_BOUND = "an IPv4 or IPv6 address";
        private static final int MAX_ADDRESSES = 100;
        private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
        private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
        // Only the form; the JDK checks the rest.
        private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:.]{2,45}");

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public DnsProbe read(Fields fields, Source source) {
            String name = fields.required(
                    "name",
                    HOST_BOUND,
                    text -> HOST.matcher(text).matches() && !IPV4.matcher(text).matches());
            List<String> addresses = new ArrayList<>();
            List<Object> members = fields.list("expectedAddresses", ADDRESSES_BOUND, 1, MAX_ADDRESSES);
            for (int i = 0; i < members.size(); i++) {
                String text = members.get(i).toString();
                if (!IPV4.matcher(text).matches() && !isIpv6(text)) {
                    fields.refuse("expectedAddresses[" + i + "]", text, ADDRESS_BOUND);
                }
                addresses.add(text);
            }
            return new DnsProbe(name, List.copyOf(addresses));
        }

        private static boolean isIpv6(String text) {
            if (!IPV6.matcher(text).matches()) {
                return false;
            }
            try {
                // Text with a colon is never looked up as a name.
                return InetAddress.getByName(text).getAddress().length > 0;
            } catch (UnknownHostException notAnAddress) {
                return false;
            }
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> address = Map.of("type", "string");
            return Schema.of("Whether a name resolves, and to exactly the expected addresses if there are any")
                    .required("name", Schema.text("The host name"))
                    .optional(
                            "expectedAddresses",
                            Schema.list("The addresses, in any order; any if absent", MAX_ADDRESSES, address))
                    .toMap();
        }

        @Override
        public Poller poller(PollContext context) {
            return new IndicatorPoller(NAME, context);
        }
    }

    @Override
    public HealthCheck indicator(Duration timeout) {
        DnsIndicator any = DnsIndicator.of(name);
        return expectedAddresses.isEmpty() ? any : any.expectedAddresses(expectedAddresses.toArray(String[]::new));
    }

    @Override
    public String kind() {
        return NAME;
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        if (!expectedAddresses.isEmpty()) {
            fields.put("expectedAddresses", expectedAddresses);
        }
        return fields;
    }

    @Override
    public String subject() {
        return name;
    }

    @Override
    public String toString() {
        return NAME + " " + name;
    }
}
