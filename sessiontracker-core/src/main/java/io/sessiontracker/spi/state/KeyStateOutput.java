package io.sessiontracker.spi.state;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.state.KeyState.CompletedCall;
import io.sessiontracker.spi.state.KeyState.ExpiredSession;
import io.sessiontracker.spi.state.SessionEntry.Indexed;
import org.jspecify.annotations.Nullable;

/** Writes headers as bytes, in the order that {@link KeyStateInput} reads them. */
final class KeyStateOutput {

    /** The first byte. A version that does not know it refuses to read. */
    static final int FORMAT = 1;

    /** In place of the number of indexed names, of a session that is in no index. A version that does not know it reads no names. */
    static final int UNINDEXED = -1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final DataOutputStream out = new DataOutputStream(bytes);

    private interface Part<T> {
        void write(T value) throws IOException;
    }

    private KeyStateOutput() {}

    static byte[] root(KeyState root) {
        KeyStateOutput output = new KeyStateOutput();
        return output.bytes(() -> {
            output.optional(root.running(), output::entry);
            output.optional(root.finished(), output::entry);
            output.all(root.calls(), output::call);
            output.all(root.expired(), output::expired);
            output.all(root.reminders(), output::reminder);
        });
    }

    /** Writes them in one order. */
    static byte[] texts(Map<String, String> texts) {
        KeyStateOutput output = new KeyStateOutput();
        return output.bytes(() -> output.write(new TreeMap<>(texts)));
    }

    private interface Content {
        void write() throws IOException;
    }

    private byte[] bytes(Content content) {
        try {
            out.writeByte(FORMAT);
            content.write();
            return bytes.toByteArray();
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }

    private void entry(SessionEntry entry) throws IOException {
        out.writeUTF(entry.version().id());
        out.writeLong(entry.version().version());
        out.writeLong(entry.startedAt());
        all(entry.writes(), this::token);
        out.writeBoolean(entry.transitioned());
        deadline(entry.deadline());
        indexed(entry.indexed());
    }

    private void indexed(@Nullable Indexed indexed) throws IOException {
        if (indexed == null) {
            out.writeInt(UNINDEXED);
            write(Map.of());
        } else {
            all(indexed.names(), out::writeUTF);
            write(indexed.values());
        }
    }

    private void deadline(Deadline deadline) throws IOException {
        out.writeLong(deadline.absolute());
        out.writeLong(deadline.sliding());
        out.writeLong(deadline.tolerance());
        out.writeLong(deadline.touched());
        out.writeLong(deadline.retention());
        out.writeLong(deadline.indexed());
    }

    private void token(OperationToken token) throws IOException {
        out.writeLong(token.operation());
        out.writeByte(token.attempt());
    }

    private void call(CompletedCall call) throws IOException {
        token(call.token());
        out.writeUTF(call.id());
        all(call.removed(), this::entry);
        out.writeLong(call.until());
    }

    private void expired(ExpiredSession expired) throws IOException {
        entry(expired.entry());
        out.writeLong(expired.claimedUntil());
        out.writeInt(expired.attempts());
    }

    private void reminder(Reminder reminder) throws IOException {
        out.writeUTF(reminder.name());
        out.writeLong(reminder.at());
        out.writeLong(reminder.beforeExpiry());
        out.writeLong(reminder.deliveredFor());
        out.writeLong(reminder.next());
        out.writeInt(reminder.attempts());
    }

    private void write(Map<String, String> texts) throws IOException {
        all(texts.entrySet(), (Map.Entry<String, String> text) -> {
            out.writeUTF(text.getKey());
            out.writeUTF(text.getValue());
        });
    }

    private <T> void optional(@Nullable T value, Part<T> part) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            part.write(value);
        }
    }

    private <T> void all(Collection<T> values, Part<T> part) throws IOException {
        out.writeInt(values.size());
        for (T value : values) {
            part.write(value);
        }
    }
}
