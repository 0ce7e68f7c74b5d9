package dev.vitals.health.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Chooses a format by an {@code Accept} header (RFC 9110, section 12.5.1); never refuses. Thread-safe. */
final class Accept {
    private static final List<Format> OFFERED = List.of(Format.DRAFT, Format.JSON, Format.TEXT);

    // Readers that understand nothing else name them beside application/json, so they take precedence over it; but no
    // wildcard stands for them.
    private static final List<Format> ACTUATORS = List.of(Format.ACTUATOR, Format.ACTUATOR_V2, Format.ACTUATOR_V1);
    private static final String ANY_URL_CONNECTION = "text/html, image/gif, image/jpeg, *";
    private static final int EXACT = 3;
    private static final int REMEMBERED = 64;
    private static final int REMEMBERED_LENGTH = 256;

    private final Format preferred;
    private final boolean offersHtml;

    // A prober sends the same header each time, and parsing it costs more than the rest of an answer. Bounded, since
    // clients may send anything: a header that does not fit in is parsed each time.
    private final Map<String, Format> known = new ConcurrentHashMap<>();

    /** Prefers this format where the header allows several equally; never chooses HTML. */
    Accept(Format preferred) {
        this(preferred, false);
    }

    /** Prefers this format as the other constructor does; HTML is chosen, if offered, where the header prefers it to all others. */
    Accept(Format preferred, boolean offersHtml) {
        this.preferred = preferred;
        this.offersHtml = offersHtml;
    }

    Format choose(@Nullable String header) {
        if (header == null || header.equals("*/*")) {
            return preferred;
        }
        Format chosen = known.get(header);
        if (chosen == null) {
            chosen = best(header);
            if (header.length() <= REMEMBERED_LENGTH && known.size() < REMEMBERED) {
                known.put(header, chosen);
            }
        }
        return chosen;
    }

    /** Returns how many headers are remembered. */
    int remembered() {
        return known.size();
    }

    private Format best(String header) {
        Format general = highest(header, preferred, OFFERED, 0);
        Format actuator = highest(header, Format.ACTUATOR, ACTUATORS, EXACT);
        double quality = quality(header, actuator, EXACT);
        boolean namesDraft = general == Format.DRAFT && quality(header, Format.DRAFT, EXACT) > 0;
        double toBeat = quality(header, general, 0);
        boolean prefersActuator = quality > 0 && (quality > toBeat || (quality == toBeat && !namesDraft));
        Format data = prefersActuator ? actuator : general;
        return prefersHtml(header, Math.max(quality, toBeat)) ? Format.HTML : data;
    }

    // A program that lists HTML beside data gets data. HttpURLConnection names HTML first unless it is told otherwise,
    // and
    // is no browser.
    private boolean prefersHtml(String header, double toBeat) {
        return offersHtml && !header.startsWith(ANY_URL_CONNECTION) && quality(header, Format.HTML, EXACT) > toBeat;
    }

    private static Format highest(String header, Format first, List<Format> others, int minSpecificity) {
        Format best = first;
        double bestQuality = quality(header, first, minSpecificity);
        for (Format format : others) {
            double quality = quality(header, format, minSpecificity);
            if (quality > bestQuality) {
                best = format;
                bestQuality = quality;
            }
        }
        return best;
    }

    /** Returns the quality of the most specific range that covers the format; 0 if none does so specifically. */
    private static double quality(String header, Format format, int minSpecificity) {
        double quality = 0;
        int specificity = Math.max(0, minSpecificity - 1);
        for (String range : header.split(",", -1)) {
            String[] parts = range.split(";", -1);
            int matched = specificity(parts[0].strip().toLowerCase(Locale.ROOT), format.mediaType());
            if (matched > specificity) {
                specificity = matched;
                quality = weight(parts);
            }
        }
        return quality;
    }

    private static int specificity(String range, String type) {
        if (range.equals(type)) {
            return EXACT;
        }
        if (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1))) {
            return 2;
        }
        return range.equals("*/*") ? 1 : 0;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                return parse(parameter.substring(2));
            }
        }
        return 1;
    }

    private static double parse(String weight) {
        try {
            double value = Double.parseDouble(weight);
            return value >= 0 && value <= 1 ? value : 1;
        } catch (NumberFormatException malformed) {
            // A prober that sends a malformed weight still gets an answer.
            return 1;
        }
    }
}
