package io.sessiontracker.sample.readme;

import io.micrometer.common.KeyValues;
import io.sessiontracker.micrometer.DefaultSessionObservationConvention;
import io.sessiontracker.micrometer.SessionObservationContext;
import io.sessiontracker.micrometer.SessionObservationConvention;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The example of docs/operations.md. */
@Configuration(proxyBeanMethods = false)
class Conventions {

    @Bean
    SessionObservationConvention sessionObservationConvention() {
        return new DefaultSessionObservationConvention() {
            @Override
            public KeyValues getHighCardinalityKeyValues(SessionObservationContext context) {
                return KeyValues.of("session.key", String.valueOf(context.key()));
            }
        };
    }
}
