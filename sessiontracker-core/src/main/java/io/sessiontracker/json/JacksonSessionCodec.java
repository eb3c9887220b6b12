package io.sessiontracker.json;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes a session's state as a JSON object, and decodes it.
 *
 * <p>A class with a {@code @JsonCreator} is instantiated by Jackson, with the key as the property {@code key}. Any other class
 * is instantiated by its constructor with one String, the key, and then updated by Jackson: properties in the JSON replace
 * initial values, missing properties keep them.
 *
 * <p>The class to read is always the caller's, never one that the JSON names: neither mapper may have default typing.
 * A polymorphic property with {@code @JsonTypeInfo} and names for its types is fine.
 *
 * <p>State that could not be read back unchanged is refused: declared types are checked when a session class is first used, and
 * values when a class is first written as the value of a property.
 *
 * <p>A class's own properties are its state; top-level properties in the JSON that it does not know are kept, and written again with the
 * next update, unless the mapper fails on unknown properties or the class collects or ignores them by an annotation. A stored state has the
 * {@linkplain io.sessiontracker.SessionType#version version} of the class that wrote it: an older one is {@linkplain #withUpcasters
 * upcast} when it is read, and a newer one is read where that is possible, and not written.
 *
 * <p>Safe for any number of threads.
 */
public final class JacksonSessionCodec implements SessionCodec {

    private final JsonMapper mapper;
    private final SessionVersions versions;
    private final boolean verifyEach;
    private final ClassModels models;
    private final VerifyingWriter verifyingWriter;

    /**
     * Creates a codec with its own mapper, whose settings depend on nothing else: Jackson's defaults, but times in ISO 8601 with
     * their zone, enums by name, and unknown properties ignored.
     */
    public JacksonSessionCodec() {
        this(List.of());
    }

    /** Creates a codec with its own mapper and these modules, such as those of the application's other mappers. */
    public JacksonSessionCodec(Collection<? extends JacksonModule> modules) {
        this(SessionMapper.create(modules));
    }

    /**
     * Creates a codec with a copy of the mapper, to which only the handling of {@link Session} and its state is added. Unknown
     * properties are handled by its settings.
     *
     * @throws IllegalStateException if it has default typing
     */
    public JacksonSessionCodec(JsonMapper mapper) {
        this(SessionMapper.adapt(Objects.requireNonNull(mapper, "mapper")), SessionVersions.NONE, false);
    }

    private JacksonSessionCodec(JsonMapper adapted, SessionVersions versions, boolean verifyEach) {
        this.mapper = adapted;
        this.versions = versions;
        this.verifyEach = verifyEach;
        this.models = new ClassModels(SessionMappers.of(adapted), versions);
        this.verifyingWriter = new VerifyingWriter(new RoundTrip(adapted), verifyEach);
    }

    /** Returns a codec that verifies each write, not only first ones: slower, for tests. */
    public JacksonSessionCodec verifyingEachWrite() {
        return new JacksonSessionCodec(mapper, versions, true);
    }

    /**
     * Returns a codec that reads the sessions of earlier releases by these upcasters, in place of others that it had.
     *
     * @throws IllegalArgumentException if two begin with the same version of a class, one is missing between two or up to the class's
     *     version, or one begins with the class's own or a higher version
     * @throws IllegalStateException if the annotation of a class has an invalid name or version
     */
    public JacksonSessionCodec withUpcasters(Collection<? extends SessionUpcaster> upcasters) {
        return new JacksonSessionCodec(mapper, versions.withSteps(upcasters), verifyEach);
    }

    /**
     * Returns a codec that writes these classes in an earlier version than their own, for a release beside which an earlier one still runs.
     * The upcasters must be there already, and those from the given versions on must be {@link SessionDowncaster}s.
     *
     * @throws IllegalArgumentException if a version is not between 1 and that of the class, or a downcaster is missing
     * @throws IllegalStateException if the annotation of a class has an invalid name or version
     */
    public JacksonSessionCodec withWriteVersions(Map<Class<? extends Session>, Integer> writeVersions) {
        return new JacksonSessionCodec(mapper, versions.withWritten(writeVersions), verifyEach);
    }

    @Override
    public void verify(Class<? extends Session> type) {
        models.get(type);
    }

    @Override
    public byte[] encode(SessionAddress address, Session session) {
        SessionClassModel<?> model = models.get(session.getClass());
        try {
            return verifyingWriter.write(model, session);
        } catch (Exception | StackOverflowError failure) {
            throw exception("written as", address, model, failure);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the model of a class is of that class
    public <S extends Session> S decode(SessionAddress address, Class<S> type, byte[] payload) {
        SessionClassModel<S> model = (SessionClassModel<S>) models.get(type);
        S session;
        try {
            session = model.read(address.key(), payload);
        } catch (Exception | StackOverflowError failure) {
            throw exception("read from", address, model, failure);
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
            String how, SessionAddress address, SessionClassModel<?> model, Throwable failure) {
        return new SessionCodecException(
                address.type(),
                address.key(),
                "The session %s cannot be %s JSON: %s"
                        .formatted(address, how, FailureReason.of(failure, model.properties())),
                RedactedException.of(failure));
    }

    /** A {@link ClassValue} does not prevent class unloading. */
    private static final class ClassModels extends ClassValue<SessionClassModel<?>> {

        private final SessionMappers mappers;
        private final SessionVersions versions;

        ClassModels(SessionMappers mappers, SessionVersions versions) {
            this.mappers = mappers;
            this.versions = versions;
        }

        @Override
        protected SessionClassModel<?> computeValue(Class<?> type) {
            Class<? extends Session> session = type.asSubclass(Session.class);
            return SessionClassValidator.validate(mappers, versions.of(session), session);
        }
    }
}
