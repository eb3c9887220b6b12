package io.sessiontracker.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A value that would be read back differently, or not at all, is refused by the first call that would store it. */
class RefusedValueTest {

    private static final String SECRET = "s3cr3t";
    private static final SessionAddress ADDRESS = new SessionAddress("checkout", "k");

    private final JacksonSessionCodec codec = new JacksonSessionCodec();

    static class Animal {
        private String name = SECRET;
    }

    static class Dog extends Animal {
        private String owner = SECRET;
    }

    static class Positive {
        private int number;

        static Positive of(int number) {
            var positive = new Positive();
            positive.number = number;
            return positive;
        }

        public int getNumber() {
            return number;
        }

        public void setNumber(int value) {
            number = Math.max(0, value);
        }
    }

    static class Tags {
        private List<String> names = new ArrayList<>();

        public List<String> getNames() {
            return names;
        }

        public void setNames(List<String> names) {
            this.names = names.isEmpty() ? null : names;
        }
    }

    static class Target extends Session {
        Animal animal = new Animal();
        Dog dog = new Dog();
        List<Animal> animals = new ArrayList<>();
        Map<String, Animal> byName = new HashMap<>();
        Animal[] array = {};
        Object any;
        Map<String, Object> anyByName = new HashMap<>();
        Map<Object, String> byAny = new HashMap<>();
        Number number;
        Collection<String> collection;
        Queue<String> queue;
        SortedMap<String, String> sorted;
        Date date;
        Positive positive;
        Tags tags;
        private final Map<String, Object> others = new HashMap<>();

        Target(String key) {
            super(key);
        }

        @JsonAnyGetter
        Map<String, Object> others() {
            return others;
        }

        @JsonAnySetter
        void other(String name, Object value) {
            others.put(name, value);
        }
    }

    @Test
    void shouldRefuseValueReadAsAnotherType() {
        assertRefused(
                it -> it.animal = new Dog(),
                "\"animal\"",
                Dog.class.getName(),
                Animal.class.getName(),
                "@JsonTypeInfo");
        assertRefused(it -> it.animals.add(new Dog()), "\"animals[0]\"", Dog.class.getName());
        assertRefused(it -> it.byName.put(SECRET, new Dog()), "\"byName[…]\"", Dog.class.getName());
        assertRefused(it -> it.array = new Animal[] {new Animal(), new Dog()}, "\"array[1]\"", Dog.class.getName());
        assertRefused(it -> it.animal = new Animal() {}, "\"animal\"");
        assertRefused(it -> it.any = new Animal(), "\"any\"", Animal.class.getName(), "LinkedHashMap");
        assertRefused(it -> it.any = new Object(), "\"any\"", "java.lang.Object");
        assertRefused(it -> it.any = 5L, "\"any\"", "java.lang.Long", "java.lang.Integer");
        assertRefused(it -> it.any = new BigDecimal("1.5"), "\"any\"", "BigDecimal", "Double");
        assertRefused(it -> it.any = Instant.EPOCH, "\"any\"", "Instant", "String");
        assertRefused(it -> it.any = new HashSet<>(List.of("a")), "\"any\"", "HashSet", "ArrayList");
        assertRefused(it -> it.any = new String[] {"a"}, "\"any\"", "ArrayList");
        assertRefused(it -> it.any = List.of(List.of(new Dog())), "\"any[0][0]\"", Dog.class.getName());
        assertRefused(it -> it.anyByName.put(SECRET, Map.of(SECRET, 1L)), "\"anyByName[…][…]\"", "Long");
        assertRefused(it -> it.byAny.put(7, "a"), "\"byAny[…]\"", "Integer", "String");
        assertRefused(it -> it.number = 5L, "\"number\"", "Long", "Integer");
        assertRefused(it -> it.collection = new HashSet<>(List.of("a")), "\"collection\"", "HashSet");
        assertRefused(it -> it.collection = new ArrayDeque<>(List.of("a")), "\"collection\"", "ArrayDeque");
        assertRefused(it -> it.queue = new PriorityQueue<>(List.of("a")), "\"queue\"", "PriorityQueue");
        assertRefused(it -> it.sorted = new TreeMap<>(Comparator.reverseOrder()), "\"sorted\"", "comparator");
        assertRefused(it -> it.date = new java.sql.Timestamp(5), "\"date\"", "Timestamp");
        assertRefused(it -> it.others().put(SECRET, new Dog()), Dog.class.getName());
    }

    @Test
    void shouldRefuseValueReadAsAnotherValue() {
        assertRefused(it -> it.positive = Positive.of(-1), "\"positive.number\"", "another content");
        assertRefused(it -> it.tags = new Tags(), "\"tags.names\"", "another content");
    }

