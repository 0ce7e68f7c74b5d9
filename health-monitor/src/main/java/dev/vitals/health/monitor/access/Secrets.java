package dev.vitals.health.monitor.access;

import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.store.SecretStore;
import dev.vitals.health.monitor.store.SecretStore.SecretRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts and decrypts the passwords and keys that the monitor needs to poll others and to send messages. The database holds them encrypted; the
 * keys are in the file {@code secret.key} beside it. Either of the two is useless alone. Thread-safe.
 */
public final class Secrets {
    /** The file with the keys in the data directory. */
    public static final String KEY_FILE = KeyFile.NAME;

    private static final Logger log = LoggerFactory.getLogger(Secrets.class);
    private static final int MAX_LENGTH = 100_000;
    private static final int MAX_NAMED = 10;

    private final SecretStore store;
    private final AuditLog audit;
    private final KeyFile file;
    private final Map<String, Integer> inUse = new ConcurrentHashMap<>();
    private final AtomicBoolean rotating = new AtomicBoolean();
    // The newest key is the last one; it encrypts.
    private volatile List<EncryptionKey> keys;

    private Secrets(SecretStore store, AuditLog audit, KeyFile file, List<EncryptionKey> keys) {
        this.store = store;
        this.audit = audit;
        this.file = file;
        this.keys = keys;
    }

    /**
     * Reads the keys, or creates the first one. Secrets whose key is lost are named in the log, and stay in the store. While
     * there are such secrets, a new key is created only if that was asked for: the file with the old one may come back.
     *
     * @param newKey whether to create a key although stored secrets need another one
     * @throws IOException if the file cannot be read or written, is damaged, or is readable by others
     */
    public static Secrets open(SecretStore store, AuditLog audit, Path directory, boolean newKey) throws IOException {
        KeyFile file = new KeyFile(directory);
        List<EncryptionKey> keys = file.read();
        if (keys.isEmpty() && (newKey || store.secrets().isEmpty())) {
            keys = List.of(EncryptionKey.random());
            file.write(keys);
        }
        Secrets secrets = new Secrets(store, audit, file, keys);
        List<String> lost = secrets.lost();
        if (!lost.isEmpty()) {
            List<String> some = lost.subList(0, Math.min(MAX_NAMED, lost.size()));
            log.error("{} secrets cannot be read, their key is not in {}: {}", lost.size(), file, some);
        }
        if (keys.isEmpty()) {
            log.error("{}", secrets.noKey());
        }
        return secrets;
    }

    /**
     * Returns an opener with the keys of that directory. Writes nothing.
     *
     * @throws IOException if the file cannot be read, is damaged, or is readable by others
     */
    public static SecretStore.Opener opener(Path directory) throws IOException {
        List<EncryptionKey> keys = new KeyFile(directory).read();
        return row -> decrypt(row, keys);
    }

    /** Decrypts a secret; empty if its key is lost, or the row was moved or changed. */
    public Optional<Secret> open(SecretRow row) {
        return decrypt(row, keys);
    }

    private static Optional<Secret> decrypt(SecretRow row, List<EncryptionKey> keys) {
        return find(row.keyId(), keys)
                .flatMap(key -> key.decrypt(row.nonce(), row.ciphertext(), row.owner(), row.name()))
                .map(Secret::of);
    }

