package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.store.AccessStore.BoundsRow;
import dev.vitals.health.monitor.store.AccessStore.SessionRow;
import dev.vitals.health.monitor.store.AccessStore.TokenRow;
import dev.vitals.health.monitor.store.AccessStore.UserRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens, users and sessions, on any database. */
abstract class AccessStoreContract extends DatabaseContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final AuditEntry ENTRY = TestDatabase.ENTRY;

    private AccessStore store;

    @BeforeEach
    void openStore() {
        store = new AccessStore(database);
    }

    private int entries() {
        return new AuditStore(database).entries(AuditFilter.newest(99)).size();
    }

    private static TokenRow token(String hash, @Nullable Instant used, @Nullable Instant revoked) {
        BoundsRow bounds = new BoundsRow("orders", List.of("10.0.0.0/8"), List.of("team=a"));
        return new TokenRow("ci", "OPERATOR", hash, bounds, NOW, used, NOW.plusSeconds(60), revoked);
    }

    private static UserRow user(String role, String password) {
        return new UserRow("alice", role, List.of("team=a"), password, NOW, NOW.plusSeconds(1));
    }

    private boolean login(String hash, UserRow user) {
        return store.addSession(new SessionRow(hash, user, NOW, NOW), Instant.EPOCH, Instant.EPOCH, ENTRY);
    }

    @Test
    void aNameIsFreeAgainOnceItsTokenIsRevoked() {
        assertThat(store.addToken(token("h1", null, null), ENTRY)).isTrue();
        assertThat(store.addToken(token("h2", null, null), ENTRY)).isFalse();
        store.tokenUsed("h1", NOW.plusSeconds(2));
        assertThat(store.revokeToken("ci", NOW.plusSeconds(3), ENTRY)).isTrue();
        assertThat(store.revokeToken("ci", NOW.plusSeconds(4), ENTRY)).isFalse();
        assertThat(store.addToken(token("h2", null, null), ENTRY)).isTrue();
        assertThat(store.tokens())
                .containsExactly(token("h1", NOW.plusSeconds(2), NOW.plusSeconds(3)), token("h2", null, null));
        assertThat(entries()).isEqualTo(3);
    }

    @Test
    void usersAreAddedChangedAndRemoved() {
        assertThat(store.addUser(user("VIEWER", "p1"), ENTRY)).isTrue();
        assertThat(store.addUser(user("ADMIN", "p2"), ENTRY)).isFalse();
        assertThat(store.user("alice")).hasValue(user("VIEWER", "p1"));
        assertThat(store.changeUser(user("ADMIN", "p2"), ENTRY)).isTrue();
        assertThat(store.users()).containsExactly(user("ADMIN", "p2"));
        assertThat(store.removeUser("alice", ENTRY)).isTrue();
        assertThat(store.removeUser("alice", ENTRY)).isFalse();
        assertThat(store.changeUser(user("ADMIN", "p2"), ENTRY)).isFalse();
        assertThat(store.user("alice")).isEmpty();
        assertThat(entries()).isEqualTo(3);
    }

    @Test
    void aSessionBeginsOnlyForTheUserThatWasCheckedAndEndsWhenTheUserChanges() {
        store.addUser(user("VIEWER", "p1"), ENTRY);
        assertThat(login("s0", user("VIEWER", "old"))).isFalse();
        assertThat(login("s1", user("VIEWER", "p1"))).isTrue();
        store.sessionUsed("s1", NOW.plusSeconds(5));
        assertThat(store.session("s1")).hasValue(new SessionRow("s1", user("VIEWER", "p1"), NOW, NOW.plusSeconds(5)));
        store.changeUser(user("ADMIN", "p2"), ENTRY);
        assertThat(store.session("s1")).isEmpty();
        login("s2", user("ADMIN", "p2"));
        store.endSession("s2", ENTRY);
        assertThat(store.session("s2")).isEmpty();
        login("s3", user("ADMIN", "p2"));
        store.removeUser("alice", ENTRY);
        assertThat(store.session("s3")).isEmpty();
    }

    @Test
    void aLoginDeletesSessionsThatAreTooOld() {
        UserRow user = user("VIEWER", "p1");
        store.addUser(user, ENTRY);
        login("s1", user);
        Instant later = NOW.plusSeconds(100);
        assertThat(store.addSession(new SessionRow("s2", user, later, later), NOW.plusSeconds(1), NOW, ENTRY))
                .isTrue();
        assertThat(store.session("s1")).isEmpty();
        assertThat(store.session("s2")).isPresent();
    }
}
