package io.sessiontracker.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts an instance of the shop; start several with different {@code --server.port}s. */
@SpringBootApplication
public class ShopApplication {

    /** Runs the shop with the given {@code --property=value} arguments. */
    public static void main(String[] args) {
        SpringApplication.run(ShopApplication.class, args);
    }
}
