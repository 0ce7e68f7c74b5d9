package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.model.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Reaches others with the JDK's own clients. An HTTP exchange holds no thread; a connection attempt holds one. */
final class JdkTransport implements Transport {
    private static final Executor WORKERS = Threads.workers("monitor-probe-");

    // One for each way of TLS: there are as many as the operators have set up.
    private final ConcurrentHashMap<Tls, HttpClient> clients = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private volatile boolean closed;

    JdkTransport(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void get(Ask ask, Consumer<Reply> done) {
        Once<Reply> once = new Once<>(done);
        if (closed) {
            once.accept(Reply.failed("the monitor is closing"));
            return;
        }
        try {
            await(ask.url(), ask.timeout(), send(ask), once);
        } catch (IllegalArgumentException | GeneralSecurityException | IOException refused) {
            once.accept(Reply.failed("the URL cannot be polled: " + Text.line(String.valueOf(refused.getMessage()))));
        }
    }

    private CompletableFuture<Reply> send(Ask ask) throws GeneralSecurityException, IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(ask.url());
        ask.headers().forEach(request::header);
        CompletableFuture<HttpResponse<BoundedBody>> response =
                client(ask.tls()).sendAsync(request.build(), headers -> BoundedBody.upTo(Reading.MAX_BODY_BYTES));
        CompletableFuture<Reply> reply = response.thenApply(answer -> Reply.of(
                answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), answer.body()));
        // Closes the connection when it is given up; its answer, should it come, belongs to nobody.
        CompletableFuture<?> unused = reply.whenComplete((answer, failure) -> response.cancel(true));
        return reply;
    }

    private HttpClient client(Tls tls) throws GeneralSecurityException, IOException {
        HttpClient known = clients.get(tls);
        if (known != null) {
            return known;
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(WORKERS);
        if (!tls.equals(Tls.STANDARD)) {
            builder.sslContext(TlsContext.of(tls));
        }
        HttpClient made = builder.build();
        HttpClient before = clients.putIfAbsent(tls, made);
        return before == null ? made : before;
    }

    @Override
    public void connect(String host, int port, Duration timeout, Consumer<Reply> done) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        WORKERS.execute(() -> {
            try (Socket socket = new Socket()) {
                InetAddress address = InetAddress.getByName(host);
                socket.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
                reply.complete(Reply.connected());
            } catch (IOException e) {
                reply.completeExceptionally(e);
            }
        });
        await(
                URI.create("tcp://" + (host.indexOf(':') < 0 ? host : "[" + host + "]")),
                timeout,
                reply,
                new Once<>(done));
    }

    private void await(URI whom, Duration timeout, CompletableFuture<Reply> reply, Once<Reply> done) {
        // Not the request's own timeout: that ends with the headers, and a body may never come.
        Scheduler.Cancellation limit = scheduler.schedule(
                () -> {
                    done.accept(Reply.failed("no answer within " + FailureWords.seconds(timeout)));
                    reply.cancel(true);
                },
                timeout);
        CompletableFuture<?> unused = reply.whenComplete((answer, failure) -> {
            limit.cancel();
            done.accept(answer != null ? answer : Reply.failed(FailureWords.of(failure, whom)));
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
