package dev.vitals.samples.orders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The inventory service, over HTTP. */
final class Inventory {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI uri;

    Inventory(URI uri) {
        this.uri = uri;
    }

    /** Returns the HTTP status that it answers: 200 if it has put so many aside, 404 or 409 if it cannot. */
    int reserve(String item, int quantity) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/stock/" + item + "/reserve?quantity=" + quantity))
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
