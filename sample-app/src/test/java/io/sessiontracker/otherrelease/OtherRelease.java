package io.sessiontracker.otherrelease;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionType;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A shop whose checkouts this one cannot read. In another package, so that its session type is not found by scanning. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class OtherRelease {

    public static void startCheckout(int redisPort, String orderId) {
        try (var context = new SpringApplicationBuilder(OtherRelease.class)
                .web(WebApplicationType.NONE)
                .run("--spring.data.redis.port=" + redisPort)) {
            context.getBean(SessionTracker.class).start(new Checkout(orderId)).orElseThrow();
        }
    }

    @SessionType("checkout")
    static class Checkout extends Session {

        Checkout(String key) {
            super(key);
        }

        public String getLines() {
            return "not a map";
        }
    }
}
