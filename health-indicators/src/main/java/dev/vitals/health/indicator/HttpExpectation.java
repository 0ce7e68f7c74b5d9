package dev.vitals.health.indicator;

import dev.vitals.health.Outcome;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Require;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an answer must look like. */
record HttpExpectation(ExpectedStatus status, @Nullable String text, List<ExpectedJson> json) {
    static final int MAX_BODY_BYTES = 65_536;

    private static final Pattern CHARSET = Pattern.compile("charset=\"?([A-Za-z0-9._:-]+)", Pattern.CASE_INSENSITIVE);

    HttpExpectation withStatus(ExpectedStatus expected) {
        return new HttpExpectation(expected, text, json);
    }

    HttpExpectation withText(String expected) {
        return new HttpExpectation(status, expected, json);
    }

    HttpExpectation withJson(ExpectedJson expected) {
        List<ExpectedJson> all = new ArrayList<>(json);
        all.removeIf(earlier -> earlier.pointer().equals(expected.pointer()));
        all.add(expected);
        return new HttpExpectation(status, text, List.copyOf(all));
    }

    Outcome judge(String what, HttpResponse<BoundedBody> answer) {
        return compare(what, answer).with("httpStatus", answer.statusCode());
    }

    private Outcome compare(String what, HttpResponse<BoundedBody> answer) {
        String answered = what + " answered " + answer.statusCode();
        Outcome outcome = status.holds(answer.statusCode())
                ? compareBody(answered, answer)
                : Outcome.error(answered + ", expected " + status);
        return RemoteHealth.isIn(answer.headers()) ? RemoteHealth.worse(outcome, answered, answer.body()) : outcome;
    }

    private Outcome compareBody(String answered, HttpResponse<BoundedBody> answer) {
        BoundedBody body = answer.body();
        if (text != null && !new String(body.bytes(), charset(answer.headers())).contains(text)) {
            String limit = body.cut() ? " in the first " + MAX_BODY_BYTES + " bytes of its body" : " in its body";
            return Outcome.error(answered + " without " + Require.shown(text) + limit);
        }
        return json.stream()
                .map(expected -> expected.judge(answered, body))
                .filter(outcome -> outcome.code() != Outcome.Code.OK)
                .findFirst()
                .orElseGet(Outcome::ok);
    }

    private static Charset charset(HttpHeaders headers) {
        Matcher named = CHARSET.matcher(headers.firstValue("Content-Type").orElse(""));
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8; // a name that this JVM does not know
        }
    }
}
