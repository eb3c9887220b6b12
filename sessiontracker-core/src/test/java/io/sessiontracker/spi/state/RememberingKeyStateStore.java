package io.sessiontracker.spi.state;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.state.KeyState.Part;
import org.jspecify.annotations.Nullable;

/**
 * A store that remembers what it has seen, and whose refusals bring what is stored. To make conflicts, it sometimes keeps what it
 * remembered, although it has seen another state since.
 */
public final class RememberingKeyStateStore extends MapKeyStateStore {

    private final Clock clock;
    private final SplittableRandom chance = new SplittableRandom(2);
    private final Map<SessionAddress, LoadedState> seen = new HashMap<>();

    /** Creates an empty store that goes by this clock. */
    public RememberingKeyStateStore(Clock clock) {
        super(clock);
        this.clock = clock;
    }

    @Override
    public synchronized CompletionStage<LoadedState> load(SessionAddress address, Set<Part> needed) {
        return super.load(address, needed).thenApply(loaded -> {
            if (chance.nextInt(3) > 0) {
                seen.put(address, loaded);
            }
            return loaded;
        });
    }

    @Override
    public synchronized CompletionStage<SwapReply> swap(
            SessionAddress address, long revision, KeyStateChanges changes) {
        return super.swap(address, revision, changes)
                .thenCompose(reply -> reply.done()
                        ? load(address, changes.written().keySet()).thenApply(stored -> reply)
                        : super.load(address, Set.of()).thenApply(SwapReply::refusedBy));
    }

    @Override
    public synchronized @Nullable LoadedState remembered(SessionAddress address) {
        LoadedState known = seen.get(address);
        return known == null ? null : new LoadedState(known.state(), known.revision(), clock.millis());
    }
}
