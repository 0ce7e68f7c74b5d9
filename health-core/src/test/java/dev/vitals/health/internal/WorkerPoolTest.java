package dev.vitals.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerPoolTest {
    private static final InheritableThreadLocal<String> USER = new InheritableThreadLocal<>();

    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    private Object next() throws InterruptedException {
        return seen.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void itsThreadsAreDaemonPlatformThreadsOnEveryJvm() throws Exception {
        try (WorkerPool pool = Threads.workers("worker-")) {
            pool.execute(() -> seen.add(Thread.currentThread()));
            Thread thread = (Thread) next();
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("worker-0");
            assertThat(thread.getClass()).isEqualTo(Thread.class);
        }
    }

    @Test
    void aTaskSeesNoThreadLocalOfTheThreadThatAskedForIt() throws Exception {
        try (WorkerPool pool = Threads.workers("worker-")) {
            Thread asker = new Thread(() -> {
                USER.set("alice");
                pool.execute(() -> seen.add(String.valueOf(USER.get())));
            });
            asker.start();
            asker.join();
            assertThat(next()).isEqualTo("null");
        }
    }

    @Test
    void eachTaskBeginsWithTheClassLoaderOfTheApplication() throws Exception {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        try (WorkerPool pool = Threads.workers("worker-");
                URLClassLoader other = new URLClassLoader(new URL[0])) {
            for (int i = 0; i < 2; i++) {
                Thread asker = new Thread(() -> pool.execute(() -> {
                    seen.add(Thread.currentThread().getContextClassLoader());
                    Thread.currentThread().setContextClassLoader(other);
                }));
                asker.setContextClassLoader(other);
                asker.start();
                asker.join();
                assertThat(next()).isSameAs(application);
            }
        }
    }

    @Test
    void noIdleThreadIsLeftWhenCloseReturns() throws Exception {
        WorkerPool pool = Threads.workers("worker-");
        CountDownLatch all = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            pool.execute(() -> {
                all.countDown();
                try {
                    all.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        all.await();
        pool.close();
        while (pool.threads() > 0) {
            Thread.onSpinWait();
        }
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.execute(() -> {}));
    }

    @Test
    void closeWaitsForNoTaskAndATaskMayCallIt() throws Exception {
        WorkerPool pool = Threads.workers("worker-");
        CountDownLatch left = new CountDownLatch(1);
        pool.execute(() -> {
            pool.close();
            seen.add("closed");
            try {
                left.await();
            } catch (InterruptedException interrupted) {
                seen.add("interrupted");
            }
            seen.add("left");
        });
        assertThat(next()).isEqualTo("closed");
        pool.close();
        assertThat(pool.threads()).isEqualTo(1);
        left.countDown();
        assertThat(next()).isEqualTo("left");
    }
}
