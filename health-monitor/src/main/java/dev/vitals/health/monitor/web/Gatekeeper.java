package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Principal;
import dev.vitals.health.monitor.access.Role;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets requests through or not: every route goes through here. Thread-safe. */
public final class Gatekeeper {
    private static final String SELF = Gatekeeper.class.getName();
    private static final String CALLER = Principal.class.getName();
    private static final String SCHEME = "Bearer ";

    private final Access access;
    private final boolean anonymousRead;

    /**
     * Knows people and tokens from there.
     *
     * @param anonymousRead whether everybody may look
     */
    public Gatekeeper(Access access, boolean anonymousRead) {
        this.access = access;
        this.anonymousRead = anonymousRead;
    }

    /** Throws a problem unless the caller of the request has the permission. */
    void admit(Context context, Permission permission) {
        context.attribute(SELF, this);
        if (permission == Permission.PUBLIC) {
            return;
        }
        Principal caller = caller(context);
        if (caller.may(permission) || (anonymousRead && permission == Permission.VIEW)) {
            return;
        }
        throw caller.role()
                .map(role -> Problem.forbidden("the role " + role.word() + " may not do this; " + who(permission)))
                .orElseGet(() -> Problem.unauthorized(false))
                .exception();
    }

    private static String who(Permission permission) {
        StringBuilder roles = new StringBuilder("needed is ");
        for (Role role : Role.values()) {
            if (role.may(permission)) {
                roles.append(roles.charAt(roles.length() - 1) == ' ' ? "" : " or ")
                        .append(role.word());
            }
        }
        return roles.toString();
    }

    /**
     * Returns who sends the request; throws a problem if the token that is shown is not valid, or the request could
     * have been sent by another site's page.
     */
    static Principal caller(Context context) {
        Principal known = context.attribute(CALLER);
        if (known == null) {
            Gatekeeper gatekeeper = context.attribute(SELF);
            if (gatekeeper == null) {
                throw new IllegalStateException("only within a route");
            }
            known = gatekeeper.recognise(context);
            context.attribute(CALLER, known);
        }
        return known;
    }

    /** Throws a problem unless the caller may change a target with these labels. */
    static void requireScope(Context context, Map<String, String> labels) {
        if (!caller(context).scope().coversLabels(labels)) {
            throw Problem.forbidden("this target is none of those that you may change")
                    .exception();
        }
    }

    private Principal recognise(Context context) {
        String address = address(context);
        String header = context.header("Authorization");
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return byToken(header.substring(SCHEME.length()).strip(), address);
        }
        String cookie = SessionCookie.read(context);
        Optional<Principal> person =
                cookie == null ? Optional.empty() : access.sessions().caller(cookie, address);
        person.ifPresent(caller -> refuseForgery(context, caller));
        return person.orElseGet(() -> Principal.anonymous(address));
    }

    private Principal byToken(String token, String address) {
        Principal caller = access.tokens()
                .caller(token, address)
                .orElseThrow(() -> Problem.unauthorized(true).exception());
        if (!caller.inScope()) {
            throw Problem.forbidden("this token may not be used from " + address)
                    .exception();
        }
        return caller;
    }

    private static void refuseForgery(Context context, Principal caller) {
        if (context.method().equals(HandlerType.GET) || context.method().equals(HandlerType.HEAD)) {
            return;
        }
        CsrfGuard.sameSite(context);
        CsrfGuard.token(context, caller.csrf().orElseThrow());
    }

    /** Returns from where the request comes, as far as the server can see. */
    static String address(Context context) {
        @Nullable String address = context.req().getRemoteAddr();
        if (address == null) {
            return "";
        }
        return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    }
}
