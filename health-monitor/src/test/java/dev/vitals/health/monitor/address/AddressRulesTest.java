package dev.vitals.health.monitor.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    private static final AddressRules DEFAULT = rules(false, List.of(), List.of());
    private static final AddressRules ON_LOOPBACK = rules(true, List.of(), List.of());

    private static AddressRules rules(boolean loopback, List<String> allowed, List<String> denied) {
        return new AddressRules(
                loopback,
                allowed.stream().map(rule -> AddressRule.of("allow", rule)).toList(),
                denied.stream().map(rule -> AddressRule.of("deny", rule)).toList());
    }

    private static boolean allows(AddressRules rules, String address, int port) {
        try {
            return rules.refusal(new InetSocketAddress(InetAddress.getByName(address), port))
                    .isEmpty();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, loopback",
        "127.255.255.254, loopback",
        "::1, loopback",
        "0.0.0.0, unspecified",
        "0.1.2.3, unspecified",
        "::, unspecified",
        "169.254.0.1, link-local",
        "169.254.169.254, metadata",
        "169.254.170.2, metadata",
        "100.100.100.200, metadata",
        "168.63.129.16, metadata",
        "fd00:ec2::254, metadata",
        "fe80::1, link-local",
        "febf::1, link-local",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "ff02::1, multicast",
        "255.255.255.255, broadcast",
        "240.0.0.1, reserved",
        // the same inside an IPv6 address
        "::ffff:127.0.0.1, loopback",
        "::127.0.0.1, loopback",
        "::ffff:0:127.0.0.1, loopback",
        "64:ff9b::127.0.0.1, loopback",
        "64:ff9b::a9fe:a9fe, metadata",
        "64:ff9b:1::127.0.0.1, loopback",
        "2002:7f00:1::, loopback",
        "2002:a9fe:a9fe::1, metadata",
        "2001:0:1:2:3:4:80ff:fffe, loopback",
        "2001:db8::5efe:127.0.0.1, loopback",
        "2001:db8::200:5efe:169.254.169.254, metadata",
    })
    void refusesSpecialAddressesAndNamesTheReason(String address, String reason) throws UnknownHostException {
        InetSocketAddress socket = new InetSocketAddress(InetAddress.getByName(address), 80);
        assertThat(DEFAULT.refusal(socket))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains(reason)
                        .contains(socket.getAddress().getHostAddress()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.5.4",
                "192.168.1.1",
                "100.64.0.1",
                "93.184.216.34",
                "128.0.0.1",
                "126.255.255.255",
                "169.253.255.255",
                "223.255.255.255",
                "2001:db8::1",
                "fd12::1",
                "64:ff9b::10.0.0.1",
                "2002:0a00:1::"
            })
    void allowsPrivateNetworksAndPublicAddresses(String address) {
        assertThat(allows(DEFAULT, address, 8080)).isTrue();
    }

    @Test
    void anIpv6AddressMayLackItsBrackets() {
        assertThat(DEFAULT.refusal("2001:db8::1", 80)).isEmpty();
        assertThat(DEFAULT.refusal("::1", 80)).isPresent();
        assertThat(DEFAULT.refusal("[::1]", 80)).isPresent();
    }

    @Test
    void aZoneChangesNothing() throws Exception {
        byte[] bytes = HexFormat.of().parseHex("fe80" + "0".repeat(27) + "1");
        InetAddress zoned = java.net.Inet6Address.getByAddress("", bytes, 1);
        assertThat(DEFAULT.refusal(new InetSocketAddress(zoned, 80))).isPresent();
    }

    @Test
    void allowsLoopbackIfTheMonitorIsBoundToItExceptForTheMonitorItself() {
        AddressRules rules = rules(true, List.of(), List.of());
        rules.listener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8180));
        assertThat(allows(rules, "127.0.0.1", 8080)).isTrue();
        assertThat(allows(rules, "::1", 8080)).isTrue();
        for (String own : List.of("127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1", "64:ff9b::127.0.0.1")) {
            assertThat(allows(rules, own, 8180)).as(own).isFalse();
        }
        // This machine treats it as 127.0.0.1.
        assertThat(allows(rules, "0.0.0.0", 8080)).isFalse();
    }

    @Test
    void aMonitorOnAllAddressesRefusesEachOfThisMachineAtItsPort() throws Exception {
        AddressRules rules = rules(false, List.of(), List.of());
        rules.listener(new InetSocketAddress(8180));
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .forEach(own -> assertThat(rules.refusal(new InetSocketAddress(own, 8180)))
                        .as(own.toString())
                        .isPresent());
        assertThat(allows(rules, "192.0.2.1", 8180)).isTrue();
    }

    @Test
    void allowedRangesOverrideTheDefaultAndDeniedRangesOverrideBoth() {
        AddressRules rules =
                rules(false, List.of("127.0.0.0/8:8000-8999", "[fe80::/10]"), List.of("127.0.0.1:8443", "10.0.0.0/8"));
        assertThat(allows(rules, "127.0.0.1", 8080)).isTrue();
        assertThat(allows(rules, "127.0.0.1", 7999)).isFalse();
        assertThat(allows(rules, "127.0.0.1", 9000)).isFalse();
        assertThat(allows(rules, "127.0.0.1", 8443)).isFalse();
        assertThat(allows(rules, "127.0.0.2", 8443)).isTrue();
        assertThat(allows(rules, "fe80::1", 1)).isTrue();
        assertThat(allows(rules, "10.1.2.3", 80)).isFalse();
        assertThat(allows(rules, "64:ff9b::10.1.2.3", 80)).isFalse();
        assertThat(allows(rules, "11.1.2.3", 80)).isTrue();
    }

    @Test
    void namedRangesCanBeDenied() {
        AddressRules rules = rules(false, List.of(), List.of("private", "loopback"));
        assertThat(allows(rules, "192.168.1.1", 80)).isFalse();
        assertThat(allows(rules, "fd12::1", 80)).isFalse();
        assertThat(allows(rules, "93.184.216.34", 80)).isTrue();
        assertThat(allows(rules(true, List.of(), List.of("loopback")), "127.0.0.1", 80))
                .isFalse();
        assertThat(allows(rules(true, List.of("all"), List.of("0.0.0.0/0")), "8.8.8.8", 80))
                .isFalse();
    }

    /** Hosts that java.net.URI accepts and that a resolver could read as an address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/",
                "http://2130706433./",
                "http://0x7f000001/",
                "http://0X7F000001/",
                "http://0/",
                "http://0177.0.0.1/",
                "http://017700000001/",
                "http://0x7f.0x0.0x0.0x1/",
                "http://0x7f.1/",
                "http://127.1/",
                "http://127.0.1/",
                "http://127.0.0.1/",
                "http://127.0.0.1./",
                "http://127.000.000.001/",
                "http://127.0.0.1:80/",
                "http://[::1]/",
                "http://[::]/",
                "http://[0:0:0:0:0:0:0:1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[fe80::1%25eth0]/",
                "http://[fe80::1%eth0]/",
                "http://169.254.169.254/latest/meta-data",
                "http://a.0x7f000001/",
                "http://256.256.256.256/",
                "http://example.org@127.0.0.1/",
                "http://127.0.0.1%2f@127.0.0.1/",
                "http://127.0.0.1#@example.org/",
                "http://127.0.0.1?@example.org/"
            })
    void refusesAnAddressInAUrlInEverySpelling(String url) {
        String host = URI.create(url).getHost();
        // A URL without a host is refused elsewhere.
        if (host != null) {
            assertThat(DEFAULT.refusal(host, 80)).as(host).isPresent();
        }
    }

    @Test
    void theJdkAcceptsOddAddressesAsHosts() {
        // If that changes, the test above proves less than it seems to.
        assertThat(Arrays.asList("http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/"))
                .allMatch(url -> URI.create(url).getHost() != null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost.",
                "orders",
                "orders.internal",
                "orders.internal.",
                "1.2.3.4.example",
                "127.0.0.1.nip.io",
                "x1",
                "0x7f.0.0.1.a"
            })
    void aNameIsAllowedUntilItIsResolved(String host) {
        assertThat(DEFAULT.refusal(host, 80)).isEmpty();
    }

    @Test
    void refusesANameThatResolvesToARefusedAddress() throws UnknownHostException {
        // A resolver puts the name into the address.
        InetAddress resolved = InetAddress.getByAddress("orders.internal", new byte[] {127, 0, 0, 1});
        assertThat(DEFAULT.refusal(new InetSocketAddress(resolved, 80))).isPresent();
        assertThat(DEFAULT.refusal(InetSocketAddress.createUnresolved("orders.internal", 80)))
                .isPresent();
        assertThat(ON_LOOPBACK.refusal(new InetSocketAddress(resolved, 80))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.1/8",
                "10.0.0/8",
                "10.0.0.0/8:",
                "10.0.0.0/8:0",
                "10.0.0.0/8:65536",
                "10.0.0.0/8:90-80",
                "010.0.0.0/8",
                "fd00::/129",
                "fd00::1/8",
                "fd00::/8]:80",
                "example.org",
                "public",
                "10.0.0.0/8 ",
                "10.0.0.0/8,11.0.0.0/8"
            })
    void refusesAnInvalidRuleWithFieldValueAndBound(String rule) {
        assertThatThrownBy(() -> AddressRule.of("deny", rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("deny must be a range of addresses")
                .hasMessageEndingWith("was '" + rule + "'");
    }

    @Test
    void printsARangeInCidrForm() {
        assertThat(AddressRange.of("range", "10.0.0.0/8")).hasToString("10.0.0.0/8");
        assertThat(AddressRange.of("range", "192.0.2.7")).hasToString("192.0.2.7/32");
        assertThat(AddressRange.of("range", "10.0.0.0/8")).isEqualTo(AddressRange.of("range", "10.0.0.0/8"));
    }
}
