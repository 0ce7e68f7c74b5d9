package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses changing requests that a page of another site could have made a browser send. */
final class CsrfGuard {
    static final String HEADER = "X-CSRF-Token";

    private static final Set<String> OWN = Set.of("same-origin", "none");

    private CsrfGuard() {}

    /**
     * Throws a problem if the browser says that another site is behind this. Says nothing of clients that are no
     * browsers.
     */
    static void sameSite(Context context) {
        String site = context.header("Sec-Fetch-Site");
        String origin = context.header("Origin");
        boolean foreign = site != null && !OWN.contains(site);
        if (foreign || (origin != null && !isOwn(origin, context.header("Host")))) {
            throw Problem.forbidden("this request was sent by a page of another site")
                    .exception();
        }
    }

    /** Throws a problem unless the request shows the token of its session. */
    static void token(Context context, String expected) {
        String shown = context.header(HEADER);
        if (shown == null || !MessageDigest.isEqual(shown.getBytes(UTF_8), expected.getBytes(UTF_8))) {
            throw Problem.forbidden("the header " + HEADER + " must be the csrf value of this session")
                    .exception();
        }
    }

    // Host and port, not the scheme: behind a proxy that ends TLS it is another one.
    private static boolean isOwn(String origin, @Nullable String host) {
        try {
            URI uri = new URI(origin);
            boolean tls = "https".equals(uri.getScheme());
            return host != null
                    && uri.getRawAuthority() != null
                    && withPort(uri.getRawAuthority(), tls).equals(withPort(host, tls));
        } catch (URISyntaxException noOrigin) {
            return false;
        }
    }

    private static String withPort(String authority, boolean tls) {
        boolean hasPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
        return (hasPort ? authority : authority + (tls ? ":443" : ":80")).toLowerCase(Locale.ROOT);
    }
}
