package io.sessiontracker.autoconfigure.sessions.known;

import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

/** Has a nested session class. */
public final class Shop {

    private Shop() {}

    /** Not a top-level class. */
    @SessionType("cart")
    static final class Cart extends Session {
        Cart(String key) {
            super(key);
        }

        List<Article> articles = List.of();
    }

    /** Part of a session. */
    public record Article(String name) {}
}