    private static Optional<EncryptionKey> find(String id, List<EncryptionKey> keys) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** Returns the key that signs; empty if the file with the keys was lost. */
    Optional<EncryptionKey> signer() {
        List<EncryptionKey> known = keys;
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1));
    }

    /** Returns the key with that id, to check what it signed. */
    Optional<EncryptionKey> signer(String id) {
        return find(id, keys);
    }

    /** Thrown when a secret is to be stored, but the file with the keys was lost. */
    public static final class NoKeyException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NoKeyException(String message) {
            super(message);
        }
    }

    /** Encrypted secrets on their way into the store. A key rotation keeps their key until this is closed. */
    public static final class Sealed implements AutoCloseable {
        private final Map<String, List<SecretRow>> rows;
        private final AtomicReference<Runnable> release;

        private Sealed(Map<String, List<SecretRow>> rows, Runnable release) {
            this.rows = rows;
            this.release = new AtomicReference<>(release);
        }

        /** Returns the rows of an owner, see {@link SecretStore#owner}; none if it has no secrets. */
        public List<SecretRow> rows(String owner) {
            return rows.getOrDefault(owner, List.of());
        }

        /** Call this when the rows are stored, or will not be stored. */
        @Override
        public void close() {
            Objects.requireNonNull(release.getAndSet(() -> {})).run();
        }
    }

    /**
     * Encrypts the secrets of these owners, see {@link SecretStore#owner}, each by its name. The caller stores the rows and then closes the result.
     *
     * @throws IllegalArgumentException if a secret has more than 100,000 characters
     * @throws NoKeyException if there is no key
     */
    public Sealed seal(Map<String, Map<String, Secret>> secrets) {
        if (secrets.values().stream().allMatch(Map::isEmpty)) {
            return new Sealed(Map.of(), () -> {});
        }
        EncryptionKey key = acquireNewest();
        Map<String, List<SecretRow>> rows = new LinkedHashMap<>();
        try {
            secrets.forEach((owner, all) -> rows.put(owner, encrypt(owner, all, key)));
            return new Sealed(rows, () -> release(key));
        } catch (RuntimeException e) {
            release(key);
            throw e;
        }
    }

    private static List<SecretRow> encrypt(String owner, Map<String, Secret> secrets, EncryptionKey key) {
        List<SecretRow> rows = new ArrayList<>();
        secrets.forEach((name, secret) -> {
            Require.name("name", name);
            String text = secret.reveal();
            if (text.length() > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        name + " must have up to " + MAX_LENGTH + " characters, had " + text.length());
            }
            rows.add(key.encrypt(text, owner, name));
        });
        return rows;
    }

    private EncryptionKey acquireNewest() {
        EncryptionKey key = newest();
        inUse.merge(key.id(), 1, Integer::sum);
        while (!key.equals(newest())) {
            // A rotation came in between, and may have looked for keys in use before this one was.
            release(key);
            key = newest();
            inUse.merge(key.id(), 1, Integer::sum);
        }
        return key;
    }

    private void release(EncryptionKey key) {
        inUse.computeIfPresent(key.id(), (id, count) -> count == 1 ? null : count - 1);
    }

    private EncryptionKey newest() {
        return signer().orElseThrow(() -> new NoKeyException(noKey()));
    }

    private String noKey() {
        return "no secret can be stored: " + file
                + " is missing, and stored secrets need the key in it; put the file back, or"
                + " start with --new-key and give these secrets again";
    }

    /** Returns the names of the secrets that cannot be read. */
    List<String> lost() {
        return store.secrets().stream()
                .filter(row -> open(row).isEmpty())
                .map(row -> row.name() + " of " + row.owner() + " (key " + row.keyId() + ")")
                .toList();
    }

    /**
     * Creates a new key and encrypts all secrets with it. If the process dies at any point, each secret is still encrypted
     * with a key that the file has.
     *
     * @return the names of the secrets that cannot be read, which stay as they are; empty if another rotation is running
     * @throws IOException if the key file cannot be written
     * @throws NoKeyException if there is no key
     */
    public Optional<List<String>> rotate(Actor by) throws IOException {
        if (!rotating.compareAndSet(false, true)) {
            return Optional.empty();
        }
        try {
            EncryptionKey before = newest();
            log.debug("{} is to be replaced", before);
            addKey();
            encryptAgain(by);
            dropUnused();
            return Optional.of(lost());
        } finally {
            rotating.set(false);
        }
    }

    /** Step 1: the new key is on the disk before anything is encrypted with it. */
    void addKey() throws IOException {
        List<EncryptionKey> more = new ArrayList<>(keys);
        more.add(EncryptionKey.random());
        file.write(more);
        keys = List.copyOf(more);
    }

    /** Step 2, in one transaction. */
    void encryptAgain(Actor by) {
        EncryptionKey newest = newest();
        store.replaceAll(
                row -> row.keyId().equals(newest.id())
                        ? Optional.empty()
                        : open(row).map(secret -> newest.encrypt(secret.reveal(), row.owner(), row.name())),
                audit.entry(by, "secret.rotate", "key:" + newest.id(), ""));
    }

    /** Step 3: drops each key with which nothing is encrypted. */
    void dropUnused() throws IOException {
        // Before the store is read: from now on, secrets are sealed with the newest key.
        Set<String> needed = new HashSet<>(inUse.keySet());
        needed.add(newest().id());
        store.secrets().forEach(row -> needed.add(row.keyId()));
        List<EncryptionKey> kept =
                keys.stream().filter(key -> needed.contains(key.id())).toList();
        file.write(kept);
        keys = kept;
    }
}
