package dev.vitals.health.indicator;

import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What an answer must look like. */
record HttpExpectation(int status, @Nullable String text) {
    Outcome judge(String what, HttpResponse<BoundedBody.Text> answer) {
        return compare(what, answer).with("httpStatus", answer.statusCode());
    }

    private Outcome compare(String what, HttpResponse<BoundedBody.Text> answer) {
        if (answer.statusCode() != status) {
            return Outcome.error(what + " answered " + answer.statusCode() + ", expected " + status);
        }
        if (text == null || answer.body().value().contains(text)) {
            return Outcome.ok();
        }
        String limit =
                answer.body().cut() ? " in the first " + BoundedBody.MAX_BYTES + " bytes of its body" : " in its body";
        return Outcome.error(what + " answered " + status + " without " + Require.shown(text) + limit);
    }
}
