package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Sessions;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** The cookie that holds a session: out of reach of scripts and of other sites. */
final class SessionCookie {
    static final String NAME = "vitals_session";

    private SessionCookie() {}

    static @Nullable String read(Context context) {
        return context.cookie(NAME);
    }

    static void set(Context context, String token) {
        write(context, token, Sessions.LONGEST.toSeconds());
    }

    static void clear(Context context) {
        write(context, "", 0);
    }

    private static void write(Context context, String value, long maxAge) {
        context.header(
                "Set-Cookie",
                NAME + "=" + value + "; Path=/; Max-Age=" + maxAge + "; HttpOnly; SameSite=Strict"
                        + (byTls(context) ? "; Secure" : ""));
    }

    // A proxy that ends TLS says so. Who lies about it keeps his own browser from sending the cookie, and no more.
    private static boolean byTls(Context context) {
        return context.req().isSecure() || "https".equalsIgnoreCase(context.header("X-Forwarded-Proto"));
    }
}
