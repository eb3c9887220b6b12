package io.sessiontracker.json;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a session's state as a JSON object, and reads it.
 *
 * <p>A class with a {@code @JsonCreator} is built by Jackson, which gets the key as the property {@code key}. Any other is
 * built by its constructor with one String, the key, and then filled as Jackson fills an object that exists: a property
 * that the JSON has replaces the initial value, one that it lacks keeps it.
 *
 * <p>The class to read is always the caller's, never one that the JSON names: neither mapper may have default typing.
 * A polymorphic property of the application's own, with {@code @JsonTypeInfo} and names for its types, is fine.
 *
 * <p>What is written can be read as it was, or the write is refused: the types that a class holds are checked when it is first
 * used, and its values when a class is written in a place for the first time.
 *
 * <p>Safe for any number of threads.
 */
public final class JacksonSessionCodec implements SessionCodec {

    private final JsonMapper mapper;
    private final SessionFixtures shapes;
    private final ProvenWrites writes;

    /**
     * With a mapper of its own, whose settings are written down here and depend on nothing else: Jackson's, but
     * times in ISO 8601 with their zone, enums by name, and unknown properties ignored.
     */
    public JacksonSessionCodec() {
        this(List.of());
    }

    /** With that mapper of its own and these modules, such as those that the application's other mappers have. */
    public JacksonSessionCodec(Collection<? extends JacksonModule> modules) {
        this(SessionMapper.create(modules));
    }

    /**
     * With a copy of that mapper, which gets what it has to know about {@link Session} and its state, and is not changed
     * otherwise. What it does with unknown properties is up to its settings.
     *
     * @throws IllegalStateException if it has default typing
     */
    public JacksonSessionCodec(JsonMapper mapper) {
        this(SessionMapper.adapt(Objects.requireNonNull(mapper, "mapper")), false);
    }

    private JacksonSessionCodec(JsonMapper adapted, boolean proveEach) {
        this.mapper = adapted;
        this.shapes = new SessionFixtures(adapted);
        this.writes = new ProvenWrites(new RoundTrip(adapted), proveEach);
    }

    /** Returns one that proves at each write that what is written can be read as it was: slower, and made for tests. */
    public JacksonSessionCodec provingEachWrite() {
        return new JacksonSessionCodec(mapper, true);
    }

    @Override
    public void verify(Class<? extends Session> type) {
        shapes.get(type);
    }

    @Override
    public byte[] encode(SessionAddress address, Session session) {
        SessionClassModel<?> shape = shapes.get(session.getClass());
        try {
            return writes.write(shape, session);
        } catch (Exception | StackOverflowError failure) {
            throw exception("written as", address, shape, failure);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a class's shape is of that class
    public <S extends Session> S decode(SessionAddress address, Class<S> type, byte[] payload) {
        SessionClassModel<S> shape = (SessionClassModel<S>) shapes.get(type);
        S session;
        try {
            session = shape.read(address.key(), payload);
        } catch (Exception | StackOverflowError failure) {
            throw exception("read from", address, shape, failure);
        }
        if (!session.getKey().equals(address.key())) {
            throw new SessionCodecException(
                    address.type(),
                    address.key(),
                    "The session %s was read from JSON with another key: the constructor or creator of %s must use the key it gets"
                            .formatted(address, type.getName()),
                    null);
        }
        return session;
    }

    private static SessionCodecException exception(
            String how, SessionAddress address, SessionClassModel<?> shape, Throwable failure) {
        return new SessionCodecException(
                address.type(),
                address.key(),
                "The session %s cannot be %s JSON: %s"
                        .formatted(address, how, FailureReason.of(failure, shape.properties())),
                RedactedException.of(failure));
    }

    /** A class value keeps no class from being unloaded. */
    private static final class SessionFixtures extends ClassValue<SessionClassModel<?>> {

        private final JsonMapper mapper;
        private final JsonMapper writer;

        SessionFixtures(JsonMapper mapper) {
            this.mapper = mapper;
            this.writer = SessionMapper.noticing(mapper);
        }

        @Override
        protected SessionClassModel<?> computeValue(Class<?> type) {
            return SessionClassValidator.inspect(mapper, writer, type.asSubclass(Session.class));
        }
    }
}
