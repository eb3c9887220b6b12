package io.sessiontracker.jdbc;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.state.Deadline;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyState.CompletedCall;
import io.sessiontracker.spi.state.KeyState.ExpiredSession;
import io.sessiontracker.spi.state.SessionEntry;
import io.sessiontracker.spi.state.SessionEntry.Indexed;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateOutput} wrote. */
final class StateInput {

    private final DataInputStream in;

    private interface Part<T> {
        T read() throws IOException;
    }

    private StateInput(byte[] bytes) throws IOException {
        in = new DataInputStream(new ByteArrayInputStream(bytes));
        int format = in.readUnsignedByte();
        if (format != StateOutput.FORMAT) {
            throw new IOException("format %d is not known, only %d".formatted(format, StateOutput.FORMAT));
        }
    }

    /**
     * Reads a root.
     *
     * @param payload the running session's
     * @throws IOException if these are not the bytes of a root
     */
    static KeyState root(byte[] bytes, byte @Nullable [] payload) throws IOException {
        StateInput input = new StateInput(bytes);
        SessionEntry running = input.optional(() -> input.running(payload));
        SessionEntry finished = input.optional(input::entry);
        return new KeyState(running, finished, input.all(input::call), input.all(input::expired));
    }

    /** Reads a session's data. */
    static SessionData data(byte[] properties, byte[] payload) throws IOException {
        return new StateInput(properties).data(payload);
    }

    private SessionEntry running(byte @Nullable [] payload) throws IOException {
        SessionEntry header = entry();
        if (payload == null) {
            throw new IOException("the running session has no payload");
        }
        return new SessionEntry(
                header.version(),
                header.startedAt(),
                header.writes(),
                header.transitioned(),
                header.deadline(),
                header.indexed(),
                data(payload));
    }

    private SessionEntry entry() throws IOException {
        return new SessionEntry(
                new SessionVersion(in.readUTF(), in.readLong()),
                in.readLong(),
                all(this::token),
                in.readBoolean(),
                new Deadline(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()),
                new Indexed(Set.copyOf(all(in::readUTF)), texts()),
                null);
    }

    private OperationToken token() throws IOException {
        return new OperationToken(in.readLong(), in.readUnsignedByte());
    }

    private CompletedCall call() throws IOException {
        return new CompletedCall(token(), in.readUTF(), all(this::entry), in.readLong());
    }

    private ExpiredSession expired() throws IOException {
        return new ExpiredSession(entry(), in.readLong(), in.readInt());
    }

    private SessionData data(byte[] payload) throws IOException {
        return new SessionData(texts(), payload);
    }

    private Map<String, String> texts() throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.put(in.readUTF(), in.readUTF());
        }
        return texts;
    }

    private <T> @Nullable T optional(Part<T> part) throws IOException {
        return in.readBoolean() ? part.read() : null;
    }

    private <T> List<T> all(Part<T> part) throws IOException {
        List<T> values = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            values.add(part.read());
        }
        return values;
    }
}
