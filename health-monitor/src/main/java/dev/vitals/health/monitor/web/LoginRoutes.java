package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Principal;
import dev.vitals.health.monitor.access.Role;
import dev.vitals.health.monitor.access.Sessions;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logs users in and out, and tells a caller who it is. */
public final class LoginRoutes implements Routes {
    private static final int MAX_PASSWORD = 1_000;
    private static final String PASSWORD = "text of up to " + MAX_PASSWORD + " characters";

    private final Sessions sessions;

    /** Begins and ends these sessions. */
    public LoginRoutes(Sessions sessions) {
        this.sessions = sessions;
    }

    /** A caller; with a CSRF token and the end of the session if it has one. */
    private record LoggedIn(
            String name,
            String role,
            List<Permission> permissions,
            @Nullable String csrf,
            @Nullable Instant until) {
        static LoggedIn of(Principal principal) {
            return new LoggedIn(
                    principal.actor().name(),
                    principal.role().map(Role::word).orElse("none"),
                    Arrays.stream(Permission.values()).filter(principal::may).toList(),
                    principal.csrf().orElse(null),
                    principal.until().orElse(null));
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/login", Permission.PUBLIC, this::login, "Begin a session by name and password")
                        .takes("Login")
                        .answers(200, "Caller"),
                Route.post("/api/v1/logout", Permission.PUBLIC, this::logout, "End the session")
                        .answers(204, Route.Contract.NOTHING),
                Route.get("/api/v1/me", Permission.PUBLIC, this::me, "Show who the caller is, and its permissions")
                        .answers(200, "Caller"));
    }

    private void login(Context context) throws IOException {
        CsrfGuard.requireSameSite(context);
        Fields fields = RequestBody.fields(context);
        String user = fields.anyText("user");
        Secret password = password(fields);
        fields.refuseOthers();
        fields.errors().check();
        String address = Gatekeeper.address(context);
        AsyncResponse.write(
                context, sessions.login(user, password, address), result -> answer(context, result, address));
    }

    /** Returns the password of a request; its quality is checked where it is set. */
    static Secret password(Fields fields) {
        return fields.requiredSecret("password", PASSWORD, text -> text.length() <= MAX_PASSWORD);
    }

    private void answer(Context context, Sessions.LoginResult result, String address) {
        if (!result.toWait().isZero()) {
            throw Problem.later("too many attempts", result.toWait()).exception();
        }
        String token = result.token()
                .orElseThrow(() ->
                        Problem.unauthorized("user and password do not match").exception());
        SessionCookie.set(context, token);
        Principal caller = sessions.caller(token, address)
                .orElseThrow(() ->
                        Problem.unauthorized("the session has already ended").exception());
        JsonResponse.write(context, LoggedIn.of(caller));
    }

    private void logout(Context context) {
        sessions.logout(Gatekeeper.caller(context));
        SessionCookie.clear(context);
        context.status(204);
    }

    private void me(Context context) {
        JsonResponse.write(context, LoggedIn.of(Gatekeeper.caller(context)));
    }
}
