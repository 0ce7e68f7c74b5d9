package dev.vitals.health.indicator;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the paths from a server's certificate to a trusted one among the certificates that the server sent. Servers send
 * them in any order, and often more than a client needs, such as an old root or an expired cross certificate. So the order
 * does not count: an issuer is found by its name and by its key.
 */
final class CertificatePaths {
    /** Bounds the search: a hostile server may send certificates that sign each other in every way. */
    private static final int MAX_STEPS = 200;

    private final List<X509Certificate> sent;
    private final Set<X509Certificate> trusted;
    private final List<List<X509Certificate>> complete = new ArrayList<>();
    private final List<List<X509Certificate>> open = new ArrayList<>();
    private int steps;

    private CertificatePaths(List<X509Certificate> sent, Set<X509Certificate> trusted) {
        // The one that is valid longest comes first, so that a search that ends at its bound has seen the best paths.
        this.sent = sent.stream()
                .sorted(Comparator.comparing(X509Certificate::getNotAfter).reversed())
                .toList();
        this.trusted = trusted;
    }

    /**
     * Returns the certificates of the path that is valid longest, without the trusted one that it ends at; without such a
     * path, those of the best path that leads nowhere.
     *
     * @param sent the server's own certificate first; not empty
     */
    static List<X509Certificate> best(List<X509Certificate> sent, X509Certificate[] trusted, Instant now) {
        CertificatePaths paths = new CertificatePaths(sent, Set.copyOf(Arrays.asList(trusted)));
        paths.follow(List.of(sent.get(0)));
        List<List<X509Certificate>> usable =
                paths.complete.stream().filter(paths::isAccepted).toList();
        return Stream.of(usable, paths.complete, paths.open)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of(sent))
                .stream()
                .max(Comparator.comparing((List<X509Certificate> path) -> hasBegun(path, now))
                        .thenComparing(CertificatePaths::end))
                .orElseThrow();
    }

    /** Returns the certificate that decides: one that has expired, else one that is not valid yet, else the first to expire. */
    static X509Certificate decisive(List<X509Certificate> path, Instant now) {
        X509Certificate first = path.stream()
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow();
        X509Certificate last = path.stream()
                .max(Comparator.comparing(X509Certificate::getNotBefore))
                .orElseThrow();
        return end(path).isBefore(now) || hasBegun(path, now) ? first : last;
    }

    private void follow(List<X509Certificate> path) {
        X509Certificate last = path.get(path.size() - 1);
        steps++;
        if (trusted.contains(last) || trusted.stream().anyMatch(anchor -> signs(anchor, last))) {
            complete.add(path);
            return;
        }
        boolean further = false;
        for (X509Certificate issuer : sent) {
            if (steps < MAX_STEPS && !path.contains(issuer) && signs(issuer, last)) {
                further = true;
                follow(Stream.concat(path.stream(), Stream.of(issuer)).toList());
            }
        }
        if (!further) {
            open.add(path);
        }
    }

    private static boolean signs(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // another key of the same name, as after a renewal with a new key
        }
    }

    /** Returns whether a client accepts the path while its certificates are valid: a CA may be limited, an algorithm weak. */
    private boolean isAccepted(List<X509Certificate> path) {
        X509Certificate last = path.get(path.size() - 1);
        try {
            PKIXParameters parameters = new PKIXParameters(trusted.stream()
                    .map(anchor -> new TrustAnchor(anchor, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(end(path)));
            List<X509Certificate> untrusted = trusted.contains(last) ? path.subList(0, path.size() - 1) : path;
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(untrusted), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean hasBegun(List<X509Certificate> path, Instant now) {
        return path.stream()
                .noneMatch(certificate -> certificate.getNotBefore().toInstant().isAfter(now));
    }

    private static Instant end(List<X509Certificate> path) {
        return path.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
