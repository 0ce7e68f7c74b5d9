package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Principal;
import dev.vitals.health.monitor.access.Role;
import dev.vitals.health.monitor.access.Scope;
import dev.vitals.health.monitor.model.Labels;
import dev.vitals.health.monitor.model.Selection;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Admits or refuses the request of every route. Thread-safe. */
public final class Gatekeeper {
    private static final String SELF = Gatekeeper.class.getName();
    private static final String CALLER = Principal.class.getName();
    private static final String SCHEME = "Bearer ";

    private final Access access;
    private final boolean anonymousRead;

    /**
     * Recognizes the users and tokens of this access.
     *
     * @param anonymousRead whether a request without a token may read
     */
    public Gatekeeper(Access access, boolean anonymousRead) {
        this.access = access;
        this.anonymousRead = anonymousRead;
    }

    /** Throws a problem unless the caller has the permission. */
    void admit(Context context, Permission permission) {
        context.attribute(SELF, this);
        if (permission == Permission.PUBLIC && !hasToken(context)) {
            return;
        }
        // Where nobody needs a token, a bad one is refused all the same: whoever sends it believes in it.
        Principal caller = caller(context);
        if (caller.may(permission) || (anonymousRead && permission == Permission.VIEW)) {
            return;
        }
        throw caller.role()
                .map(role -> Problem.forbidden(
                        "the role " + role.word() + " may not do this; needed is " + rolesWith(permission)))
                .orElseGet(Problem::noToken)
                .exception();
    }

    private static String rolesWith(Permission permission) {
        return Arrays.stream(Role.values())
                .filter(role -> role.may(permission))
                .map(Role::word)
                .collect(Collectors.joining(" or "));
    }

    /**
     * Returns the caller. Throws a problem if the request carries an invalid token, or if a page of another site may have
     * sent it.
     */
    public static Principal caller(Context context) {
        Principal known = context.attribute(CALLER);
        if (known == null) {
            Gatekeeper gatekeeper = context.attribute(SELF);
            if (gatekeeper == null) {
                throw new IllegalStateException("only within a route");
            }
            known = gatekeeper.recognize(context);
            context.attribute(CALLER, known);
        }
        return known;
    }

    /** Returns the name of the caller's token or of the user, for people. */
    public static String name(Context context) {
        String actor = caller(context).actor().name();
        return actor.substring(actor.indexOf(':') + 1);
    }

    /** Throws a problem unless the caller may change a target with these labels. */
    static void requireScope(Context context, Map<String, String> labels) {
        if (!caller(context).scope().coversLabels(labels)) {
            throw Problem.forbidden("you may not change this target").exception();
        }
    }

    /** Throws a problem unless the caller may change what the labels of the selection choose, its host among them. */
    static void requireScope(Context context, Selection selection) {
        Map<String, String> labels = new TreeMap<>(selection.labels());
        if (selection.host() != null) {
            labels.put(Labels.HOST, selection.host());
        }
        requireScope(context, labels);
    }

    /** Throws a problem unless the caller may register instances of that app. */
    static void requireApp(Context context, String app) {
        Scope scope = caller(context).scope();
        if (!scope.coversApp(app)) {
            throw Problem.forbidden("this token is for apps whose names begin with " + scope.appPrefix())
                    .exception();
        }
    }

    /**
     * Returns the owner of a token. Throws a problem if the token is invalid, or may not be used from that address.
     *
     * @param address the client's address as the server sees it
     */
    Principal byToken(String token, String address) {
        Principal caller = access.tokens()
                .caller(token, address)
                .orElseThrow(() -> Problem.badToken().exception());
        if (!caller.inScope()) {
            throw Problem.forbidden("this token may not be used from " + address)
                    .exception();
        }
        return caller;
    }

    /** Returns the user of a session; empty if the cookie's value is not that of a session. */
    Optional<Principal> bySession(String cookie, String address) {
        return access.sessions().caller(cookie, address);
    }

    /** Returns whether the caller may read. */
    boolean mayView(Principal caller) {
        return anonymousRead || caller.may(Permission.VIEW);
    }

    private Principal recognize(Context context) {
        String address = address(context);
        String header = context.header("Authorization");
        if (header != null && hasToken(context)) {
            return byToken(header.substring(SCHEME.length()).strip(), address);
        }
        String cookie = SessionCookie.read(context);
        Optional<Principal> user = cookie == null ? Optional.empty() : bySession(cookie, address);
        user.ifPresent(caller -> refuseForgery(context, caller));
        return user.orElseGet(() -> Principal.anonymous(address));
    }

    private static boolean hasToken(Context context) {
        String header = context.header("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private static void refuseForgery(Context context, Principal caller) {
        if (context.method().equals(HandlerType.GET) || context.method().equals(HandlerType.HEAD)) {
            return;
        }
        CsrfGuard.requireSameSite(context);
        CsrfGuard.requireToken(context, caller.csrf().orElseThrow());
    }

    /** Returns the client's address as the server sees it; empty if it does not. */
    static String address(Context context) {
        return address(context.req().getRemoteAddr());
    }

    /** Returns an address without the brackets of IPv6; empty if there is none. */
    static String address(@Nullable String address) {
        if (address == null) {
            return "";
        }
        return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    }
}
