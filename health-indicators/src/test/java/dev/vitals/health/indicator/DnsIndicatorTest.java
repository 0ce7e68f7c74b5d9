package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Outcome;
import java.net.InetAddress;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsIndicatorTest {
    private static final DnsIndicator LOCALHOST = DnsIndicator.of("localhost");

    @Test
    void aNameThatResolvesIsOkWithItsAddresses() throws Exception {
        Expect.ok(LOCALHOST.run());
        assertThat(LOCALHOST.run().data()).containsEntry("addresses", List.copyOf(new TreeSet<>(addresses())));
    }

    @Test
    void theExpectedAddressesAreOkInAnyOrderAndSpelling() throws Exception {
        List<String> addresses = addresses().stream()
                .map(address -> address.equals("0:0:0:0:0:0:0:1") ? "::1" : address)
                .toList();
        Expect.ok(LOCALHOST.expectedAddresses(addresses.toArray(String[]::new)).run());
    }

    @Test
    void otherAddressesAreNamedBesideTheExpectedOnes() throws Exception {
        Expect.error(
                LOCALHOST.expectedAddresses("192.0.2.7", "2001:db8::1").run(),
                "localhost resolves to " + String.join(" and ", new TreeSet<>(addresses()))
                        + ", expected 192.0.2.7 and 2001:db8:0:0:0:0:0:1");
    }

    @Test
    void inAJvmThatKeepsAddressesForEverItIsAWarning() throws Exception {
        assertThat(addresses()).isNotEmpty(); // by now the JVM has read its own setting
        String before = Security.getProperty("networkaddress.cache.ttl");
        Security.setProperty("networkaddress.cache.ttl", "-1");
        try {
            Expect.warning(
                    LOCALHOST.run(),
                    "localhost resolves, but this JVM keeps addresses for ever, so this check cannot fail:"
                            + " set the security property networkaddress.cache.ttl to seconds, such as 30");
            assertThat(LOCALHOST.expectedAddresses("192.0.2.7").run().code()).isEqualTo(Outcome.Code.ERROR);
            Security.setProperty("networkaddress.cache.ttl", "0");
            Expect.ok(LOCALHOST.run());
        } finally {
            Security.setProperty("networkaddress.cache.ttl", before == null ? "" : before);
        }
        Expect.ok(LOCALHOST.run());
    }

    @Test
    void aNameThatCannotBeResolvedIsAnError() {
        String name = "a".repeat(64); // a label has 63 at most, so no name server is asked
        Expect.error(DnsIndicator.of(name).run(), name + " cannot be resolved: unknown host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "http://a", "user@a", "::1", "10.0.0.1"})
    void refusesOtherTextThanAName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsIndicator.of(name))
                .withMessage("name must be a host name of 1 to 253 characters, not an address, was '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "1.2.3", "1.2.3.4.", "1.2.3.256", "1:2", ":::1", "[::1]", "fe80::1%eth0"})
    void refusesOtherTextThanAnAddress(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LOCALHOST.expectedAddresses(address))
                .withMessage("expectedAddresses must be IPv4 or IPv6 addresses, was '" + address + "'");
    }

    @Test
    void requiresAtLeastOneAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LOCALHOST.expectedAddresses())
                .withMessage("expectedAddresses must have 1 to 100 elements, had 0");
        assertThat(LOCALHOST.remote()).isTrue();
        assertThat(LOCALHOST.componentType()).contains("component");
    }

    private static List<String> addresses() throws Exception {
        return Arrays.stream(InetAddress.getAllByName("localhost"))
                .map(InetAddress::getHostAddress)
                .toList();
    }
}
