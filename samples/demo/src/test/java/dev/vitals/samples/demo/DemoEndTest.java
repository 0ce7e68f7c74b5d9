package dev.vitals.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests failed starts and the end of the demo. */
class DemoEndTest {
    @TempDir
    Path directory;

    @Test
    void namesAPortInUseAndStartsNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Map<App, Integer> ports = RunningDemo.freePorts();
            ports.put(App.ORDERS, taken.getLocalPort());
            try (RunningDemo demo = RunningDemo.launch(ports, directory.resolve("state"))) {
                assertThat(demo.exitCode()).isEqualTo(1);
                assertThat(demo.linesToTheEnd())
                        .containsExactly("port " + taken.getLocalPort()
                                + " for orders is in use; choose another with -Dorders.port=NUMBER");
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesBadPorts() throws Exception {
        Map<App, Integer> ports = new EnumMap<>(RunningDemo.freePorts());
        ports.put(App.INVENTORY, 65_536);
        try (RunningDemo demo = RunningDemo.launch(ports, directory)) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.linesToTheEnd())
                    .containsExactly("-Dinventory.port must be a number from 1 to 65535, was '65536'");
        }
    }

    @Test
    void endsTheAppsWhenItIsKilled() throws Exception {
        try (RunningDemo demo = RunningDemo.start(directory)) {
            List<ProcessHandle> apps = demo.apps();
            assertThat(apps).hasSize(3);

            demo.crash();

            assertThat(Await.until(Duration.ofSeconds(20), () -> apps.stream().noneMatch(ProcessHandle::isAlive)))
                    .isTrue();
        }
    }
}
