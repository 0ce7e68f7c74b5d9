package dev.vitals.health.monitor.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.net.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Slack, by the URL of an incoming webhook, or by the token of a bot. With a token, an incident is one thread, and its first
 * message is changed when it ends.
 */
final class SlackType implements ChannelType {
    private static final String NAME = "slack";
    private static final String URL = "url";
    private static final String TOKEN = "token";
    private static final String CONVERSATION = "conversation";
    private static final String API = "apiUrl";
    private static final String STANDARD_API = "https://slack.com";
    private static final String TEXT = "text";
    private static final String TYPE = "type";
    // A block of text takes 3,000 characters.
    private static final int MAX_TEXT = 2_900;
    // These do not change by waiting.
    private static final Set<String> PERMANENT = Set.of(
            "invalid_auth",
            "not_authed",
            "account_inactive",
            "token_revoked",
            "token_expired",
            "missing_scope",
            "channel_not_found",
            "not_in_channel",
            "is_archived");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChannelSettings read(String name, Fields fields, boolean fromFile) {
        ChannelFields settings = new ChannelFields(fields);
        if (fields.value(TOKEN) == null) {
            settings.secretUrl(URL);
        } else {
            settings.secret(TOKEN).line(CONVERSATION).baseUrl(API, STANDARD_API);
        }
        return settings.settings(name, NAME, fromFile);
    }

    @Override
    public Channel open(ChannelSettings settings, Context context) {
        if (settings.secrets().containsKey(TOKEN)) {
            return new Bot(settings, context);
        }
        URI url = URI.create(settings.secret(URL).reveal());
        return new HttpChannel(
                context, message -> List.of(new HttpChannel.Request(url, List.of(), json(document(message)))));
    }

    private static String json(Map<String, Object> document) {
        return HttpChannel.json(document);
    }

    private static Map<String, Object> document(Outgoing message) {
        String subject = escaped(message.text().subject());
        String plain = message.text().plain();
        // The end is kept: that is where the error is.
        String shown = plain.length() > MAX_TEXT ? "..." + plain.substring(plain.length() - MAX_TEXT) : plain;
        List<Map<String, Object>> blocks = new ArrayList<>();
        blocks.add(section("*" + subject.replace("*", "∗") + "*"));
        blocks.add(Map.of(TYPE, "section", TEXT, Map.of(TYPE, "plain_text", TEXT, shown)));
        List<String> links = new ArrayList<>();
        link(links, message.links().page(), "Open");
        link(links, message.links().acknowledge(), "Acknowledge");
        link(links, message.links().silence(), "Silence for 1 h");
        if (!links.isEmpty()) {
            blocks.add(section(String.join("  |  ", links)));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(TEXT, subject);
        document.put("blocks", blocks);
        return document;
    }

    private static Map<String, Object> section(String markdown) {
        return Map.of(TYPE, "section", TEXT, Map.of(TYPE, "mrkdwn", TEXT, markdown));
    }

    private static void link(List<String> links, @Nullable URI link, String label) {
        if (link != null) {
            links.add("<" + link + "|" + label + ">");
        }
    }

    // Slack's three control characters.
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Posts with a token, and knows the message that began a thread. */
    private static final class Bot implements Channel {
        private final ChannelSettings settings;
        private final Context context;

        Bot(ChannelSettings settings, Context context) {
            this.settings = settings;
            this.context = context;
        }

        @Override
        public Result send(Outgoing outgoing) throws InterruptedException {
            Message message = outgoing.message();
            String incident = message.incident();
            Map<String, Object> document = document(outgoing);
            Optional<String> thread =
                    incident == null ? Optional.empty() : context.references().find(settings.name(), incident);
            if (thread.isPresent() && message.kind() == Message.Kind.RECOVERED) {
                Result changed = call("chat.update", at(thread.get(), "ts", document), null);
                if (!(changed instanceof Accepted)) {
                    return changed;
                }
            }
            Map<String, Object> posted = thread.map(known -> at(known, "thread_ts", document))
                    .orElseGet(() -> in(settings.text(CONVERSATION), document));
            return call("chat.postMessage", posted, thread.isPresent() ? null : incident);
        }

        private static Map<String, Object> in(String conversation, Map<String, Object> document) {
            Map<String, Object> addressed = new LinkedHashMap<>(document);
            addressed.put("channel", conversation);
            return addressed;
        }

        private static Map<String, Object> at(String reference, String field, Map<String, Object> document) {
            int slash = reference.indexOf('/');
            Map<String, Object> addressed = in(reference.substring(0, slash), document);
            addressed.put(field, reference.substring(slash + 1));
            return addressed;
        }

        /** Calls a method; the message that it posts begins the thread of that incident, unless it is null. */
        private Result call(String method, Map<String, Object> document, @Nullable String incident)
                throws InterruptedException {
            HttpChannel.Request request = new HttpChannel.Request(
                    URI.create(settings.text(API) + "/api/" + method),
                    List.of("Authorization", "Bearer " + settings.secret(TOKEN).reveal()),
                    json(document));
            ExchangeResult exchange = HttpChannel.post(context, request);
            Result result = HttpChannel.judge(request, exchange, context.clock());
            HttpAnswer answer = exchange.answer().orElse(null);
            return answer == null || !(result instanceof Accepted) ? result : judge(answer, incident);
        }

        // Slack answers 200 with {"ok":false} for nearly everything.
        private Result judge(HttpAnswer answer, @Nullable String incident) {
            JsonNode said;
            try {
                said = Json.read(answer.body().bytes());
            } catch (IOException noJson) {
                return Failed.perhapsTaken("Slack's answer is not JSON");
            }
            if (!said.path("ok").asBoolean()) {
                String error = said.path("error").asText("unknown");
                String text = "Slack answered " + error;
                return PERMANENT.contains(error) ? new Refused(text) : Failed.notTaken(text);
            }
            if (incident != null) {
                context.references()
                        .put(
                                settings.name(),
                                incident,
                                said.path("channel").asText() + "/"
                                        + said.path("ts").asText());
            }
            return new Accepted("Slack accepted it as " + said.path("ts").asText());
        }

        @Override
        public void close() {}
    }
}
