package dev.vitals.health.monitor.rule;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.maintenance.WeeklyReader;
import dev.vitals.health.monitor.maintenance.WeeklySchedule;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeValue;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads rules from requests, from the services file and from the store. Stateless, thread-safe. */
public final class RuleReader {
    /** The bound of a rule's name, in words that follow "must be". */
    public static final String NAME = TargetId.BOUND + ", not " + Rules.REGISTRATION;

    private static final int MAX_RECEIVERS = 20;
    private static final String TELL =
            "an array of 1 to " + MAX_RECEIVERS + " different email addresses or names of channels, except mail";
    private static final String STATES = "an array of 1 to 3 of DEGRADED, UNHEALTHY, UNKNOWN";

    private static final Duration MAX_DELAY = Duration.ofHours(24);
    private static final String DELAY = "from 0 to 24 h: a number of seconds up to 86400, or text such as 10m";
    private static final Duration MIN_REMINDER = Duration.ofMinutes(5);
    private static final Duration MAX_REMINDER = Duration.ofDays(7);
    private static final String REMINDER =
            "from 5 min to 7 days: a number of seconds from 300 to 604800, or text such as 4h";
    private static final Duration MAX_WINDOW = Duration.ofMinutes(10);
    private static final String WINDOW = "from 0 to 10 min: a number of seconds up to 600, or text such as 30s";

    private RuleReader() {}

    /** Returns whether a rule may have that name. */
    public static boolean isName(String text) {
        return TargetId.isName(text) && !text.equals(Rules.REGISTRATION);
    }

    /**
     * Returns the rule. Adds an error for each field that is missing, unknown or out of its bounds; the result counts only if
     * there is none.
     *
     * @param name the name, which the caller has checked
     * @param fields the other fields
     */
    public static Rule read(String name, Fields fields, boolean fromFile) {
        Selection selection = selection(fields);
        Set<State> states = fields.read("states", STATES, RuleReader::states);
        List<Receiver> receivers = receivers(fields);
        Duration delay = time(fields, "after", DELAY, Duration.ZERO, MAX_DELAY);
        Duration reminder = time(fields, "remind", REMINDER, MIN_REMINDER, MAX_REMINDER);
        Duration window = time(fields, "window", WINDOW, Duration.ZERO, MAX_WINDOW);
        Rule rule = new Rule(
                name,
                selection,
                states == null ? Rule.DEFAULT_STATES : states,
                receivers,
                delay == null ? Duration.ZERO : delay,
                reminder,
                window == null ? Rule.DEFAULT_WINDOW : window,
                weekly(fields, "during"),
                weekly(fields, "quiet"),
                fromFile);
        fields.refuseOthers();
        return rule;
    }

    // An empty selector is an error, not a rule about all targets: most likely, a template had nothing to fill in.
    private static @Nullable Selection selection(Fields fields) {
        boolean given =
                Stream.of("host", "service", "selector", "targets").anyMatch(field -> fields.value(field) != null);
        Selection selection = Selection.read(fields);
        if (!given) {
            return null;
        }
        selection.check(fields.errors());
        return selection;
    }

    private static @Nullable Set<State> states(Object value) {
        Set<State> states = EnumSet.noneOf(State.class);
        if (!(value instanceof List<?> words) || words.isEmpty()) {
            return null;
        }
        for (Object word : words) {
            switch (String.valueOf(word).toUpperCase(Locale.ROOT)) {
                case "DEGRADED" -> states.add(State.DEGRADED);
                case "UNHEALTHY" -> states.add(State.UNHEALTHY);
                case "UNKNOWN" -> states.add(State.UNKNOWN);
                default -> {
                    return null;
                }
            }
        }
        return states;
    }

    private static List<Receiver> receivers(Fields fields) {
        if (fields.value("tell") == null) {
            fields.refuse("tell", null, TELL);
        }
        Set<Receiver> receivers = new LinkedHashSet<>();
        for (Object member : fields.list("tell", TELL, 1, MAX_RECEIVERS)) {
            Receiver receiver = member instanceof String text ? receiver(text) : null;
            if (receiver == null || !receivers.add(receiver)) {
                fields.refuse("tell", member, TELL);
            }
        }
        return List.copyOf(receivers);
    }

    private static @Nullable Receiver receiver(String text) {
        if (SettingsReader.isEmail(text)) {
            return Receiver.mail(text);
        }
        return ChannelReader.isName(text) ? Receiver.channel(text) : null;
    }

    private static @Nullable WeeklySchedule weekly(Fields fields, String field) {
        Fields inner = fields.object(field, WeeklyReader.BOUND);
        if (inner == null) {
            return null;
        }
        WeeklySchedule schedule = WeeklyReader.read(inner, null);
        inner.refuseOthers();
        return schedule;
    }

    /** Returns the time; null if it is absent or out of its bounds, which is an error. */
    static @Nullable Duration time(Fields fields, String field, String bound, Duration min, Duration max) {
        Duration time = fields.time(field, bound);
        if (time != null && (time.compareTo(min) < 0 || time.compareTo(max) > 0)) {
            fields.refuse(field, fields.value(field), bound);
            return null;
        }
        return time;
    }

    /** Returns the fields except the name, with the defaults filled in; {@link #read} is the inverse. */
    public static Map<String, Object> fields(Rule rule) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (rule.selection() != null) {
            fields.putAll(rule.selection().fields());
        }
        fields.put("states", rule.states().stream().map(State::name).toList());
        fields.put("tell", rule.receivers().stream().map(Receiver::toString).toList());
        fields.put("after", TimeValue.seconds(rule.delay()));
        if (rule.reminder() != null) {
            fields.put("remind", TimeValue.seconds(rule.reminder()));
        }
        fields.put("window", TimeValue.seconds(rule.window()));
        if (rule.during() != null) {
            fields.put("during", rule.during().members());
        }
        if (rule.quiet() != null) {
            fields.put("quiet", rule.quiet().members());
        }
        return fields;
    }
}
