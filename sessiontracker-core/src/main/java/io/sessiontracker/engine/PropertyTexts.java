package io.sessiontracker.engine;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import static java.util.Map.entry;

/** What a property says of a field's value, and the value that it says. */
final class PropertyTexts {

    private static final Map<Class<?>, Function<String, Object>> READERS = Map.ofEntries(
            entry(String.class, text -> text),
            entry(Character.class, text -> text.charAt(0)),
            entry(Boolean.class, Boolean::valueOf),
            entry(Byte.class, Byte::valueOf),
            entry(Short.class, Short::valueOf),
            entry(Integer.class, Integer::valueOf),
            entry(Long.class, Long::valueOf),
            entry(Float.class, Float::valueOf),
            entry(Double.class, Double::valueOf),
            entry(BigInteger.class, BigInteger::new),
            entry(BigDecimal.class, BigDecimal::new),
            entry(UUID.class, UUID::fromString),
            entry(URI.class, URI::create),
            entry(Instant.class, Instant::parse),
            entry(LocalDate.class, LocalDate::parse),
            entry(LocalTime.class, LocalTime::parse),
            entry(LocalDateTime.class, LocalDateTime::parse),
            entry(OffsetDateTime.class, OffsetDateTime::parse),
            entry(ZonedDateTime.class, ZonedDateTime::parse),
            entry(Year.class, Year::parse),
            entry(YearMonth.class, YearMonth::parse),
            entry(Duration.class, Duration::parse),
            entry(Period.class, Period::parse));

    private PropertyTexts() {}

    /** Returns what reads the value of a field of that class from a property; empty if such a field cannot be one. */
    static Optional<Function<String, Object>> reader(Class<?> type) {
        if (type.isEnum()) {
            return Optional.of(text -> Stream.of(type.getEnumConstants())
                    .filter(constant -> of(constant).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no constant of that name")));
        }
        // Of a primitive class the class of its objects.
        return Optional.ofNullable(
                READERS.get(MethodType.methodType(type).wrap().returnType()));
    }

    /** Returns the text of a field's value. */
    static String of(Object value) {
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }
}
