package dev.vitals.health.monitor.file;

import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.rule.ChannelReader;
import dev.vitals.health.monitor.rule.ExpectationReader;
import dev.vitals.health.monitor.rule.RuleReader;
import dev.vitals.health.monitor.rule.RuleSet;
import dev.vitals.health.monitor.rule.RuleSet.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the channels, rules and expectations of a services file. For a single file. */
final class RuleSections {
    /** The keys of these sections. */
    static final List<String> KEYS =
            Arrays.stream(Part.values()).map(Part::section).toList();

    private final List<FieldError> errors = new ArrayList<>();
    private final ChannelReader channels;

    RuleSections(ChannelReader channels) {
        this.channels = channels;
    }

    /** Returns what the sections say; {@link #errors()} tells whether it can be used. */
    RuleSet read(@Nullable Object root) {
        if (!(root instanceof Map<?, ?> sections)) {
            return RuleSet.NONE;
        }
        return new RuleSet(
                section(
                        sections,
                        Part.CHANNEL,
                        ChannelReader::isName,
                        ChannelReader.NAME,
                        (name, fields) -> channels.read(name, fields, true)),
                section(
                        sections,
                        Part.RULE,
                        RuleReader::isName,
                        RuleReader.NAME,
                        (name, fields) -> RuleReader.read(name, fields, true)),
                section(
                        sections,
                        Part.EXPECTATION,
                        TargetId::isName,
                        TargetId.BOUND,
                        (name, fields) -> ExpectationReader.read(name, fields, true)));
    }

    private <T> List<T> section(
            Map<?, ?> sections,
            Part part,
            Predicate<String> isName,
            String bound,
            BiFunction<String, Fields, T> reader) {
        List<T> all = new ArrayList<>();
        Object section = sections.get(part.section());
        if (section instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> {
                String name = String.valueOf(key);
                String path = part.section() + "." + name;
                if (!isName.test(name)) {
                    errors.add(new FieldError(path, name, bound));
                } else if (value instanceof Map<?, ?> given) {
                    Fields fields = Fields.of(ServiceReader.keysAsText(given), Naming.SNAKE);
                    all.add(reader.apply(name, fields));
                    fields.errors().errors().forEach(error -> errors.add(ServiceReader.below(path, error)));
                } else {
                    errors.add(new FieldError(path, value, "a mapping of fields to values"));
                }
            });
        } else if (section != null) {
            errors.add(new FieldError(part.section(), section, "a mapping of names to " + part.section()));
        }
        return all;
    }

    /** Returns the errors, with the path of each field from the root. */
    List<FieldError> errors() {
        return errors;
    }
}
