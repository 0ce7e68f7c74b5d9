package dev.vitals.samples.inventory;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes small JSON documents from text that needs no escaping. */
final class JsonResponse {
    private JsonResponse() {}

    static void json(HttpServletResponse response, int status, String json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().println(json);
    }

    static void error(HttpServletResponse response, int status, String what) throws IOException {
        json(response, status, "{\"error\":\"" + what + "\"}");
    }
}
