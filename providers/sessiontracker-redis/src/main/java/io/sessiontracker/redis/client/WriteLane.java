package io.sessiontracker.redis.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.sessiontracker.redis.script.LuaScript;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Writes to one master over one connection, in groups of the calls that come while the group before is confirmed. Each group ends with a
 * {@code WAIT}, which covers all writes before it on its connection. So both must go over one connection without a
 * break between them: a connection that was interrupted once is never used again, and a call that was not confirmed on it never is.
 */
final class WriteLane {

    private static final int MAX_GROUP = 64;

    private final Supplier<CompletionStage<StatefulRedisConnection<byte[], byte[]>>> connecting;
    private final BiConsumer<ReplicatedCall<?>, String> onRefusal;
    private final int minReplicas;
    private final long waitMillis;
    private final Deque<ReplicatedCall<?>> queue = new ArrayDeque<>();
    private boolean busy;
    private volatile @Nullable Link link;

    /**
     * Connects at the first write.
     *
     * @param onRefusal receives calls that the server refused without running them
     */
    WriteLane(
            Supplier<CompletionStage<StatefulRedisConnection<byte[], byte[]>>> connecting,
            BiConsumer<ReplicatedCall<?>, String> onRefusal,
            int minReplicas,
            long waitMillis) {
        this.connecting = connecting;
        this.onRefusal = onRefusal;
        this.minReplicas = minReplicas;
        this.waitMillis = waitMillis;
    }

    void submit(ReplicatedCall<?> call) {
        synchronized (this) {
            queue.add(call);
        }
        next();
    }

    /** Returns false if the call is being sent or was. */
    synchronized boolean withdraw(ReplicatedCall<?> call) {
        return queue.remove(call);
    }

    private void next() {
        synchronized (this) {
            if (busy || queue.isEmpty()) {
                return;
            }
            busy = true;
        }
        Link known = link;
        if (known != null && !known.interrupted) {
            send(known);
            return;
        }
        connecting.get().whenComplete((connection, failure) -> {
            if (failure != null) {
                Throwable cause = failure.getCause();
                group().forEach(call -> call.fail(cause == null ? failure : cause));
                done();
            } else {
                Link made = new Link(connection);
                link = made;
                send(made);
            }
        });
    }

    private synchronized List<ReplicatedCall<?>> group() {
        List<ReplicatedCall<?>> group = new ArrayList<>();
        while (!queue.isEmpty() && group.size() < MAX_GROUP) {
            group.add(queue.poll());
        }
        return group;
    }

    private void done() {
        synchronized (this) {
            busy = false;
        }
        next();
    }

    private void send(Link over) {
        List<ReplicatedCall<?>> group = group();
        List<RedisCommand<byte[], byte[], ?>> commands = new ArrayList<>();
        group.forEach(call -> call.addTo(commands, over.scripts.add(call.script())));
        AsyncCommand<byte[], byte[], Long> wait = new AsyncCommand<>(new Command<>(
                CommandType.WAIT,
                new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                new CommandArgs<>(ByteArrayCodec.INSTANCE).add(minReplicas).add(waitMillis)));
        commands.add(wait);
        wait.whenComplete((replicas, failure) -> {
            Throwable unconfirmed = over.unconfirmed(replicas, failure);
            if (failure != null) {
                over.retire();
            }
            group.forEach(call -> settle(call, unconfirmed));
            done();
        });
        try {
            over.connection.dispatch(commands);
        } catch (RuntimeException e) {
            wait.completeExceptionally(e);
        }
    }

    private void settle(ReplicatedCall<?> call, @Nullable Throwable unconfirmed) {
        String refusal = call.refusal();
        if (refusal == null) {
            call.settle(unconfirmed);
        } else {
            Link known = link;
            if (known != null && refusal.equals(ReplicatedCall.NO_SCRIPT)) {
                known.scripts.clear();
            }
            onRefusal.accept(call, refusal);
        }
    }

    /** Ends the connection; what is under way on it fails. */
    void close() {
        Link known = link;
        if (known != null) {
            known.retire();
        }
    }

    /** A connection until it is interrupted for the first time. */
    private final class Link implements RedisConnectionStateListener {

        private final StatefulRedisConnection<byte[], byte[]> connection;
        /** Sent as text, each once: a WAIT for nothing but NOSCRIPT takes its time as well. */
        private final Set<LuaScript> scripts = new HashSet<>();

        private volatile boolean interrupted;

        Link(StatefulRedisConnection<byte[], byte[]> connection) {
            this.connection = connection;
            connection.addListener(this);
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> ended) {
            retire();
        }

        void retire() {
            interrupted = true;
            connection.closeAsync();
        }

        @Nullable
        Throwable unconfirmed(@Nullable Long replicas, @Nullable Throwable failure) {
            if (failure != null) {
                return failure;
            }
            if (interrupted) {
                return new RedisConnectionFailureException("The connection broke before replicas confirmed");
            }
            return replicas != null && replicas >= minReplicas
                    ? null
                    : new ReplicatedCall.TooFewReplicas(replicas + " of " + minReplicas + " replicas confirmed within "
                            + waitMillis + " ms (session-tracker.redis.min-replicas)");
        }
    }
}
