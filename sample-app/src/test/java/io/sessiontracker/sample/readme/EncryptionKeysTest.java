package io.sessiontracker.sample.readme;

import java.util.Map;

import io.sessiontracker.encryption.EncryptionKey;
import io.sessiontracker.encryption.SessionKeyProvider;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/encryption.md shows. */
class EncryptionKeysTest {

    @Test
    void theNewestKeyShouldEncrypt() {
        SessionKeyProvider keys = new EncryptionKeys().sessionKeys(new EncryptionKeys.KeyService() {
            @Override
            public String newest() {
                return "2026";
            }

            @Override
            public Map<String, byte[]> dataKeys() {
                return Map.of("2025", new byte[32], "2026", new byte[32]);
            }
        });

        assertThat(keys.activeKey()).map(EncryptionKey::id).contains("2026");
        assertThat(keys.key("2025")).isPresent();
    }
}
