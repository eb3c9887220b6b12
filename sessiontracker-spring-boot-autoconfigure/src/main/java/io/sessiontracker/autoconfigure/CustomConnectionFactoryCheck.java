package io.sessiontracker.autoconfigure;

import java.util.Arrays;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * A connection factory that the application makes itself may lead to another Redis than {@code spring.data.redis.*}, which
 * our Redisson client is made from; nobody can ask it where it leads.
 */
final class CustomConnectionFactoryCheck {

    private static final Logger logger = LoggerFactory.getLogger(CustomConnectionFactoryCheck.class);

    private static final String SPRING_BOOTS = DataRedisConnectionDetails.class.getPackageName();

    private CustomConnectionFactoryCheck() {}

    static void tell(ConfigurableListableBeanFactory beans) {
        List<String> own = Arrays.stream(beans.getBeanNamesForType(RedisConnectionFactory.class))
                .filter(name -> beans.containsBeanDefinition(name) && !isSpringBoots(name, beans))
                .toList();
        if (!own.isEmpty()) {
            logger.info(
                    "Locks go over a Redisson client made from spring.data.redis.*, not over the application's own"
                            + " RedisConnectionFactory {}. Unless both lead to one Redis, declare a RedissonClient bean.",
                    own);
        }
    }

    /** The bean name of an imported configuration is its class name. */
    static boolean isSpringBoots(String name, ConfigurableListableBeanFactory beans) {
        if (!beans.containsBeanDefinition(name)) {
            return false;
        }
        String configuration = beans.getBeanDefinition(name).getFactoryBeanName();
        return configuration != null && configuration.startsWith(SPRING_BOOTS);
    }
}
