package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Scope;
import dev.vitals.health.monitor.access.Token;
import dev.vitals.health.monitor.access.Tokens;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.store.AccessStore.BoundsRow;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Makes, lists and revokes tokens. */
public final class TokenRoutes implements Routes {
    private static final String TOKENS = "/api/v1/tokens";
    private static final String TOKEN = "/api/v1/tokens/{name}";

    private final Tokens tokens;
    private final InstantSource clock;

    /** Works on these tokens. */
    public TokenRoutes(Tokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(TOKENS, Permission.ADMIN, this::list, "List the tokens, without what they are"),
                Route.post(TOKENS, Permission.ADMIN, this::create, "Make a token, and show it this once")
                        .takes("Token")
                        .answers(201, "TokenShown"),
                Route.delete(TOKEN, Permission.ADMIN, this::revoke, "Revoke a token"));
    }

    private void list(Context context) {
        List<Token> all = tokens.list();
        Instant now = clock.instant();
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("tokens");
            for (Token token : all) {
                write(json, token, now);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Token token, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", token.name());
        json.writeStringField("role", token.role().word());
        json.writeBooleanField("inForce", token.inForce(now));
        json.writeStringField("appPrefix", token.scope().appPrefix());
        Shape.texts(json, "addresses", token.scope().addresses());
        Shape.texts(json, "selectors", token.scope().selectors());
        Shape.time(json, "created", token.created());
        Shape.timeOrNothing(json, "used", token.used());
        Shape.timeOrNothing(json, "expires", token.expires());
        Shape.timeOrNothing(json, "revoked", token.revoked());
        json.writeEndObject();
    }

    private void create(Context context) throws IOException {
        Fields fields = JsonBody.fields(context);
        String name = fields.anyText("name");
        String role = fields.anyText("role");
        BoundsRow bounds = new BoundsRow(
                fields.anyText("appPrefix"),
                fields.texts("addresses", Scope.ENTRIES),
                fields.texts("selectors", Scope.ENTRIES));
        Instant expires = fields.instant("expires", "an RFC 3339 time such as 2027-01-31T00:00:00Z");
        fields.refuseOthers();
        fields.errors().check();
        String token = tokens.create(
                        name, role, bounds, expires, Gatekeeper.caller(context).actor())
                .orElseThrow(() ->
                        Problem.of(409, "there is a token of the name " + name).exception());
        context.status(201);
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeStringField("role", role);
            json.writeStringField("token", token);
            json.writeEndObject();
        });
    }

    private void revoke(Context context) {
        String name = context.pathParam("name");
        if (!tokens.revoke(name, Gatekeeper.caller(context).actor())) {
            throw Problem.of(404, "no token of that name is in force").exception();
        }
        context.status(204);
    }
}
