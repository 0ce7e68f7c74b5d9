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

/** Tokens, users, sessions, secrets and the audit log, opened together. Thread-safe. */
public final class Access implements AutoCloseable {
    private final AuditLog audit;
    private final Tokens tokens;
    private final Passwords passwords = new Passwords();
    private final Users users;
    private final Sessions sessions;
    private final Secrets secrets;
    private final LinkTokens links;
    private final Optional<String> createdRegistrar;
    private final boolean createdAdmin;

    private Access(Database database, Path directory, InstantSource clock, LongSupplier nanoTime, boolean newKey)
            throws IOException {
        AccessStore accessStore = new AccessStore(database);
        audit = new AuditLog(new AuditStore(database), clock);
        tokens = new Tokens(accessStore, audit, clock);
        users = new Users(accessStore, audit, clock, passwords);
        sessions = new Sessions(accessStore, audit, clock, passwords, nanoTime);
        secrets = Secrets.open(new SecretStore(database), audit, directory, newKey);
        links = new LinkTokens(secrets, accessStore);
        createdRegistrar = BootstrapToken.registrar(tokens, directory);
        createdAdmin = BootstrapToken.admin(tokens, directory);
    }

    /**
     * Opens the access data of that database and directory; creates the first tokens and the first key if there are none.
     *
     * @param nanoTime elapsed time, for the limits on logins
     * @param newKey whether to create a key although stored secrets need one that was lost
     * @throws IOException if a file cannot be read or written, or if other users may read the keys
     */
    public static Access open(
            Database database, Path directory, InstantSource clock, LongSupplier nanoTime, boolean newKey)
            throws IOException {
        return new Access(database, directory, clock, nanoTime, newKey);
    }

    /** Returns the log of changes. */
    public AuditLog audit() {
        return audit;
    }

    /** Returns the tokens. */
    public Tokens tokens() {
        return tokens;
    }

    /** Returns the users. */
    public Users users() {
        return users;
    }

    /** Returns the sessions of users. */
    public Sessions sessions() {
        return sessions;
    }

    /** Returns the secrets. */
    public Secrets secrets() {
        return secrets;
    }

    /** Returns the tokens of links in messages. */
    public LinkTokens links() {
        return links;
    }

    /** Returns the text of the first registrar's token if this start created it. */
    public Optional<String> createdRegistrar() {
        return createdRegistrar;
    }

    /** Returns whether this start created the first administrator's token. */
    public boolean createdAdmin() {
        return createdAdmin;
    }

    @Override
    public void close() {
        passwords.close();
    }
}
