package dev.vitals.health.monitor.net;

import dev.vitals.health.internal.Require;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ranges of addresses and a range of ports, for a list of what is allowed or denied. Immutable. */
public final class AddressRule {
    /** What a rule is, in words that follow "must be". */
    public static final String BOUND = "a range of addresses such as 10.0.0.0/8 or [fd00::/8], without bits after its"
            + " length, or private, loopback or all; then, if need be, :PORT or :FROM-TO, from 1 to 65535";

    private static final Map<String, List<AddressRange>> WORDS = Map.of(
            "private", DefaultRanges.PRIVATE,
            "loopback", DefaultRanges.LOOPBACK,
            "all", List.of(AddressRange.of("range", "0.0.0.0/0"), AddressRange.of("range", "::/0")));

    // Either brackets and ports, or no brackets: fd00::1:80 could be read in two ways.
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([^\\]]+)\\]|([a-z]+|[0-9./]+))(?::([0-9]{1,5})(?:-([0-9]{1,5}))?)?");

    private static final int MAX_PORT = 65_535;

    private final String text;
    private final List<AddressRange> ranges;
    private final int fromPort;
    private final int toPort;

    private AddressRule(String text, List<AddressRange> ranges, int fromPort, int toPort) {
        this.text = text;
        this.ranges = ranges;
        this.fromPort = fromPort;
        this.toPort = toPort;
    }

    /**
     * Returns the rule that the text says.
     *
     * @throws IllegalArgumentException if it says none; the message has the field, the value and the bound
     */
    public static AddressRule of(String field, String text) {
        return parse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(field + " must be " + BOUND + ", was " + Require.shown(text)));
    }

    private static Optional<AddressRule> parse(String text) {
        Optional<AddressRange> plain = AddressRange.parse(text);
        if (plain.isPresent()) {
            return Optional.of(new AddressRule(text, List.of(plain.get()), 0, MAX_PORT));
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        List<AddressRange> ranges = ranges(Objects.requireNonNullElse(parts.group(1), parts.group(2)));
        int from = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        int to = parts.group(3) == null ? MAX_PORT : parts.group(4) == null ? from : Integer.parseInt(parts.group(4));
        boolean goodPorts = to <= MAX_PORT && from <= to && (parts.group(3) == null || from > 0);
        return ranges.isEmpty() || !goodPorts ? Optional.empty() : Optional.of(new AddressRule(text, ranges, from, to));
    }

    private static List<AddressRange> ranges(String text) {
        List<AddressRange> named = WORDS.get(text);
        return named == null ? AddressRange.parse(text).stream().toList() : named;
    }

    boolean covers(InetAddress address, int port) {
        return port >= fromPort && port <= toPort && ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** Returns the rule as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
