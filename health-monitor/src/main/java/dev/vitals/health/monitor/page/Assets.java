package dev.vitals.health.monitor.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.web.Problem;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Style, script and icons of the pages. Their path has a digest of their content, so that a browser may keep them for ever.
 * Immutable.
 */
public final class Assets implements Routes {
    private static final Map<String, String> TYPES = Map.of(
            "vitals.css", "text/css; charset=utf-8",
            "vitals.js", "text/javascript; charset=utf-8");
    private static final int DIGEST_BYTES = 6;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final String digest;

    /** Reads the files of the jar. */
    public Assets() {
        try {
            MessageDigest all = MessageDigest.getInstance("SHA-256");
            for (String name : List.of("vitals.css", "vitals.js")) {
                byte[] content = content(name);
                files.put(name, content);
                all.update(content);
            }
            Stream.of(Tone.WELL, Tone.WARN, Tone.ILL, Tone.GONE)
                    .forEach(tone ->
                            files.put(tone + ".svg", Icons.document(tone).getBytes(UTF_8)));
            digest = HexFormat.of().formatHex(Arrays.copyOf(all.digest(), DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] content(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the jar cannot be read", e);
        }
    }

    /** Returns the path of the folder, without a slash at its end. */
    String path() {
        return "/assets/" + digest;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/assets/{digest}/{file}", Permission.PUBLIC, this::answer, "Style and script of the pages")
                        .answers(200, Route.Contract.CSS));
    }

    private void answer(Context context) {
        String name = context.pathParam("file");
        byte[] content = files.get(name);
        if (content == null) {
            throw Problem.of(404, "there is nothing at " + context.path()).exception();
        }
        // An old page asks by its old digest and gets what is new, which must not be kept under that name.
        boolean known = context.pathParam("digest").equals(digest);
        context.header("Cache-Control", known ? "public, max-age=31536000, immutable" : "no-store")
                .contentType(TYPES.getOrDefault(name, "image/svg+xml"))
                .result(content);
    }
}
