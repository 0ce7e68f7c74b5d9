package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Sessions;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import org.jspecify.annotations.Nullable;

/** The cookie that holds a session. Neither scripts nor pages of other sites can read or send it. */
final class SessionCookie {
    static final String NAME = "vitals_session";

    private SessionCookie() {}

    static @Nullable String read(Context context) {
        return context.cookie(NAME);
    }

    static void set(Context context, String token) {
        write(context, token, (int) Sessions.LONGEST.toSeconds());
    }

    static void clear(Context context) {
        write(context, "", 0);
    }

    private static void write(Context context, String value, int maxAge) {
        context.cookie(new Cookie(NAME, value, "/", maxAge, byTls(context), true, null, SameSite.STRICT));
    }

    // A proxy that ends TLS says so. A client that lies about it only keeps its own browser from sending the cookie.
    private static boolean byTls(Context context) {
        return context.req().isSecure() || "https".equalsIgnoreCase(context.header("X-Forwarded-Proto"));
    }
}
