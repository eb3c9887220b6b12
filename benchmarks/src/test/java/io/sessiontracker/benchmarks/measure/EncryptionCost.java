package io.sessiontracker.benchmarks.measure;

import java.util.Map;
import java.util.stream.DoubleStream;

import io.sessiontracker.Session;
import io.sessiontracker.benchmarks.candidate.OrderSession;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.encryption.EncryptingSessionCodec;
import io.sessiontracker.encryption.SessionKeyProvider;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;

/**
 * What encryption adds to a codec's work on a small session.
 *
 * @param write microseconds of a write
 * @param read microseconds of a read
 */
public record EncryptionCost(double write, double read) {

    private static final SessionAddress ADDRESS = new SessionAddress("order-session", "order-1");
    private static final int TURNS = 5;

    /** Measures so many writes and reads. The codecs take turns: other load on the machine affects both. */
    static EncryptionCost measure(int calls) {
        SessionCodec plain = new JacksonSessionCodec();
        SessionCodec encrypting =
                new EncryptingSessionCodec(plain, SessionKeyProvider.of("k1", Map.of("k1", new byte[32])));
        double[][] writes = new double[2][TURNS];
        double[][] reads = new double[2][TURNS];
        for (int turn = -TURNS; turn < TURNS; turn++) {
            double[] plainMicros = micros(plain, calls);
            double[] encryptingMicros = micros(encrypting, calls);
            if (turn >= 0) {
                writes[0][turn] = plainMicros[0];
                reads[0][turn] = plainMicros[1];
                writes[1][turn] = encryptingMicros[0];
                reads[1][turn] = encryptingMicros[1];
            }
        }
        return new EncryptionCost(median(writes[1]) - median(writes[0]), median(reads[1]) - median(reads[0]));
    }

    /** Returns the time of a write and that of a read. */
    private static double[] micros(SessionCodec codec, int calls) {
        OrderSession session = new OrderSession("order-1");
        session.cart = Payload.SMALL.cart();
        byte[] stored = codec.encode(ADDRESS, session);
        long begun = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            stored = codec.encode(ADDRESS, session);
        }
        long written = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            Session unused = codec.decode(ADDRESS, OrderSession.class, stored);
        }
        long read = System.nanoTime();
        return new double[] {(written - begun) / 1e3 / calls, (read - written) / 1e3 / calls};
    }

    private static double median(double[] values) {
        return Samples.median(DoubleStream.of(values).boxed().toList());
    }
}
