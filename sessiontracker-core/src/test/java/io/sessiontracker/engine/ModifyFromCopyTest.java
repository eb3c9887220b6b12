package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionType;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.ForwardingDataProvider;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Changes that begin with a copy in memory, which may be out of date. */
class ModifyFromCopyTest {

    private static final SessionAddress ADDRESS = new SessionAddress("list", "l-1");

    private final InMemorySessionDataProvider memory = new InMemorySessionDataProvider();
    private final List<String> calls = new ArrayList<>();
    private final SessionTracker tracker = tracker(new Remembering(memory));
    private final SessionTracker other = tracker(memory);
    private @Nullable StoredSession copy;

    @SessionType("list")
    static final class ListSession extends Session {
        public List<String> lines = new ArrayList<>();

        ListSession(String key) {
            super(key);
        }
    }

    /** A store that has a copy. */
    private final class Remembering extends ForwardingDataProvider {

        Remembering(SessionDataProvider store) {
            super(store);
        }

        @Override
        public Optional<StoredSession> copyOf(SessionAddress address) {
            return Optional.ofNullable(copy);
        }

        @Override
        public CompletionStage<StoreReply> get(SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
            calls.add("get");
            return super.get(address, touch, lifetimesHint);
        }

        @Override
        public CompletionStage<StoreReply> update(
                SessionAddress address,
                SessionVersion expected,
                @Nullable OperationToken write,
                SessionData data,
                OperationToken token) {
            calls.add("update");
            return super.update(address, expected, write, data, token);
        }
    }

    private static SessionTracker tracker(SessionDataProvider store) {
        return new SessionTrackerBuilder(store, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .buildIdle();
    }

    private void remember() {
        StoreReply reply = memory.get(ADDRESS, false).toCompletableFuture().join();
        copy = ((StoreReply.Done) reply).session();
    }

    private SessionResult<ListSession> add(String line) {
        return tracker.modify(ListSession.class, "l-1", list -> list.lines.add(line));
    }

    @Test
    void shouldStoreWithoutReading() {
        other.start(new ListSession("l-1")).orElseThrow();
        remember();

        assertThat(add("a").orElseThrow().lines).containsExactly("a");
        assertThat(calls).containsExactly("update");
        assertThat(other.peek(ListSession.class, "l-1").orElseThrow().lines).containsExactly("a");
    }

    @Test
    void shouldRepeatTheChangeOfAnOutdatedCopy() {
        other.start(new ListSession("l-1")).orElseThrow();
        remember();
        other.modify(ListSession.class, "l-1", list -> list.lines.add("a")).orElseThrow();

        assertThat(add("b").orElseThrow().lines).containsExactly("a", "b");
        assertThat(calls).containsExactly("update", "update");
    }

    @Test
    void shouldNotOverwriteAnotherStart() {
        other.start(new ListSession("l-1")).orElseThrow();
        remember();
        other.delete(ListSession.class, "l-1").orElseThrow();
        ListSession next = new ListSession("l-1");
        next.lines.add("a");
        other.start(next).orElseThrow();

        assertThat(add("b").orElseThrow().lines).containsExactly("a", "b");
    }

    @Test
    void shouldNotOverwriteAVersionWhoseStateWasReplaced() {
        OperationToken token = OperationToken.random();
        List<String> ids = List.of(token.newSessionId());
        other.start(new ListSession("l-2")).orElseThrow();
        StoreReply stored = memory.get(new SessionAddress("list", "l-2"), false)
                .toCompletableFuture()
                .join();
        SessionData empty = ((StoreReply.Done) stored).session().data();
        other.modify(ListSession.class, "l-2", list -> list.lines.add("a")).orElseThrow();
        SessionData full = ((StoreReply.Done) memory.get(new SessionAddress("list", "l-2"), false)
                        .toCompletableFuture()
                        .join())
                .session()
                .data();
        Lifetimes lifetimes = new Lifetimes(60_000, 0, 0, 0);
        memory.start(ADDRESS, ids, empty, lifetimes, token, false);
        remember();
        memory.start(ADDRESS, ids, full, lifetimes, token.next(), false);

        assertThat(add("b").orElseThrow().lines).containsExactly("a", "b");
    }

    @Test
    void shouldSayThatTheSessionIsGone() {
        other.start(new ListSession("l-1")).orElseThrow();
        remember();
        other.finish(ListSession.class, "l-1").orElseThrow();
        assertThat(add("a").failure()).containsInstanceOf(SessionError.AlreadyFinished.class);
        other.delete(ListSession.class, "l-1").orElseThrow();
        assertThat(add("a").failure()).containsInstanceOf(SessionError.NotFound.class);
    }

    @Test
    void shouldJudgeAnExceptionByWhatIsStored() {
        other.start(new ListSession("l-1")).orElseThrow();
        remember();
        other.modify(ListSession.class, "l-1", list -> list.lines.add("a")).orElseThrow();
        ListSession changed = tracker.modify(ListSession.class, "l-1", list -> list.lines.set(0, "b"))
                .orElseThrow();

        assertThat(changed.lines).containsExactly("b");
        assertThatThrownBy(() -> tracker.modify(ListSession.class, "l-1", list -> list.lines.set(1, "c")))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
