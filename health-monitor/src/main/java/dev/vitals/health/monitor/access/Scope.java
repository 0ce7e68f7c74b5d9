package dev.vitals.health.monitor.access;

import dev.vitals.health.monitor.address.AddressRange;
import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.store.AccessStore.BoundsRow;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where a role holds. Nothing given means no bound. Immutable.
 *
 * @param appPrefix how the names of apps begin that may be registered; empty for all
 * @param addresses from where a token may be used; empty for everywhere
 * @param selectors which targets may be changed, any of them; empty for all
 */
public record Scope(String appPrefix, List<AddressRange> addresses, List<Selector> selectors) {
    /** No bounds at all. */
    public static final Scope ALL = new Scope("", List.of(), List.of());

    /** What lists of texts are, in words that follow "must be". */
    public static final String ENTRIES = "an array of up to 50 texts";

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,100}");
    private static final int MAX_ENTRIES = 50;

    /** Copies the lists. */
    public Scope {
        addresses = List.copyOf(addresses);
        selectors = List.copyOf(selectors);
    }

    /** Returns the scope of these texts, and notes what is wrong. */
    static Scope of(BoundsRow given, FieldErrors refusals) {
        boolean prefix = PREFIX.matcher(given.appPrefix()).matches();
        refusals.unless(prefix, "appPrefix", given.appPrefix(), "up to 100 of A-Z a-z 0-9 . _ -");
        return new Scope(
                given.appPrefix(),
                all("addresses", given.addresses(), AddressRange::parse, AddressRange.BOUND, refusals),
                all("selectors", given.selectors(), Selector::parse, Selector.BOUND, refusals));
    }

    /** Returns the scope that was kept. */
    static Scope kept(BoundsRow row) {
        FieldErrors refusals = new FieldErrors();
        Scope scope = of(row, refusals);
        refusals.check();
        return scope;
    }

    private static <T> List<T> all(
            String field,
            List<String> texts,
            Function<String, Optional<T>> parser,
            String bound,
            FieldErrors refusals) {
        if (texts.size() > MAX_ENTRIES) {
            refusals.refuse(field, texts.size() + " entries", ENTRIES);
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (String text : texts) {
            parser.apply(text).ifPresentOrElse(values::add, () -> refusals.refuse(field, text, bound));
        }
        return values;
    }

    /** Returns whether instances of the app may be registered. */
    public boolean coversApp(String app) {
        return app.startsWith(appPrefix);
    }

    /** Returns whether a target with these labels may be changed. */
    public boolean coversLabels(Map<String, String> labels) {
        return selectors.isEmpty() || selectors.stream().anyMatch(selector -> selector.matches(labels));
    }

    /** Returns whether it holds for a client at that address. */
    boolean coversAddress(String address) {
        if (addresses.isEmpty()) {
            return true;
        }
        try {
            // An address as the server saw it; no resolver is asked.
            InetAddress ip = InetAddress.getByName(address);
            return addresses.stream().anyMatch(range -> range.contains(ip));
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
