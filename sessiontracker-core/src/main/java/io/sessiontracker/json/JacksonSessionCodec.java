package io.sessiontracker.json;

import java.util.Objects;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
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
 * <p>Safe for any number of threads.
 */
public final class JacksonSessionCodec implements SessionCodec {

    private final Shapes shapes;

    /**
     * With a mapper of its own, whose settings are written down here and depend on nothing else: Jackson's, but
     * times in ISO 8601 with their zone, enums by name, and unknown properties ignored.
     */
    public JacksonSessionCodec() {
        this(SessionMapper.create());
    }

    /**
     * With a copy of that mapper, which gets what it has to know about {@link Session} and is not changed otherwise. What
     * it does with unknown properties is up to its settings.
     *
     * @throws IllegalStateException if it has default typing
     */
    public JacksonSessionCodec(JsonMapper mapper) {
        this.shapes = new Shapes(SessionMapper.adapt(Objects.requireNonNull(mapper, "mapper")));
    }

    @Override
    public void verify(Class<? extends Session> type) {
        shapes.get(type);
    }

    @Override
    public byte[] encode(SessionAddress address, Session session) {
        SessionShape<?> shape = shapes.get(session.getClass());
        try {
            return shape.write(session);
        } catch (Exception | StackOverflowError failure) {
            throw exception("written as", address, shape, failure);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a class's shape is of that class
    public <S extends Session> S decode(SessionAddress address, Class<S> type, byte[] payload) {
        SessionShape<S> shape = (SessionShape<S>) shapes.get(type);
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
            String how, SessionAddress address, SessionShape<?> shape, Throwable failure) {
        return new SessionCodecException(
                address.type(),
                address.key(),
                "The session %s cannot be %s JSON: %s".formatted(address, how, shape.describe(failure)),
                RedactedException.of(failure));
    }

    /** A class value keeps no class from being unloaded. */
    private static final class Shapes extends ClassValue<SessionShape<?>> {

        private final JsonMapper mapper;

        Shapes(JsonMapper mapper) {
            this.mapper = mapper;
        }

        @Override
        protected SessionShape<?> computeValue(Class<?> type) {
            Class<? extends Session> sessionType = type.asSubclass(Session.class);
            SessionShape<?> shape = ShapeInspection.inspect(mapper, sessionType);
            UnwrittenFields.tell(mapper, sessionType);
            return shape;
        }
    }
}
