package io.sessiontracker.engine;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionProperty;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What a field that is a property can be. */
class PropertyFieldsTest {

    private final InMemorySessionDataProvider data = new InMemorySessionDataProvider();
    private final SessionTracker tracker =
            new SessionTrackerBuilder(data, new InMemorySessionLockProvider(), new JacksonSessionCodec()).build();

    private static class Base extends Session {
        @SessionProperty
        private @Nullable String inherited;

        Base(String key) {
            super(key);
        }
    }

    private static final class Everything extends Base {
        @SessionProperty
        private boolean flag = true;

        @SessionProperty
        private char letter = 'x';

        @SessionProperty
        private int number = -7;

        @SessionProperty
        private @Nullable Long wide = Long.MAX_VALUE;

        @SessionProperty
        private @Nullable Short small = 3;

        @SessionProperty
        private @Nullable Byte tiny = 1;

        @SessionProperty
        private @Nullable Float single = 0.5f;

        @SessionProperty
        private @Nullable Double wideFraction = 1e10;

        @SessionProperty
        private @Nullable BigDecimal exact = new BigDecimal("1.50");

        @SessionProperty
        private @Nullable BigInteger huge = BigInteger.TEN.pow(30);

        @SessionProperty
        private @Nullable DayOfWeek day = DayOfWeek.MONDAY;

        @SessionProperty
        private @Nullable UUID uuid = new UUID(1, 2);

        @SessionProperty
        private @Nullable URI uri = URI.create("https://example.org/a");

        @SessionProperty
        private @Nullable Instant moment = Instant.parse("2026-01-31T09:30:00Z");

        @SessionProperty
        private @Nullable LocalDate date = LocalDate.parse("2026-01-31");

        @SessionProperty
        private @Nullable LocalTime time = LocalTime.parse("09:30");

        @SessionProperty
        private @Nullable LocalDateTime local = LocalDateTime.parse("2026-01-31T09:30");

        @SessionProperty
        private @Nullable OffsetDateTime offset = OffsetDateTime.parse("2026-01-31T09:30Z");

        @SessionProperty
        private @Nullable ZonedDateTime zoned = ZonedDateTime.parse("2026-01-31T09:30Z");

        @SessionProperty
        private @Nullable Year year = Year.of(2026);

        @SessionProperty
        private @Nullable YearMonth month = YearMonth.of(2026, 1);

        @SessionProperty
        private @Nullable Duration length = Duration.ofMinutes(5);

        @SessionProperty
        private @Nullable Period period = Period.ofDays(3);

        Everything(String key) {
            super(key);
        }
    }

    @Test
    void shouldTakeValuesOfManyTypes() {
        Everything session = new Everything("a");
        ((Base) session).inherited = "base";

        tracker.start(session).orElseThrow();

        assertThat(tracker.peek(Everything.class, "a").orElseThrow())
                .usingRecursiveComparison()
                .ignoringFields("notedProperties")
                .isEqualTo(session);
        assertThat(session.getProperties())
                .hasSize(24)
                .containsEntry("inherited", "base")
                .containsEntry("flag", "true")
                .containsEntry("number", "-7")
                .containsEntry("exact", "1.50")
                .containsEntry("day", "MONDAY")
                .containsEntry("length", "PT5M");
    }

    @Test
    void shouldSetFieldsWithoutAValueFromTheProperties() throws Exception {
        SessionAddress address = new SessionAddress("everything", "a");
        Everything example = new Everything("a");
        ((Base) example).inherited = "base";
        PropertyFields fields = PropertyFields.of(Everything.class);
        fields.restore(address, example);
        Everything empty = new Everything("a");
        for (Field field : Everything.class.getDeclaredFields()) {
            if (!field.getType().isPrimitive() && field.isAnnotationPresent(SessionProperty.class)) {
                field.setAccessible(true);
                field.set(empty, null);
            }
        }
        empty.getProperties().putAll(example.getProperties());

        fields.restore(address, empty);

        assertThat(empty).usingRecursiveComparison().isEqualTo(example);
    }

    private static final class Due extends Session {
        @SessionProperty
        private @Nullable Instant due;

        Due(String key) {
            super(key);
        }
    }

    @Test
    void shouldSayWhichStoredPropertyIsNoValueOfItsField() {
        Due session = new Due("a");
        session.getProperties().put("due", "soon");

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> PropertyFields.of(Due.class).restore(new SessionAddress("due", "a"), session))
                .withMessage("The stored property \"due\" of due/a is no value of the field Due.due");
    }

    private static final class OfStatic extends Session {
        @SessionProperty
        private static String shared = "";

        OfStatic(String key) {
            super(key);
        }
    }

    private static final class OfTransient extends Session {
        @SessionProperty
        private transient String passing = "";

        OfTransient(String key) {
            super(key);
        }
    }

    private static final class OfList extends Session {
        @SessionProperty
        private List<String> tags = List.of();

        OfList(String key) {
            super(key);
        }
    }

    private static final class OfKeyword extends Session {
        @SessionProperty("is")
        private String name = "";

        OfKeyword(String key) {
            super(key);
        }
    }

    private static final class OfTwo extends Base {
        @SessionProperty("inherited")
        private String own = "";

        OfTwo(String key) {
            super(key);
        }
    }

    @Test
    void shouldRefuseWhatCannotBeAProperty() {
        Map.of(
                        new OfStatic("a"),
                                "OfStatic.shared cannot be a @SessionProperty: it must be part of the session's state",
                        new OfTransient("a"), "OfTransient.passing",
                        new OfList("a"), "OfList.tags cannot be a @SessionProperty: a property is a string, a number,",
                        new OfKeyword("a"),
                                "OfKeyword.name cannot be a @SessionProperty: A property's key must not be a word",
                        new OfTwo("a"),
                                "Base.inherited cannot be a @SessionProperty: OfTwo.own is the property \"inherited\"")
                .forEach((session, message) -> {
                    assertThatIllegalStateException()
                            .isThrownBy(() -> tracker.start(session).isSuccess())
                            .withMessageContaining(message);
                });
    }

    private static final class Ignoring extends Session {
        @JsonIgnore
        @SessionProperty
        private @Nullable String secret;

        Ignoring(String key) {
            super(key);
        }
    }

    @Test
    void shouldRefuseAFieldThatIsNotStored() {
        Ignoring session = new Ignoring("a");
        tracker.start(session).orElseThrow();
        session.secret = "x";

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> tracker.update(session).isSuccess())
                .withMessageContaining(
                        "Ignoring.secret is a @SessionProperty, and not in the stored state of ignoring/a");
    }

    @Test
    void shouldHoldValuesToTheRulesOfProperties() {
        Everything session = new Everything("a");
        ((Base) session).inherited = "x".repeat(1025);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracker.start(session).isSuccess())
                .withMessageContaining("\"inherited\" must be at most 1024 bytes");
    }
}
