package io.sessiontracker.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import org.jspecify.annotations.Nullable;

/** The queues of the keys that this process is modifying, by any API. A key has a queue only while a change of it is under way. */
final class ModifyQueues {

    private final EngineParts parts;
    private final SessionDataProvider store;
    private final SessionDataProvider offloaded;
    private final SessionOperations operations;
    private final int attempts;
    private final Duration turnLimit;
    private final Map<SessionAddress, ModifyQueue<?>> queues = new ConcurrentHashMap<>();
    /** The keys that this thread is changing. Not static: another tracker in this process has other queues. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Set<SessionAddress>> changing = new ThreadLocal<>();

    ModifyQueues(
            EngineParts parts,
            SessionDataProvider store,
            SessionDataProvider offloaded,
            SessionOperations operations,
            int attempts,
            Duration turnLimit) {
        this.parts = parts;
        this.store = store;
        this.offloaded = offloaded;
        this.operations = operations;
        this.attempts = attempts;
        this.turnLimit = turnLimit;
    }

    /** Returns how many refused writes a change takes part in. */
    int attempts() {
        return attempts;
    }

    /** Returns how many keys are being modified. */
    int size() {
        return queues.size();
    }

    /**
     * Creates a call.
     *
     * @param thread runs the change
     * @throws IllegalStateException if this thread is making a change of the same key, for which the call would wait
     */
    <S extends Session> ModifyCall<S> call(SessionAddress address, SessionChange<S> change, Executor thread) {
        return new ModifyCall<>(guarded(address, change), thread);
    }

    /**
     * Returns a change during which its thread makes no other one of the same key.
     *
     * @throws IllegalStateException if this thread is making one
     */
    <S extends Session> SessionChange<S> guarded(SessionAddress address, SessionChange<S> change) {
        Set<SessionAddress> held = changing.get();
        if (held != null && held.contains(address.anyOwners())) {
            throw new IllegalStateException(
                    "A change of %s modifies %s again: make all changes to the session that modify gave it"
                            .formatted(address, address));
        }
        return session -> change(address.anyOwners(), change, session);
    }

    private <S extends Session> boolean change(SessionAddress address, SessionChange<S> change, S session) {
        Set<SessionAddress> known = changing.get();
        Set<SessionAddress> held = known == null ? new HashSet<>() : known;
        changing.set(held);
        held.add(address);
        try {
            return change.applyTo(session);
        } finally {
            held.remove(address);
            if (held.isEmpty()) {
                changing.remove();
            }
        }
    }

    /**
     * Makes a change at once, in this thread, as a part of its transaction: the changes of other callers are none. The store excludes
     * other writers from the read on.
     *
     * @throws IllegalStateException if this thread is making a change of the same key
     */
    <S extends Session> CompletionStage<SessionResult<S>> modifyAlone(
            SessionTypeInfo<S> info, SessionAddress address, SessionChange<S> change) {
        SessionChange<S> guarded = guarded(address, change);
        return operations.read(info, address).thenCompose(read -> {
            if (!(read instanceof SessionResult.Success<S> success)) {
                return CompletableFuture.completedStage(read);
            }
            boolean changed = Futures.application(() -> guarded.applyTo(success.value()));
            return changed ? operations.updateRead(success.value()) : CompletableFuture.completedStage(read);
        });
    }

    <S extends Session> void submit(SessionTypeInfo<S> info, SessionAddress address, ModifyCall<S> call) {
        ModifyQueue<S> queue = queue(info, address);
        while (!queue.submit(call)) {
            queues.remove(address, queue);
            queue = queue(info, address);
        }
    }

    @SuppressWarnings("unchecked") // a type name belongs to one class
    private <S extends Session> ModifyQueue<S> queue(SessionTypeInfo<S> info, SessionAddress address) {
        return (ModifyQueue<S>) queues.computeIfAbsent(address, same -> create(info, same));
    }

    private <S extends Session> ModifyQueue<S> create(SessionTypeInfo<S> info, SessionAddress address) {
        return new ModifyQueue<>(
                new ModifyTarget<>(info, address, store, offloaded, parts.encoder(), parts.replies(), parts.events()),
                attempts,
                turnLimit,
                call -> submit(info, address, call),
                ended -> queues.remove(address, ended));
    }
}
