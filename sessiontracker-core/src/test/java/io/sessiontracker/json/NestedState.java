package io.sessiontracker.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.sessiontracker.Session;

/** Sessions with state as applications write it, different from all initial values. */
@SuppressWarnings({"UnusedVariable", "unused", "FieldCanBeFinal"}) // stored state
final class NestedState {

    private NestedState() {}

    /** Returns one of each class. */
    static List<Session> all() {
        return List.of(
                new OwnFields("k"),
                new WithScore("k"),
                new WithInheritance("k"),
                new WithImmutables("k"),
                new WithContainers("k"),
                new WithSets("k"),
                new WithImmutableContainers("k"),
                new WithOtherContainers("k"),
                new WithArrays("k"),
                new WithValues("k"),
                new WithScalars("k"),
                new WithGenerics("k"),
                new WithTree("k"),
                new WithSubtypes("k"),
                new WithUntyped("k"),
                new WithAccessors("k"),
                new WithPartialView("k"),
                new WithJsonValue("k"),
                new WithEnums("k"),
                new WithReferences("k"),
                new WithUnwrapped("k"),
                new WithComputed("k"),
                new WithBareClasses("k"),
                new ByCreator("k", new Score(7), List.of(new Line("a", 1))),
                new KeyInAField("k", List.of("a")));
    }

    static class Score {
        private int points;
        private List<String> reasons = new ArrayList<>();

        private Score() {}

        Score(int points) {
            add(points);
        }

        void add(int more) {
            points += more;
            reasons.add("reason " + more);
        }

        /** Has another name than its field. */
        int total() {
            return points;
        }
    }

    record Line(String article, int quantity) {}

    static class OwnFields extends Session {
        private String address = "";
        private final List<String> log = new ArrayList<>();
        private int tries;
        String packagePrivate = "";
        protected Score score = new Score();

        private OwnFields(String key, boolean fresh) {
            super(key);
        }

        OwnFields(String key) {
            super(key);
        }

        OwnFields filled() {
            address = "Main Street 1";
            log.add("came");
            tries = 3;
            packagePrivate = "p";
            score.add(5);
            return this;
        }
    }

    static class WithScore extends Session {
        private Score score = new Score(7);
        private final Score second = new Score(8);
        private Score none = null;

        WithScore(String key) {
            super(key);
        }
    }

    static class Animal {
        private String name = "initial";

        Animal named(String given) {
            name = given;
            return this;
        }
    }

    static class Dog extends Animal {
        private int barks = 1;

        Dog barking(int times) {
            barks = times;
            return this;
        }
    }

    static class WithInheritance extends Session {
        private Dog dog = (Dog) new Dog().barking(3).named("Rex");
        private Animal animal = new Animal().named("Tom");
        private List<Dog> dogs = List.of((Dog) new Dog().named("Bello"));

        WithInheritance(String key) {
            super(key);
        }
    }

    static final class Point {
        private final int x;
        private final int y;

        @JsonCreator
        Point(@JsonProperty("x") int x, @JsonProperty("y") int y) {
            this.x = x;
            this.y = y;
        }

        int sum() {
            return x + y;
        }
    }

    static final class Money {
        private final BigDecimal amount;
        private final String currency;

        private Money() {
            this(BigDecimal.ZERO, "");
        }

        Money(BigDecimal amount, String currency) {
            this.amount = amount;
            this.currency = currency;
        }

        boolean isPositive() {
            return amount.signum() > 0;
        }
    }

    static class WithImmutables extends Session {
        private Point point = new Point(1, 2);
        private Money money = new Money(new BigDecimal("1.50"), "EUR");
        private Line line = new Line("tea", 2);

        WithImmutables(String key) {
            super(key);
        }
    }

    static class WithContainers extends Session {
        private List<Score> list = new ArrayList<>(List.of(new Score(1), new Score(2)));
        private Map<String, List<Score>> lists = new HashMap<>(Map.of("a", List.of(new Score(3)), "b", List.of()));
        private Map<Integer, Line> byNumber = new LinkedHashMap<>(Map.of(7, new Line("a", 1)));
        private Map<UUID, Line> byId = new HashMap<>(Map.of(new UUID(1, 2), new Line("b", 1)));
        private List<List<Map<String, Line>>> deep = List.of(List.of(Map.of("c", new Line("d", 1))));
        private List<String> withNull = Arrays.asList("a", null);

        WithContainers(String key) {
            super(key);
        }
    }

