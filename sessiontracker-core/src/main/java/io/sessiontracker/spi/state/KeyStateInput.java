package io.sessiontracker.spi.state;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.state.KeyState.CompletedCall;
import io.sessiontracker.spi.state.KeyState.ExpiredSession;
import io.sessiontracker.spi.state.SessionEntry.Indexed;
import org.jspecify.annotations.Nullable;

/** Reads what {@link KeyStateOutput} wrote. */
final class KeyStateInput {

    private final DataInputStream in;

    private interface Part<T> {
        T read() throws IOException;
    }

    private KeyStateInput(byte[] bytes) throws IOException {
        in = new DataInputStream(new ByteArrayInputStream(bytes));
        int format = in.readUnsignedByte();
        if (format != KeyStateOutput.FORMAT) {
            throw new IOException("format %d is not known, only %d".formatted(format, KeyStateOutput.FORMAT));
        }
    }

    static KeyState root(byte[] headers) throws IOException {
        KeyStateInput input = new KeyStateInput(headers);
        SessionEntry running = input.optional(input::entry);
        SessionEntry finished = input.optional(input::entry);
        return new KeyState(
                running, finished, input.all(input::call), input.all(input::expired), input.all(input::reminder));
    }

    static Map<String, String> texts(byte[] bytes) throws IOException {
        return new KeyStateInput(bytes).texts();
    }

    private SessionEntry entry() throws IOException {
        return new SessionEntry(
                new SessionVersion(in.readUTF(), in.readLong()),
                in.readLong(),
                all(this::token),
                in.readBoolean(),
                new Deadline(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()),
                indexed(),
                null);
    }

    private @Nullable Indexed indexed() throws IOException {
        int names = in.readInt();
        boolean isIndexed = names != KeyStateOutput.UNINDEXED;
        Indexed indexed = new Indexed(Set.copyOf(several(names, in::readUTF)), texts());
        return isIndexed ? indexed : null;
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

    private Reminder reminder() throws IOException {
        return new Reminder(in.readUTF(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readInt());
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
        return several(in.readInt(), part);
    }

    private <T> List<T> several(int number, Part<T> part) throws IOException {
        List<T> values = new ArrayList<>();
        for (int left = number; left > 0; left--) {
            values.add(part.read());
        }
        return values;
    }
}
