package dev.vitals.health.monitor.net;

import java.net.URI;

/**
 * One of the places a call leads to.
 *
 * @param url what is asked for
 * @param origin with whom
 * @param first whether it is the URL of the call itself
 */
record RequestTarget(URI url, Origin origin, boolean first) {
    private static final int SEE_OTHER = 303;
    private static final int TEMPORARY = 307;
    private static final int PERMANENT = 308;

    static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == SEE_OTHER || status == TEMPORARY || status == PERMANENT;
    }

    RequestTarget to(URI location) {
        URI target = url.resolve(location);
        return new RequestTarget(target, Origin.of(target), false);
    }
}
