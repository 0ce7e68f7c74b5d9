package dev.vitals.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the raw results as Markdown: medians with minimum and maximum, and ratios within a round. */
public final class Summary {
    private static final String REFERENCE = "constant";

    /** One measurement of one server; times in microseconds. */
    private record Sample(
            String suite,
            String process,
            String turn,
            String server,
            double rate,
            double median,
            double tail,
            int errors) {
        static Sample of(String line) {
            String[] words = line.split(" ", -1);
            return new Sample(
                    words[0],
                    words[1],
                    words[1] + "/" + words[2],
                    words[3],
                    Double.parseDouble(words[4]),
                    Double.parseDouble(words[5]),
                    Double.parseDouble(words[6]),
                    Integer.parseInt(words[7]));
        }
    }

    private Summary() {}

    /** Prints the results in a folder, which is the argument. */
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
        System.out.println(
                "| server | requests/s | share of constant | the same, by process | p50 µs | p99 µs | p99 to constant | errors |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        Map<String, Sample> references = new LinkedHashMap<>();
        Map<String, List<Sample>> servers = new LinkedHashMap<>();
        for (Sample sample : samples) {
            servers.computeIfAbsent(sample.server(), key -> new ArrayList<>()).add(sample);
            if (sample.server().equals(REFERENCE)) {
                references.put(sample.turn(), sample);
            }
        }
        servers.forEach((server, ofServer) -> row(server, ofServer, references));
    }

    private static void row(String server, List<Sample> samples, Map<String, Sample> references) {
        Map<String, List<Double>> processes = new LinkedHashMap<>();
        samples.forEach(sample -> processes
                .computeIfAbsent(sample.process(), key -> new ArrayList<>())
                .add(sample.rate() / reference(sample, references).rate()));
        System.out.printf(
                "| %s | %s | %s | %s | %s | %s | %s | %d |%n",
                server,
                spread("%.0f", samples.stream().map(Sample::rate).toList()),
                spread("%.3f", processes.values().stream().flatMap(List::stream).toList()),
                spread("%.3f", processes.values().stream().map(Summary::median).toList()),
                spread("%.0f", samples.stream().map(Sample::median).toList()),
                spread("%.0f", samples.stream().map(Sample::tail).toList()),
                spread(
                        "%.2f",
                        samples.stream()
                                .map(sample -> sample.tail()
                                        / reference(sample, references).tail())
                                .toList()),
                samples.stream().mapToInt(Sample::errors).sum());
    }

    private static Sample reference(Sample sample, Map<String, Sample> references) {
        return references.getOrDefault(sample.turn(), sample);
    }

    private static String spread(String format, List<Double> values) {
        String range = format + " (" + format + "–" + format + ")";
        return String.format(Locale.ROOT, range, median(values), Collections.min(values), Collections.max(values));
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
