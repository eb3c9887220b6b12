package io.sessiontracker.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.json.SessionUpcaster;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Gives a codec the application's upcasters, and the versions that it is told to write. */
final class StateVersions {

    private final List<SessionUpcaster> upcasters;
    private final SessionTrackerProperties properties;
    private final Map<String, Class<? extends Session>> classes = new HashMap<>();

    /** @param known the session classes that are known from start-up; those of the upcasters are, too */
    StateVersions(
            List<SessionUpcaster> upcasters,
            Stream<Class<? extends Session>> known,
            SessionTrackerProperties properties) {
        this.upcasters = upcasters;
        this.properties = properties;
        Stream.concat(known, upcasters.stream().map(SessionUpcaster::sessionClass))
                .forEach(type -> classes.put(SessionInternals.requireTypeName(type), type));
    }

    JacksonSessionCodec of(JacksonSessionCodec codec) {
        JacksonSessionCodec upcasting = withUpcasters(codec);
        String prefix = SessionTrackerProperties.PREFIX;
        refuseDefault(prefix + ".defaults.write-version", properties.defaults().writeVersion());
        Map<Class<? extends Session>, Integer> versions = new HashMap<>();
        properties.types().forEach((name, type) -> {
            if (type.writeVersion() != null) {
                String property = "%s.types.%s.write-version".formatted(prefix, name);
                versions.putAll(requireWritable(upcasting, property, name, type.writeVersion()));
            }
        });
        return upcasting.withWriteVersions(versions);
    }

    private JacksonSessionCodec withUpcasters(JacksonSessionCodec codec) {
        try {
            return codec.withUpcasters(upcasters);
        } catch (IllegalArgumentException unusable) {
            throw new ConfigurationFailure(
                    String.valueOf(unusable.getMessage()),
                    "Correct the beans of type SessionUpcaster, or the version in the class's @SessionType.");
        }
    }

    private static void refuseDefault(String property, @Nullable Integer version) {
        if (version != null) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    version,
                    "Each session class has versions of its own: set session-tracker.types.<type>.write-version.");
        }
    }

    private Map<Class<? extends Session>, Integer> requireWritable(
            JacksonSessionCodec codec, String property, String name, int version) {
        Class<? extends Session> type = classes.get(name);
        if (type == null) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    version,
                    "No session class under the application's packages is session type \"%s\", and no SessionUpcaster names one."
                            .formatted(name));
        }
        Map<Class<? extends Session>, Integer> versions = Map.of(type, version);
        try {
            JacksonSessionCodec unused = codec.withWriteVersions(versions);
            return versions;
        } catch (IllegalArgumentException impossible) {
            throw new InvalidConfigurationPropertyValueException(property, version, impossible.getMessage());
        }
    }
}
