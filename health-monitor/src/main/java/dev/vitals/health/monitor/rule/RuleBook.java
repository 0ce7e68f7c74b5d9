package dev.vitals.health.monitor.rule;

import dev.vitals.health.internal.SerialExecutor;
import dev.vitals.health.monitor.access.Secrets;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.channel.Channels;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.rule.RuleSet.Part;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.RuleStore;
import dev.vitals.health.monitor.store.RuleStore.ChannelRow;
import dev.vitals.health.monitor.store.RuleStore.Edit;
import dev.vitals.health.monitor.store.RuleStore.ExpectationRow;
import dev.vitals.health.monitor.store.RuleStore.OptOut;
import dev.vitals.health.monitor.store.RuleStore.PutChannel;
import dev.vitals.health.monitor.store.RuleStore.PutExpectation;
import dev.vitals.health.monitor.store.RuleStore.PutOptOut;
import dev.vitals.health.monitor.store.RuleStore.PutRule;
import dev.vitals.health.monitor.store.RuleStore.Remove;
import dev.vitals.health.monitor.store.RuleStore.RuleRow;
import dev.vitals.health.monitor.store.RuleStore.Stored;
import dev.vitals.health.monitor.store.RuleStore.StoredChannel;
import dev.vitals.health.monitor.store.RuleStore.Table;
import dev.vitals.health.monitor.store.SecretStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All channels, rules, expectations and opt-outs, of the API and of the services file. Thread-safe. Reads come from memory and
 * see only what is stored. Changes run one after the other; after each commit, {@link Rules} and {@link Channels} get what is
 * in force. The future of a change fails with a {@link RefusedException} if it is refused, with an
 * {@link InvalidFieldsException} if fields are invalid, and with another exception if the store fails.
 */
