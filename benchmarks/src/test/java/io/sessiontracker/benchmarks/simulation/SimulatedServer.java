package io.sessiontracker.benchmarks.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

/**
 * A server with one thread, as Redis is. It handles all requests that have arrived, one after the other, and then writes to each
 * subscriber the messages that were published meanwhile: so the busier it is, the more messages share a write.
 */
final class SimulatedServer {

    /** The part of the time between a caller and the server that varies. */
    private static final double BY_CHANCE = 0.2;

    private final VirtualTime time;
    private final double oneWay;
    private final Random random = new Random(41);
    private final long write;
    private final long message;
    private Queue<Request> arrived = new ArrayDeque<>();
    private final Map<Subscriber, Integer> outgoing = new HashMap<>();
    private final List<Subscriber> inOrder = new ArrayList<>();
    private boolean running;
    private long busy;
    private long calls;
    private long messages;

    /** Receives messages. */
    interface Subscriber {
        /** @param count how many messages come together */
        void receive(int count);
    }

    private record Request(long nanos, Runnable effect, Runnable onReply) {}

    /** @param roundTripMicros between a caller and the server on average, without the server's time */
    SimulatedServer(VirtualTime time, double roundTripMicros) {
        this.time = time;
        this.oneWay = VirtualTime.micros(roundTripMicros / 2);
        this.write = VirtualTime.micros(MeasuredCosts.MESSAGES_WRITTEN);
        this.message = VirtualTime.micros(MeasuredCosts.MESSAGE);
    }

    /** Returns how long a request or a reply is under way: most of the time always, the rest by chance. */
    private long oneWay() {
        return (long) (oneWay * (1 - BY_CHANCE - BY_CHANCE * Math.log(1 - random.nextDouble())));
    }

    /**
     * Sends a request.
     *
     * @param micros the server's time for it
     * @param effect runs on the server
     * @param onReply runs at the caller
     */
    void call(double micros, Runnable effect, Runnable onReply) {
        Request request = new Request(VirtualTime.micros(micros), effect, onReply);
        time.after(oneWay(), () -> {
            arrived.add(request);
            if (!running) {
                running = true;
                handleAll();
            }
        });
    }

    /** Publishes a message to each of them; to be called by an effect. */
    void publish(Iterable<? extends Subscriber> subscribers) {
        for (Subscriber subscriber : subscribers) {
            if (outgoing.merge(subscriber, 1, Integer::sum) == 1) {
                inOrder.add(subscriber);
            }
        }
    }

    private void handleAll() {
        Queue<Request> batch = arrived;
        arrived = new ArrayDeque<>();
        long at = time.now();
        for (Request request : batch) {
            calls++;
            busy += request.nanos();
            at += request.nanos();
            time.at(at, () -> {
                request.effect().run();
                time.after(oneWay(), request.onReply());
            });
        }
        time.at(at, this::writeMessages);
    }

    private void writeMessages() {
        long at = time.now();
        for (Subscriber subscriber : inOrder) {
            int count = outgoing.remove(subscriber);
            long nanos = write + count * message;
            messages += count;
            busy += nanos;
            at += nanos;
            time.at(at + oneWay(), () -> subscriber.receive(count));
        }
        inOrder.clear();
        time.at(at, () -> {
            running = !arrived.isEmpty();
            if (running) {
                handleAll();
            }
        });
    }

    /** Returns the nanoseconds that it worked. */
    long busy() {
        return busy;
    }

    long calls() {
        return calls;
    }

    /** Returns the messages written, counted for each subscriber. */
    long messages() {
        return messages;
    }
}
