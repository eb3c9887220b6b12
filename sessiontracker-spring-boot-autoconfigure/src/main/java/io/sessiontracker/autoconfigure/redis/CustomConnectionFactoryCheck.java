package io.sessiontracker.autoconfigure.redis;

import java.util.Arrays;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Recognises a connection factory that the application creates itself. It may lead to another Redis than {@code
 * spring.data.redis.*}, from which the Redisson client is created; there is no way to find out.
 */
public final class CustomConnectionFactoryCheck {

    private static final Logger logger = LoggerFactory.getLogger(CustomConnectionFactoryCheck.class);

    private static final String SPRING_BOOT = DataRedisConnectionDetails.class.getPackageName();

    private CustomConnectionFactoryCheck() {}

    /** Logs that locks and sessions may use different servers. */
    public static void log(ConfigurableListableBeanFactory beans) {
        List<String> own = Arrays.stream(beans.getBeanNamesForType(RedisConnectionFactory.class))
                .filter(name -> beans.containsBeanDefinition(name) && !isSpringBootBean(name, beans))
                .toList();
        if (!own.isEmpty()) {
            logger.info(
                    "Locks go over a Redisson client made from spring.data.redis.*, not over the application's own"
                            + " RedisConnectionFactory {}. Unless both lead to one Redis, declare a RedissonClient bean.",
                    own);
        }
    }

    /** Returns whether Spring Boot created the bean: an imported configuration's bean name is its class name. */
    public static boolean isSpringBootBean(String name, ConfigurableListableBeanFactory beans) {
        if (!beans.containsBeanDefinition(name)) {
            return false;
        }
        String configuration = beans.getBeanDefinition(name).getFactoryBeanName();
        return configuration != null && configuration.startsWith(SPRING_BOOT);
    }
}
