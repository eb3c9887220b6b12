package io.sessiontracker.history;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.state.DeliveryTransitions;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyStateTransitions;
import io.sessiontracker.spi.state.KeyStateTransitions.Outcome;
import io.sessiontracker.spi.state.Reminder;
import io.sessiontracker.spi.state.SessionEntry;
import org.jspecify.annotations.Nullable;

/**
 * The specification as a store: the pure transitions over a plain map, with nothing that makes it fast. What is due is settled
 * whenever the clock was {@linkplain #clockMoved advanced}, not with the next call.
 */
public final class SessionModel implements SessionDataProvider {

    private final Clock clock;
    private final Map<SessionAddress, KeyState> states = new HashMap<>();
    private final Map<SessionAddress, Integer> expiries = new HashMap<>();
    /** Sessions that were given other lifetimes by a start that arrived again: a reminder that follows the deadline may be late. */
    private final Map<SessionAddress, String> lateReminders = new HashMap<>();

    /** Creates an empty store that goes by that clock. */
    public SessionModel(Clock clock) {
        this.clock = clock;
    }

    /**
     * A session that is not due.
     *
     * @param deadline {@link Long#MAX_VALUE} for never
     * @param keptUntil deadline and retention
     * @param queryable whether counts and scans find it
     */
    public record Living(
            SessionAddress address, StoredSession session, long deadline, long keptUntil, boolean queryable) {

        private static Living of(SessionAddress address, SessionEntry entry) {
            return new Living(
                    address,
                    entry.session(),
                    entry.deadline().at(),
                    entry.deadline().keptUntil(),
                    entry.isIndexed());
        }
    }

