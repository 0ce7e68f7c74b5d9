package dev.vitals.health.monitor.host;

import dev.vitals.health.monitor.model.Dependencies;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Labels;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host check as a request describes it.
 *
 * @param id the names of the host and of the check
 * @param enabled whether it is to be watched
 * @param settings how it is to be watched
 */
public record CheckDraft(TargetId id, boolean enabled, ProbeSettings settings) {
    /** The member of an answer that a request may send back, and that is ignored. */
    public static final String CURRENT = "current";

    /** The field with the name of the check. */
    public static final String CHECK = "check";

    private static String sameName(Fields fields, String name) {
        String unused = fields.text(CHECK, "the name in the path", name::equals);
        return name;
    }

    /**
     * Reads a document.
     *
     * @param name the name of the check; null if the document contains it
     * @throws InvalidFieldsException with everything that is wrong
     */
    static CheckDraft read(SettingsReader reader, String host, @Nullable String name, Map<String, ?> document) {
        Fields fields = Fields.of(document, Naming.CAMEL);
        Object unused = fields.value(CURRENT);
        // Not "name" and "host": kinds of checks have fields of these names.
        String check = name == null ? fields.required(CHECK, TargetId.BOUND, TargetId::isName) : sameName(fields, name);
        boolean enabled = fields.flag("enabled", true);
        List<String> notify = SettingsReader.notifyAddresses(fields, Source.HOST);
        Map<String, String> labels = Labels.read(fields);
        Labels.add(fields, labels, Labels.HOST, host);
        if (TargetId.isName(check)) {
            Dependencies.check(fields, Dependencies.LABEL_FIELD, new TargetId(host, check), labels);
        }
        ProbeSettings settings = reader.read(fields, Source.HOST, notify, labels);
        fields.errors().check();
        return new CheckDraft(new TargetId(host, check), enabled, settings);
    }
}
