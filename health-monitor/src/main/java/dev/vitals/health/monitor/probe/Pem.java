package dev.vitals.health.monitor.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.vitals.health.monitor.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM. */
final class Pem {
    private static final int MAX_LENGTH = 100_000;
    private static final int MAX_CERTIFICATES = 100;
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private Pem() {}

    /**
     * Returns the certificates in the text, in its order.
     *
     * @throws CertificateException if there is none, or if one cannot be read
     */
    private static List<X509Certificate> certificates(String pem) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
                .forEach(certificate -> certificates.add((X509Certificate) certificate));
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        return certificates;
    }

    /**
     * Returns the key in the text.
     *
     * @throws GeneralSecurityException if there is none, or if it cannot be read
     */
    private static PrivateKey key(Secret pem) throws GeneralSecurityException {
        Matcher key = KEY.matcher(pem.reveal());
        if (!key.find()) {
            throw new InvalidKeyException("no PKCS #8 key");
        }
        PKCS8EncodedKeySpec encoded;
        try {
            encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("not base64", e);
        }
        GeneralSecurityException failure = new InvalidKeyException("unknown kind of key");
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (GeneralSecurityException otherAlgorithm) {
                failure = otherAlgorithm;
            }
        }
        throw failure;
    }

    /** Returns a store that trusts the certificates in the text. */
    static KeyStore trustStore(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (X509Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        return store;
    }

    static boolean hasCertificates(String text) {
        try {
            return text.length() <= MAX_LENGTH && certificates(text).size() <= MAX_CERTIFICATES;
        } catch (CertificateException e) {
            return false;
        }
    }

    static boolean hasKey(String text) {
        try {
            return text.length() <= MAX_LENGTH && key(Secret.of(text)).getEncoded() != null;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Returns whether the certificate verifies what the key signs. */
    static boolean match(String certificate, Secret key) {
        try {
            PrivateKey privateKey = key(key);
            PublicKey publicKey = certificates(certificate).get(0).getPublicKey();
            String algorithm = switch (privateKey.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> "EdDSA";
            };
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update((byte) 1);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
