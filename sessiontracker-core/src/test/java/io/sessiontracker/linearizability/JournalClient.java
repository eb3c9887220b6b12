package io.sessiontracker.linearizability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.linearizability.Answer.Outcome;
import io.sessiontracker.linearizability.Call.Kind;
import org.jspecify.annotations.Nullable;

/** Calls a tracker at random, one call after the other, and records what it asked and was answered. */
final class JournalClient {

    /** How often each is called, relative to the others. */
    private static final Map<Kind, Integer> WEIGHTS = Map.ofEntries(
            Map.entry(Kind.START, 8),
            Map.entry(Kind.GET_OR_START, 8),
            Map.entry(Kind.GET, 14),
            Map.entry(Kind.PEEK, 5),
            Map.entry(Kind.GET_FINISHED, 4),
            Map.entry(Kind.REFRESH, 2),
            Map.entry(Kind.UPDATE, 14),
            Map.entry(Kind.UPDATE_AND_GET, 4),
            Map.entry(Kind.MODIFY, 24),
            Map.entry(Kind.FINISH, 4),
            Map.entry(Kind.FINISH_AND_GET, 2),
            Map.entry(Kind.RESUME, 6),
            Map.entry(Kind.RESUME_AND_GET, 2),
            Map.entry(Kind.DELETE, 3));

    private static final List<Kind> KINDS = WEIGHTS.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .flatMap(weight -> Collections.nCopies(weight.getValue(), weight.getKey()).stream())
            .toList();
    private static final int MAX_REPETITIONS = 2;
    private static final long MAX_PAUSE = TimeUnit.MILLISECONDS.toNanos(8);
    private static final long MAX_PAUSE_AFTER_ERROR = TimeUnit.MILLISECONDS.toNanos(250);

    private final SessionTracker tracker;
    private final String name;
    private final Random random;
    /** By its key: the instance that came last, perhaps out of date. */
    private final Map<String, Journal> held = new HashMap<>();

    private final List<Operation> history = new ArrayList<>();

    JournalClient(SessionTracker tracker, String name, long seed) {
        this.tracker = tracker;
        this.name = name;
        this.random = new Random(seed);
    }

    /** Makes so many calls on these keys, unless time runs out. */
    List<Operation> run(List<String> keys, int calls, long nanos) {
        long end = System.nanoTime() + nanos;
        for (int i = 0; i < calls && System.nanoTime() - end < 0; i++) {
            Operation operation = call(keys.get(random.nextInt(keys.size())), name + "." + i);
            history.add(operation);
            LockSupport.parkNanos(random.nextLong(operation.answer().isUnknown() ? MAX_PAUSE_AFTER_ERROR : MAX_PAUSE));
        }
        return history;
    }

    private Operation call(String key, String tag) {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        Journal instance = takesInstance(kind) ? held.remove(key) : null;
        if (instance == null && (kind == Kind.UPDATE || kind == Kind.UPDATE_AND_GET)) {
            kind = Kind.GET;
        }
        Snapshot base = instance == null ? null : instance.snapshot();
        if (kind == Kind.UPDATE || kind == Kind.UPDATE_AND_GET) {
            instance.tagged(tag);
        } else if (kind == Kind.START) {
            instance = new Journal(key).tagged(tag);
        }
        long called = System.nanoTime();
        @Nullable SessionResult<?> result = repeated(kind, key, tag, instance);
        long returned = System.nanoTime();
        @Nullable Session answered = result != null && result.orElse(null) instanceof Session session ? session : null;
        Answer answer = answer(result, answered);
        if (answered instanceof Journal journal && random.nextInt(3) > 0) {
            held.put(key, journal);
        }
        return new Operation(
                key,
                name,
                new Call(kind, tag, base),
                answer,
                answered == null ? null : answered.getId(),
                called,
                returned);
    }

    private boolean takesInstance(Kind kind) {
        return switch (kind) {
            case UPDATE, UPDATE_AND_GET -> true;
            case FINISH, FINISH_AND_GET, RESUME, RESUME_AND_GET, DELETE -> random.nextInt(3) == 0;
            default -> false;
        };
    }

    /**
     * Repeats a start and an update whose outcome is unknown with the same instance, which is one operation that takes longer.
     * Null if the outcome stays unknown, or may be: that of a repeated one is only certain when it succeeds.
     */
    private @Nullable SessionResult<?> repeated(Kind kind, String key, String tag, @Nullable Journal instance) {
        boolean isRepeatable = kind == Kind.START || kind == Kind.UPDATE || kind == Kind.UPDATE_AND_GET;
        int repetitions = isRepeatable ? random.nextInt(MAX_REPETITIONS + 1) : 0;
        for (int attempt = 0; attempt <= repetitions; attempt++) {
            try {
                SessionResult<?> result = send(kind, key, tag, instance);
                return attempt > 0 && result.isFailure() ? null : result;
            } catch (SessionStoreException unknown) {
                // Perhaps it is known at the next attempt.
            }
        }
        return null;
    }

    private SessionResult<?> send(Kind kind, String key, String tag, @Nullable Journal instance) {
        return switch (kind) {
            case START -> tracker.start(instance);
            case GET_OR_START -> tracker.getOrStart(Journal.class, key, () -> new Journal(key).tagged(tag));
            case GET -> tracker.get(Journal.class, key);
            case PEEK -> tracker.peek(Journal.class, key);
            case GET_FINISHED -> tracker.getFinished(Journal.class, key);
            case REFRESH -> tracker.refresh(Journal.class, key);
            case UPDATE -> tracker.update(instance);
            case UPDATE_AND_GET -> tracker.updateAndGet(instance);
            case MODIFY -> tracker.modify(Journal.class, key, journal -> journal.tagged(tag));
            case FINISH -> instance == null ? tracker.finish(Journal.class, key) : tracker.finish(instance);
            case FINISH_AND_GET ->
                instance == null ? tracker.finishAndGet(Journal.class, key) : tracker.finishAndGet(instance);
            case RESUME -> instance == null ? tracker.resume(Journal.class, key) : tracker.resume(instance);
            case RESUME_AND_GET ->
                instance == null ? tracker.resumeAndGet(Journal.class, key) : tracker.resumeAndGet(instance);
            case DELETE -> instance == null ? tracker.delete(Journal.class, key) : tracker.delete(instance);
        };
    }

    private static Answer answer(@Nullable SessionResult<?> result, @Nullable Session answered) {
        if (result == null) {
            return Answer.UNKNOWN;
        }
        if (result instanceof SessionResult.Failure<?> failure) {
            return answer(failure.error());
        }
        return answered instanceof Journal journal ? Answer.ok(journal.snapshot()) : Answer.OK;
    }

    private static Answer answer(SessionError error) {
        if (error instanceof SessionError.InProgress other) {
            return Answer.inProgress(other.existing(Journal.class).snapshot());
        }
        if (error instanceof SessionError.VersionConflict conflict) {
            return new Answer(Outcome.VERSION_CONFLICT, null, conflict.actual());
        }
        if (error instanceof SessionError.AlreadyFinished) {
            return Answer.ALREADY_FINISHED;
        }
        return error instanceof SessionError.AlreadyResumed ? Answer.ALREADY_RESUMED : Answer.NOT_FOUND;
    }
}
