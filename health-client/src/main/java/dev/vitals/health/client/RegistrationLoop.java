package dev.vitals.health.client;

import dev.vitals.health.Scheduler;
import dev.vitals.health.client.RegistrationLog.Failure;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.IoFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one instance registered with one monitor. Attempts never overlap: each is planned when the
 * one before has ended. After {@link #close()}, the attempt in progress deregisters, so that no request follows it; if
 * there is none, {@code close} does. Thread-safe.
 */
final class RegistrationLoop {
    private static final Duration PUT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DELETE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration NOT_READY_PAUSE = Duration.ofSeconds(1);

    private final Registration registration;
    private final InstanceName name;
    private final MonitorConnection connection;
    private final Scheduler scheduler;
    private final Executor workers;
    private final LocalAddress address = LocalAddress.ofHost();
    private final RegistrationLog log;
    private final CountDownLatch ended = new CountDownLatch(1);

    // Guards the four fields below; only assignments run while it is held.
    private final ReentrantLock lock = new ReentrantLock();
    private Scheduler.@Nullable Cancellation planned;
    private boolean running;
    private boolean closed;
    private boolean registered;

    // Used only by the attempt in progress.
    private int failures;
    private @Nullable String sentInstance;

    RegistrationLoop(
            Registration registration,
            InstanceName name,
            MonitorConnection connection,
            Scheduler scheduler,
            Executor workers) {
        this.registration = registration;
        this.name = name;
        this.connection = connection;
        this.scheduler = scheduler;
        this.workers = workers;
        this.log = new RegistrationLog(connection.monitor(), registration.app());
    }

    void start() {
        plan(Duration.ZERO);
    }

    boolean registered() {
        lock.lock();
        try {
            return registered && !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels the planned attempt and deregisters, or lets the attempt in progress do it. Does not wait. */
    void close() {
        Scheduler.Cancellation next;
        boolean idle;
        lock.lock();
        try {
            idle = !running && !closed;
            closed = true;
            next = planned;
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.cancel();
        }
        if (idle) {
            onWorker(this::deregister, ended::countDown);
        }
    }

    /** Ends the attempt in progress, if there is one. */
    void abort() {
        connection.abortPut();
    }

    /** Waits until the loop has ended and the instance is deregistered; returns false at the deadline. */
    boolean awaitEnd(long deadlineNanos) throws InterruptedException {
        return ended.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void tick() {
        if (beginAttempt()) {
            onWorker(this::attempt, this::leaveWithoutThread);
        }
    }

    private void onWorker(Runnable task, Runnable otherwise) {
        try {
            workers.execute(task);
        } catch (Throwable noThread) {
            // The JVM is short of threads or memory, which must harm neither the scheduler nor the app that closes.
            log.failed(Failure.INTERNAL, "no thread: " + noThread);
            otherwise.run();
        }
    }

    private void attempt() {
        Duration pause = BackOff.LONGEST;
        try {
            pause = register();
        } catch (Throwable t) {
            // A failure of the monitor, the user's port supplier, our code or the JVM must not end the attempts.
            pause = failed(kind(t), reason(t));
        } finally {
            leave(pause);
        }
    }

    private Duration register() throws IOException {
        Optional<URI> url = registration.url();
        if (url.isEmpty()) {
            log.postponed();
            return NOT_READY_PAUSE;
        }
        URI seen = address.seenFrom(connection.monitor(), url.get());
        String instance = name.of(seen);
        sentInstance = instance;
        MonitorAnswer answer = connection.put(instance, registration.document(seen), PUT_TIMEOUT);
        if (answer.accepted()) {
            return accepted(instance, answer.unreachable());
        }
        return failed(answer.refused() ? Failure.REFUSED : Failure.AWAY, answer.text() + answer.advice());
    }

    private Duration accepted(String instance, @Nullable String unreachable) {
        failures = 0;
        setRegistered(true);
        log.accepted(instance, unreachable);
        return registration.renewal();
    }

    private Duration failed(Failure kind, String reason) {
        failures++;
        setRegistered(false);
        if (isClosed()) {
            log.abandoned(reason);
        } else {
            log.failed(kind, reason);
        }
        double random = ThreadLocalRandom.current().nextDouble();
        return kind == Failure.REFUSED ? BackOff.afterRefusal(random) : BackOff.after(failures, random);
    }

    private static Failure kind(Throwable failure) {
        if (failure instanceof TokenSource.TokenException) {
            return Failure.TOKEN;
        }
        return failure instanceof IOException ? Failure.AWAY : Failure.INTERNAL;
    }

    private static String reason(Throwable failure) {
        if (failure instanceof TokenSource.TokenException) {
            return MonitorAnswer.line(String.valueOf(failure.getMessage()));
        }
        if (failure instanceof HttpTimeoutException && !(failure instanceof HttpConnectTimeoutException)) {
            return "no answer within " + DurationText.inWords(PUT_TIMEOUT) + "; check whether this is a monitor";
        }
        if (failure instanceof IOException) {
            return "no monitor answers there: " + IoFailure.withAdvice(failure);
        }
        String name = failure.getClass().getSimpleName();
        return MonitorAnswer.line(failure.getMessage() == null ? name : name + ": " + failure.getMessage());
    }

    private void deregister() {
        String instance = sentInstance;
        try {
            if (instance != null) {
                MonitorAnswer answer = connection.delete(instance, DELETE_TIMEOUT);
                log.deregistered(instance, answer.text());
            }
        } catch (Throwable t) {
            // The registration ends with its lease; one line in the log is enough at a shutdown.
            log.notDeregistered(t);
        } finally {
            connection.close();
            ended.countDown();
        }
    }

    private void plan(Duration pause) {
        Scheduler.Cancellation next = scheduler.schedule(this::tick, pause);
        lock.lock();
        try {
            planned = next;
            if (!closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        next.cancel();
    }

    private boolean beginAttempt() {
        lock.lock();
        try {
            running = !closed;
            return running;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Duration pause) {
        if (endAttempt()) {
            deregister();
        } else {
            plan(pause);
        }
    }

    // On the scheduler's thread, which must not do I/O: the registration ends with its lease.
    private void leaveWithoutThread() {
        if (endAttempt()) {
            ended.countDown();
        } else {
            plan(BackOff.LONGEST);
        }
    }

    private boolean endAttempt() {
        lock.lock();
        try {
            running = false;
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void setRegistered(boolean value) {
        lock.lock();
        try {
            registered = value;
        } finally {
            lock.unlock();
        }
    }
}
