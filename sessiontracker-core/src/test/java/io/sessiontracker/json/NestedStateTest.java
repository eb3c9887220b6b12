package io.sessiontracker.json;

import java.lang.reflect.Field;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sessiontracker.Session;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** State is read back unchanged at every depth. */
class NestedStateTest {

    private static final SessionAddress ADDRESS = new SessionAddress("checkout", "k");

    private final JacksonSessionCodec codec = new JacksonSessionCodec();

    static List<Session> sessions() {
        return NestedState.all();
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void shouldReadNestedState(Session session) throws Exception {
        for (JacksonSessionCodec each : List.of(codec, codec.verifyingEachWrite())) {
            Session copy = copy(each, session);

            assertThat(copy).usingRecursiveComparison().isEqualTo(session);
            for (Field field : session.getClass().getDeclaredFields()) {
                field.setAccessible(true);
                assertThat(field.get(copy))
                        .as(field.getName())
                        .usingRecursiveComparison()
                        .isEqualTo(field.get(session));
            }
        }
    }

    @Test
    void shouldStorePrivateFields() {
        var session = new NestedState.OwnFields("k").filled();

        assertThat(new String(codec.encode(ADDRESS, session), UTF_8))
                .contains("\"address\":\"Main Street 1\"", "\"log\":[\"came\"]", "\"tries\":3", "\"points\":5");
        assertThat(copy(codec, session)).usingRecursiveComparison().isEqualTo(session);
    }

    @Test
    void shouldStoreFieldInsteadOfView() {
        assertThat(new String(codec.encode(ADDRESS, new NestedState.WithPartialView("k")), UTF_8))
                .isEqualTo("{\"numbers\":[1,-2,3],\"start\":5}");
    }

    @Test
    void shouldNotStoreCreatorsKey() {
        assertThat(new String(codec.encode(ADDRESS, new NestedState.KeyInAField("k", List.of("a"))), UTF_8))
                .isEqualTo("{\"answers\":[\"a\"]}");
    }

    static class LeavesOut extends Session {
        private Part part = new Part();
        private transient String passing = "initial";

        @JsonIgnore
        private String ignored = "initial";

        LeavesOut(String key) {
            super(key);
        }

        public String getPassing() {
            return passing;
        }

        public void setPassing(String value) {
            passing = value;
        }

        static class Part {
            private transient Thread worker = Thread.currentThread();

            @JsonIgnore
            private Runnable task = () -> {};

            private String kept = "initial";
        }
    }

    @Test
    void shouldLeaveOutTransientAndIgnoredFields() {
        var session = new LeavesOut("k");
        session.passing = "changed";
        session.ignored = "changed";
        session.part.kept = "changed";

        assertThat(new String(codec.encode(ADDRESS, session), UTF_8)).isEqualTo("{\"part\":{\"kept\":\"changed\"}}");
        assertThat(copy(codec, session).passing).isEqualTo("initial");
    }

    private static <S extends Session> S copy(JacksonSessionCodec codec, S session) {
        @SuppressWarnings("unchecked")
        Class<S> type = (Class<S>) session.getClass();
        return codec.decode(ADDRESS, type, codec.encode(ADDRESS, session));
    }
}
