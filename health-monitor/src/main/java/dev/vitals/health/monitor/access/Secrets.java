package dev.vitals.health.monitor.access;

import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.store.SecretRow;
import dev.vitals.health.monitor.store.SecretStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passwords and keys that the monitor needs to ask others, encrypted. The keys to them are in the file {@code
 * secret.key} beside the database: who has only one of the two has nothing. Thread-safe.
 */
public final class Secrets {
    private static final Logger log = LoggerFactory.getLogger(Secrets.class);
    private static final int MAX_LENGTH = 100_000;
    private static final int MAX_OWNER = 300;

    private final SecretStore store;
    private final AuditLog audit;
    private final KeyFile file;
    private final Map<String, Integer> writing = new ConcurrentHashMap<>();
    private final AtomicBoolean rotating = new AtomicBoolean();
    // The newest last: it encrypts.
    private volatile List<EncryptionKey> keys;

    private Secrets(SecretStore store, AuditLog audit, KeyFile file, List<EncryptionKey> keys) {
        this.store = store;
        this.audit = audit;
        this.file = file;
        this.keys = keys;
    }

    /**
     * Reads the keys, or makes the first one. Secrets whose key is lost are named in the log and stay as they are.
     *
     * @throws IOException if the file cannot be read or written, is damaged, or others may read it
     */
    public static Secrets open(SecretStore store, AuditLog audit, Path directory) throws IOException {
        KeyFile file = new KeyFile(directory);
        List<EncryptionKey> keys = file.read();
        if (keys.isEmpty()) {
            keys = List.of(EncryptionKey.random());
            file.write(keys);
        }
        Secrets secrets = new Secrets(store, audit, file, keys);
        List<String> lost = secrets.lost();
        if (!lost.isEmpty()) {
            log.error("{} secrets cannot be read, their key is not in {}: {}", lost.size(), file, lost);
        }
        return secrets;
    }

    /**
     * Keeps a secret in place of the one of the same owner and name.
     *
     * @param owner whose it is, such as {@code target:orders/m1}; up to 300 characters
     * @param name which of the owner's
     */
    public void put(String owner, String name, Secret secret) {
        Require.text("owner", owner, MAX_OWNER);
        Require.name("name", name);
        if (secret.reveal().length() > MAX_LENGTH) {
            throw new IllegalArgumentException(name + " must have up to " + MAX_LENGTH + " characters, had "
                    + secret.reveal().length());
        }
        EncryptionKey key = beginWriting();
        try {
            store.save(row(owner, name, secret.reveal(), key));
        } finally {
            endWriting(key);
        }
    }

    private void endWriting(EncryptionKey key) {
        writing.computeIfPresent(key.id(), (id, count) -> count == 1 ? null : count - 1);
    }

    /** Returns the newest key, which is not dropped until the writing has ended. */
    private EncryptionKey beginWriting() {
        EncryptionKey key = newest();
        writing.merge(key.id(), 1, Integer::sum);
        while (!key.equals(newest())) {
            // A rotation came in between, and may have looked already.
            endWriting(key);
            key = newest();
            writing.merge(key.id(), 1, Integer::sum);
        }
        return key;
    }

    private static SecretRow row(String owner, String name, String text, EncryptionKey key) {
        EncryptionKey.Sealed sealed = key.seal(text, owner, name);
        return new SecretRow(owner, name, key.id(), sealed.nonce(), sealed.ciphertext());
    }

    private EncryptionKey newest() {
        List<EncryptionKey> known = keys;
        return known.get(known.size() - 1);
    }

    /**
     * Returns a secret; empty if there is none of that name. Asks the store.
     *
     * @throws SecretLostException if it is there and cannot be read
     */
    public Optional<Secret> get(String owner, String name) {
        return store.secret(owner, name)
                .map(row -> read(row)
                        .orElseThrow(() -> new SecretLostException("the secret " + name + " of " + owner
                                + " cannot be read: its key " + row.keyId() + " is not in " + file)));
    }

    /** Removes all secrets of the owner; returns how many there were. */
    public int remove(String owner) {
        return store.remove(owner);
    }

    private Optional<Secret> read(SecretRow row) {
        return keys.stream()
                .filter(key -> key.id().equals(row.keyId()))
                .findFirst()
                .flatMap(key ->
                        key.open(new EncryptionKey.Sealed(row.nonce(), row.ciphertext()), row.owner(), row.name()))
                .map(Secret::of);
    }

    /** Returns the names of the secrets that cannot be read. */
    List<String> lost() {
        return store.secrets().stream()
                .filter(row -> read(row).isEmpty())
                .map(row -> row.name() + " of " + row.owner() + " (key " + row.keyId() + ")")
                .toList();
    }

    /**
     * Makes a new key and encrypts everything with it. May be stopped at any point: what is encrypted with either key
     * can be read at each.
     *
     * @return the names of the secrets that cannot be read and so stay as they are; empty if another rotation is
     *     under way
     * @throws IOException if the key file cannot be written
     */
    public Optional<List<String>> rotate(Actor by) throws IOException {
        if (!rotating.compareAndSet(false, true)) {
            return Optional.empty();
        }
        try {
            addKey();
            encryptAnew(by);
            dropUnused();
            return Optional.of(lost());
        } finally {
            rotating.set(false);
        }
    }

    /** The first step: the new key is on the disk before anything is encrypted with it. */
    void addKey() throws IOException {
        List<EncryptionKey> more = new ArrayList<>(keys);
        more.add(EncryptionKey.random());
        file.write(more);
        keys = List.copyOf(more);
    }

    /** The second step, in one transaction. */
    void encryptAnew(Actor by) {
        EncryptionKey newest = newest();
        store.replaceAll(
                row -> row.keyId().equals(newest.id())
                        ? Optional.empty()
                        : read(row).map(secret -> row(row.owner(), row.name(), secret.reveal(), newest)),
                audit.entry(by, "secret.rotate", "key:" + newest.id(), ""));
    }

    /** The last step: a key goes when nothing is encrypted with it, or about to be. */
    void dropUnused() throws IOException {
        // Before the store is asked: what is written from now on is written with the newest.
        Set<String> needed = new HashSet<>(writing.keySet());
        needed.add(newest().id());
        store.secrets().forEach(row -> needed.add(row.keyId()));
        List<EncryptionKey> kept =
                keys.stream().filter(key -> needed.contains(key.id())).toList();
        file.write(kept);
        keys = kept;
    }
}
