package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.address.AddressRules;
import dev.vitals.health.monitor.host.CheckDraft;
import dev.vitals.health.monitor.host.HostChecks;
import dev.vitals.health.monitor.host.TestedDrafts;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.TargetId;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads host checks from requests. A form may save only what passed a test shortly before, or says that it saves untested; a
 * program says what it means. Thread-safe.
 */
public final class HostDrafts {
    /** The field of a form with the key of the test that the monitor remembers. */
    public static final String TEST = "test";

    /** The field of a form that is {@code true} to save settings without a test. */
    public static final String UNTESTED = "untested";

    private static final String BOUND =
            "ticked to save these settings all the same: no test of just these settings has passed in the" + " last "
                    + TestedDrafts.VALID.toMinutes() + " min; test them first";

    private final HostChecks hosts;
    private final AddressRules rules;
    private final TestedDrafts tested;

    /** Reads checks whose addresses the rules allow, and remembers what was tested. */
    public HostDrafts(HostChecks hosts, AddressRules rules, TestedDrafts tested) {
        this.hosts = hosts;
        this.rules = rules;
        this.tested = tested;
    }

    /**
     * Returns the check that a request describes. A secret that is left out is the one of the test, or else the saved one.
     *
     * @param name the name of the check; null if the request contains it
     * @param before the check that is changed; null for none
     */
    public CheckDraft draft(Context context, String host, @Nullable String name, @Nullable HostCheck before)
            throws IOException {
        Map<String, ?> document = HostForm.document(context, before);
        Probe saved = before == null ? null : before.settings().probe();
        String check = name == null ? String.valueOf(document.get(CheckDraft.CHECK)) : name;
        Probe probe = tested(context)
                .filter(draft ->
                        draft.id().appOrHost().equals(host) && draft.id().name().equals(check))
                .map(draft -> draft.settings().probe())
                .orElse(saved);
        CheckDraft draft = hosts.draft(host, name, document, probe);
        InstanceRoutes.refuseDenied(rules, draft.settings().probe());
        return draft;
    }

    private Optional<CheckDraft> tested(Context context) {
        return PageAnswers.isForm(context)
                ? tested.tested(context.formParam(TEST), Gatekeeper.name(context))
                : Optional.empty();
    }

    /** Remembers a test of the caller. Returns its key for the field {@link #TEST}. */
    public String remember(Context context, CheckDraft draft, boolean passed) {
        return tested.remember(Gatekeeper.name(context), draft, passed);
    }

    /** Throws a problem if a form wants to save what was not tested, and does not say so. */
    void requireTested(Context context, CheckDraft draft) {
        if (!PageAnswers.isForm(context)
                || "true".equals(context.formParam(UNTESTED))
                || tested.passed(context.formParam(TEST), Gatekeeper.name(context), draft)) {
            return;
        }
        throw Problem.badFields(List.of(new FieldError(UNTESTED, null, BOUND))).exception();
    }

    /** Returns the saved check that the path names; empty if there is none. */
    public Optional<HostCheck> saved(TargetId id) {
        return hosts.check(id);
    }
}
