package io.sessiontracker.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts one instance of the shop; start as many as you like, each with a {@code --server.port} of its own. */
@SpringBootApplication
public class ShopApplication {

    /** Runs the shop with the given {@code --property=value} arguments. */
    public static void main(String[] args) {
        SpringApplication.run(ShopApplication.class, args);
    }
}
