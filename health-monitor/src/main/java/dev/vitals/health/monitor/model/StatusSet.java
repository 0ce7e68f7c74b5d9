package dev.vitals.health.monitor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The HTTP codes that are fine.
 *
 * @param ranges at least one; the bounds belong to it
 */
public record StatusSet(List<Range> ranges) {
    static final StatusSet ONLY_200 = new StatusSet(List.of(new Range(200, 200)));
    static final StatusSet ALL_2XX = new StatusSet(List.of(new Range(200, 299)));

    private static final String FIELD = "expectedStatus";
    private static final String BOUND = "up to 20 codes from 100 to 599, or ranges of them such as 200-299";
    private static final Pattern RANGE = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");
    private static final int MAX = 20;

    /** Codes from one to another. */
    public record Range(int from, int to) {
        @Override
        public String toString() {
            return from == to ? Integer.toString(from) : from + "-" + to;
        }
    }

    static StatusSet read(Fields fields, StatusSet missing) {
        List<Range> ranges = new ArrayList<>();
        List<Object> members = fields.list(FIELD, BOUND, 1, MAX);
        for (int i = 0; i < members.size(); i++) {
            Matcher range = RANGE.matcher(members.get(i).toString());
            if (range.matches()) {
                int from = Integer.parseInt(range.group(1));
                int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
                ranges.add(new Range(from, to));
            }
            if (!range.matches()
                    || ranges.get(ranges.size() - 1).from()
                            > ranges.get(ranges.size() - 1).to()) {
                fields.refuse(members.size() == 1 ? FIELD : FIELD + "[" + i + "]", members.get(i), BOUND);
            }
        }
        return ranges.isEmpty() ? missing : new StatusSet(List.copyOf(ranges));
    }

    /** Returns whether that code is fine. */
    public boolean has(int code) {
        for (Range range : ranges) {
            if (code >= range.from() && code <= range.to()) {
                return true;
            }
        }
        return false;
    }

    List<Object> field() {
        List<Object> members = new ArrayList<>();
        for (Range range : ranges) {
            members.add(range.from() == range.to() ? (Object) range.from() : range.toString());
        }
        return members;
    }

    /** Returns the codes as people write them: {@code 200-299 or 304}. */
    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(" or "));
    }
}
