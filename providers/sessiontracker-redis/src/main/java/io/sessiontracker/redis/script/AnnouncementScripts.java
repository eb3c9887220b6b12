package io.sessiontracker.redis.script;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.support.Moment;
import io.sessiontracker.spi.support.RandomIds;
import org.jspecify.annotations.Nullable;

/** The channels on which changes are announced, and what is published there. */
public final class AnnouncementScripts {

    private final KeyLayout layout;

    public AnnouncementScripts(KeyLayout layout) {
        this.layout = layout;
    }

    /** Returns the channels of the changes of the type's sessions: of a Cluster each is with the sessions that it is of. */
    public List<byte[]> changes(String type) {
        return IntStream.range(0, SessionAddress.BUCKETS)
                .mapToObj(bucket -> layout.bucket(type, bucket).changes())
                .toList();
    }

    /** Returns a channel that no other subscriber has, for its own heartbeats. */
    public byte[] newHeartbeats() {
        return layout.heartbeats(RandomIds.next());
    }

    /** Publishes a heartbeat on that channel. */
    public ScriptCall<Integer> publish(byte[] channel, Heartbeat heartbeat) {
        return new ScriptCall<>(
                LuaScript.HEARTBEAT,
                "of the near cache",
                List.of(channel),
                List.of(channel, heartbeat.encode()),
                reply -> Integer.valueOf(new String(reply, StandardCharsets.US_ASCII)));
    }

    /**
     * A heartbeat.
     *
     * @param connection over which connection to the server it is sent, by number
     * @param since when it was begun: the masters were asked after that whether they still are what they were
     * @param sent when it was sent
     */
    public record Heartbeat(long connection, Moment since, Moment sent) {

        byte[] encode() {
            return ByteBuffer.allocate(5 * Long.BYTES)
                    .putLong(connection)
                    .putLong(since.nanos())
                    .putLong(since.millis())
                    .putLong(sent.nanos())
                    .putLong(sent.millis())
                    .array();
        }

        /** Reads a published one. */
        public static Heartbeat decode(byte[] message) {
            ByteBuffer buffer = ByteBuffer.wrap(message);
            return new Heartbeat(buffer.getLong(), moment(buffer), moment(buffer));
        }

        private static Moment moment(ByteBuffer buffer) {
            return new Moment(buffer.getLong(), buffer.getLong());
        }
    }

    /**
     * An announced change.
     *
     * @param version the session's id and version; null if it ended
     * @param write what stored it; null if it ended
     */
    public record Change(
            SessionAddress address,
            @Nullable SessionVersion version,
            @Nullable OperationToken write) {

        private static final int VERSION = StoredFormat.ID_SIZE;
        private static final int WRITE = VERSION + 6;
        private static final int KEY = WRITE + 6;

        /** The key of a running session; a namespace and a type have no braces. */
        private static final Pattern RUNNING = Pattern.compile("[^{]*\\{([^}]*)#\\d+}:r:(.*)", Pattern.DOTALL);

        /**
         * Reads what {@code lib/announce.lua} publishes.
         *
         * @throws IllegalArgumentException if it is something else
         */
        public static Change decode(byte[] message) {
            String key = new String(message, KEY, message.length - KEY, StandardCharsets.UTF_8);
            Matcher running = RUNNING.matcher(key);
            if (!running.matches()) {
                throw new IllegalArgumentException("Not the key of a running session: " + key);
            }
            SessionAddress address = new SessionAddress(running.group(1), running.group(2));
            long version = StoredFormat.sixBytes(message, VERSION);
            return version == 0
                    ? new Change(address, null, null)
                    : new Change(
                            address,
                            new SessionVersion(StoredFormat.decodeId(message, 0), version),
                            StoredFormat.decodeToken(message, WRITE));
        }
    }
}