    static class WithSets extends Session {
        private Set<Score> withoutEquals = new HashSet<>(Set.of(new Score(1), new Score(2), new Score(3)));
        private Set<String> strings = new HashSet<>(Set.of("z", "y", "x", "w", "v", "u"));
        private Set<String> inOrder = new LinkedHashSet<>(List.of("c", "a", "b"));
        private Map<String, Set<Line>> nested = Map.of("a", Set.of(new Line("a", 1), new Line("b", 2)));
        private SortedSet<String> sorted = new TreeSet<>(Set.of("b", "a"));
        private EnumSet<DayOfWeek> days = EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

        WithSets(String key) {
            super(key);
        }
    }

    static class WithImmutableContainers extends Session {
        private List<String> list = List.of("a");
        private Set<String> set = Set.of("a");
        private Map<String, String> map = Map.of("a", "b");
        private Collection<String> collection = List.of("a");
        private List<String> view = new ArrayList<>(List.of("a", "b", "c")).subList(0, 2);
        private Collection<String> values = new HashMap<>(Map.of("a", "b")).values();

        WithImmutableContainers(String key) {
            super(key);
        }
    }

    static class WithOtherContainers extends Session {
        private Deque<String> deque = new ArrayDeque<>(List.of("a", "b"));
        private Queue<String> queue = new ArrayDeque<>(List.of("a", "b"));
        private ArrayDeque<String> concrete = new ArrayDeque<>(List.of("a", "b"));
        private SortedMap<String, Integer> sorted = new TreeMap<>(Map.of("b", 1, "a", 2));
        private EnumMap<DayOfWeek, Line> byDay = new EnumMap<>(Map.of(DayOfWeek.MONDAY, new Line("a", 1)));
        private ConcurrentHashMap<String, Line> concurrent = new ConcurrentHashMap<>(Map.of("a", new Line("a", 1)));
        private List<String> copyOnWrite = new CopyOnWriteArrayList<>(List.of("a"));

        WithOtherContainers(String key) {
            super(key);
        }
    }

    static class WithArrays extends Session {
        private byte[] bytes = {1, -1};
        private int[][] matrix = {{1}, {2, 3}};
        private String[] strings = {"a", null};
        private Score[] scores = {new Score(1)};
        private char[] chars = {'a'};

        WithArrays(String key) {
            super(key);
        }
    }

    static class WithValues extends Session {
        private BigDecimal decimal = new BigDecimal("1E+3");
        private BigInteger integer = BigInteger.TEN.pow(30);
        private Instant instant = Instant.parse("2026-03-29T01:02:03.123456789Z");
        private LocalDate date = LocalDate.parse("2026-03-29");
        private Duration duration = Duration.ofNanos(1);
        private Period period = Period.ofDays(3);
        private ZonedDateTime zoned = ZonedDateTime.parse("2026-03-29T03:30:00+02:00[Europe/Berlin]");
        private UUID uuid = new UUID(3, 4);
        private URI uri = URI.create("https://example.org/a?b=c");
        private Locale locale = Locale.GERMANY;

        WithValues(String key) {
            super(key);
        }
    }

    static class WithScalars extends Session {
        private boolean isActive = true;
        private byte b = -1;
        private short s = 300;
        private long l = Long.MAX_VALUE;
        private float f = 0.1f;
        private double d = Math.PI;
        private Double infinite = Double.POSITIVE_INFINITY;
        private char c = '\u20ac';
        private Long boxed = 5L;
        private Character none2 = null;

        WithScalars(String key) {
            super(key);
        }

        public boolean isActive() {
            return isActive;
        }
    }

    static class Box<T> {
        private T value;

        private Box() {}

        Box(T value) {
            this.value = value;
        }
    }

    static class WithGenerics extends Session {
        private Box<Score> box = new Box<>(new Score(1));
        private Box<Long> number = new Box<>(5L);
        private Map<String, Box<List<Line>>> boxes = Map.of("a", new Box<>(List.of(new Line("a", 1))));

        WithGenerics(String key) {
            super(key);
        }
    }

    static class Node {
        private String name;
        private List<Node> children = new ArrayList<>();

        private Node() {}

        Node(String name, Node... children) {
            this.name = name;
            this.children.addAll(List.of(children));
        }
    }

    static class WithTree extends Session {
        private Node root = new Node("a", new Node("b", new Node("c")), new Node("d"));

