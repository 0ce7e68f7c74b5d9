package dev.vitals.health.monitor.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vitals.health.monitor.Await;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class HangUpTest {
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void theSignalRunsTheActionAndTheProcessGoesOn() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        assumeThat(HangUp.handle(twice::countDown)).as("not below nohup").isTrue();
        String pid = Long.toString(ProcessHandle.current().pid());
        while (twice.getCount() > 0) {
            long before = twice.getCount();
            new ProcessBuilder("kill", "-HUP", pid).start().waitFor();
            Await.until("the action ran", () -> twice.getCount() < before);
        }
    }
}
