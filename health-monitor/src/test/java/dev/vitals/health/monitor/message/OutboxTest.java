package dev.vitals.health.monitor.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Await;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.channel.Channel;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.channel.Channels;
import dev.vitals.health.monitor.channel.Outgoing;
import dev.vitals.health.monitor.store.AlertRows;
import dev.vitals.health.monitor.store.Batch;
import dev.vitals.health.monitor.store.MessageStore;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testkit.ManualScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of messages that may leave, over a real database; receivers answer as each test says. */
class OutboxTest {
    @TempDir
    Path directory;

    private final ManualScheduler time = new ManualScheduler();
    private final ScriptedChannel type = new ScriptedChannel();
    private final Channels channels = new Channels(List.of(type), null);
    private TestDatabase database;
    private MessageStore store;
    private ChannelHealth health;
    private Outbox outbox;

    @BeforeEach
    void open() {
        database = new TestDatabase(directory);
        store = new MessageStore(database.database());
        health = new ChannelHealth(store, time);
        start(false);
    }

    private void start(boolean test) {
        Outgoing.Composer composer = (message, now) ->
                new Outgoing(message, new Outgoing.Text(message.reason(), "", ""), Outgoing.Links.NONE, now);
        outbox = new Outbox(store, channels, composer, health, time, time, () -> 0.5, test);
        outbox.start(sick -> {});
    }

    @AfterEach
    void close() {
        outbox.close();
        database.close();
    }

    private static Message message(int number, String channel, String address, Instant now) {
        Receiver receiver = new Receiver(channel, address);
        Message.Kind kind = Message.Kind.TROUBLE;
        return new Message(
                Message.key("test", "i", kind, number, receiver),
                "i",
                kind,
                number,
                receiver,
                "",
                "message " + number,
                now,
                Facts.note(""),
                Message.Progress.ready(now));
    }

    private List<String> add(int number, String channel, String address) {
        List<Message> messages = IntStream.range(0, number)
                .mapToObj(i -> message(i, channel, address, time.instant()))
                .toList();
        database.targets()
                .write(new Batch(List.of(), List.of(), Map.of(), List.of())
                        .with(new AlertRows(List.of(), Map.of(), List.of(), messages, List.of())));
        outbox.wake();
        return messages.stream().map(Message::key).toList();
    }

    private Message row(String key) {
        return store.find(key).orElseThrow();
    }

    private void awaitState(String key, Message.State state) {
        Await.until(
                key + " is " + state + ", was " + row(key),
                () -> row(key).progress().state() == state);
    }

    private void awaitAttempts(int number) {
        Await.until(number + " attempts", () -> type.attempts.size() >= number);
        // Until its end is marked, the attempt is not over.
        Await.until(
                "no attempt is under way",
                () -> store.list(new MessageStore.Filter(Message.State.SENDING, null, null, null), 10)
                        .isEmpty());
        if (store.nextDue("chat").isPresent()) {
            // One more is planned always: the look at the health of the channels.
            Await.until("the sender has set its alarm", () -> time.planned() > 1);
        }
    }

    /** Moves time in steps; each time the senders have set their alarms again. */
    private void advance(Duration duration, Duration step) {
        for (Duration left = duration; !left.isZero() && !left.isNegative(); left = left.minus(step)) {
            int before = type.attempts.size();
            boolean due = store.nextDue("chat")
                    .filter(at -> !at.isAfter(time.instant().plus(step)))
                    .isPresent();
            time.advance(step);
            if (due) {
                awaitAttempts(before + 1);
            }
        }
    }

    @Test
    void aMessageIsHandedOverAndWhatTheReceiverSaidIsKept() {
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        String key = add(1, "chat", "").get(0);
        awaitState(key, Message.State.ACCEPTED);
        Message.Progress progress = row(key).progress();
        assertThat(progress.text()).isEqualTo("ok");
        assertThat(progress.attempts()).isEqualTo(1);
        assertThat(progress.acceptedAt()).isEqualTo(time.instant());
        assertThat(health.of("chat").acceptedAt()).isEqualTo(time.instant());
        assertThat(type.attempts.get(0).text().subject()).isEqualTo("message 0");
    }

