package io.sessiontracker.json;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sessiontracker.Session;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A class with types that can never be stored is refused at its first use, naming the property. */
@SuppressWarnings({"UnusedVariable", "unused", "ClassCanBeStatic"}) // found by reflection; an inner class is under test
class RefusedClassTest {

    private final JacksonSessionCodec codec = new JacksonSessionCodec();

    sealed interface Shape permits Circle, Square {}

    record Circle(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    static class Holder {
        private Shape shape;
    }

    static class WithShape extends Session {
        private Shape shape;

        WithShape(String key) {
            super(key);
        }
    }

    static class WithDeepShape extends Session {
        private Map<String, List<Optional<Holder>>> holders = Map.of();

        WithDeepShape(String key) {
            super(key);
        }
    }

    static class WithTask extends Session {
        private Runnable task;

        WithTask(String key) {
            super(key);
        }
    }

    static class WithArrayKeys extends Session {
        private Map<byte[], Integer> counts = Map.of();

        WithArrayKeys(String key) {
            super(key);
        }
    }

    record Round(Deque<String> players) {}

    static class WithRecordsOfQueues extends Session {
        private Set<Round> rounds = Set.of();

        WithRecordsOfQueues(String key) {
            super(key);
        }
    }

    static class WithQueues extends Session {
        private Set<Optional<Deque<String>>> queues = Set.of();

        WithQueues(String key) {
            super(key);
        }
    }

    static class WithThread extends Session {
        private Thread worker;

        WithThread(String key) {
            super(key);
        }
    }

    static class WithLock extends Session {
        private Guarded guarded;

        WithLock(String key) {
            super(key);
        }

        static class Guarded {
            private final ReentrantLock lock = new ReentrantLock();
        }
    }

    static class WithLogger extends Session {
        private Logger log;

        WithLogger(String key) {
            super(key);
        }
    }

    static class WithInner extends Session {
        private Part part;

        WithInner(String key) {
            super(key);
        }

        class Part {
            private int i;
        }
    }

    static class WithoutConstructor extends Session {
        private List<Part> parts;

        WithoutConstructor(String key) {
            super(key);
        }

        static class Part {
            private int i;

            Part(int i, String unrelated) {
                this.i = i;
            }
        }
    }

    static class Basket extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
        private String note;
    }

    static class WithBasket extends Session {
        private Basket basket;

        WithBasket(String key) {
            super(key);
        }
    }

    static class WithHiddenField extends Session {
        private Part part;

        WithHiddenField(String key) {
            super(key);
        }

        static class Base {
            private String name;
        }

        static class Part extends Base {
            private String name;
        }
    }

    static class WithInvisibleField extends Session {
        private Part part;

        WithInvisibleField(String key) {
            super(key);
        }

        @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.NONE)
        static class Part {
            private String name;
        }
    }

    static class WithReadOnly extends Session {
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        private String name;

        WithReadOnly(String key) {
            super(key);
        }
    }

    static class WithKey extends Session {
        private Map<List<String>, String> byList;

        WithKey(String key) {
            super(key);
        }
    }

    static class WithTwoSetters extends Session {
        private Part part;

        WithTwoSetters(String key) {
            super(key);
        }

        static class Part {
            private Twice twice;
        }

        static class Twice {
            public void setName(Map<String, String> name) {}

            public void setName(List<String> name) {}
        }
    }

    @Test
    void shouldNamePropertyAndSolution() {
        assertRefused(WithShape.class, "\"shape\"", Shape.class.getName(), "@JsonTypeInfo");
        assertRefused(WithDeepShape.class, "\"holders[…][…].shape\"", "@JsonTypeInfo");
        assertRefused(WithTask.class, "\"task\"", "java.lang.Runnable", "transient");
        assertRefused(WithThread.class, "\"worker\"", "java.lang.Thread", "transient");
        assertRefused(WithLock.class, "\"guarded.lock\"", "ReentrantLock", "transient");
        assertRefused(WithLogger.class, "\"log\"", "org.slf4j.Logger", "transient");
        assertRefused(WithInner.class, "\"part\"", "static");
        assertRefused(WithoutConstructor.class, "\"parts[…]\"", "constructor without parameters", "@JsonCreator");
        assertRefused(WithBasket.class, "\"basket\"", "beside its elements");
        assertRefused(WithHiddenField.class, "\"part.name\"", "Rename");
        assertRefused(WithInvisibleField.class, "\"part.name\"", "annotation hides it");
        assertRefused(WithReadOnly.class, "\"name\"", "would not be read");
        assertRefused(WithKey.class, "\"byList\"", "Key deserializer");
        assertRefused(WithArrayKeys.class, "\"counts\"", "keys", "equals");
        assertRefused(WithRecordsOfQueues.class, "\"rounds\"", "elements", "List in place of Set");
        assertRefused(WithQueues.class, "\"queues\"", "elements", "List in place of Set");
        assertRefused(WithTwoSetters.class, "\"part.twice\"", "setName");
    }

    private void assertRefused(Class<? extends Session> type, String... message) {
        assertThatIllegalStateException()
                .as(type.getSimpleName())
                .isThrownBy(() -> codec.verify(type))
                .withMessageContaining(type.getName())
                .withMessageContainingAll(message);
    }
}
