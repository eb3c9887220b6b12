package io.sessiontracker.sample;

import io.sessiontracker.sample.readme.RedisContainer;
import org.springframework.boot.SpringApplication;
import org.springframework.util.StringUtils;

/** Starts the shop with a Redis in a container, which ends with it: for {@code spring-boot:test-run}, where Docker is. */
public final class TestSampleApplication {

    private TestSampleApplication() {}

    /** Runs the shop with the given {@code --property=value} arguments. */
    public static void main(String[] args) {
        SpringApplication.from(ShopApplication::main)
                .with(RedisContainer.class)
                .run(StringUtils.addStringToArray(args, "--shop.redis.embedded=false"));
    }
}