    static final Comparator<Living> BY_BUCKET = Comparator.comparingInt(
                    (Living each) -> each.address().bucket())
            .thenComparing(each -> each.session().startedAt())
            .thenComparing(each -> each.address().key().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    static final Comparator<Living> NEWEST_FIRST = Comparator.comparing(
                    (Living each) -> each.session().startedAt())
            .thenComparing(BY_BUCKET)
            .reversed();

    /** Returns a type's sessions that a scan returns, in its order. */
    public List<Living> queryable(String type, boolean finished) {
        return living(type, finished).stream().filter(Living::queryable).toList();
    }

    /** Returns a type's living sessions, in the order of a scan. */
    public List<Living> living(String type, boolean finished) {
        return addresses(type)
                .flatMap(each -> Stream.ofNullable(living(each, finished)))
                .sorted(BY_BUCKET)
                .toList();
    }

    /** That of an address; null for none. */
    public @Nullable Living living(SessionAddress address, boolean finished) {
        KeyState state = states.getOrDefault(address, KeyState.EMPTY);
        SessionEntry entry = finished ? state.finished() : state.running();
        return entry == null || entry.deadline().isDue(clock.millis()) ? null : Living.of(address, entry);
    }

    private Stream<SessionAddress> addresses(String type) {
        return states.keySet().stream().filter(address -> address.type().equals(type));
    }

    /** Those which a claim may be given now, as it would answer them. */
    public List<SessionSweep.Claimed> claimable(String type) {
        List<SessionSweep.Claimed> claimable = new ArrayList<>();
        addresses(type)
                .forEach(address -> states.get(address).expired().stream()
                        .filter(expired -> expired.claimedUntil() <= clock.millis())
                        .forEach(expired -> claimable.add(new SessionSweep.Claimed(
                                address.key(),
                                expired.entry().session(),
                                expired.entry().deadline().at(),
                                expired.attempts() + 1))));
        return claimable;
    }

    /** Returns the reminders that a claim must find now, as it would answer them. */
    public List<SessionSweep.Claimed> claimableReminders(String type) {
        return claimableReminders(type, reminder -> reminder).stream()
                .filter(each -> !mayBeLate(new SessionAddress(type, each.key()), each))
                .toList();
    }

    private boolean mayBeLate(SessionAddress address, SessionSweep.Claimed reminder) {
        return reminder.session().version().id().equals(lateReminders.get(address))
                && states.get(address).reminders().stream()
                        .anyMatch(each -> each.name().equals(reminder.reminder()) && each.at() == 0);
    }

    /** Returns the reminders that a claim may find now: a store may look at one that depends on the deadline before it has to. */
    public List<SessionSweep.Claimed> dueReminders(String type) {
        return claimableReminders(type, reminder -> reminder.reviewed(clock.millis()));
    }

    private List<SessionSweep.Claimed> claimableReminders(String type, UnaryOperator<Reminder> before) {
        long now = clock.millis();
        return addresses(type)
                .flatMap(address -> claimable(address.key(), states.get(address).prune(now), before).stream())
                .toList();
    }

    private List<SessionSweep.Claimed> claimable(String key, KeyState state, UnaryOperator<Reminder> before) {
        KeyState looked =
                state.withReminders(state.reminders().stream().map(before).toList());
        return new DeliveryTransitions(looked, clock.millis())
                .claimReminders(key, Integer.MAX_VALUE, 0)
                .reply();
    }

    /** Claims a reminder. */
    public void claimReminder(SessionAddress address, String name, long leaseMillis) {
        change(
                address,
                state -> state.withReminders(state.reminders().stream()
                        .map(each -> each.name().equals(name) ? each.claimed(clock.millis() + leaseMillis) : each)
                        .toList()));
    }

    /** Claims an expired session. */
    public void claim(SessionAddress address, String id, long leaseMillis) {
        change(
                address,
                state -> state.withExpired(state.expired().stream()
                        .map(each -> each.entry().version().id().equals(id)
                                ? each.claimed(clock.millis() + leaseMillis)
                                : each)
                        .toList()));
    }

    /** Settles what is due by now. */
    public void clockMoved() {
        List.copyOf(states.keySet()).forEach(address -> change(address, state -> state));
    }

    private void change(SessionAddress address, UnaryOperator<KeyState> change) {
        long now = clock.millis();
        KeyState stored = states.getOrDefault(address, KeyState.EMPTY);
        KeyState changed = change.apply(stored.expire(now));
        if (hasDue(stored, now) || hasDue(changed, now)) {
            expiries.merge(address, 1, Integer::sum);
        }
        states.put(address, changed.prune(now));
    }

    private static boolean hasDue(KeyState state, long now) {
        return Stream.of(Optional.ofNullable(state.running()), Optional.ofNullable(state.finished()))
                .flatMap(Optional::stream)
                .anyMatch(entry -> entry.deadline().isDue(now));
    }

    /** How often the time of a session of that address ran out. */
    public int expiries(SessionAddress address) {
        return expiries.getOrDefault(address, 0);
    }

    private CompletionStage<StoreReply> step(
            SessionAddress address, Function<KeyStateTransitions, Outcome<StoreReply>> call) {
        CompletableFuture<StoreReply> reply = new CompletableFuture<>();
        change(address, state -> {
            Outcome<StoreReply> step = call.apply(new KeyStateTransitions(state, clock.millis()));
            reply.complete(step.reply());
            return step.state();
        });
        return reply;
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        SessionEntry before = running(address);
        CompletionStage<StoreReply> reply =
                step(address, state -> state.start(ids, data, lifetimes, token, touchRunning));
        SessionEntry after = running(address);
        if (before != null
                && after != null
                && before.version().id().equals(after.version().id())
                && before.deadline().absolute() != after.deadline().absolute()) {
            lateReminders.put(address, after.version().id());
        }
        return reply;
    }

    private @Nullable SessionEntry running(SessionAddress address) {
        return states.getOrDefault(address, KeyState.EMPTY).running();
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return step(address, state -> state.get(touch));
    }

    @Override
    public CompletionStage<StoreReply> getIfChanged(
            SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        return step(address, state -> state.getIfChanged(known, write, touch));
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return step(address, KeyStateTransitions::getFinished);
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return step(address, KeyStateTransitions::touch);
    }

    @Override
    public CompletionStage<StoreReply> expiry(SessionAddress address, @Nullable String id) {
        return step(address, state -> state.expiry(id));
    }

    @Override
    public CompletionStage<StoreReply> expire(SessionAddress address, @Nullable String id, Lifetimes lifetimes) {
        return step(address, state -> state.expire(id, lifetimes));
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token) {
        return step(address, state -> state.update(expected, write, data, token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return step(address, state -> state.finish(only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return step(address, state -> state.resume(only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates copies,
            @Nullable SessionVersion only,
            OperationToken token,
            boolean returning) {
        return step(address, state -> state.delete(copies, only, token, returning));
    }

    /** A history asks for {@link #living(String, boolean)}. */
    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return CompletableFuture.completedStage((long) queryable(type, finished).size());
    }

    /** A history asks for {@link #claimable} and claims what the store chose. */
    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        change(
                address,
                state -> new KeyStateTransitions(state, clock.millis())
                        .delivery()
                        .acknowledgeExpired(id)
                        .state());
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> acknowledgeReminders(String type, Collection<SessionSweep.Claimed> delivered) {
        delivered.forEach(each -> change(
                new SessionAddress(type, each.key()),
                state -> new KeyStateTransitions(state, clock.millis())
                        .delivery()
                        .acknowledgeReminder(
                                each.session().version().id(), Objects.requireNonNull(each.reminder()), each.dueAt())
                        .state()));
        return CompletableFuture.completedStage(null);
    }
}
