package io.sessiontracker.history;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.sessiontracker.history.SessionModel.Living;
import io.sessiontracker.memory.SettableClock;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/** A history on its way: the model, the store that is to do the same, and what later steps may refer to. */
final class History {

    private static final SessionVersion NEVER_STARTED = new SessionVersion(id(0, 0), 1);

    private final SettableClock clock;
    private final SessionModel model;
    private final HistoryStore store;
    private final Claims claims;
    private final long begunNanos = System.nanoTime();
    private final List<Sent> sent = new ArrayList<>();
    private final Map<Address, List<SessionVersion>> started = new EnumMap<>(Address.class);
    private final Map<Address, Integer> transitions = new EnumMap<>(Address.class);
    private final Map<Address, Long> lastStart = new EnumMap<>(Address.class);
    private int names;

    private History(SettableClock clock, HistoryStore store) {
        this.clock = clock;
        this.model = new SessionModel(clock);
        this.store = store;
        this.claims = new Claims(model, store.provider());
    }

    /** Goes through the steps on an empty store, and then acknowledges all that has expired. */
    static void run(List<Step> steps, Function<SettableClock, HistoryStore> empty) {
        SettableClock clock = new SettableClock(Ticks.BEGINNING);
        History history = new History(clock, empty.apply(clock));
        steps.forEach(history::step);
        Endings.all().forEach(history::step);
    }

    private void step(Step step) {
        try {
            step.on(this);
            store.check(model);
        } catch (AssertionError e) {
            if (System.nanoTime() - begunNanos > Ticks.TICK.toNanos() / 4) {
                throw new TestAbortedException("The machine is too slow to know what that means", e);
            }
            throw new AssertionError("at " + step + ": " + e.getMessage(), e);
        }
    }

    SessionModel model() {
        return model;
    }

    SessionDataProvider store() {
        return store.provider();
    }

    void assertNothingLeft() {
        store.assertEmpty();
    }

    Claims claims() {
        return claims;
    }

    long now() {
        return clock.millis();
    }

    /** Before a start. Of two sessions that begin under a key in the same millisecond an index may take one for the other. */
    void leaveLastStart(Address address) {
        if (Long.valueOf(now()).equals(lastStart.put(address, now()))) {
            moveClock(Duration.ofMillis(1));
            lastStart.put(address, now());
        }
    }

    /** Begins with the operation, as those that tokens make, but the same each time that the history is replayed. */
    String newId(OperationToken token) {
        return id(token.operation(), ++names);
    }

    private static String id(long operation, int number) {
        return Base64.getUrlEncoder()
                .encodeToString(ByteBuffer.allocate(12)
                        .putLong(operation << 24)
                        .putInt(8, number)
                        .array());
    }

    /** @param inTurn whether it is one of those with which Redis does what need not be done at each call */
    OperationToken newToken(boolean inTurn) {
        names++;
        return new OperationToken(names * 32L + (inTurn ? 0 : 1 + names % 31), 0);
    }

    @Nullable
    SessionVersion version(Address address, boolean finished) {
        Living living = model.living(address.address(), finished);
        return living == null ? null : living.session().version();
    }

    /** Returns the write that stored the running session; any other if none runs. */
    OperationToken write(Address address) {
        Living living = model.living(address.address(), false);
        return living == null ? SessionSteps.OTHER_WRITE : living.session().write();
    }

    /** The start before the last one, if there were two. */
    SessionVersion formerVersion(Address address) {
        List<SessionVersion> all = started.getOrDefault(address, List.of(NEVER_STARTED));
        return all.get(Math.max(0, all.size() - 2));
    }

    /** Returns the scan position of that address's session, or the one it would have if it had started at the beginning. */
    ScanPosition position(Address address, boolean finished) {
        Living living = model.living(address.address(), finished);
        SessionAddress there = address.address();
        return new ScanPosition(
                there.bucket(),
                living == null
                        ? Ticks.BEGINNING.toEpochMilli()
                        : living.session().startedAt(),
                there.key());
    }

    static boolean isAfter(ScanPosition position, Living each, boolean newestFirst) {
        SessionAddress address = each.address();
        int byBucket = Integer.compare(address.bucket(), position.bucket());
        int byStart = Long.compare(each.session().startedAt(), position.startedAt());
        // All keys here are ASCII.
        int byKey = address.key().compareTo(position.key());
        return newestFirst
                ? IntStream.of(byStart, byBucket, byKey)
                                .filter(order -> order != 0)
                                .findFirst()
                                .orElse(0)
                        < 0
                : IntStream.of(byBucket, byStart, byKey)
                                .filter(order -> order != 0)
                                .findFirst()
                                .orElse(0)
                        > 0;
    }

    void read(Sent.Call call) {
        var unused = both(call);
    }

    void readAll(List<SessionAddress> addresses, Lifetimes usual) {
        List<StoreReply> expected = join(model.getAll(addresses, usual));
        List<StoreReply> actual = join(store.provider().getAll(addresses, usual));
        assertThat(actual)
                .as("replies")
                .extracting(Text::of)
                .isEqualTo(expected.stream().map(Text::of).toList());
    }

    private StoreReply both(Sent.Call call) {
        StoreReply expected = join(call.apply(model));
        StoreReply actual = join(call.apply(store.provider()));
        assertThat(Text.of(actual)).as("reply").isEqualTo(Text.of(expected));
        String deadline = Text.deadlineOf(expected);
        if (!deadline.equals(Text.UNKNOWN)) {
            assertThat(Text.deadlineOf(actual)).as("deadline").isIn(deadline, Text.UNKNOWN);
        }
        return expected;
    }

    /** Maybe a start. */
    void sendAgain(Sent attempt) {
        leaveLastStart(attempt.operation().address);
        send(attempt);
    }

    void send(Sent attempt) {
        Address address = attempt.operation().address;
        sent.add(attempt);
        int expiriesBefore = model.expiries(address.address());
        StoreReply reply = both(attempt.call());
        if (reply instanceof StoreReply.Started start) {
            started.computeIfAbsent(address, none -> new ArrayList<>()).add(start.version());
        }
        if (reply instanceof StoreReply.Started || reply instanceof StoreReply.Done) {
            // Of an update as well, which makes it a transition too many: fewer are sent again than might be.
            transitions.merge(address, 1, Integer::sum);
            attempt.operation().done(now(), transitions.get(address), expiriesBefore);
        }
    }

    /** That many attempts ago, if it is still to be recognised. */
    Optional<Sent> sentBefore(int back) {
        if (back >= sent.size()) {
            return Optional.empty();
        }
        Sent attempt = sent.get(sent.size() - 1 - back);
        Address address = attempt.operation().address;
        return Optional.of(attempt)
                .filter(each -> each.operation()
                        .mayBeSentAgain(
                                now(), transitions.getOrDefault(address, 0), model.expiries(address.address())));
    }

    void moveClock(Duration by) {
        clock.advance(by);
        model.clockMoved();
        store.clockMoved(by);
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
