package io.sessiontracker.history;

import java.util.List;
import java.util.stream.IntStream;

import io.sessiontracker.spi.SessionAddress;

/** The few addresses of a history, so that its steps meet. */
enum Address {
    /** One of three in a bucket. */
    A(cart(0)),
    B(cart(1)),
    C(cart(2)),
    /** In a bucket of its own. */
    ALONE(new SessionAddress("cart", "alone")),
    /** The same key as A's, of another type. */
    OTHER_TYPE(new SessionAddress("visit", cart(0).key()));

    static final List<String> TYPES = List.of("cart", "visit");

    private final SessionAddress address;

    Address(SessionAddress address) {
        this.address = address;
    }

    SessionAddress address() {
        return address;
    }

    private static SessionAddress cart(int index) {
        return Neighbours.ALL.get(index);
    }

    /** Of an enum's own static fields its constructor may not speak. */
    private static final class Neighbours {
        static final List<SessionAddress> ALL = IntStream.range(0, 10_000)
                .mapToObj(i -> new SessionAddress("cart", "key-" + i))
                .filter(address -> address.bucket() == 7)
                .limit(3)
                .toList();
    }
}
