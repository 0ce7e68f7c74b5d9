package dev.vitals.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes Markdown of the raw results: medians with minimum and maximum, ratios within a round. */
public final class Summary {
    private static final String REFERENCE = "constant";

    /** One measurement of one server; times in microseconds. */
    private record Sample(
            String suite, String turn, String server, double rate, double median, double tail, int errors) {
        static Sample of(String line) {
            String[] words = line.split(" ", -1);
            return new Sample(
                    words[0],
                    words[1] + "/" + words[2],
                    words[3],
                    Double.parseDouble(words[4]),
                    Double.parseDouble(words[5]),
                    Double.parseDouble(words[6]),
                    Integer.parseInt(words[7]));
        }
    }

    private Summary() {}

    /** Prints what is there; the argument is the folder of the results. */
    public static void main(String[] args) throws IOException {
        Path results = Path.of(args[0]);
        jmh(lines(results.resolve("jmh.csv")));
        lines(results.resolve("mains.txt")).forEach(line -> System.out.println("    " + line));
        Map<String, List<Sample>> suites = new LinkedHashMap<>();
        for (String line : lines(results.resolve("http.txt"))) {
            Sample sample = Sample.of(line);
            suites.computeIfAbsent(sample.suite(), key -> new ArrayList<>()).add(sample);
        }
        suites.forEach(Summary::suite);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    // Columns: benchmark, mode, threads, samples, score, error, unit, accept, checks, path.
    private static void jmh(List<String> lines) {
        Map<String, String[]> rows = new LinkedHashMap<>();
        for (String line : lines) {
            String[] cells = line.replace("\"", "").split(",", -1);
            String key = cells.length < 10 ? "" : cells[9] + " | " + cells[7] + " | " + cells[8];
            if (cells[0].endsWith(".handle")) {
                rows.computeIfAbsent(key, k -> new String[] {"", ""})[0] = round(cells[4]) + " ± " + round(cells[5]);
            } else if (cells[0].endsWith("gc.alloc.rate.norm")) {
                rows.computeIfAbsent(key, k -> new String[] {"", ""})[1] = round(cells[4]);
            }
        }
        System.out.println("\n| path | Accept | checks | ns | bytes |\n|---|---|---|---|---|");
        rows.forEach((key, row) -> System.out.println("| " + key + " | " + row[0] + " | " + row[1] + " |"));
        System.out.println();
    }

    private static String round(String number) {
        return String.format(Locale.ROOT, "%.0f", Double.parseDouble(number));
    }

    private static void suite(String suite, List<Sample> samples) {
        System.out.printf("%n%s%n%n", suite.replace(",", ", "));
        System.out.println("| server | requests/s | share of constant | p50 µs | p99 µs | p99 to constant | errors |");
        System.out.println("|---|---|---|---|---|---|---|");
        Map<String, Sample> references = new LinkedHashMap<>();
        Map<String, List<Sample>> servers = new LinkedHashMap<>();
        for (Sample sample : samples) {
            servers.computeIfAbsent(sample.server(), key -> new ArrayList<>()).add(sample);
            if (sample.server().equals(REFERENCE)) {
                references.put(sample.turn(), sample);
            }
        }
        servers.forEach((server, own) -> row(server, own, references));
    }

    private static void row(String server, List<Sample> own, Map<String, Sample> references) {
        System.out.printf(
                "| %s | %s | %s | %s | %s | %s | %d |%n",
                server,
                spread("%.0f", own.stream().mapToDouble(Sample::rate).toArray()),
                spread(
                        "%.3f",
                        own.stream()
                                .mapToDouble(it ->
                                        it.rate() / reference(it, references).rate())
                                .toArray()),
                spread("%.0f", own.stream().mapToDouble(Sample::median).toArray()),
                spread("%.0f", own.stream().mapToDouble(Sample::tail).toArray()),
                spread(
                        "%.2f",
                        own.stream()
                                .mapToDouble(it ->
                                        it.tail() / reference(it, references).tail())
                                .toArray()),
                own.stream().mapToInt(Sample::errors).sum());
    }

    private static Sample reference(Sample sample, Map<String, Sample> references) {
        return references.getOrDefault(sample.turn(), sample);
    }

    private static String spread(String format, double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        double median = values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        return String.format(
                Locale.ROOT, format + " (" + format + "–" + format + ")", median, values[0], values[values.length - 1]);
    }
}
