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

/** A process that sweeps, and prints what it is told; after so many it keeps its sweep waiting for ever. Ends with its input. */
final class ExpiryWorkerMain implements SessionListener {

    /** Begins a line about a session that expired: key, count and event. */
    static final String TOLD = "told: ";

    /** Begins a line about something that went wrong. */
    static final String FAILED = "failed: ";

    private final int most;
    private int acknowledgeExpired;

    private ExpiryWorkerMain(int most) {
        this.most = most;
    }

    public static void main(String[] args) throws IOException {
        SweepSettings sweep =
                new SweepSettings(true, Duration.ofMillis(50), Duration.ofMillis(Long.parseLong(args[1])), 50, 5);
        RaceShop shop =
                new RaceShop(TestNode.nodes(args, 3), args[0], sweep, new ExpiryWorkerMain(Integer.parseInt(args[2])));
        while (System.in.read() >= 0) {
            // Nobody says anything.
        }
        shop.close();
    }

    @Override
    public void onEvent(SessionEvent<?> event) {
        if (event.session() instanceof Basket basket) {
            print(TOLD + event.key() + " " + basket.count + " " + event.eventId());
            if (++acknowledgeExpired == most) {
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

    /** In one piece, so that a process that is killed leaves no half of a line that looks like a whole one. */
    private static void print(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }
}
