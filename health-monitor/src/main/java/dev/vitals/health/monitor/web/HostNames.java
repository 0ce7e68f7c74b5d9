package dev.vitals.health.monitor.web;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;

/**
 * The names by which a monitor may be called. One that listens on loopback shows everybody its targets, and a page whose
 * name leads to 127.0.0.1 must not read them in a browser of this machine. Immutable.
 */
public final class HostNames {
    static final Problem REFUSED = Problem.of(
            421,
            "this monitor listens on loopback and answers only to loopback names such as localhost;"
                    + " its option --allow-host names others");

    private final boolean any;
    private final Set<String> more;

    private HostNames(boolean any, Set<String> more) {
        this.any = any;
        this.more = more.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Admits all names. */
    public static HostNames any() {
        return new HostNames(true, Set.of());
    }

    /** Admits {@code localhost}, names that end in {@code .localhost}, loopback addresses, and these names. */
    public static HostNames loopback(Set<String> more) {
        return new HostNames(false, more);
    }

    /** Returns whether the name that the request was sent to is one of these; a request without a name is. */
    boolean admit(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        String authority = request.getHttpURI().getHost();
        return any || ((host == null || host.isEmpty() || admits(host)) && (authority == null || isKnown(authority)));
    }

    private boolean admits(String host) {
        try {
            return isKnown(new HostPort(host).getHost());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private boolean isKnown(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equals("[::1]")
                || name.equals("::1")
                || more.contains(name);
    }
}
