package io.sessiontracker.redis.client;

import java.util.List;

import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static org.assertj.core.api.Assertions.assertThat;

/** A command's very same bytes, executed twice. */
class RedisResendTest {

    @ParameterizedTest
    @EnumSource
    void shouldAnswerTheSameAndChangeNothing(RedisTopology topology) {
        StoreProbe store = StoreProbe.on(topology);
        OperationToken token = OperationToken.random();
        SessionVersion version = new SessionVersion(token.newSessionId(), 1);
        assertRepeatable(store, store.startOf(token, version.id(), AN_HOUR));
        for (boolean returning : new boolean[] {false, true}) {
            for (SessionVersion only : new SessionVersion[] {null, version}) {
                assertRepeatable(store, store.finishOf(only, AN_HOUR, returning));
                assertRepeatable(store, store.resumeOf(only, AN_HOUR, returning));
            }
        }
        assertRepeatable(store, store.updateOf(version, "b"));
        assertRepeatable(store, store.deleteOf(version.next()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowItsSuccessAfterTheSessionWasDeleted(RedisTopology topology) {
        StoreProbe store = StoreProbe.on(topology);
        ScriptCall<StoreReply> start = store.startOf(AN_HOUR);
        StoreReply started = store.run(start);
        SessionVersion version = ((StoreReply.Started) started).version();
        ScriptCall<StoreReply> update = store.updateOf(version, "b");
        ScriptCall<StoreReply> finish = store.finishOf(null, AN_HOUR, false);
        ScriptCall<StoreReply> resume = store.resumeOf(null, AN_HOUR, false);
        List.of(update, finish, resume)
                .forEach(operation -> assertThat(store.run(operation))
                        .matches(reply -> reply instanceof StoreReply.Done done && done.session() == null));
        store.run(store.deleteOf(null));

        assertThat(store.run(start))
                .isEqualTo(new StoreReply.Started(
                        version, ((StoreReply.Started) started).startedAt(), StoredSession.UNKNOWN));
        List.of(update, finish, resume)
                .forEach(operation -> assertThat(store.run(operation))
                        .matches(reply -> reply instanceof StoreReply.Done done && done.session() == null));
        assertThat(store.value(store.running())).isNull();
        assertThat(store.value(store.finished())).isNull();
        assertThat(store.run(store.updateOf(version, "c"))).isEqualTo(new StoreReply.NotFound());
        assertThat(store.run(store.finishOf(null, AN_HOUR, false))).isEqualTo(new StoreReply.NotFound());
        assertThat(store.run(store.resumeOf(null, AN_HOUR, false))).isEqualTo(new StoreReply.NotFound());
        assertThat(store.run(store.deleteOf(null))).isEqualTo(new StoreReply.NotFound());
    }

    private static void assertRepeatable(StoreProbe store, ScriptCall<StoreReply> operation) {
        StoreReply first = store.run(operation);
        assertThat(first).isInstanceOfAny(StoreReply.Done.class, StoreReply.Started.class);
        byte[] running = store.value(store.running());
        byte[] finished = store.value(store.finished());

        assertThat(store.run(operation))
                .usingRecursiveComparison()
                .ignoringFields("at", "expiresAt", "session.expiresAt")
                .isEqualTo(first);
        assertThat(store.value(store.running())).isEqualTo(running);
        assertThat(store.value(store.finished())).isEqualTo(finished);
    }
}