        WithTree(String key) {
            super(key);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Card.class, name = "card"),
        @JsonSubTypes.Type(value = Cash.class, name = "cash")
    })
    sealed interface Payment permits Card, Cash {}

    record Card(String last4) implements Payment {}

    static final class Cash implements Payment {
        private int cents;

        private Cash() {}

        Cash(int cents) {
            this.cents = cents;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
    interface Shape {
        String getKind();
    }

    static class Circle implements Shape {
        private int radius = 3;

        @Override
        public String getKind() {
            return "circle";
        }
    }

    static class WithSubtypes extends Session {
        private Payment card = new Card("4242");
        private List<Payment> payments = List.of(new Cash(5), new Card("1"));
        private Shape shape = new Circle();

        WithSubtypes(String key) {
            super(key);
        }
    }

    static class WithUntyped extends Session {
        private Object text = "a";
        private Object number = 7;
        private Object big = Long.MAX_VALUE;
        private Map<String, Object> json = Map.of("a", List.of(1, 2.5, true, "b"), "c", Map.of("d", "e"));

        WithUntyped(String key) {
            super(key);
        }
    }

    static class WithAccessors extends Session {
        private Bean bean = new Bean();

        WithAccessors(String key) {
            super(key);
            bean.setName("n");
        }

        static class Bean {
            private String name;
            private transient int length;

            public String getName() {
                return name;
            }

            public void setName(String value) {
                name = value;
                length = value == null ? 0 : value.length();
            }
        }
    }

    static class WithPartialView extends Session {
        private List<Integer> numbers = new ArrayList<>(List.of(1, -2, 3));
        private Long start = 5L;

        WithPartialView(String key) {
            super(key);
        }

        public List<Integer> getNumbers() {
            return numbers.stream().filter(it -> it > 0).toList();
        }

        public Instant getStart() {
            return Instant.ofEpochMilli(start);
        }
    }

    static final class Email {
        private final String text;

        @JsonCreator
        Email(String text) {
            this.text = text;
        }

        @JsonValue
        String text() {
            return text;
        }
    }

    static class WithJsonValue extends Session {
        private Email email = new Email("a@example.org");
        private List<Email> emails = List.of(new Email("b@example.org"));

        WithJsonValue(String key) {
            super(key);
        }
    }

    enum Mood {
        GOOD,
        BAD {
            @Override
            String text() {
                return "bad";
            }
        };

        String text() {
            return "good";
        }
    }

    static class WithEnums extends Session {
        private Mood mood = Mood.BAD;
        private Map<Mood, Set<Mood>> moods = Map.of(Mood.BAD, Set.of(Mood.GOOD, Mood.BAD));

        WithEnums(String key) {
            super(key);
        }
    }

    static class WithReferences extends Session {
        private Optional<Score> present = Optional.of(new Score(1));
        private Optional<Score> absent = Optional.empty();
        private OptionalInt number = OptionalInt.of(3);
        private AtomicInteger counter = new AtomicInteger(4);
        private AtomicReference<Score> reference = new AtomicReference<>(new Score(2));

        WithReferences(String key) {
            super(key);
        }
    }

    static class WithUnwrapped extends Session {
        @JsonUnwrapped
        private Animal animal = new Animal().named("x");

        WithUnwrapped(String key) {
            super(key);
        }
    }

    static class WithComputed extends Session {
        private Timer timer = new Timer();

        WithComputed(String key) {
            super(key);
        }

        static class Timer {
            private Instant start = Instant.EPOCH;

            public long getNow() {
                return System.nanoTime();
            }

            public Duration getAge() {
                return Duration.between(start, Clock.systemUTC().instant());
            }
        }
    }

    static class WithBareClasses extends Session {
        private Marker marker = new Marker();
        private List<Marker> markers = List.of(new Marker());

        WithBareClasses(String key) {
            super(key);
        }

        static class Marker {}
    }

    static class ByCreator extends Session {
        private final Score score;
        private final List<Line> lines;

        @JsonCreator
        ByCreator(
                @JsonProperty("key") String key,
                @JsonProperty("score") Score score,
                @JsonProperty("lines") List<Line> lines) {
            super(key);
            this.score = score;
            this.lines = lines;
        }
    }

    /** Like a Kotlin data class whose first property is the key. */
    static class KeyInAField extends Session {
        private final String k;
        private final List<String> answers;

        @JsonCreator
        KeyInAField(@JsonProperty("key") String k, @JsonProperty("answers") List<String> answers) {
            super(k);
            this.k = k;
            this.answers = answers;
        }

        public String getK() {
            return k;
        }
    }
}
