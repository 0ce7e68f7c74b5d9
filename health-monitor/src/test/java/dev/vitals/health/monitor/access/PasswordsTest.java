package dev.vitals.health.monitor.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final Secret GOOD = Secret.of("correct horse battery staple");

    @Test
    void aHashMatchesOnlyItsPasswordAndIsSalted() {
        String hash = Passwords.Argon2.hash(GOOD.reveal());
        assertThat(hash)
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
                .isNotEqualTo(Passwords.Argon2.hash(GOOD.reveal()));
        assertThat(Passwords.Argon2.matches(GOOD.reveal(), hash)).isTrue();
        assertThat(Passwords.Argon2.matches(GOOD.reveal() + " ", hash)).isFalse();
        assertThat(Passwords.Argon2.matches("", hash)).isFalse();
    }

    @Test
    void agreesWithTheReferenceImplementation() {
        // From the test vectors of the reference implementation: argon2id, v=19, m=2^16, t=2, p=1.
        assertThat(Passwords.Argon2.matches(
                        "password",
                        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isTrue();
    }

    @Test
    void composedAndDecomposedLettersAreTheSame() {
        assertThat(Passwords.Argon2.matches("passw\u00f6rter sind", Passwords.Argon2.hash("passwo\u0308rter sind")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "elevenchars", "            ", "administrator"})
    void refusesBadPasswordsWithoutRepeatingThem(String bad) {
        assertThatThrownBy(() -> Passwords.check(Secret.of(bad), "Administrator"))
                .isInstanceOf(InvalidFieldsException.class)
                .hasMessage("password must be 12 to 200 characters, and not the name, was ***");
    }

    @Test
    void noPasswordMatchesAnUnknownUser() {
        try (Passwords passwords = new Passwords()) {
            assertThat(passwords.matches(GOOD, null).join()).isFalse();
            assertThat(passwords
                            .matches(GOOD, Passwords.Argon2.hash(GOOD.reveal()))
                            .join())
                    .isTrue();
        }
    }

    @Test
    void anUnknownUserTakesAsLongAsAWrongPassword() {
        try (Passwords passwords = new Passwords()) {
            String hash = Passwords.Argon2.hash("another password");
            long known = Long.MAX_VALUE;
            long unknown = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                known = Math.min(known, nanos(() -> passwords.matches(GOOD, hash)));
                unknown = Math.min(unknown, nanos(() -> passwords.matches(GOOD, null)));
            }
            // Without a hash it would be a thousandth.
            assertThat(unknown).isGreaterThan(known / 3);
        }
    }

    private static long nanos(java.util.function.Supplier<CompletableFuture<Boolean>> attempt) {
        long start = System.nanoTime();
        assertThat(attempt.get().join()).isFalse();
        return System.nanoTime() - start;
    }

    @Test
    void tooManyAtOnceAreRejectedAndTheOthersServed() {
        try (Passwords passwords = new Passwords()) {
            List<CompletableFuture<String>> hashes = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                hashes.add(passwords.hash(GOOD));
            }
            long served = hashes.stream()
                    .filter(hash -> hash.handle((text, failure) -> {
                                assertThat(failure == null || failure instanceof RejectedExecutionException)
                                        .isTrue();
                                return failure == null;
                            })
                            .join())
                    .count();
            assertThat(served).isBetween(18L, 29L);
        }
    }
}
