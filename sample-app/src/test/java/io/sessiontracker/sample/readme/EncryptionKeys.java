package io.sessiontracker.sample.readme;

import java.util.Map;

import io.sessiontracker.encryption.SessionKeyProvider;
import org.springframework.context.annotation.Bean;

/** Keys from a service. Not found by a scan: the shop encrypts nothing. */
class EncryptionKeys {

    @Bean
    SessionKeyProvider sessionKeys(KeyService service) {
        return SessionKeyProvider.of(service.newest(), service.dataKeys());
    }

    /** Where keys are managed. */
    interface KeyService {
        String newest();

        Map<String, byte[]> dataKeys();
    }
}
