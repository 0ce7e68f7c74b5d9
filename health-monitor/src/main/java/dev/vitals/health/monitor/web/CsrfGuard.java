package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses changes that a page of another site made a browser send. */
final class CsrfGuard {
    static final String HEADER = "X-CSRF-Token";

    /** The field of a form that stands for the header. */
    static final String FIELD = "csrf";

    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private CsrfGuard() {}

    /**
     * Throws a problem if the browser says that a page of another site sent the request. Clients other than browsers do
     * not say, and pass.
     */
    static void requireSameSite(Context context) {
        String site = context.header("Sec-Fetch-Site");
        if (!isSameSite(site, context.header("Origin"), context.header("Host"))) {
            throw Problem.forbidden("this request was sent by a page of another site")
                    .exception();
        }
    }

    /** Returns whether these headers of a request do not tell of a page of another site; absent headers are null. */
    static boolean isSameSite(@Nullable String site, @Nullable String origin, @Nullable String host) {
        return (site == null || OWN_SITE.contains(site)) && (origin == null || isOwn(origin, host));
    }

    /** Throws a problem unless the request carries the CSRF token of its session. */
    static void requireToken(Context context, String expected) {
        String given = PageAnswers.isForm(context) ? context.formParam(FIELD) : context.header(HEADER);
        if (given == null || !MessageDigest.isEqual(given.getBytes(UTF_8), expected.getBytes(UTF_8))) {
            throw Problem.forbidden("the header " + HEADER + " must be the csrf value of this session")
                    .exception();
        }
    }

    // Host and port, not the scheme, which differs behind a proxy that ends TLS.
    private static boolean isOwn(String origin, @Nullable String host) {
        try {
            URI uri = new URI(origin);
            boolean tls = "https".equals(uri.getScheme());
            return host != null
                    && uri.getRawAuthority() != null
                    && withPort(uri.getRawAuthority(), tls).equals(withPort(host, tls));
        } catch (URISyntaxException notAnOrigin) {
            return false;
        }
    }

    private static String withPort(String authority, boolean tls) {
        boolean hasPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
        return (hasPort ? authority : authority + (tls ? ":443" : ":80")).toLowerCase(Locale.ROOT);
    }
}
