package dev.vitals.health.monitor.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The refusals of the server itself, such as of a malformed request: problems, as all others. Thread-safe. */
final class RefusalPages extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Throwable cause = (Throwable) request.getAttribute(ERROR_EXCEPTION);
        int code = cause instanceof HttpException known ? known.getCode() : response.getStatus();
        response.setStatus(code);
        head(response.getHeaders());
        // The message is left out: it may quote what the client has sent.
        response.write(true, body(code, request.getHttpURI().getPath()), callback);
        return true;
    }

    private static void head(HttpFields.Mutable fields) {
        fields.put(HttpHeader.CONTENT_TYPE, Problem.TYPE);
        fields.put(HttpHeader.CACHE_CONTROL, "no-store");
        fields.put("X-Content-Type-Options", "nosniff");
    }

    private static ByteBuffer body(int code, @Nullable String path) {
        String detail = switch (code) {
            case HttpStatus.BAD_REQUEST_400 -> "the request is malformed";
            case HttpStatus.URI_TOO_LONG_414 -> "path and query are too long";
            case HttpStatus.EXPECTATION_FAILED_417 -> "only the expectation 100-continue is understood";
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "the headers are too long";
            case HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 -> "only HTTP/1.0 and HTTP/1.1 are understood";
            default -> code >= 500 ? "the monitor failed to answer; its log says why" : "the request is refused";
        };
        return ByteBuffer.wrap(Problem.of(code, detail).bytes(path == null ? "" : path, null));
    }
}