    @Test
    void shouldRefuseAfterEarlierSuccessfulWrite() {
        assertThatCode(() -> codec.encode(ADDRESS, filled(it -> {}))).doesNotThrowAnyException();

        assertRefused(codec, it -> it.animal = new Dog(), "\"animal\"");
        for (int again = 0; again < 3; again++) {
            assertRefused(codec, it -> it.animal = new Dog(), "\"animal\"");
        }
        assertThatCode(() -> codec.encode(ADDRESS, filled(it -> {}))).doesNotThrowAnyException();
        assertRefused(codec, it -> it.animals.add(new Dog()), "\"animals[0]\"");
    }

    @Test
    void shouldRefuseNumberWhoseTypeDependsOnSize() {
        assertThatCode(() -> codec.encode(ADDRESS, filled(it -> it.any = Long.MAX_VALUE)))
                .doesNotThrowAnyException();

        assertRefused(codec, it -> it.any = 5L, "\"any\"", "Long", "Integer");
    }

    static class Other extends Session {
        Holder holder = new Holder();

        Other(String key) {
            super(key);
        }
    }

    static class One extends Session {
        Holder holder = new Holder();

        One(String key) {
            super(key);
        }
    }

    static class Holder {
        private Animal animal;
    }

    @Test
    void shouldRefuseInEverySessionClass() {
        var one = new One("k");
        one.holder.animal = new Dog();
        var other = new Other("k");
        other.holder.animal = new Dog();

        assertThat(refusal(codec, one)).hasMessageContaining("\"holder.animal\"");
        assertThat(refusal(codec, other)).hasMessageContaining("\"holder.animal\"");
    }

    @Test
    void shouldRefuseConcurrentWrites() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 50; round++) {
                JacksonSessionCodec fresh = new JacksonSessionCodec();
                fresh.encode(ADDRESS, new One("k"));
                CountDownLatch start = new CountDownLatch(1);
                Callable<SessionCodecException> write = () -> {
                    var one = new One("k");
                    one.holder.animal = new Dog();
                    start.await();
                    return refusal(fresh, one);
                };
                List<Future<SessionCodecException>> writes = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    writes.add(threads.submit(write));
                }
                start.countDown();
                for (Future<SessionCodecException> refused : writes) {
                    assertThat(refused.get()).isNotNull();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    static final class Coin {
        private final int cents;

        Coin(int cents) {
            this.cents = cents;
        }

        private Coin() {
            this(0);
        }
    }

    static class CoinSerializer extends StdSerializer<Coin> {
        CoinSerializer() {
            super(Coin.class);
        }

        @Override
        public void serialize(Coin coin, JsonGenerator generator, SerializationContext context) {
            generator.writeNumber(coin.cents);
        }
    }

    static class WithCoins extends Session {
        final List<Coin> coins = new ArrayList<>();

        WithCoins(String key) {
            super(key);
        }
    }

    @Test
    void shouldRefuseSerializerWithoutDeserializer() {
        var withModule = new JacksonSessionCodec(List.of(new SimpleModule().addSerializer(new CoinSerializer())));
        var session = new WithCoins("k");
        withModule.encode(ADDRESS, session);
        session.coins.add(new Coin(5));

        assertThat(refusal(withModule, session))
                .hasMessageContainingAll("could not be read", "coins[0]", Coin.class.getName());
        assertThatCode(() -> codec.encode(ADDRESS, session)).doesNotThrowAnyException();
    }

    static class Flaky extends Session {
        Animal animal;
        boolean fails;

        Flaky(String key) {
            super(key);
        }

        public String getLoud() {
            if (fails) {
                throw new IllegalStateException(SECRET);
            }
            return "";
        }
    }

    @Test
    void shouldRefuseAfterPartiallyFailedWrite() {
        var session = new Flaky("k");
        codec.encode(ADDRESS, session);
        session.animal = new Dog();
        session.fails = true;

        assertThat(refusal(codec, session)).hasMessageContaining("\"loud\"");
        session.fails = false;
        assertThat(refusal(codec, session)).hasMessageContaining("\"animal\"");
    }

    private void assertRefused(Consumer<Target> change, String... message) {
        assertRefused(new JacksonSessionCodec(), change, message);
        assertRefused(codec.verifyingEachWrite(), change, message);
    }

    private static void assertRefused(JacksonSessionCodec codec, Consumer<Target> change, String... message) {
        assertThat(refusal(codec, filled(change))).hasMessageContainingAll(message);
    }

    private static Target filled(Consumer<Target> change) {
        var session = new Target("k");
        change.accept(session);
        return session;
    }

    private static SessionCodecException refusal(JacksonSessionCodec codec, Session session) {
        var refused = catchThrowableOfType(SessionCodecException.class, () -> codec.encode(ADDRESS, session));
        assertThat(refused).isNotNull().hasMessageContaining("checkout/k");
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(SECRET);
        }
        return refused;
    }
}