    @Test
    void twoHoursOfADeadReceiverLoseNothingAndKeepTheOrder() {
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        type.answer = message -> Channel.Failed.notTaken("connection refused");
        List<String> keys = new ArrayList<>(add(5, "chat", ""));
        awaitAttempts(1);
        advance(Duration.ofHours(2), Duration.ofSeconds(30));
        assertThat(type.attempts).hasSizeBetween(13, 25);
        assertThat(type.attempts).allMatch(attempt -> attempt.message().key().equals(keys.get(0)));
        assertThat(health.sick().get("chat")).contains("5 messages wait", "connection refused");
        type.answer = message -> new Channel.Accepted("ok");
        int before = type.attempts.size();
        time.advance(Duration.ofMinutes(12));
        Await.until("all are taken", () -> type.taken.size() == 5);
        assertThat(type.taken)
                .containsExactlyElementsOf(
                        keys.stream().map(key -> "chat " + key).toList());
        keys.forEach(key -> awaitState(key, Message.State.ACCEPTED));
        Outgoing late = type.attempts.get(before);
        assertThat(Duration.between(late.message().progress().releasedAt(), late.now()))
                .isGreaterThan(Duration.ofHours(2));
        assertThat(health.sick()).isEmpty();
    }

    @Test
    void retriesComeAfterTwiceTheTimeUpToTenMinutes() {
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        type.answer = message -> Channel.Failed.notTaken("away");
        add(1, "chat", "");
        awaitAttempts(1);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Duration pause =
                    Duration.between(time.instant(), store.nextDue("chat").orElseThrow());
            pauses.add(pause.toSeconds());
            int before = type.attempts.size();
            time.advance(pause);
            awaitAttempts(before + 1);
        }
        assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L);
    }

    @Test
    void aReceiverThatAsksToWaitIsObeyed() {
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        type.answer = message -> new Channel.Failed("429", Duration.ofMinutes(42), false);
        add(1, "chat", "");
        awaitAttempts(1);
        assertThat(store.nextDue("chat")).hasValue(time.instant().plus(Duration.ofMinutes(42)));
    }

    @Test
    void aMessageIsUnsureOnceAReceiverMayHaveIt() {
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        AtomicInteger attempt = new AtomicInteger();
        type.answer = message -> attempt.getAndIncrement() == 0
                ? Channel.Failed.perhapsTaken("the connection broke")
                : Channel.Failed.notTaken("connection refused");
        String key = add(1, "chat", "").get(0);
        awaitAttempts(1);
        time.advance(Duration.ofSeconds(5));
        awaitAttempts(2);
        database.targets()
                .write(new Batch(List.of(), List.of(), Map.of(), List.of())
                        .with(new AlertRows(
                                List.of(),
                                Map.of(),
                                List.of(),
                                List.of(),
                                List.of(new AlertRows.End(
                                        "i", "test", time.instant(), "over", Facts.note(""), time.instant())))));
        assertThat(row(key).progress().state()).isEqualTo(Message.State.READY);
        assertThat(database.messages()).extracting(Message::kind).contains(Message.Kind.RECOVERED);
    }

    @Test
    void whatIsRefusedForGoodIsTriedOnceAnHourAndHoldsUpNobody() {
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        type.answer = message ->
                message.message().number() == 0 ? new Channel.Refused("404: no such hook") : new Channel.Accepted("ok");
        List<String> keys = add(2, "chat", "");
        awaitState(keys.get(1), Message.State.ACCEPTED);
        assertThat(row(keys.get(0)).progress().state()).isEqualTo(Message.State.REFUSED);
        assertThat(row(keys.get(0)).progress().due()).isEqualTo(time.instant().plus(Duration.ofHours(1)));
        assertThat(health.sick().get("chat")).startsWith("channel chat refused 1 messages");
        type.answer = message -> new Channel.Accepted("ok");
        time.advance(Duration.ofHours(1));
        awaitState(keys.get(0), Message.State.ACCEPTED);
    }

    @Test
    void channelsDoNotWaitForEachOther() {
        CountDownLatch free = new CountDownLatch(1);
        channels.replace(List.of(ScriptedChannel.channel("chat"), ScriptedChannel.channel("slow")));
        type.answer = message -> {
            if (message.message().receiver().channel().equals("slow")) {
                Await.latch(free);
            }
            return new Channel.Accepted("ok");
        };
        String slow = add(1, "slow", "").get(0);
        awaitState(slow, Message.State.SENDING);
        String quick = add(1, "chat", "").get(0);
        awaitState(quick, Message.State.ACCEPTED);
        assertThat(row(slow).progress().state()).isEqualTo(Message.State.SENDING);
        free.countDown();
        awaitState(slow, Message.State.ACCEPTED);
    }

    @Test
    void oneReceiverOfAChannelThatIsAwayDoesNotHoldUpTheOthers() {
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        type.answer = message -> message.message().receiver().address().equals("a")
                ? Channel.Failed.notTaken("450 mailbox is full")
                : new Channel.Accepted("ok");
        List<String> full = add(2, "chat", "a");
        List<String> others = add(2, "chat", "b");
        others.forEach(key -> awaitState(key, Message.State.ACCEPTED));
        full.forEach(key -> assertThat(row(key).progress().state()).isEqualTo(Message.State.READY));
    }

    @Test
    void aChannelThatThrowsIsAFailureAndNotTheEndOfItsThread() {
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        type.answer = message -> {
            throw new IllegalStateException("a bug");
        };
        String key = add(1, "chat", "").get(0);
        awaitAttempts(1);
        assertThat(row(key).progress().text()).contains("a bug");
        type.answer = message -> new Channel.Accepted("ok");
        time.advance(Duration.ofSeconds(5));
        awaitState(key, Message.State.ACCEPTED);
    }

    @Test
    void messagesOfAChannelThatDoesNotExistWaitAndSayWhy() {
        String chat = add(1, "chat", "").get(0);
        String mail = add(1, "mail", "ops@example.org").get(0);
        Await.until(
                "it says why",
                () -> row(mail).progress().text().equals("no mail server is configured; start with --mail"));
        Await.until("it says why", () -> row(chat).progress().text().startsWith("there is no channel chat; add it"));
        assertThat(row(chat).progress().attempts()).isZero();
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        awaitState(chat, Message.State.ACCEPTED);
    }

    @Test
    void whatWasOnItsWayWhenTheProcessDiedIsSentAgainUnderTheSameKey() {
        String key = add(1, "chat", "").get(0);
        outbox.close();
        store.claim(key, time.instant());
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        start(false);
        awaitState(key, Message.State.ACCEPTED);
        assertThat(type.taken).containsExactly("chat " + key);
        assertThat(row(key).progress().attempts()).isEqualTo(2);
    }

    @Test
    void aPersonCanSendAgainAndCancel() {
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        String key = add(1, "chat", "").get(0);
        awaitState(key, Message.State.ACCEPTED);
        assertThat(store.cancel(key, "by anna")).isFalse();
        assertThat(store.sendAgain(key, time.instant())).isTrue();
        outbox.wake();
        awaitAttempts(2);
        awaitState(key, Message.State.ACCEPTED);
        assertThat(type.taken).containsExactly("chat " + key, "chat " + key);
        channels.replace(List.of());
        String other = add(2, "chat", "").get(1);
        assertThat(store.cancel(other, "by anna")).isTrue();
        assertThat(row(other).progress().state()).isEqualTo(Message.State.CANCELLED);
    }

    @Test
    void inTestModeNothingLeaves() {
        outbox.close();
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        start(true);
        String chat = add(1, "chat", "").get(0);
        String mail = add(1, "mail", "ops@example.org").get(0);
        awaitState(chat, Message.State.NOT_SENT);
        awaitState(mail, Message.State.NOT_SENT);
        assertThat(row(chat).progress().text()).isEqualTo("not sent, test mode");
        assertThat(type.attempts).isEmpty();
    }

    @Test
    void whatWasTakenIsMarkedOnceTheStoreWorksAgain() {
        channels.replace(List.of(ScriptedChannel.channel("chat")));
        CountDownLatch broken = new CountDownLatch(1);
        type.answer = message -> {
            database.sql("CREATE TRIGGER full BEFORE UPDATE ON message"
                    + " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
            broken.countDown();
            return new Channel.Accepted("ok");
        };
        String key = add(1, "chat", "").get(0);
        Await.latch(broken);
        Await.until("it is taken", () -> type.taken.size() == 1);
        assertThat(row(key).progress().state()).isEqualTo(Message.State.SENDING);
        database.sql("DROP TRIGGER full");
        Await.until("the sender tries again", () -> {
            time.advance(Duration.ofSeconds(1));
            return row(key).progress().state() == Message.State.ACCEPTED;
        });
        assertThat(type.taken).hasSize(1);
    }

    @Test
    void aChangeOfAChannelIsUsedFromTheNextMessageOn() {
        ChannelSettings before = ScriptedChannel.channel("chat");
        channels.replace(List.of(before));
        awaitState(add(1, "chat", "").get(0), Message.State.ACCEPTED);
        channels.replace(
                List.of(new ChannelSettings("chat", ScriptedChannel.NAME, Map.of("topic", "new"), Map.of(), false)));
        awaitState(add(2, "chat", "").get(1), Message.State.ACCEPTED);
        assertThat(type.taken).hasSize(2);
    }
}
