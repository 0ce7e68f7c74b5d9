package dev.vitals.benchmarks;

import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.http.HealthResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The reference: a servlet that answers each request with the same code, headers and bytes. */
final class ConstantServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final byte[] body;

    private ConstantServlet(HealthResponse answer) throws IOException {
        code = answer.code();
        answer.headers(headers::put);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        answer.writeTo(bytes);
        body = bytes.toByteArray();
    }

    /** Returns a servlet that always repeats the current answer of an endpoint. */
    static ConstantServlet of(HealthEndpoint endpoint, String path) throws IOException {
        return new ConstantServlet(endpoint.handle(new Probe(path, null)));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(response);
    }

    void write(HttpServletResponse response) throws IOException {
        response.setStatus(code);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            response.setHeader(header.getKey(), header.getValue());
        }
        response.getOutputStream().write(body);
    }
}
