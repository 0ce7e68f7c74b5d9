package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Principal;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Admits WebSockets: by the token in a header, by the session of a page of this monitor, or later by a token in the first
 * message. Thread-safe.
 */
final class SocketGuard {
    private static final String SCHEME = "Bearer ";
    private static final Problem QUERY = Problem.of(
            400,
            "a WebSocket takes no query: send the token in the header Authorization: Bearer TOKEN, or in the first message");

    private final Gatekeeper gatekeeper;

    /** Recognizes the callers that the gatekeeper does. */
    SocketGuard(Gatekeeper gatekeeper) {
        this.gatekeeper = gatekeeper;
    }

    /** Looks again whether the caller is who it was: a token may be revoked while the socket is open. */
    @FunctionalInterface
    interface Recheck {
        /** Returns the caller as it is now; throws a problem, or returns empty, if it is not admitted any more. */
        Optional<Principal> now();
    }

    /**
     * Returns what rechecks an admitted caller; empty if the caller has yet to send a token. Throws a problem if the socket
     * must not be opened.
     */
    Optional<Recheck> admit(Request request) {
        var headers = request.getHeaders();
        if (!CsrfGuard.isSameSite(
                headers.get("Sec-Fetch-Site"), headers.get(HttpHeader.ORIGIN), headers.get(HttpHeader.HOST))) {
            throw Problem.forbidden("this request was sent by a page of another site")
                    .exception();
        }
        if (request.getHttpURI().getQuery() != null) {
            // Not repeated: it may be a token.
            throw QUERY.exception();
        }
        String address = Gatekeeper.address(Request.getRemoteAddr(request));
        String header = headers.get(HttpHeader.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.of(byToken(header.substring(SCHEME.length()).strip(), address));
        }
        String cookie = cookie(request);
        Optional<Principal> user = cookie == null ? Optional.empty() : gatekeeper.bySession(cookie, address);
        if (cookie != null && user.filter(gatekeeper::mayView).isPresent()) {
            return Optional.of(() -> gatekeeper.bySession(cookie, address).filter(gatekeeper::mayView));
        }
        Principal anonymous = Principal.anonymous(address);
        return gatekeeper.mayView(anonymous) ? Optional.of(() -> Optional.of(anonymous)) : Optional.empty();
    }

    /** Returns what rechecks the owner of a token. Throws a problem if the token is invalid or may not read. */
    Recheck byToken(String token, String address) {
        Principal caller = gatekeeper.byToken(token, address);
        if (!gatekeeper.mayView(caller)) {
            throw Problem.forbidden("this token may not read; needed is the role viewer, operator or admin")
                    .exception();
        }
        return () -> Optional.of(gatekeeper.byToken(token, address)).filter(gatekeeper::mayView);
    }

    private static @Nullable String cookie(Request request) {
        for (HttpCookie cookie : Request.getCookies(request)) {
            if (cookie.getName().equals(SessionCookie.NAME)) {
                return cookie.getValue();
            }
        }
        return null;
    }
}
