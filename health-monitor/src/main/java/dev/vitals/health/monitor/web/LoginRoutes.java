package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.access.LoginAnswer;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Principal;
import dev.vitals.health.monitor.access.Role;
import dev.vitals.health.monitor.access.Sessions;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** Logs people in and out, and says who somebody is. */
public final class LoginRoutes implements Routes {
    private static final int MAX_PASSWORD = 1_000;
    private static final String PASSWORD = "text of up to " + MAX_PASSWORD + " characters";

    private final Sessions sessions;

    /** Begins and ends sessions there. */
    public LoginRoutes(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/login", Permission.PUBLIC, this::login, "Begin a session by name and password")
                        .takes("Login")
                        .answers(200, "Caller"),
                Route.post("/api/v1/logout", Permission.PUBLIC, this::logout, "End the session")
                        .answers(204, RouteContract.NOTHING),
                Route.get("/api/v1/me", Permission.PUBLIC, this::me, "Say who the caller is and what he may")
                        .answers(200, "Caller"));
    }

    private void login(Context context) throws IOException {
        CsrfGuard.sameSite(context);
        Fields fields = JsonBody.fields(context);
        String user = fields.anyText("user");
        Secret password = password(fields);
        fields.refuseOthers();
        fields.errors().check();
        String address = Gatekeeper.address(context);
        AsyncResponse.answer(
                context, sessions.login(user, password, address), answer -> answer(context, answer, address));
    }

    /** Returns the password of a request, which whoever takes it judges. */
    static Secret password(Fields fields) {
        return fields.requiredSecret("password", PASSWORD, text -> text.length() <= MAX_PASSWORD);
    }

    private void answer(Context context, LoginAnswer answer, String address) {
        if (!answer.toWait().isZero()) {
            throw Problem.later("too many attempts", answer.toWait()).exception();
        }
        String token = answer.token()
                .orElseThrow(() ->
                        Problem.unauthorized("user and password do not match").exception());
        SessionCookie.set(context, token);
        Principal caller = sessions.caller(token, address)
                .orElseThrow(() ->
                        Problem.unauthorized("the session has ended at once").exception());
        Shape.answer(context, json -> write(json, caller));
    }

    private void logout(Context context) {
        sessions.logout(Gatekeeper.caller(context));
        SessionCookie.clear(context);
        context.status(204);
    }

    private void me(Context context) {
        Principal caller = Gatekeeper.caller(context);
        Shape.answer(context, json -> write(json, caller));
    }

    private static void write(JsonGenerator json, Principal caller) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", caller.actor().name());
        json.writeStringField("role", caller.role().map(Role::word).orElse("none"));
        json.writeArrayFieldStart("permissions");
        for (Permission permission : Permission.values()) {
            if (caller.may(permission)) {
                json.writeString(permission.name());
            }
        }
        json.writeEndArray();
        if (caller.byCookie()) {
            json.writeStringField("csrf", caller.csrf().orElseThrow());
            Shape.time(json, "until", caller.until().orElseThrow());
        }
        json.writeEndObject();
    }
}
