package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Role;
import dev.vitals.health.monitor.access.Scope;
import dev.vitals.health.monitor.access.Tokens;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.TimeText;
import dev.vitals.health.monitor.store.AccessStore.BoundsRow;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates, lists and revokes tokens. */
public final class TokenRoutes implements Routes {
    private static final String TOKENS = "/api/v1/tokens";

    private final Tokens tokens;
    private final InstantSource clock;

    /** Works on these tokens. */
    public TokenRoutes(Tokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    private record TokenAnswer(
            String name,
            Role role,
            boolean inForce,
            String appPrefix,
            List<String> addresses,
            List<String> selectors,
            Instant created,
            @Nullable Instant used,
            @Nullable Instant expires,
            @Nullable Instant revoked) {
        static TokenAnswer of(Tokens.Token token, Instant now) {
            return new TokenAnswer(
                    token.name(),
                    token.role(),
                    token.inForce(now),
                    token.scope().appPrefix(),
                    texts(token.scope().addresses()),
                    texts(token.scope().selectors()),
                    token.created(),
                    token.used(),
                    token.expires(),
                    token.revoked());
        }
    }

    private record TokenList(List<TokenAnswer> tokens) {}

    private record NewToken(String name, String role, String token) {}

    /** Returns the values as they are written in a request. */
    static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(TOKENS, Permission.ADMIN, this::list, "List the tokens, without their text")
                        .answers(200, "Tokens"),
                Route.post(TOKENS, Permission.ADMIN, this::create, "Create a token, and show it this once")
                        .takes("TokenRequest")
                        .answers(201, "NewToken"),
                Route.delete(TOKENS + "/{name}", Permission.ADMIN, this::revoke, "Revoke a token")
                        .answers(204, Route.Contract.NOTHING));
    }

    private void list(Context context) {
        Instant now = clock.instant();
        JsonResponse.write(
                context,
                new TokenList(tokens.list().stream()
                        .map(token -> TokenAnswer.of(token, now))
                        .toList()));
    }

    private void create(Context context) throws IOException {
        Fields fields = RequestBody.fields(context);
        String name = fields.anyText("name");
        String role = fields.anyText("role");
        BoundsRow bounds = new BoundsRow(
                fields.anyText("appPrefix"),
                fields.texts("addresses", Scope.ENTRIES),
                fields.texts("selectors", Scope.ENTRIES));
        Instant expires = fields.instant("expires", TimeText.AHEAD, clock.instant());
        fields.refuseOthers();
        fields.errors().check();
        String token = tokens.create(
                        name, role, bounds, expires, Gatekeeper.caller(context).actor())
                .orElseThrow(() ->
                        Problem.of(409, "there is already a token " + name).exception());
        context.status(201);
        PageAnswers.show(context, "The token " + name + ", which is shown this once: " + token);
        JsonResponse.write(context, new NewToken(name, role, token));
    }

    private void revoke(Context context) {
        String name = context.pathParam("name");
        if (!tokens.revoke(name, Gatekeeper.caller(context).actor())) {
            throw Problem.of(404, "no token of that name is in force").exception();
        }
        context.status(204);
    }
}
