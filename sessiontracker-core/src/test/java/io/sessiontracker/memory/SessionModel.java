package io.sessiontracker.memory;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;

/**
 * The specification as a store: the pure transitions over a plain map, with nothing that makes it fast. What is due is settled
 * whenever the clock was {@linkplain #clockMoved moved}, not when somebody looks.
 */
public final class SessionModel implements SessionDataProvider {

    private final Clock clock;
    private final Map<SessionAddress, KeyState> slots = new HashMap<>();
    private final Map<SessionAddress, Integer> expiries = new HashMap<>();

    /** An empty one that goes by that clock. */
    public SessionModel(Clock clock) {
        this.clock = clock;
    }

    /**
     * A session that is not due.
     *
     * @param deadline {@link Long#MAX_VALUE} for never
     * @param keptUntil deadline and retention
     */
    public record Living(SessionAddress address, StoredSession session, long deadline, long keptUntil) {

        private static Living of(SessionAddress address, Entry entry) {
            return new Living(
                    address,
                    entry.session(),
                    entry.deadline().at(),
                    entry.deadline().keptUntil());
        }
    }

    /** Those of a type, in the order of a walk. */
    public List<Living> living(String type, boolean finished) {
        Comparator<Living> order = Comparator.comparingInt(
                        (Living each) -> each.address().bucket())
                .thenComparing(each -> each.session().startedAt())
                .thenComparing(each -> each.address().key().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
        return addresses(type)
                .flatMap(each -> Stream.ofNullable(living(each, finished)))
                .sorted(order)
                .toList();
    }

    /** That of an address; null for none. */
    public @Nullable Living living(SessionAddress address, boolean finished) {
        KeyState slot = slots.getOrDefault(address, KeyState.EMPTY);
        Entry entry = finished ? slot.finished() : slot.running();
        return entry == null || entry.deadline().isDue(clock.millis()) ? null : Living.of(address, entry);
    }

    private Stream<SessionAddress> addresses(String type) {
        return slots.keySet().stream().filter(address -> address.type().equals(type));
    }

    /** Those which a claim may be given now, as it would answer them. */
    public List<SessionSweep.Expired> claimable(String type) {
        List<SessionSweep.Expired> claimable = new ArrayList<>();
        addresses(type)
                .forEach(address -> slots.get(address).untold().stream()
                        .filter(untold -> untold.claimedUntil() <= clock.millis())
                        .forEach(untold -> claimable.add(new SessionSweep.Expired(
                                address.key(),
                                untold.entry().session(),
                                untold.entry().deadline().at(),
                                untold.attempts() + 1))));
        return claimable;
    }

    /** Claims that one. */
    public void claim(SessionAddress address, String id, long leaseMillis) {
        change(
                address,
                slot -> slot.withUntold(slot.untold().stream()
                        .map(each -> each.entry().id().equals(id) ? each.claimed(clock.millis() + leaseMillis) : each)
                        .toList()));
    }

    /** Settles what is due by now. */
    public void clockMoved() {
        List.copyOf(slots.keySet()).forEach(address -> change(address, slot -> slot));
    }

    private void change(SessionAddress address, UnaryOperator<KeyState> change) {
        long now = clock.millis();
        KeyState stored = slots.getOrDefault(address, KeyState.EMPTY);
        KeyState changed = change.apply(stored.settled(now));
        if (hasDue(stored, now) || hasDue(changed, now)) {
            expiries.merge(address, 1, Integer::sum);
        }
        slots.put(address, changed.settled(now).pruned(now));
    }

    private static boolean hasDue(KeyState slot, long now) {
        return Stream.of(Optional.ofNullable(slot.running()), Optional.ofNullable(slot.finished()))
                .flatMap(Optional::stream)
                .anyMatch(entry -> entry.deadline().isDue(now));
    }

    /** How often the time of a session of that address ran out. */
    public int expiries(SessionAddress address) {
        return expiries.getOrDefault(address, 0);
    }

    private CompletionStage<StoreReply> step(
            SessionAddress address, Function<KeyStateTransitions, KeyStateTransitions.Step> call) {
        CompletableFuture<StoreReply> reply = new CompletableFuture<>();
        change(address, slot -> {
            KeyStateTransitions.Step step = call.apply(new KeyStateTransitions(slot, clock.millis()));
            reply.complete(step.reply());
            return step.slot();
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
        return step(address, slot -> slot.start(ids, data.withoutIndex(), lifetimes, token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return step(address, slot -> slot.get(touch));
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
    public CompletionStage<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        return step(address, slot -> slot.update(expected, data.withoutIndex(), token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return step(address, slot -> slot.finish(only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return step(address, slot -> slot.resume(only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates copies,
            @Nullable SessionVersion only,
            OperationToken token,
            boolean returning) {
        return step(address, slot -> slot.delete(copies, only, token, returning));
    }

    /** A history asks for {@link #living(String, boolean)}. */
    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return CompletableFuture.completedStage((long) living(type, finished).size());
    }

    /** A history asks for {@link #claimable} and claims what the store chose. */
    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        change(address, slot -> new KeyStateTransitions(slot, clock.millis()).acknowledgeExpired(id));
        return CompletableFuture.completedStage(null);
    }
}
