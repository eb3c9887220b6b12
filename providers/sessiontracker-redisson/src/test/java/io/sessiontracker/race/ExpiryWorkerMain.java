package io.sessiontracker.race;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.Session;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionTrackerError;

/** A process that sweeps and prints deliveries; after a number of them its listener blocks forever. Ends with its input. */
final class ExpiryWorkerMain implements SessionListener {

    /** The prefix of a delivery: key, count and event. */
    static final String DELIVERED = "delivered: ";

    /** The prefix of a failure. */
    static final String FAILED = "failed: ";

    private final int most;
    private int deliveries;

    private ExpiryWorkerMain(int most) {
        this.most = most;
    }

    public static void main(String[] args) throws IOException {
        SweepSettings sweep =
                new SweepSettings(true, Duration.ofMillis(50), Duration.ofMillis(Long.parseLong(args[1])), 50, 5);
        RaceShop shop =
                new RaceShop(TestNode.nodes(args, 3), args[0], sweep, new ExpiryWorkerMain(Integer.parseInt(args[2])));
        while (System.in.read() >= 0) {
            // No input: waits for its end.
        }
        shop.close();
    }

    @Override
    public void onEvent(SessionEvent<?> event) {
        if (event.session() instanceof Basket basket) {
            print(DELIVERED + event.key() + " " + basket.count + " " + event.eventId());
            if (++deliveries == most) {
                new CompletableFuture<Void>().join();
            }
        }
    }

    @Override
    public void onError(SessionTrackerError error) {
        print(FAILED + error);
    }

    @Override
    public boolean listensTo(Class<?> event, Class<? extends Session> type) {
        return event == SessionExpired.class;
    }

    /** Prints in one write, so that a killed process leaves no partial line. */
    private static void print(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }
}
