package dev.vitals.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {
    @TempDir
    Path root;

    private KernelFiles files;
    private Cgroup cgroup;

    @BeforeEach
    void stand() {
        files = new KernelFiles(root);
        cgroup = new Cgroup(root);
    }

    @Test
    void withoutTheFilesThereIsNoLimit() {
        assertThat(cgroup.memory()).isEmpty();
        assertThat(cgroup.cpu()).isEmpty();
    }

    @Test
    void version2InAContainerIsReadAtTheMount() throws IOException {
        files.write("proc/self/cgroup", "0::/");
        files.memoryV2("", "1000", "400", "inactive_file 100");
        files.cpuV2("", "150000 100000", 7);
        assertThat(cgroup.memory()).contains(new Usage(300, 1_000));
        assertThat(cgroup.cpu()).contains(new Cgroup.Cpu(1.5, 7_000));
    }

    @Test
    void version2WithoutALimitIsEmpty() throws IOException {
        files.write("proc/self/cgroup", "0::/");
        files.memoryV2("", "max", "400", "inactive_file 100");
        files.cpuV2("", "max 100000", 7);
        assertThat(cgroup.memory()).isEmpty();
        assertThat(cgroup.cpu()).isEmpty();
    }

    @Test
    void takesTheLowestLimitOfAllParentsWithItsOwnUse() throws IOException {
        files.write("proc/self/cgroup", "0::/app.slice/app.service");
        files.memoryV2("app.slice/app.service", "max", "100", "");
        files.memoryV2("app.slice", "1000", "400", "");
        files.memoryV2("", "5000", "4000", "");
        files.cpuV2("app.slice/app.service", "300000 100000", 1);
        files.cpuV2("app.slice", "50000 100000", 2);
        assertThat(cgroup.memory()).contains(new Usage(400, 1_000));
        assertThat(cgroup.cpu()).contains(new Cgroup.Cpu(0.5, 2_000));
    }

    @Test
    void looksAtTheMountForAGroupThatIsNotMountedHere() throws IOException {
        files.write("proc/self/cgroup", "0::/docker/abc");
        files.memoryV2("", "1000", "400", "");
        assertThat(cgroup.memory()).contains(new Usage(400, 1_000));
        files.write("proc/self/cgroup", "0::/../../other");
        assertThat(cgroup.memory()).contains(new Usage(400, 1_000));
    }

    @Test
    void version1IsReadByController() throws IOException {
        files.write("proc/self/cgroup", "5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n1:name=systemd:/x\n0::/");
        files.memoryV1("docker/abc", "1000", "400", "inactive_file 1\ntotal_inactive_file 100");
        files.memoryV1("", "9223372036854771712", "4000", "");
        files.cpuV1("docker/abc", "200000", "100000", "7000");
        files.cpuV1("", "-1", "100000", "9000");
        assertThat(cgroup.memory()).contains(new Usage(300, 1_000));
        assertThat(cgroup.cpu()).contains(new Cgroup.Cpu(2, 7_000));
    }

    @Test
    void version1WithoutALimitIsEmpty() throws IOException {
        files.write("proc/self/cgroup", "5:memory:/\n4:cpu,cpuacct:/");
        files.memoryV1("", "9223372036854771712", "4000", "");
        files.cpuV1("", "-1", "100000", "9000");
        assertThat(cgroup.memory()).isEmpty();
        assertThat(cgroup.cpu()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsNoLimit() throws IOException {
        files.write("proc/self/cgroup", "nonsense\n0::");
        files.memoryV2("", "many", "400", "");
        files.cpuV2("", "1", 7);
        assertThat(cgroup.memory()).isEmpty();
        assertThat(cgroup.cpu()).isEmpty();
    }
}
