package dev.vitals.health.monitor.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementTest {
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.250", "0.0.0.0", "::", "no such name"})
    void takesOnlyAddressesOfThisMachine(String address) {
        assertThatThrownBy(() -> Announcement.onThisMachine(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("address of an interface of this machine")
                .hasMessageContaining(address);
    }

    @Test
    void closesWhileItBegins() {
        Announcement announcement = Announcement.start(
                List.of(InetAddress.getLoopbackAddress()), new Announcement.Service("vitals-test", 8180, "1", 0));
        announcement.close();
        assertThat(announcement.announced().isCancelled()).isFalse();
    }
}
