package dev.vitals.health.monitor.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ranges that are refused by default, and the named ranges of a rule. */
final class DefaultRanges {
    /** This machine. */
    static final List<AddressRange> LOOPBACK = ranges("127.0.0.0/8", "::1");

    /** Private networks. */
    static final List<AddressRange> PRIVATE =
            ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10");

    private static final List<Refused> REFUSED = List.of(
            new Refused(
                    "a metadata service of a cloud",
                    ranges(
                            "169.254.169.254", // AWS, Azure, Google and most others
                            "169.254.170.2", // AWS, containers
                            "100.100.100.200", // Alibaba
                            "192.0.0.192", // Oracle
                            "168.63.129.16", // Azure, host
                            "fd00:ec2::254", // AWS
                            "fd20:ce::254")), // Google
            new Refused("link-local", ranges("169.254.0.0/16", "fe80::/10")),
            new Refused("unspecified", ranges("0.0.0.0/8", "::")),
            new Refused("multicast", ranges("224.0.0.0/4", "ff00::/8")),
            new Refused("broadcast or reserved", ranges("240.0.0.0/4")));

    private record Refused(String name, List<AddressRange> ranges) {}

    private DefaultRanges() {}

    private static List<AddressRange> ranges(String... ranges) {
        return Arrays.stream(ranges)
                .map(range -> AddressRange.of("range", range))
                .toList();
    }

    /** Returns the name of the refused range that contains the address. */
    static Optional<String> refusedAs(InetAddress address) {
        return REFUSED.stream()
                .filter(refused -> refused.ranges().stream().anyMatch(range -> range.contains(address)))
                .map(Refused::name)
                .findFirst();
    }
}
