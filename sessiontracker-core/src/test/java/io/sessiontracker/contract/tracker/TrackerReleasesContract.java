package io.sessiontracker.contract.tracker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionType;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.UnreadableSessions;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.json.SessionDowncaster;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Two releases of an application, side by side, whose session classes differ in what they store. */
interface TrackerReleasesContract extends TrackerFixture {

    /** The release before: {@code name}. */
    @SessionType("customer")
    class Before extends Session {
        public String name = "";
        public Map<String, Integer> visits = new HashMap<>();

        Before(String key) {
            super(key);
        }
    }

    /** The release after: {@code fullName}, and what the one before does not know. */
    @SessionType(value = "customer", version = 2)
    class After extends Session {
        public String fullName = "";
        public Map<String, Integer> orders = new HashMap<>();

        After(String key) {
            super(key);
        }
    }

    /** A renamed field. */
    final class Renaming implements SessionDowncaster {

        @Override
        public Class<After> sessionClass() {
            return After.class;
        }

        @Override
        public int fromVersion() {
            return 1;
        }

        @Override
        public ObjectNode upcast(ObjectNode state) {
            state.set("fullName", state.remove("name"));
            return state;
        }

        @Override
        public ObjectNode downcast(ObjectNode state) {
            state.set("name", state.remove("fullName"));
            return state;
        }
    }

    private SessionTracker release(String namespace, SessionCodec codec) {
        SessionDataProvider data = data(namespace);
        return api().of(builder(data, locks(namespace), SessionTypeSettings.BUILT_IN, codec)
                .build());
    }

    private static JacksonSessionCodec upcasting() {
        return new JacksonSessionCodec().withUpcasters(List.of(new Renaming()));
    }

    private static JacksonSessionCodec writingFirstVersion() {
        return upcasting().withWriteVersions(Map.of(After.class, 1));
    }

    @Test
    default void shouldUpcastEverythingThatIsRead() {
        String namespace = namespace();
        SessionTracker before = release(namespace, new JacksonSessionCodec());
        SessionTracker after = release(namespace, upcasting());
        Before session = new Before("ann");
        session.name = "Ann";
        before.start(session).orElseThrow();

        assertThat(after.get(After.class, "ann").orElseThrow().fullName).isEqualTo("Ann");
        assertThat(after.query(After.class).page().sessions())
                .extracting(it -> it.fullName)
                .containsExactly("Ann");
        assertThat(after.finishAndGet(After.class, "ann").orElseThrow().fullName)
                .isEqualTo("Ann");
        assertThat(after.getFinished(After.class, "ann").orElseThrow().fullName).isEqualTo("Ann");
        after.resume(After.class, "ann").orElseThrow();
        after.modify(After.class, "ann", it -> it.fullName += " Lee").orElseThrow();
        assertThat(after.peek(After.class, "ann").orElseThrow().fullName).isEqualTo("Ann Lee");
    }

    @Test
    default void shouldKeepWhatAnotherReleaseAdded() {
        String namespace = namespace();
        SessionTracker before = release(namespace, new JacksonSessionCodec());
        SessionTracker after = release(namespace, writingFirstVersion());
        After session = new After("ann");
        session.fullName = "Ann";
        session.orders.put("first", 7);
        after.start(session).orElseThrow();

        Before read = before.get(Before.class, "ann").orElseThrow();
        read.name += " Lee";
        before.update(read).orElseThrow();
        read.visits.put("monday", 1);
        before.updateAndGet(read).orElseThrow();
        before.modify(Before.class, "ann", it -> it.visits.put("friday", 5)).orElseThrow();

        After changed = after.modify(After.class, "ann", it -> it.orders.put("second", 8))
                .orElseThrow();
        assertThat(changed.fullName).isEqualTo("Ann Lee");
        assertThat(changed.orders).containsOnly(Map.entry("first", 7), Map.entry("second", 8));
        assertThat(before.get(Before.class, "ann").orElseThrow().visits)
                .containsOnly(Map.entry("monday", 1), Map.entry("friday", 5));
    }

