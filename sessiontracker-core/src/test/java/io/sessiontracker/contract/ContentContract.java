package io.sessiontracker.contract;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

/** What is stored comes back as it was, whatever it is. */
interface ContentContract extends DataFixture {

    @Test
    default void shouldKeepAnEmptyPayload() {
        assertKept(new SessionData(Map.of(), new byte[0]));
        assertKept(new SessionData(Map.of("name", "value"), new byte[0]));
    }

    @Test
    default void shouldKeepEveryByte() {
        byte[] bytes = new byte[512];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        assertKept(new SessionData(Map.of(), bytes));
        for (int b = 0; b < 256; b++) {
            byte[] one = {(byte) b};
            SessionCalls session = session();
            session.start(List.of(Fresh.id()), new SessionData(Map.of(), one), AN_HOUR, OperationToken.random());
            assertThat(sessionOf(session.peek()).data().payload()).isEqualTo(one);
        }
    }

    @Test
    default void shouldKeepAMegabyteOrWhatItMayKeep() {
        int limit = provider("limit").description().maxPayload();
        byte[] bytes = new byte[Math.min(1024 * 1024, limit)];
        new SplittableRandom(1).nextBytes(bytes);
        assertKept(new SessionData(Map.of("name", "value"), bytes));
    }

    @Test
    default void shouldKeepProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("empty", "");
        properties.put("blank", " \t\r\n ");
        properties.put("zero", "\0");
        properties.put("ключ", "значение");
        properties.put("😀", "👩‍👩‍👧 日本語 \uFEFF");
        properties.put(":=;#*~", "\"'()[]{}\\,");
        properties.put("number", "007");
        properties.put("x".repeat(300), "é".repeat(512));
        assertKept(new SessionData(properties, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    default void shouldKeepAsManyPropertiesAsASessionMayHave() {
        Map<String, String> few = new LinkedHashMap<>();
        Stream.iterate(0, i -> i + 1).limit(15).forEach(i -> few.put("name-" + i, "v".repeat(1024)));
        assertKept(new SessionData(few, new byte[] {1}));

        Map<String, String> many = new LinkedHashMap<>();
        Stream.iterate(0, i -> i + 1).limit(2000).forEach(i -> many.put("p" + i, "v"));
        assertKept(new SessionData(many, new byte[] {1}));
    }

    @Test
    default void shouldReplacePropertiesAndPayloadAsAWhole() {
        SessionCalls session = session();
        SessionData first = new SessionData(Map.of("a", "1", "b", "2"), new byte[100]);
        String id = Fresh.id();
        session.start(List.of(id), first, AN_HOUR, OperationToken.random());
        SessionData second = new SessionData(Map.of("b", "3"), new byte[] {1});
        session.update(new SessionVersion(id, 1), second, OperationToken.random());

        assertSame(sessionOf(session.peek()), second);
    }

    private void assertKept(SessionData data) {
        SessionCalls session = session();
        String id = Fresh.id();
        session.start(List.of(id), data, AN_HOUR, OperationToken.random());
        assertSame(sessionOf(session.get()), data);
        assertSame(sessionOf(session.peek()), data);
        StoreReply reply = session.startAnother(true);
        assertThat(reply)
                .isInstanceOfSatisfying(StoreReply.InProgress.class, running -> assertSame(running.running(), data));
        assertSame(sessionOf(session.finish()), data);
        assertSame(sessionOf(session.getFinished()), data);
        assertSame(sessionOf(session.resume()), data);
        assertOnlyDone(session.update(new SessionVersion(id, 1), data, OperationToken.random()));
        assertSame(sessionOf(session.get()), data);
    }

    private static void assertSame(StoredSession actual, SessionData expected) {
        assertThat(actual.data().properties()).isEqualTo(expected.properties());
        assertThat(actual.data().payload()).isEqualTo(expected.payload());
    }
}
