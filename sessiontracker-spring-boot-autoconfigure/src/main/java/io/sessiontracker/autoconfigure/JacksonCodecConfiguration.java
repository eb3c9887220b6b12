package io.sessiontracker.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import io.sessiontracker.Session;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.autoconfigure.types.SessionClasses;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.json.SessionUpcaster;
import io.sessiontracker.spi.SessionCodec;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sessions as JSON. The mapper is no bean, so it affects neither the application's nor Spring Boot's. It has the modules of
 * Spring Boot's mapper, so that a type is written the same way everywhere, and none of its settings. Each bean {@link SessionUpcaster} is
 * applied to the sessions of earlier releases.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JsonMapper.class)
class JacksonCodecConfiguration {

    private static final String MAPPER = "sessionTrackerJsonMapper";
    private static final String FIND_MODULES = "spring.jackson.find-and-add-modules";

    @Bean
    @ConditionalOnMissingBean(SessionCodec.class)
    JacksonSessionCodec sessionTrackerCodec(
            BeanFactory beans,
            ObjectProvider<JacksonModule> modules,
            ObjectProvider<SessionUpcaster> upcasters,
            ObjectProvider<SessionClasses> classes,
            SessionTrackerProperties properties,
            Environment environment,
            ResourceLoader resources) {
        Stream<Class<? extends Session>> known =
                classes.stream().map(SessionClasses::types).flatMap(List::stream);
        return new StateVersions(upcasters.orderedStream().toList(), known, properties)
                .of(codec(beans, modules, environment, resources));
    }

    private static JacksonSessionCodec codec(
            BeanFactory beans,
            ObjectProvider<JacksonModule> modules,
            Environment environment,
            ResourceLoader resources) {
        if (beans.containsBean(MAPPER)) {
            return new JacksonSessionCodec(beans.getBean(MAPPER, JsonMapper.class));
        }
        Stream<JacksonModule> found = environment.getProperty(FIND_MODULES, Boolean.class, true)
                ? MapperBuilder.findModules(resources.getClassLoader()).stream()
                : Stream.empty();
        return new JacksonSessionCodec(
                Stream.concat(found, modules.orderedStream()).toList());
    }
}
