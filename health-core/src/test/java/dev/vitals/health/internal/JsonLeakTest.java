package dev.vitals.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Loads the library and Jackson as a web application does, uses them on a thread that stays, and drops the loader. */
class JsonLeakTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    @Test
    void readingAndWritingLeaveNothingOnTheThreadThatHoldsTheClassLoader() throws Exception {
        WeakReference<ClassLoader> loader = useOnce();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (loader.get() != null && System.nanoTime() - end < 0) {
            System.gc(); // memory is not short, so what is softly reachable stays
            Thread.onSpinWait();
        }
        assertThat(loader.get()).isNull();
    }

    private static WeakReference<ClassLoader> useOnce() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> json = loader.loadClass(Json.class.getName());
            assertThat(json).isNotSameAs(Json.class);
            json.getMethod("read", byte[].class).invoke(null, (Object) "[1]".getBytes(StandardCharsets.UTF_8));
            Class<?> writer = loader.loadClass(Json.Writer.class.getName());
            Object fill = Proxy.newProxyInstance(loader, new Class<?>[] {writer}, (proxy, method, args) -> {
                Method text = args[0].getClass().getMethod("writeString", String.class);
                text.setAccessible(true);
                return text.invoke(args[0], "pass");
            });
            Object bytes = json.getMethod("write", writer).invoke(null, fill);
            assertThat(new String((byte[]) bytes, StandardCharsets.UTF_8)).isEqualTo("\"pass\"");
            return new WeakReference<>(loader);
        }
    }
}