    @Test
    default void shouldKeepItWhenTheSessionStartsAgain() {
        String namespace = namespace();
        SessionTracker before = release(namespace, new JacksonSessionCodec());
        SessionTracker after = release(namespace, writingFirstVersion());
        After session = new After("ann");
        session.orders.put("first", 7);
        after.start(session).orElseThrow();

        Before read = before.get(Before.class, "ann").orElseThrow();
        before.delete(Before.class, "ann").orElseThrow();
        before.start(read).orElseThrow();

        assertThat(after.get(After.class, "ann").orElseThrow().orders).containsOnly(Map.entry("first", 7));
    }

    @Test
    default void shouldRefuseToWriteANewerVersion() {
        String namespace = namespace();
        SessionTracker before = release(namespace, new JacksonSessionCodec());
        SessionTracker after = release(namespace, upcasting());
        After session = new After("ann");
        session.fullName = "Ann";
        after.start(session).orElseThrow();
        Before read = before.get(Before.class, "ann").orElseThrow();

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> before.update(read).isSuccess())
                .withMessageContainingAll("customer/ann", "version 2", "knows version 1");
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> before.modify(Before.class, "ann", it -> {}).isSuccess());
        assertThat(before.finish(read).isSuccess()).isTrue();
        assertThat(before.resume(read).isSuccess()).isTrue();
        After stored = after.get(After.class, "ann").orElseThrow();
        assertThat(stored.getVersion()).isEqualTo(1);
        assertThat(stored.fullName).isEqualTo("Ann");
        assertThat(before.delete(read).isSuccess()).isTrue();
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> before.start(read).isSuccess());
    }

    @Test
    default void shouldLoseNothingOfTwoReleasesUnderLoad() throws Exception {
        String namespace = namespace();
        SessionTracker before = release(namespace, new JacksonSessionCodec());
        SessionTracker after = release(namespace, writingFirstVersion());
        After session = new After("ann");
        session.fullName = "0";
        after.start(session).orElseThrow();
        int changes = 30;

        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                String writer = "writer-" + i;
                writers.add(() -> {
                    for (int change = 0; change < changes; change++) {
                        before.modify(Before.class, "ann", it -> {
                                    it.visits.merge(writer, 1, Integer::sum);
                                    it.name = increased(it.name);
                                })
                                .orElseThrow();
                    }
                    return null;
                });
                writers.add(() -> {
                    for (int change = 0; change < changes; change++) {
                        after.modify(After.class, "ann", it -> {
                                    it.orders.merge(writer, 1, Integer::sum);
                                    it.fullName = increased(it.fullName);
                                })
                                .orElseThrow();
                    }
                    return null;
                });
            }
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }

        Map<String, Integer> each = Map.of("writer-0", changes, "writer-1", changes);
        assertThat(before.get(Before.class, "ann").orElseThrow().visits).isEqualTo(each);
        After stored = after.get(After.class, "ann").orElseThrow();
        assertThat(stored.orders).isEqualTo(each);
        assertThat(stored.fullName).isEqualTo(Integer.toString(4 * changes));
    }

    private static String increased(String number) {
        return Integer.toString(Integer.parseInt(number) + 1);
    }

    @Test
    default void shouldListWhatCannotBeRead() {
        String namespace = namespace();
        SessionTracker before = release(namespace, new JacksonSessionCodec());
        for (int i = 0; i < 5; i++) {
            before.start(new Before("old-" + i)).orElseThrow();
        }
        SessionTracker after = release(namespace, upcasting());
        After session = new After("new");
        after.start(session).orElseThrow();
        SessionDataProvider data = data(namespace);
        UnreadableSessions unreadable = new UnreadableSessions(data, asStored(new JacksonSessionCodec()));

        List<String> keys = new ArrayList<>();
        int checked = 0;
        String cursor = null;
        do {
            UnreadableSessions.Page page = unreadable.page(After.class, false, 2, cursor);
            page.sessions().forEach(it -> keys.add(it.key()));
            page.sessions().forEach(it -> assertThat(it.reason()).contains(it.key(), "version 1"));
            checked += page.checked();
            cursor = page.nextCursor();
            assertThat(cursor == null || page.checked() == 2).isTrue();
        } while (cursor != null);

        assertThat(checked).isEqualTo(6);
        assertThat(keys).containsExactlyInAnyOrder("old-0", "old-1", "old-2", "old-3", "old-4");
        assertThat(new UnreadableSessions(data, asStored(upcasting()))
                        .page(After.class, false, 100, null)
                        .sessions())
                .isEmpty();
    }
}
