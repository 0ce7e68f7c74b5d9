package dev.vitals.health.monitor.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether a name can be resolved, to exactly the expected addresses if there are any.
 *
 * @param name the name
 * @param expectedAddresses in any order; empty if any address will do
 */
public record DnsProbe(String name, List<String> expectedAddresses) implements Probe {
    /** The word for this kind. */
    public static final String KIND = "dns";

    private static final String NAME = "a host name of 1 to 253 characters, no address";
    private static final String ADDRESSES = "a list of 1 to 100 IPv4 or IPv6 addresses";
    private static final String ADDRESS = "an IPv4 or IPv6 address";
    private static final int MAX = 100;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    // What has this form and is no address after all is refused by whoever resolves it.
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:.]{2,45}");

    static DnsProbe read(Fields fields) {
        String name = fields.required(
                "name",
                NAME,
                text -> HOST.matcher(text).matches() && !IPV4.matcher(text).matches());
        List<String> addresses = new ArrayList<>();
        List<Object> members = fields.list("expectedAddresses", ADDRESSES, 1, MAX);
        for (int i = 0; i < members.size(); i++) {
            String text = members.get(i).toString();
            if (!IPV4.matcher(text).matches() && !isIpv6(text)) {
                fields.refuse("expectedAddresses[" + i + "]", text, ADDRESS);
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
            // An address is never asked for.
            return InetAddress.getByName(text).getAddress().length > 0;
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    @Override
    public String kind() {
        return KIND;
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
        return KIND + " " + name;
    }
}
