package dev.vitals.health.monitor.store;

/**
 * A secret as it is kept: encrypted.
 *
 * @param owner whose it is
 * @param name which of the owner's
 * @param keyId the key that it was encrypted with
 * @param nonce the nonce of this encryption, in base64
 * @param ciphertext the encrypted text with its tag, in base64
 */
public record SecretRow(String owner, String name, String keyId, String nonce, String ciphertext) {}
