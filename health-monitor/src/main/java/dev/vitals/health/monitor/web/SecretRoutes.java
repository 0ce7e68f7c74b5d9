package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Secrets;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** Changes the key that secrets are encrypted with. There is no route that shows a secret. */
public final class SecretRoutes implements Routes {
    private final Secrets secrets;

    /** Works on these secrets. */
    public SecretRoutes(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post(
                "/api/v1/secrets/rotate",
                Permission.ADMIN,
                this::rotate,
                "Make a new key and encrypt all secrets with it"));
    }

    private void rotate(Context context) throws IOException {
        List<String> lost = secrets.rotate(Gatekeeper.caller(context).actor())
                .orElseThrow(
                        () -> Problem.of(409, "another rotation is under way").exception());
        Shape.answer(context, json -> {
            json.writeStartObject();
            Shape.texts(json, "lost", lost);
            json.writeEndObject();
        });
    }
}
