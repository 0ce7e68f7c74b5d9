package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.rule.Expectation;
import dev.vitals.health.monitor.rule.ExpectationReader;
import dev.vitals.health.monitor.rule.Rule;
import dev.vitals.health.monitor.rule.RuleBook;
import dev.vitals.health.monitor.rule.RuleReader;
import dev.vitals.health.monitor.rule.RuleSet.Part;
import dev.vitals.health.monitor.store.AuditEntry;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Shows, changes and removes rules and expectations; shows and removes opt-outs. */
public final class RuleRoutes implements Routes {
    private static final String RULES = "/api/v1/rules";
    private static final String EXPECTATIONS = "/api/v1/expectations";
    private static final String OPT_OUTS = "/api/v1/opt-outs";

    private final RuleBook book;
    private final AuditLog audit;

    /** Shows the rules of this book. */
    public RuleRoutes(RuleBook book, AuditLog audit) {
        this.book = book;
        this.audit = audit;
    }

    @Override
    public List<Route> routes() {
        String rule = RULES + "/{name}";
        String expectation = EXPECTATIONS + "/{app}";
        return List.of(
                Route.get(RULES, Permission.VIEW, this::rules, "List the rules in their order")
                        .answers(200, "Rules"),
                Route.get(rule, Permission.VIEW, this::rule, "Show a rule").answers(200, "Rule"),
                Route.put(rule, Permission.ADMIN, this::putRule, "Add or change a rule")
                        .takes("RuleRequest")
                        .answers(200, "Rule"),
                Route.delete(rule, Permission.ADMIN, context -> remove(context, Part.RULE, "name"), "Remove a rule")
                        .answers(204, Route.Contract.NOTHING),
                Route.get(EXPECTATIONS, Permission.VIEW, this::expectations, "List the expectations by app")
                        .answers(200, "Expectations"),
                Route.get(expectation, Permission.VIEW, this::expectation, "Show the expectation of an app")
                        .answers(200, "Expectation"),
                Route.put(expectation, Permission.ADMIN, this::putExpectation, "Add or change an expectation")
                        .takes("ExpectationRequest")
                        .answers(200, "Expectation"),
                Route.delete(
                                expectation,
                                Permission.ADMIN,
                                context -> remove(context, Part.EXPECTATION, "app"),
                                "Remove an expectation")
                        .answers(204, Route.Contract.NOTHING),
                Route.get(
                                OPT_OUTS,
                                Permission.VIEW,
                                this::optOuts,
                                "List the addresses that opted out of registrations")
                        .answers(200, "OptOuts"),
                Route.delete(OPT_OUTS + "/{address}", Permission.ADMIN, this::removeOptOut, "Tell an address again")
                        .answers(204, Route.Contract.NOTHING));
    }

    private void rules(Context context) {
        ListResponse.write(
                context, Map.of(), ListResponse.Rows.of("rules", book.current().rules(), RuleRoutes::members));
    }

    private void rule(Context context) {
        JsonResponse.write(
                context, members(named(context, "name", book.current().rules(), Rule::name, Part.RULE)));
    }

    private void putRule(Context context) throws IOException {
        String name = name(context, "name", RuleReader::isName, RuleReader.NAME);
        Fields fields = RequestBody.fields(context, Selection.MAX_BYTES);
        Rule rule = read(fields, "name", name, RuleReader::read);
        String tells = rule.receivers().stream().map(Object::toString).collect(Collectors.joining(", "));
        AuditEntry entry = entry(context, "rule.put", "rule:" + name, "tells " + tells);
        AsyncResponse.write(context, book.put(rule, entry), done -> JsonResponse.write(context, members(done)));
    }

    private void expectations(Context context) {
        ListResponse.write(
                context,
                Map.of(),
                ListResponse.Rows.of("expectations", book.current().expectations(), RuleRoutes::members));
    }

    private void expectation(Context context) {
        JsonResponse.write(
                context,
                members(named(context, "app", book.current().expectations(), Expectation::app, Part.EXPECTATION)));
    }

    private void putExpectation(Context context) throws IOException {
        String app = name(context, "app", TargetId::isName, TargetId.BOUND);
        Expectation expectation = read(RequestBody.fields(context), "app", app, ExpectationReader::read);
        AuditEntry entry = entry(context, "expectation.put", "expectation:" + app, "at least " + expectation.atLeast());
        AsyncResponse.write(context, book.put(expectation, entry), done -> JsonResponse.write(context, members(done)));
    }

    private void optOuts(Context context) {
        ListResponse.write(context, Map.of(), ListResponse.Rows.of("optOuts", book.optOuts(), row -> row));
    }

    private void removeOptOut(Context context) {
        String address = context.pathParam("address");
        AuditEntry entry = entry(context, "opt-out.remove", "address:" + address, "");
        removed(context, book.removeOptOut(address, entry), address + " has not opted out");
    }

    private void remove(Context context, Part part, String parameter) {
        String name = context.pathParam(parameter);
        AuditEntry entry = entry(context, part.word() + ".remove", part.word() + ":" + name, "");
        removed(context, book.remove(part, name, entry), unknown(part, name));
    }

    /** Answers a removal: 204, or 404 with the text if there was nothing to remove. */
    static void removed(Context context, CompletableFuture<Boolean> existed, String unknown) {
        AsyncResponse.write(context, existed, done -> {
            if (!done) {
                throw Problem.of(404, unknown).exception();
            }
            context.status(204);
        });
    }

    private AuditEntry entry(Context context, String action, String object, String detail) {
        return audit.entry(Gatekeeper.caller(context).actor(), action, object, detail);
    }

    /** Returns the name in the path, if the predicate accepts it. */
    static String name(Context context, String parameter, Predicate<String> accepts, String bound) {
        String name = context.pathParam(parameter);
        FieldErrors errors = new FieldErrors();
        errors.unless(accepts.test(name), parameter, name, bound);
        errors.check();
        return name;
    }

    /** Returns the element that the path names. */
    static <T> T named(Context context, String parameter, List<T> all, Function<T, String> name, Part part) {
        String given = context.pathParam(parameter);
        Optional<T> found =
                all.stream().filter(one -> name.apply(one).equals(given)).findFirst();
        return found.orElseThrow(() -> Problem.of(404, unknown(part, given)).exception());
    }

    static String unknown(Part part, String name) {
        return "there is no " + part.word() + " " + name;
    }

    /** Reads what a reader reads; an answer of this API may be sent back as it is. */
    private static <T> T read(Fields fields, String key, String name, Reader<T> reader) {
        // Asked for, so that the reader does not refuse them.
        Object unused =
                Arrays.asList(fields.text(key, "the one in the path, or absent", name::equals), fields.value("source"));
        T read = reader.read(name, fields, false);
        fields.errors().check();
        return read;
    }

    private interface Reader<T> {
        T read(String name, Fields fields, boolean fromFile);
    }

    private static Map<String, Object> members(Rule rule) {
        return members("name", rule.name(), rule.fromFile(), RuleReader.fields(rule));
    }

    private static Map<String, Object> members(Expectation expectation) {
        return members("app", expectation.app(), expectation.fromFile(), ExpectationReader.fields(expectation));
    }

    /** Returns the members of an answer: the name, where it comes from, and its fields. */
    static Map<String, Object> members(String key, String name, boolean fromFile, Map<String, Object> fields) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(key, name);
        members.put("source", fromFile ? "file" : "api");
        members.putAll(fields);
        return members;
    }
}
