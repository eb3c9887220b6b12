package io.sessiontracker.autoconfigure;

import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.spi.SessionCodec;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Sessions as JSON. Our mapper is no bean: the application's own and Spring Boot's do not notice it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JsonMapper.class)
class JacksonCodecConfiguration {

    private static final String MAPPER = "sessionTrackerJsonMapper";

    @Bean
    @ConditionalOnMissingBean(SessionCodec.class)
    JacksonSessionCodec sessionTrackerCodec(BeanFactory beans) {
        return beans.containsBean(MAPPER)
                ? new JacksonSessionCodec(beans.getBean(MAPPER, JsonMapper.class))
                : new JacksonSessionCodec();
    }
}
