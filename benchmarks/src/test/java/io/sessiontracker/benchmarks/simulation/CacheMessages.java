package io.sessiontracker.benchmarks.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import io.sessiontracker.spi.SessionAddress;

/**
 * Near caches in mode {@code local}: each write of a cached type publishes a message, and each instance sends itself heartbeats. Writes
 * come at random, and each instance keeps copies of random sessions.
 */
final class CacheMessages {

    /**
     * What is simulated, for a second.
     *
     * @param share which part of the instances caches a type
     * @param copies how many sessions of a type an instance has copies of
     * @param sessions how many of a type there are
     */
    record Setup(
            int instances,
            int types,
            double share,
            int copies,
            int sessions,
            int writesPerSecond,
            double heartbeatsPerSecond,
            Channels channels) {}

    /**
     * What came of it.
     *
     * @param published messages about writes
     * @param delivered these, counted for each instance that received one
     * @param wanted deliveries to an instance with a copy
     * @param busy which part of a second the server worked; above 1 it is not done in time
     * @param writes how long callers waited for a write
     * @param heartbeats how long heartbeats were under way
     */
    record Outcome(
            long subscriptions,
            long published,
            long delivered,
            long wanted,
            double busy,
            Latencies writes,
            Latencies heartbeats) {}

    private static final long SECOND = VirtualTime.seconds(1);

    private final Setup setup;
    private final Random random = new Random(14);
    private final VirtualTime time = new VirtualTime();
    private final SimulatedServer server = new SimulatedServer(time, Networks.ROUND_TRIP_MICROS);
    private final int[] buckets;
    /** By type and instance; null where the instance does not cache the type. */
    private final BitSet[][] copies;

    private final List<SimulatedServer.Subscriber> instances = new ArrayList<>();
    private final List<List<Set<SimulatedServer.Subscriber>>> subscribers = new ArrayList<>();
    private final Latencies writes = new Latencies();
    private final Latencies heartbeats = new Latencies();
    private long subscriptions;
    private long published;
    private long delivered;
    private long wanted;

    private final class Instance implements SimulatedServer.Subscriber {
        @Override
        public void receive(int count) {
            delivered += count;
        }
    }

    private CacheMessages(Setup setup) {
        this.setup = setup;
        this.buckets = IntStream.range(0, setup.sessions())
                .map(i -> new SessionAddress("checkout", "order-" + i).bucket())
                .toArray();
        this.copies = new BitSet[setup.types()][setup.instances()];
        for (int instance = 0; instance < setup.instances(); instance++) {
            instances.add(new Instance());
            for (int type = 0; type < setup.types(); type++) {
                copies[type][instance] = random.nextDouble() < setup.share() ? copies() : null;
            }
        }
        for (int type = 0; type < setup.types(); type++) {
            subscribers.add(channels(type));
        }
    }

    static Outcome run(Setup setup) {
        CacheMessages simulated = new CacheMessages(setup);
        simulated.writes();
        simulated.heartbeats();
        simulated.time.runAll();
        return new Outcome(
                simulated.subscriptions + setup.instances(),
                simulated.published,
                simulated.delivered,
                simulated.wanted,
                (double) simulated.server.busy() / SECOND,
                simulated.writes,
                simulated.heartbeats);
    }

    private BitSet copies() {
        BitSet set = new BitSet(setup.sessions());
        random.ints(setup.copies(), 0, setup.sessions()).forEach(set::set);
        return set;
    }

    /** Returns the subscribers of each channel of a type; one for all but {@link Channels#BUCKET}. */
    private List<Set<SimulatedServer.Subscriber>> channels(int type) {
        int count = setup.channels() == Channels.BUCKET ? SessionAddress.BUCKETS : 1;
        List<Set<SimulatedServer.Subscriber>> channels = new ArrayList<>();
        for (int channel = 0; channel < count; channel++) {
            channels.add(new LinkedHashSet<>());
        }
        for (int instance = 0; instance < setup.instances(); instance++) {
            for (int channel : subscribed(type, instance)) {
                channels.get(channel).add(instances.get(instance));
                // One for all types.
                subscriptions += setup.channels() != Channels.NAMESPACE || type == 0 ? 1 : 0;
            }
        }
        return channels;
    }

    private int[] subscribed(int type, int instance) {
        BitSet own = copies[type][instance];
        return switch (setup.channels()) {
            case NAMESPACE -> isCaching(instance) ? new int[] {0} : new int[0];
            case TYPE -> own != null ? new int[] {0} : new int[0];
            case BUCKET ->
                own != null
                        ? own.stream()
                                .map(session -> buckets[session])
                                .distinct()
                                .toArray()
                        : new int[0];
        };
    }

    private boolean isCaching(int instance) {
        return IntStream.range(0, setup.types()).anyMatch(type -> copies[type][instance] != null);
    }

    private void writes() {
        double at = 0;
        while (at < SECOND) {
            time.at((long) at, this::write);
            at -= Math.log(1 - random.nextDouble()) * SECOND / setup.writesPerSecond();
        }
    }

    private void write() {
        long begun = time.now();
        int type = random.nextInt(setup.types());
        int session = random.nextInt(setup.sessions());
        int channel = setup.channels() == Channels.BUCKET ? buckets[session] : 0;
        server.call(
                MeasuredCosts.CHANGE,
                () -> {
                    published++;
                    Set<SimulatedServer.Subscriber> receivers =
                            subscribers.get(type).get(channel);
                    for (int i = 0; i < setup.instances(); i++) {
                        BitSet own = copies[type][i];
                        boolean hasCopy = own != null && own.get(session);
                        wanted += hasCopy && receivers.contains(instances.get(i)) ? 1 : 0;
                    }
                    server.publish(receivers);
                },
                () -> writes.add(time.now() - begun));
    }

    private void heartbeats() {
        for (int i = 0; i < setup.instances(); i++) {
            double interval = SECOND / setup.heartbeatsPerSecond();
            for (double at = random.nextDouble() * interval; at < SECOND; at += interval) {
                time.at((long) at, this::heartbeat);
            }
        }
    }

    private void heartbeat() {
        long sent = time.now();
        SimulatedServer.Subscriber own = count -> heartbeats.add(time.now() - sent);
        server.call(MeasuredCosts.REQUEST, () -> server.publish(List.of(own)), () -> {});
    }
}
