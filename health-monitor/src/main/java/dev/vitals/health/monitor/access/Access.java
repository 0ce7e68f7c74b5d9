package dev.vitals.health.monitor.access;

import dev.vitals.health.monitor.store.AccessStore;
import dev.vitals.health.monitor.store.AuditStore;
import dev.vitals.health.monitor.store.Database;
import dev.vitals.health.monitor.store.SecretStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** All that there is about access, opened together. Thread-safe. */
public final class Access implements AutoCloseable {
    private final AuditLog audit;
    private final Tokens tokens;
    private final Passwords passwords = new Passwords();
    private final Users users;
    private final Sessions sessions;
    private final Secrets secrets;
    private final Optional<String> createdRegistrar;
    private final boolean createdAdmin;

    private Access(Database database, Path directory, InstantSource clock, LongSupplier nanoTime) throws IOException {
        AccessStore kept = new AccessStore(database);
        audit = new AuditLog(new AuditStore(database), clock);
        tokens = new Tokens(kept, audit, clock);
        users = new Users(kept, audit, clock, passwords);
        sessions = new Sessions(kept, audit, clock, passwords, nanoTime);
        secrets = Secrets.open(new SecretStore(database), audit, directory);
        createdRegistrar = BootstrapToken.registrar(tokens, directory);
        createdAdmin = BootstrapToken.admin(tokens, directory);
    }

    /**
     * Opens what is kept in that database and directory; makes the first tokens and the first key if need be.
     *
     * @param nanoTime elapsed time, by which guessing is slowed down
     * @throws IOException if a file cannot be read or written, or others may read the keys
     */
    public static Access open(Database database, Path directory, InstantSource clock, LongSupplier nanoTime)
            throws IOException {
        return new Access(database, directory, clock, nanoTime);
    }

    /** Returns where changes are written down. */
    public AuditLog audit() {
        return audit;
    }

    /** Returns the tokens. */
    public Tokens tokens() {
        return tokens;
    }

    /** Returns the people. */
    public Users users() {
        return users;
    }

    /** Returns their sessions. */
    public Sessions sessions() {
        return sessions;
    }

    /** Returns what is kept secret. */
    public Secrets secrets() {
        return secrets;
    }

    /** Returns the first registrar's token in plain if this start has made it. */
    public Optional<String> createdRegistrar() {
        return createdRegistrar;
    }

    /** Returns whether this start has made the first administrator's token. */
    public boolean createdAdmin() {
        return createdAdmin;
    }

    @Override
    public void close() {
        passwords.close();
    }
}
