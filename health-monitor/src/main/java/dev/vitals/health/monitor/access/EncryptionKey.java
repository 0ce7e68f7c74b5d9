package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.store.SecretStore.SecretRow;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A key that encrypts with AES-256-GCM, and signs. Immutable. */
final class EncryptionKey {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String id;
    private final SecretKeySpec key;

    private EncryptionKey(String id, byte[] bytes) {
        this.id = id;
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** Returns a new key. Its id is random too, so that it is not mistaken for a lost key. */
    static EncryptionKey random() {
        return new EncryptionKey(HexFormat.of().formatHex(random(ID_BYTES)), random(BYTES));
    }

    static EncryptionKey of(String id, byte[] bytes) {
        return new EncryptionKey(id, bytes);
    }

    String id() {
        return id;
    }

    byte[] bytes() {
        return key.getEncoded();
    }

    /** Encrypts the secret of that owner and name, under a random nonce. */
    SecretRow encrypt(String text, String owner, String name) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, nonce, owner, name).doFinal(text.getBytes(UTF_8));
            return new SecretRow(owner, name, id, text(nonce), text(ciphertext));
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every Java platform has AES-GCM", e);
        }
    }

    /** Decrypts a secret; empty if it was encrypted with another key, for another owner or name, or is damaged. */
    Optional<String> decrypt(String nonce, String ciphertext, String owner, String name) {
        try {
            byte[] text = cipher(Cipher.DECRYPT_MODE, bytes(nonce), owner, name).doFinal(bytes(ciphertext));
            return Optional.of(new String(text, UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns the HMAC-SHA256 of a text, under a key derived from this one for that purpose. */
    byte[] sign(String purpose, byte[] text) {
        return hmac(hmac(bytes(), purpose.getBytes(UTF_8)), text);
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every Java platform has HMAC-SHA256", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String owner, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place(owner, name));
        return cipher;
    }

    // Each part follows its length: "a" of "bc" must differ from "ab" of "c".
    private byte[] place(String owner, String name) {
        byte[] first = owner.getBytes(UTF_8);
        byte[] second = name.getBytes(UTF_8);
        byte[] third = id.getBytes(UTF_8);
        return ByteBuffer.allocate(3 * Integer.BYTES + first.length + second.length + third.length)
                .putInt(first.length)
                .put(first)
                .putInt(second.length)
                .put(second)
                .putInt(third.length)
                .put(third)
                .array();
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getDecoder().decode(text);
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
