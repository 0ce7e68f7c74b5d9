package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Secrets;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** Rotates the key that encrypts secrets. No route shows a secret. */
public final class SecretRoutes implements Routes {
    private final Secrets secrets;

    /** Works on these secrets. */
    public SecretRoutes(Secrets secrets) {
        this.secrets = secrets;
    }

    private record Rotation(List<String> lost) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.post(
                        "/api/v1/secrets/rotate",
                        Permission.ADMIN,
                        this::rotate,
                        "Make a new key and encrypt all secrets with it")
                .answers(200, "Rotation"));
    }

    private void rotate(Context context) throws IOException {
        try {
            List<String> lost = secrets.rotate(Gatekeeper.caller(context).actor())
                    .orElseThrow(
                            () -> Problem.of(409, "another rotation is running").exception());
            JsonResponse.write(context, new Rotation(lost));
        } catch (Secrets.NoKeyException e) {
            throw Problem.of(409, String.valueOf(e.getMessage())).exception();
        }
    }
}
