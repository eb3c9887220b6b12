package io.sessiontracker.autoconfigure.encryption;

import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.encryption.EncryptingSessionCodec;
import io.sessiontracker.encryption.SessionKeyProvider;
import io.sessiontracker.spi.SessionCodec;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Lets every codec encrypt what it writes, also one of the application. */
@Configuration(proxyBeanMethods = false)
public class EncryptionConfiguration {

    @Bean
    static BeanPostProcessor sessionTrackerEncryption(
            ObjectProvider<SessionTrackerProperties> properties, ObjectProvider<SessionKeyProvider> keys) {
        return new EncryptingPostProcessor(properties, keys);
    }

    /** After a test's, which lets the codec verify more. */
    private record EncryptingPostProcessor(
            ObjectProvider<SessionTrackerProperties> properties, ObjectProvider<SessionKeyProvider> keys)
            implements BeanPostProcessor, Ordered {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof SessionCodec codec && !(bean instanceof EncryptingSessionCodec)
                    ? encrypting(codec)
                    : bean;
        }

        private SessionCodec encrypting(SessionCodec codec) {
            SessionTrackerProperties.Encryption settings =
                    properties.getObject().encryption();
            return EncryptionSettings.keys(settings, keys.getIfAvailable())
                    .map(found -> EncryptionSettings.apply(settings, new EncryptingSessionCodec(codec, found)))
                    .map(SessionCodec.class::cast)
                    .orElse(codec);
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }
}
