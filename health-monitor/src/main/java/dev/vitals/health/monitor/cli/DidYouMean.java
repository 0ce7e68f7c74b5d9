package dev.vitals.health.monitor.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody most likely mistyped. */
final class DidYouMean {
    private static final int MAX_EDITS = 2;
    private static final int MAX_LENGTH = 100;

    private DidYouMean() {}

    /** Returns the closest name: up to two letters are wrong, missing, too many or swapped, and not most of them. */
    static Optional<String> of(String typed, Collection<String> names) {
        if (typed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return names.stream()
                .filter(name -> edits(typed, name) <= Math.min(MAX_EDITS, name.length() / 3))
                .min(Comparator.comparing((String name) -> edits(typed, name)).thenComparing(name -> name));
    }

    /** Returns the end of a sentence: "; did you mean NAME?", or nothing. */
    static String hint(String typed, Collection<String> names) {
        return of(typed, names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    // The distance of Damerau and Levenshtein: two neighbours that are swapped count as one.
    private static int edits(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] least = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    least[i][j] = i + j;
                    continue;
                }
                int replaced = least[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                least[i][j] = Math.min(replaced, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least[i][j] = Math.min(least[i][j], 1 + least[i - 2][j - 2]);
                }
            }
        }
        return least[a.length()][b.length()];
    }
}
