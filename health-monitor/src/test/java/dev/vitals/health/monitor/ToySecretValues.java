package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.store.SecretValues;
import java.util.Base64;

/** Hides secrets from a search for them, and opens them for their owner alone. */
final class ToySecretValues implements SecretValues {
    @Override
    public String seal(String owner, String text) {
        return Base64.getEncoder().encodeToString((owner + "\n" + text).getBytes(UTF_8));
    }

    @Override
    public String open(String owner, String kept) {
        String both = new String(Base64.getDecoder().decode(kept), UTF_8);
        if (!both.startsWith(owner + "\n")) {
            throw new IllegalStateException("sealed for another owner");
        }
        return both.substring(owner.length() + 1);
    }
}