public final class RuleBook implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RuleBook.class);

    private final SerialExecutor changes = new SerialExecutor("monitor-rules-");
    private final RuleStore store;
    private final Secrets secrets;
    private final Rules rules;
    private final Channels channels;
    private final ChannelReader reader;
    private volatile RuleSet current;
    private volatile List<OptOut> optOuts;

    /** Loads what is stored, and brings it into force. */
    public RuleBook(RuleStore store, Secrets secrets, Rules rules, Channels channels) {
        this.store = store;
        this.secrets = secrets;
        this.rules = rules;
        this.channels = channels;
        this.reader = new ChannelReader(channels.types().values());
        Stored stored = store.load();
        optOuts = List.copyOf(stored.optOuts());
        current = read(stored, reader);
        publish(current);
    }

    /** A change does not fit what is there. */
    public static final class RefusedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Returns what is stored. A channel that cannot be used says why; a rule or an expectation that cannot be read is left
     * out, and the log names it.
     */
    public static RuleSet read(Stored stored, ChannelReader reader) {
        List<Rule> rules = new ArrayList<>();
        for (RuleRow row : stored.rules()) {
            add(
                    rules,
                    "rule " + row.name(),
                    row.fields(),
                    fields -> RuleReader.read(row.name(), fields, row.fromFile()));
        }
        List<Expectation> expectations = new ArrayList<>();
        for (ExpectationRow row : stored.expectations()) {
            add(
                    expectations,
                    "expectation " + row.app(),
                    row.fields(),
                    fields -> ExpectationReader.read(row.app(), fields, row.fromFile()));
        }
        return new RuleSet(
                stored.channels().stream().map(one -> channel(one, reader)).toList(), rules, expectations);
    }

    private static ChannelSettings channel(StoredChannel stored, ChannelReader reader) {
        ChannelRow row = stored.row();
        String problem = stored.problem();
        if (!reader.knows(row.type())) {
            problem = "there is no type of channel " + row.type();
        }
        if (problem != null) {
            log.error("the channel {} cannot be used: {}", row.name(), problem);
        }
        return new ChannelSettings(row.name(), row.type(), row.fields(), stored.secrets(), row.fromFile(), problem);
    }

    private static <T> void add(List<T> all, String name, Map<String, Object> stored, Function<Fields, T> reader) {
        Fields fields = Fields.of(stored, Naming.CAMEL);
        T read = reader.apply(fields);
        if (fields.errors().any()) {
            log.error(
                    "the {} cannot be read and is not in force: {}",
                    name,
                    fields.errors().errors());
        } else {
            all.add(read);
        }
    }

    private void publish(RuleSet next) {
        current = next;
        Set<String> optedOut = optOuts.stream().map(OptOut::address).collect(Collectors.toSet());
        channels.replace(next.channels());
        rules.replace(new Rules.Current(next.rules(), next.expectations(), optedOut));
    }

    /** Returns what reads channels of the types that there are. */
    public ChannelReader reader() {
        return reader;
    }

    /** Returns all channels, rules and expectations in force. */
    public RuleSet current() {
        return current;
    }

    /** Returns the addresses that opted out, the oldest first. */
    public List<OptOut> optOuts() {
        return optOuts;
    }

    /**
     * Adds or changes a channel of the API.
     *
     * @param document {@code type}, and the fields of that type; a stored secret that is left out is kept
     */
    public CompletableFuture<ChannelSettings> putChannel(
            String name, Map<String, @Nullable Object> document, AuditEntry entry) {
        return changes.run(() -> {
            requireRoom(Part.CHANNEL, name);
            ChannelSettings known =
                    find(current.channels(), channel -> channel.name().equals(name));
            ChannelSettings channel = reader.read(name, document, known);
            sealed(List.of(channel), edits -> store.write(edits, entry));
            publish(current.with(channel));
            return channel;
        });
    }

    /** Adds or changes a rule of the API. */
    public CompletableFuture<Rule> put(Rule rule, AuditEntry entry) {
        return changes.run(() -> {
            requireRoom(Part.RULE, rule.name());
            List<FieldError> unknown = current.unknownChannels(rule).stream()
                    .map(channel -> new FieldError("tell", channel, RuleSet.KNOWN))
                    .toList();
            if (!unknown.isEmpty()) {
                throw new InvalidFieldsException(unknown);
            }
            store.write(List.of(edit(rule)), entry);
            publish(current.with(rule));
            return rule;
        });
    }

    /** Adds or changes an expectation of the API. */
    public CompletableFuture<Expectation> put(Expectation expectation, AuditEntry entry) {
        return changes.run(() -> {
            requireRoom(Part.EXPECTATION, expectation.app());
            store.write(List.of(edit(expectation)), entry);
            publish(current.with(expectation));
            return expectation;
        });
    }

    /**
     * Removes a channel of the API with its secrets, a rule, or an expectation; returns whether there was one. A channel is
     * refused while a rule tells it.
     */
    public CompletableFuture<Boolean> remove(Part part, String name, AuditEntry entry) {
        return changes.run(() -> {
            if (!current.names(part).contains(name)) {
                return false;
            }
            requireOfApi(part, name);
            List<String> telling = part == Part.CHANNEL ? current.rulesTelling(name) : List.of();
            if (!telling.isEmpty()) {
                throw new RefusedException("channel " + name + " is told by: rule " + String.join(", rule ", telling));
            }
            store.write(List.of(new Remove(Table.valueOf(part.name()), name)), entry);
            publish(current.without(part, name));
            return true;
        });
    }

    private void requireRoom(Part part, String name) {
        requireOfApi(part, name);
        List<String> names = current.names(part);
        if (!names.contains(name) && names.size() >= part.most()) {
            throw new RefusedException(
                    "there are already " + part.most() + " " + part.section() + ", which is the limit");
        }
    }

    private void requireOfApi(Part part, String name) {
        if (current.of(true).names(part).contains(name)) {
            throw new RefusedException(
                    part.word() + " " + name + " comes from the services file, and can only be changed there");
        }
    }

    /** Stores that an address wants nothing by a registration; returns whether that is new. */
    public CompletableFuture<Boolean> optOut(OptOut address, AuditEntry entry) {
        return changes.run(() -> {
            if (find(optOuts, one -> one.address().equals(address.address())) != null) {
                return false;
            }
            store.write(List.of(new PutOptOut(address)), entry);
            List<OptOut> next = new ArrayList<>(optOuts);
            next.add(address);
            optOuts = List.copyOf(next);
            publish(current);
            return true;
        });
    }

    /** Stores that an address wants messages again; returns whether it had opted out. */
    public CompletableFuture<Boolean> removeOptOut(String address, AuditEntry entry) {
        return changes.run(() -> {
            OptOut known = find(optOuts, one -> one.address().equals(address));
            if (known == null) {
                return false;
            }
            store.write(List.of(new Remove(Table.OPT_OUT, address)), entry);
            optOuts = List.copyOf(without(optOuts, known));
            publish(current);
            return true;
        });
    }

    /**
     * Replaces all that comes from the services file: all of it, or nothing. Refused if {@link RuleSet#conflicts} finds
     * something by now; that there is nothing any more is never refused.
     *
     * @param file what the file says
     * @param commit stores the edits, alone or with more, and returns when they are stored
     */
    public CompletableFuture<Boolean> replaceFile(RuleSet file, Consumer<List<Edit>> commit) {
        return changes.run(() -> {
            RuleSet before = current.of(true);
            RuleSet ofApi = current.of(false);
            List<FieldError> conflicts = file.size() == 0 ? List.of() : file.conflicts(ofApi);
            if (!conflicts.isEmpty()) {
                throw new InvalidFieldsException(conflicts);
            }
            List<ChannelSettings> changed = new ArrayList<>(file.channels());
            changed.removeAll(before.channels());
            sealed(changed, puts -> {
                List<Edit> edits = new ArrayList<>(file.equals(before) ? List.of() : edits(before, file));
                edits.addAll(puts);
                commit.accept(edits);
            });
            publish(file.and(ofApi));
            return true;
        });
    }

    /** Returns the edits of all but the channels that change. */
    private static List<Edit> edits(RuleSet before, RuleSet file) {
        List<Edit> edits = new ArrayList<>();
        List<String> channels = file.names(Part.CHANNEL);
        before.names(Part.CHANNEL).stream()
                .filter(name -> !channels.contains(name))
                .forEach(name -> edits.add(new Remove(Table.CHANNEL, name)));
        // All rules, because they keep the order of the file.
        before.names(Part.RULE).forEach(name -> edits.add(new Remove(Table.RULE, name)));
        file.rules().forEach(rule -> edits.add(edit(rule)));
        before.names(Part.EXPECTATION).forEach(app -> edits.add(new Remove(Table.EXPECTATION, app)));
        file.expectations().forEach(one -> edits.add(edit(one)));
        return edits;
    }

    /** Encrypts the secrets of the channels, and runs the write with the edits that put them. */
    private void sealed(List<ChannelSettings> all, Consumer<List<Edit>> write) {
        Map<String, Map<String, Secret>> owned = new LinkedHashMap<>();
        all.forEach(channel -> owned.put(SecretStore.channelOwner(channel.name()), channel.secrets()));
        try (Secrets.Sealed sealed = secrets.seal(owned)) {
            write.accept(all.stream()
                    .map(channel -> (Edit) new PutChannel(
                            new ChannelRow(channel.name(), channel.type(), channel.fields(), channel.fromFile()),
                            sealed.rows(SecretStore.channelOwner(channel.name()))))
                    .toList());
        } catch (Secrets.NoKeyException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static Edit edit(Rule rule) {
        return new PutRule(new RuleRow(rule.name(), RuleReader.fields(rule), rule.fromFile()));
    }

    private static Edit edit(Expectation one) {
        return new PutExpectation(new ExpectationRow(one.app(), ExpectationReader.fields(one), one.fromFile()));
    }

    private static <T> @Nullable T find(List<T> all, Predicate<T> isIt) {
        return all.stream().filter(isIt).findFirst().orElse(null);
    }

    private static <T> List<T> without(List<T> all, T one) {
        return all.stream().filter(other -> !other.equals(one)).toList();
    }

    /** Refuses further changes, and waits up to 10 s for those in progress. */
    @Override
    public void close() {
        changes.close();
    }
}
