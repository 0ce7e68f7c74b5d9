package dev.vitals.health.client;

import dev.vitals.health.Scheduler;
import dev.vitals.health.client.AttemptLog.Trouble;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one instance registered with one monitor. Attempts follow one another: the next is planned when one has ended.
 * After closing, the last one out deregisters: the attempt under way if there is one, so that nothing comes after it.
 */
final class Registrar {
    private static final Duration PUT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DELETE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration NOT_READY_PAUSE = Duration.ofSeconds(1);

    private final Registration registration;
    private final InstanceName name;
    private final MonitorConnection connection;
    private final Scheduler scheduler;
    private final Executor workers;
    private final OwnAddress address = OwnAddress.ofMachine();
    private final AttemptLog log;
    private final CountDownLatch gone = new CountDownLatch(1);

    // Guards the four fields below it; nothing but assignments run while it is held.
    private final ReentrantLock lock = new ReentrantLock();
    private Scheduler.@Nullable Cancellation planned;
    private boolean running;
    private boolean closed;
    private boolean registered;

    // Used by the attempt under way only.
    private int failures;
    private @Nullable String sentAs;

    Registrar(
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
        this.log = new AttemptLog(connection.monitor(), registration.app());
    }

    void begin() {
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

    /** Calls off what is planned and has the instance deregistered, here or by the attempt under way. Does not wait. */
    void close() {
        Scheduler.Cancellation next;
        boolean last;
        lock.lock();
        try {
            last = !running && !closed;
            closed = true;
            next = planned;
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.cancel();
        }
        if (last) {
            onWorker(this::deregister, gone::countDown);
        }
    }

    /** Ends the attempt under way, if there is one. */
    void abort() {
        connection.abortPut();
    }

    /** Waits until the instance is deregistered, and returns whether it is. */
    boolean gone(long deadlineNanos) throws InterruptedException {
        return gone.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void tick() {
        if (enter()) {
            onWorker(this::attempt, this::leaveWithoutThread);
        }
    }

    private void onWorker(Runnable task, Runnable otherwise) {
        try {
            workers.execute(task);
        } catch (Throwable noThread) {
            // A machine short of threads or memory; neither the scheduler nor the app's own close may suffer.
            log.failed(Trouble.OWN, "no thread: " + noThread);
            otherwise.run();
        }
    }

    private void attempt() {
        Duration pause = BackOff.LONGEST;
        try {
            pause = register();
        } catch (Throwable t) {
            // The monitor, the user's port supplier, or an error of ours or of the JVM: none may end the attempts.
            pause = failed(t instanceof IOException ? Trouble.AWAY : Trouble.OWN, reason(t));
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
        String instance = name.settle(seen);
        sentAs = instance;
        Answer answer = connection.put(instance, registration.document(seen), PUT_TIMEOUT);
        if (answer.accepted()) {
            return accepted(instance, answer.unreachable());
        }
        return failed(answer.refused() ? Trouble.REFUSED : Trouble.AWAY, answer.text());
    }

    private Duration accepted(String instance, @Nullable String unreachable) {
        failures = 0;
        setRegistered(true);
        log.accepted(instance, unreachable);
        return registration.renewal();
    }

    private Duration failed(Trouble trouble, String reason) {
        failures++;
        setRegistered(false);
        if (isClosed()) {
            log.abandoned(reason);
        } else {
            log.failed(trouble, reason);
        }
        double random = ThreadLocalRandom.current().nextDouble();
        return trouble == Trouble.REFUSED ? BackOff.afterRefusal(random) : BackOff.after(failures, random);
    }

    private static String reason(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return Problem.bounded(failure.getMessage() == null ? name : name + ": " + failure.getMessage());
    }

    private void deregister() {
        String instance = sentAs;
        try {
            if (instance != null) {
                Answer answer = connection.delete(instance, DELETE_TIMEOUT);
                log.deregistered(instance, answer.text());
            }
        } catch (Throwable t) {
            // The lease will do it; a shutdown is no place for more than a word.
            log.notDeregistered(t);
        } finally {
            connection.close();
            gone.countDown();
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

    private boolean enter() {
        lock.lock();
        try {
            running = !closed;
            return running;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Duration pause) {
        if (lastOut()) {
            deregister();
        } else {
            plan(pause);
        }
    }

    // On the scheduler's thread, which must not do input or output: the lease has to do.
    private void leaveWithoutThread() {
        if (lastOut()) {
            gone.countDown();
        } else {
            plan(BackOff.LONGEST);
        }
    }

    private boolean lastOut() {
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
