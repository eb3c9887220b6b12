package io.sessiontracker.autoconfigure.encryption;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties.Encryption;
import io.sessiontracker.encryption.EncryptingSessionCodec;
import io.sessiontracker.encryption.SessionKeyProvider;
import org.jspecify.annotations.Nullable;

/** What the settings say of encryption. No message has a key. */
final class EncryptionSettings {

    private static final String PREFIX = SessionTrackerProperties.PREFIX + ".encryption";
    private static final String ADVICE = "Make one by: openssl rand -base64 32";

    private EncryptionSettings() {}

    /**
     * Returns the keys of the settings or of the application's bean; none if nothing is to be encrypted.
     *
     * @throws ConfigurationFailure if both have keys, or those of the settings cannot be used
     */
    static Optional<SessionKeyProvider> keys(Encryption settings, @Nullable SessionKeyProvider bean) {
        boolean configured = settings.active() != null || !settings.keys().isEmpty();
        if (configured && bean != null) {
            throw new ConfigurationFailure(
                    PREFIX + " has keys, and there is a SessionKeyProvider bean.", "Remove one of them.");
        }
        return configured ? Optional.of(ofSettings(settings)) : Optional.ofNullable(bean);
    }

    private static SessionKeyProvider ofSettings(Encryption settings) {
        if (settings.active() == null && !settings.acceptPlain()) {
            throw new ConfigurationFailure(
                    "%s.keys has %s, but %s.active does not say which of them encrypts."
                            .formatted(PREFIX, settings.keys().keySet(), PREFIX),
                    "Set %1$s.active to the newest of them; or %1$s.accept-plain to true, to encrypt nothing yet."
                            .formatted(PREFIX));
        }
        Map<String, byte[]> keys = new LinkedHashMap<>();
        settings.keys().forEach((id, key) -> keys.put(id, decoded(id, key)));
        try {
            return SessionKeyProvider.of(settings.active(), keys);
        } catch (IllegalArgumentException invalid) {
            throw new ConfigurationFailure(
                    "The keys under %s cannot be used: %s.".formatted(PREFIX, invalid.getMessage()),
                    "Give each key under %s.keys 32 random bytes in Base64. %s".formatted(PREFIX, ADVICE));
        }
    }

    private static byte[] decoded(String id, String key) {
        try {
            return Base64.getDecoder().decode(key.strip());
        } catch (IllegalArgumentException invalid) {
            throw new ConfigurationFailure(
                    "%s.keys.%s is not Base64.".formatted(PREFIX, id), "Give it 32 random bytes in Base64. " + ADVICE);
        }
    }

    static EncryptingSessionCodec apply(Encryption settings, EncryptingSessionCodec codec) {
        EncryptingSessionCodec reading = settings.acceptPlain() ? codec.acceptingPlain() : codec;
        return settings.compressAbove() == null
                ? reading
                : reading.compressingAbove((int)
                        Math.min(Integer.MAX_VALUE, settings.compressAbove().toBytes()));
    }
}
