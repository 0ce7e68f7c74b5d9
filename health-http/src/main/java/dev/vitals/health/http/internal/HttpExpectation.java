package dev.vitals.health.http.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.http.HealthDocument;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Require;
import dev.vitals.health.internal.TextLine;
import dev.vitals.health.internal.Uris;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The requirements for an HTTP answer. Immutable; pure.
 *
 * @param status the codes that are expected
 * @param contains text that must be in the body, with upper and lower case as given; null for any body
 * @param json the values that must be in a JSON body
 * @param healthDocument whether the body must be a {@link HealthDocument}, in any of its formats; if not, only
 *     {@code application/health+json} is read as one
 */
public record HttpExpectation(
        StatusCodes status, @Nullable String contains, List<JsonExpectation> json, boolean healthDocument) {
    private static final int MAX_TARGET = 200;
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([A-Za-z0-9._:-]+)", Pattern.CASE_INSENSITIVE);

    /** Returns an expectation of a code alone. */
    public static HttpExpectation of(StatusCodes status) {
        return new HttpExpectation(status, null, List.of(), false);
    }

    /** Returns a copy that expects these codes. */
    public HttpExpectation withStatus(StatusCodes expected) {
        return new HttpExpectation(expected, contains, json, healthDocument);
    }

    /** Returns a copy that expects this text in the body. */
    public HttpExpectation withText(String expected) {
        return new HttpExpectation(status, expected, json, healthDocument);
    }

    /** Returns a copy that also expects this value; it replaces an earlier one for the same pointer. */
    public HttpExpectation withJson(JsonExpectation expected) {
        List<JsonExpectation> all = new ArrayList<>(json);
        all.removeIf(earlier -> earlier.pointer().equals(expected.pointer()));
        all.add(expected);
        return new HttpExpectation(status, contains, List.copyOf(all), healthDocument);
    }

    /** Returns a copy that expects a health document. */
    public HttpExpectation withHealthDocument() {
        return new HttpExpectation(status, contains, json, true);
    }

    /**
     * The result of comparing an answer with its expectation.
     *
     * @param mismatch the first difference, such as {@code answered 404, expected 200}; null if there is none
     * @param document the health document in the body; null if the body is not read as one, or cannot be read
     */
    public record Comparison(
            @Nullable String mismatch, @Nullable HealthDocument document) {
        /** Returns the worse of both: a mismatch is ERROR, and the document counts by its status. */
        public Outcome.Code code() {
            if (mismatch != null) {
                return Outcome.Code.ERROR;
            }
            return switch (document == null ? Status.PASS : document.status()) {
                case PASS -> Outcome.Code.OK;
                case WARN -> Outcome.Code.WARNING;
                case FAIL -> Outcome.Code.ERROR;
            };
        }
    }

    /**
     * Compares an answer with this expectation.
     *
     * @param contentType the value of the header {@code Content-Type}; empty if there is none
     */
    public Comparison compare(int code, String contentType, BoundedBody body) {
        String mismatch = mismatch(code, contentType, body);
        if (!healthDocument && !HealthDocument.isHealthJson(contentType)) {
            return new Comparison(mismatch, null);
        }
        Optional<HealthDocument> document = document(contentType, body);
        if (document.isPresent()) {
            return new Comparison(mismatch, document.get());
        }
        String unreadable = body.cut()
                ? "answered " + code + " with a health document of more than " + body.bytes().length
                        + " bytes, without a status at its begin"
                : "answered " + code + " with a body that is not a health document";
        return new Comparison(mismatch != null ? mismatch : unreadable, null);
    }

    /**
     * Returns the health document in a body. Of one that is too long, only the status counts, if it stands at the begin: in the
     * usual documents it comes before what makes them long.
     */
    public static Optional<HealthDocument> document(String contentType, BoundedBody body) {
        return body.cut() ? HealthDocument.parseHead(body.bytes()) : HealthDocument.parse(contentType, body.bytes());
    }

    private @Nullable String mismatch(int code, String contentType, BoundedBody body) {
        String answered = "answered " + code;
        if (!status.contains(code)) {
            return answered + ", expected " + status;
        }
        if (contains != null && !text(contentType, body).contains(contains)) {
            String where = body.cut() ? " in the first " + body.bytes().length + " bytes of its body" : " in its body";
            return answered + " without " + Require.shown(contains) + where;
        }
        return json.isEmpty() ? null : jsonMismatch(answered, body);
    }

    private @Nullable String jsonMismatch(String answered, BoundedBody body) {
        if (body.cut()) {
            return answered + " with a body of more than " + body.bytes().length + " bytes, expected JSON";
        }
        try {
            JsonNode root = Json.read(body.bytes());
            for (JsonExpectation expected : json) {
                String mismatch = expected.mismatch(root);
                if (mismatch != null) {
                    return answered + " with " + mismatch;
                }
            }
            return null;
        } catch (IOException notJson) {
            return answered + " with a body that is not JSON";
        }
    }

    private static String text(String contentType, BoundedBody body) {
        Matcher named = CHARSET.matcher(contentType);
        try {
            return named.find() ? new String(body.bytes(), Charset.forName(named.group(1))) : utf8OrLatin1(body);
        } catch (IllegalArgumentException unknownCharset) {
            return utf8OrLatin1(body);
        }
    }

    /** Without a charset, text that is not UTF-8 is usually in the charset of old sites. */
    private static String utf8OrLatin1(BoundedBody body) {
        CharBuffer text = CharBuffer.allocate(body.bytes().length);
        CoderResult read = StandardCharsets.UTF_8
                .newDecoder()
                // The last character of a cut body may be cut, too.
                .decode(ByteBuffer.wrap(body.bytes()), text, !body.cut());
        return new String(body.bytes(), read.isError() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /**
     * Returns a message about an answer, with the target of its redirect: {@code answered 308} becomes {@code answered
     * 308 to https://example.com/new}. Query and user are left out; they may hold secrets.
     *
     * @param url the URL that was asked
     * @param location the header {@code Location}; empty if there is none
     */
    public static String withRedirect(String message, int code, URI url, String location) {
        String answered = "answered " + code;
        int at = message.indexOf(answered);
        if (at < 0 || code / 100 != 3 || location.isBlank()) {
            return message;
        }
        int end = at + answered.length();
        return message.substring(0, end) + " to " + target(url, location.strip()) + message.substring(end);
    }

    private static String target(URI url, String location) {
        try {
            URI target = url.resolve(new URI(location));
            String host = Uris.host(target);
            if (host != null) {
                int port = Uris.port(target);
                boolean usual = port == ("https".equalsIgnoreCase(target.getScheme()) ? 443 : 80);
                String path = target.getRawPath() == null ? "" : target.getRawPath();
                return TextLine.clean(target.getScheme() + "://" + host + (usual ? "" : ":" + port) + path, MAX_TARGET);
            }
        } catch (URISyntaxException malformed) {
            // Shown as it is, below.
        }
        String text = location.replaceFirst("[?#].*", "").replaceFirst("//[^/@]*@", "//");
        return Require.shown(TextLine.clean(text, MAX_TARGET));
    }
}
